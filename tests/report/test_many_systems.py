"""Documents of many systems: they show the worst, count the rest, and stay on their pages."""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

import pytest
from msgspec.structs import replace

from assess.engine.history.changes import SheetState
from assess.i18n import LANGS, Lang
from assess.model.base import Bilingual
from assess.report.content.earlier import EarlierState, PastRound
from assess.report.content.view.build import build_report_view
from assess.report.content.view.many_sheets import format_number_ranges
from assess.report.content.view.matrices import MARKS
from assess.report.content.view.model import CountsRow
from assess.report.render.render import render_report
from assess.workspace import SheetName
from report import factory, many, read_pdf

SYSTEMS, BAD = 40, 5


def document(template: str, lang: Lang = "zh", systems: int = SYSTEMS) -> bytes:
    """Return a document of many systems, five of them with problems only."""
    made = many.systems_inputs(systems, bad=BAD, lang=lang, template=template)
    return render_report(factory.job(made), lambda _progress: None)[0]


def figures(row: CountsRow) -> list[int]:
    """Return the counts of a row."""
    names = ("applicable", "met", "partial", "unmet", "not_applicable", "answered", "unanswered")
    return [int(getattr(row, name)) for name in names]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_for_the_leader_stays_one_page(lang: Lang) -> None:
    """It shows the worst systems, and how many others there are."""
    data = document("brief", lang)
    assert len(read_pdf.opened(data).pages) == 1
    text = read_pdf.squeezed(data)
    assert ("其余37份" if lang == "zh" else "theother37") in text


def test_rows_of_the_worst_and_the_rest_add_up() -> None:
    """What a document shows of many sheets is all of them, once."""
    view = build_report_view(many.systems_inputs(SYSTEMS, bad=BAD))
    assert view.total is not None
    for rows in (view.brief_rows, view.summary_rows, view.overview_rows):
        sums = [sum(column) for column in zip(*map(figures, rows), strict=True)]
        assert sums == figures(view.total)
    assert [row.title for row in view.brief_rows[:-1]] == ["第1号系统", "第2号系统", "第3号系统"]
    few = build_report_view(many.systems_inputs(6, bad=1))
    assert [row.title for row in few.brief_rows] == [f"第{number}号系统" for number in range(1, 7)]


@pytest.mark.parametrize("lang", LANGS)
def test_the_summary_stays_on_its_pages(lang: Lang) -> None:
    """No word and no bar leaves the page; one sentence tells the verdicts of all systems."""
    data = document("summary", lang)
    pages = read_pdf.pages(data)
    assert len(pages) == 2
    for page, words in zip(read_pdf.opened(data).pages, pages, strict=True):
        assert all(word.top >= 0 and word.bottom <= float(page.mediabox[3]) for word in words)
    made = many.systems_inputs(SYSTEMS, bad=BAD, answered=30, lang=lang)
    sentence, *_others = build_report_view(made).brief
    counts = [int(digits) for digits in re.findall(r"\d+", sentence)]
    assert sum(counts) - SYSTEMS == SYSTEMS
    assert 10 in counts


def test_results_of_many_systems_stand_in_a_matrix() -> None:
    """A row an item, a column a sheet, a sign for each result; none where facts leave it out."""
    view = build_report_view(many.systems_inputs(SYSTEMS, bad=BAD, answered=39))
    assert [len(matrix.columns) for matrix in view.matrices] == [20, 20]
    columns = itertools.chain.from_iterable(matrix.columns for matrix in view.matrices)
    assert list(columns) == [str(number) for number in range(1, SYSTEMS + 1)]
    first, second = view.matrices
    rows = [row for section in first.sections for row in section.rows]
    assert len(rows) == many.ITEMS
    assert all(row.marks == (MARKS["unmet"],) * BAD + (MARKS["met"],) * 15 for row in rows)
    last = second.sections[0].rows[0].marks[-1]
    assert last == MARKS["unanswered"]
    assert all(sheet.in_matrix for sheet in view.sheets)


def test_few_systems_have_tables_of_their_own() -> None:
    """And so have many where every item is to be printed whole."""
    assert build_report_view(many.systems_inputs(8)).matrices == ()


@pytest.mark.parametrize(
    "lang", [pytest.param("zh"), pytest.param("en", marks=pytest.mark.exhaustive)]
)
@pytest.mark.exhaustive
def test_pages_grow_with_problems_and_not_with_systems(lang: Lang) -> None:
    """Twenty more systems without a problem: a few rows in tables of the full report."""
    fewer, more = (
        len(read_pdf.opened(document("full", lang, systems)).pages) for systems in (20, 40)
    )
    assert more - fewer <= 5


@pytest.mark.exhaustive
def test_the_full_report_names_every_system() -> None:
    """The matrix has its signs explained, and every problem names its system."""
    text = read_pdf.squeezed(document("full"))
    assert "√符合" in text
    assert all(f"{number}.第{number}号系统" in text for number in range(1, SYSTEMS + 1))


def test_a_comparison_has_a_row_a_system() -> None:
    """Forty columns of scores would be too narrow to read."""
    made = many.systems_inputs(SYSTEMS, template="compare")
    states = {sheet.name: SheetState(sheet.sheet, sheet.assessment) for sheet in made.sheets}
    scores: dict[SheetName, Fraction | None] = {sheet.name: Fraction(50) for sheet in made.sheets}
    title = Bilingual(zh="2025年自查", en="Self-check 2025")
    made = made._replace(
        earlier=EarlierState(title, "mark", states), past=(PastRound(title, scores),)
    )
    page = render_report(replace(factory.job(made), form="html"), lambda _progress: None)[0]
    assert len(re.findall(r'<td class="figure">50\.0</td>', page.decode())) == SYSTEMS


@pytest.mark.parametrize("template", ["notice", "receipt"])
def test_letters_show_the_worst_and_count_the_rest(template: str) -> None:
    """Sixty problems: forty rows, and twenty in the ledger."""
    text = read_pdf.squeezed(document(template))
    assert "另有20个问题，见问题整改台账" in text


def test_what_many_sheets_lack_is_told_once() -> None:
    """Reasons of a draft, reservations: the first sheet, and how many others."""
    view = build_report_view(many.systems_inputs(SYSTEMS, answered=2))
    assert len(view.trust.lacks) == 2
    assert "另有37份答卷情形相同，共444项" in view.trust.lacks[1]
    assert len(view.caution.reservations) <= 5


def test_numbers_are_joined_to_ranges() -> None:
    """1 to 3 and 5, not each of them."""
    assert format_number_ranges([1, 2, 3, 5, 7, 8]) == ["1–3", "5", "7–8"]
    assert format_number_ranges([]) == []
