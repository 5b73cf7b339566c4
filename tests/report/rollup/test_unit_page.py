"""The page of a unit: its own figures, no other unit, no median of fewer than five units."""

from __future__ import annotations

import re

import pytest

from assess.display.rollup.table_building import RollUpSource
from assess.engine.rollup.records import RollUpRecords, UnitEntry
from assess.engine.unit_states import UnitProgress, UnitState
from assess.i18n import LANGS, Lang
from assess.model.answer import Answer
from assess.model.round_data import MeasureRecord
from assess.report.export.markdown import format_markdown
from assess.report.rollup.unit_page.page import make_unit_pages
from engine.rollup.test_unit_entries import CHECKLISTS, make_data, make_entry, make_records
from factories import met

GOOD = {"A-1": met(), "A-9": Answer(value=[])}
FAILED = {"A-1": Answer(status="unmet"), "A-9": Answer(value=[])}
OPEN = {"A-1": met()}
HOSTILE = "</script><img src=x onerror=alert(1)>\x1b[31m"


def make_units(count: int) -> list[UnitEntry]:
    """Return compared units of a category; the first fails an item."""
    rows = [FAILED, *[GOOD] * (count - 1)]
    return [
        make_entry(f"unit-{at}", make_data(about_unit=row), category="部门")
        for at, row in enumerate(rows)
    ]


def make_campaign(*units: UnitEntry) -> RollUpRecords:
    """Return the records of a campaign with a single checklist."""
    return make_records(*units, about_unit=CHECKLISTS["about-unit"])


def write_pages(units: list[UnitEntry], lang: Lang, marking: str | None = None) -> list[str]:
    """Return the text of each page."""
    pages = make_unit_pages(RollUpSource(make_campaign(*units), lang), marking)
    return [format_markdown(page.blocks) for page in pages]


def test_from_five_units_on_a_page_has_median_and_place() -> None:
    """The place among the sheets; each page has its own unit alone."""
    units = make_units(5)
    pages = write_pages(units, "zh")
    assert "第 5 名（共 5 份答卷）" in pages[0]
    assert "第 1 名（共 5 份答卷）" in pages[1]
    assert "不足五个单位" not in "".join(pages)
    for number, page in enumerate(pages):
        assert set(re.findall(r"unit-\d", page)) == {f"unit-{number}"}


@pytest.mark.parametrize("lang", LANGS)
def test_of_fewer_than_five_units_it_says_that_nothing_is_shown(lang: Lang) -> None:
    """Neither median nor place, nor how many sheets are compared."""
    page = write_pages(make_units(4), lang)[0]
    hidden = "不足五个单位，不列" if lang == "zh" else "not shown: fewer than five units"
    (row,) = (line for line in page.splitlines() if hidden in line)
    assert row.count(hidden) == 2
    assert "份答卷）" not in page
    assert " sheets |" not in page


def test_what_concerns_a_unit_is_asked_of_it() -> None:
    """High risks, open answers and a changed checklist; else the sentence on secrecy alone."""
    failing, good = make_units(2)
    sheet = failing.sheets[0]
    (finding,) = sheet.findings
    high = sheet._replace(findings=(finding._replace(risk="high", days_late=3),), is_issued=False)
    left = make_entry("left", make_data(about_unit=OPEN), category="部门")
    units = [failing._replace(sheets=(high,)), good, left]
    first, second, third = write_pages(units, "en")
    assert "(1) Checklists. Please answer the checklists as they were issued" in first
    assert "(2) High risks. Problems of high risk (1) are mended first" in first
    assert "(3) Remediation. Overdue measures (1)" in first
    assert "checklist was changed" in first
    assert "Secrecy." in second
    assert "(1)" not in second
    assert "(1) Open answers. Please answer what is open (1)" in third
    assert "| Items without an answer | 1 |" in third
    assert "not complete" in third


def test_ordinary_problems_and_answers_that_contradict_a_measure_are_counted() -> None:
    """A unit without a high risk is asked to mend what is left, and to check what is done."""
    failing = make_units(1)[0]
    (finding,) = failing.sheets[0].findings
    left = finding._replace(risk="low", measure=None)
    done = finding._replace(risk="low", measure=MeasureRecord(state="done"))
    sheet = failing.sheets[0]._replace(findings=(left, left._replace(days_late=3), done))
    (page,) = write_pages([failing._replace(sheets=(sheet,))], "zh")
    assert "未整改的问题共 2 项，其中高风险问题 0 项" in page
    assert "仍判为不符合或部分符合的 1 项" in page
    assert "（二）整改其他问题。对高风险和逾期以外的 1 项" in page
    assert "（三）核对答卷。对已报整改完成、仍判为不符合或部分符合的 1 项" in page


def test_a_long_measure_is_cut() -> None:
    """Pages of one unit's words would keep an office from printing those of all."""
    (entry,) = make_units(1)
    sheet = entry.sheets[0]
    measure = MeasureRecord(state="planned", action="很长" * 10_000, days_late=3)
    finding = sheet.findings[0]._replace(risk="high", measure=measure, days_late=3)
    (page,) = write_pages([entry._replace(sheets=(sheet._replace(findings=(finding,)),))], "zh")
    assert page.count("很长" * 250 + "…") == 2
    assert "很长" * 251 not in page


@pytest.mark.parametrize(
    ("state", "days_late", "words"),
    [
        ("missing", 3, "please hand in at once"),
        ("missing", 0, "please hand in by "),
        ("returned", 0, "put right what was sent back"),
        ("held", 0, "What came in is looked at first"),
        ("exempt", 0, "Secrecy."),
    ],
)
def test_a_unit_without_data_has_its_state_and_no_figures(
    state: UnitState, days_late: int, words: str
) -> None:
    """No score, no 0, and no sentence that there is no risk."""
    entry = make_entry("alone", category="部门")
    entry = entry._replace(progress=UnitProgress(state, days_late=days_late))
    (page,) = write_pages([entry], "en")
    assert words in page
    assert "2. Demands" in page
    assert "High risks" not in page.replace("High risks. ", "")


def test_marking_warning_and_hostile_names_are_texts() -> None:
    """The chosen marking stands in the head, the sentence on collections at the foot."""
    (entry,) = make_units(1)
    unit = entry._replace(unit=type(entry.unit)(name=HOSTILE, category="部门"))
    source = RollUpSource(make_campaign(unit), "zh")
    (page,) = make_unit_pages(source, None)
    assert (page.frame.header, page.frame.foot[:4]) == ("内部", "问题汇总")
    (page,) = make_unit_pages(source, "敏感")
    assert page.frame.header == "敏感"
    assert "\x1b" not in format_markdown(page.blocks)
