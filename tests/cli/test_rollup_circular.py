"""`assess rollup make --format pdf|docx`: the circular, each number of which its tables have."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import msgspec
import pikepdf
import pytest
from pdfua import Validator

from assess.model.rollup import RollUpDocument
from assess.report.rollup.charts import make_charts
from assess.report.rollup.table_reader import TableReader
from cli.conftest import Assess
from report.read_pdf import pages, squeezed, text
from rollup_units import CHECKLIST, UNITS, MadeOffice, issue_campaign

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


@pytest.fixture
def office(office_with_hand_ins: MadeOffice) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins."""
    return office_with_hand_ins


def make_files(assess: Assess, *words: str) -> dict[str, bytes]:
    """Make the files of a roll-up, and return them by suffix."""
    ran = assess("rollup", "make", "--json", *words)
    assert ran.code == 0, ran.err
    paths = [Path(path) for path in json.loads(ran.out)["files"]]
    return {path.suffix[1:]: path.read_bytes() for path in paths}


def read_tables(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each table, by the ids of its columns."""
    return {
        table["key"]: [
            dict(zip([column["id"] for column in table["columns"]], row, strict=True))
            for row in table["rows"]
        ]
        for table in json.loads(data)["tables"]
    }


def read_prose(data: bytes) -> list[str]:
    """Return the paragraphs of the text, from the first heading to the annexes."""
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    start = next(at for at, line in enumerate(lines) if line.startswith("1. Overall"))
    end = next(at for at, line in enumerate(lines) if line.startswith("Annexes:"))
    return lines[start:end]


def format_share(part: int, whole: int) -> str:
    """Return a percentage, rounded half up to a tenth."""
    tenths = (part * 2000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}%"


def recount_prose(tables: dict[str, list[dict[str, Any]]]) -> list[tuple[str, list[str]]]:
    """Return how each paragraph begins, and its numbers as the tables give them."""
    units = tables["units"]
    asked = [row for row in units if row["state"] != "need not hand in"]
    arrived = [row for row in units if row["receipt"]]
    late = [row for row in arrived if row["days_late"]]
    missing = [row for row in units if row["state"] == "not handed in"]
    expected = [
        (
            "Units to hand in",
            [
                f"{len(asked)}",
                f"{len(arrived)}",
                format_share(len(arrived), len(asked)),
                f"{len(arrived) - len(late)}",
                f"{len(late)}",
            ],
        ),
        ("Handed in by category", recount_categories(asked)),
        ("Not handed in", [f"{len(missing)}"]),
        ("Need not hand in", [f"{len(units) - len(asked)}"]),
        ("“", recount_scores(tables)),
    ]
    risks = tables["high_risks"]
    expected.append(
        (
            "Problems of high risk",
            [
                f"{len(risks)}",
                f"{len({row['unit_id'] for row in risks})}",
                f"{sum(row['case'] is not None for row in risks)}",
                f"{sum(row['state'] == 'no measure' for row in risks)}",
                f"{sum(row['days_late'] is not None for row in risks)}",
            ],
        )
    )
    return [*expected, *recount_remediation(tables), *recount_demands(len(missing), tables)]


def recount_categories(asked: list[dict[str, Any]]) -> list[str]:
    """Return how many of each category came in, and how many had to."""
    numbers = []
    for category in dict.fromkeys(row["category"] for row in asked):
        rows = [row for row in asked if row["category"] == category]
        numbers += [f"{sum(row['receipt'] is not None for row in rows)}", f"{len(rows)}"]
    return numbers


def recount_scores(tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return count, median, lowest and highest of the scores with a place, verdicts, the others."""
    ranking = tables["ranking"]
    scores = sorted(row["score"] for row in ranking if row["place"])
    middle = len(scores) // 2
    assert len(scores) % 2, "the median is a score"
    verdicts = [row["verdict"] for row in ranking if row["place"]]
    names = dict.fromkeys(row["verdict"] for row in tables["verdicts"])
    apart = [row["apart"] for row in ranking if row["apart"]]
    counts = (scores[middle], scores[0], scores[-1])
    return [
        f"{len(scores)}",
        *(f"{score:g}" for score in counts),
        *(f"{verdicts.count(name)}" for name in names),
        "0",
        *(f"{apart.count(name)}" for name in dict.fromkeys(sorted(apart, key=_order_of_reasons))),
    ]


def _order_of_reasons(name: str) -> int:
    order = [
        "not handed in",
        "to be looked at",
        "not readable here",
        "checklist was changed",
        "not complete",
    ]
    return order.index(name)


def recount_remediation(tables: dict[str, list[dict[str, Any]]]) -> list[tuple[str, list[str]]]:
    """Return the numbers about remediation, summed over the units."""
    units, overdue = tables["unit_remediation"], tables["overdue"]
    names = ("problems", "mended", "on_time", "closed", "without_measure")
    sums = {name: sum(row[name] for row in units) for name in names}
    days = [row["days_late"] for row in overdue]
    share = format_share(sums["mended"], sums["problems"])
    return [
        (
            "Problems found",
            [
                *(f"{sums[name]}" for name in names[:2]),
                share,
                *(f"{sums[name]}" for name in names[2:]),
            ],
        ),
        (
            "Overdue measures",
            [
                f"{len(days)}",
                *("30", f"{sum(day <= 30 for day in days)}"),
                *("31", "90", f"{sum(30 < day <= 90 for day in days)}"),
                *("90", f"{sum(day > 90 for day in days)}"),
            ],
        ),
        ("Units with overdue", ["1"] * len({row["unit_id"] for row in overdue})),
    ]


def recount_demands(
    missing: int, tables: dict[str, list[dict[str, Any]]]
) -> list[tuple[str, list[str]]]:
    """Return the numbers of the demands."""
    return [
        ("(1) Handing in", ["1", f"{missing}"]),
        ("(2) High risks", ["2", f"{len(tables['high_risks'])}"]),
        ("(3) Remediation", ["3", f"{len(tables['overdue'])}"]),
    ]


def test_each_number_of_the_prose_is_recounted_from_the_tables(
    office: MadeOffice, assess: Assess
) -> None:
    """Paragraph by paragraph; no paragraph with a number is left out."""
    files = make_files(assess, "--format", "docx", "--format", "json", "--lang", "en")
    prose, tables = read_prose(files["docx"]), read_tables(files["json"])
    listed = re.compile(r"\d+\. |\(\d\) Secrecy")
    seen = [line for line in prose if NUMBER.search(line) and not listed.match(line)]
    wanted = recount_prose(tables)
    assert len(seen) == len(wanted)
    for line, (start, numbers) in zip(seen, wanted, strict=True):
        assert line.startswith(start)
        assert NUMBER.findall(line) == numbers, line


def test_the_change_since_the_preceding_campaign_is_recounted(
    office: MadeOffice, assess: Assess
) -> None:
    """The figures of last year are those of this one, but three units had other results."""
    assert assess("rollup", "make", "--format", "json").code == 0
    figures = json.loads((office.root / "rollups/2026/figures.json").read_bytes())
    for unit, outcomes in {"education": "uum", "health": "umm", "data-bureau": "mmm"}.items():
        (sheet,) = figures["units"][unit]["sheets"]
        assert len(sheet["outcomes"]) > len(outcomes)
        sheet["outcomes"] = outcomes + sheet["outcomes"][len(outcomes) :]
    issue_campaign(office.root, "2025", "2025-11-20", CHECKLIST)
    folder = office.root / "rollups/2025"
    folder.mkdir()
    (folder / "figures.json").write_text(json.dumps({**figures, "campaign": "2025"}), "utf-8")
    words = ("2026", "--format", "docx", "--format", "json", "--lang", "en")
    files = make_files(assess, *words)
    rows = read_tables(files["json"])["comparison"]
    changes = {row["unit"]: row["difference"] for row in rows if row["difference"] is not None}
    points = {unit: f"{abs(value) * 100:.1f} percentage points" for unit, value in changes.items()}
    rose = sorted((unit for unit in changes if changes[unit] > 0), key=lambda unit: -changes[unit])
    (fell,) = (unit for unit in changes if changes[unit] < 0)
    assert len(rose) == 2
    same = len(changes) - len(rose) - 1
    prose = read_prose(files["docx"])
    at = next(at for at, line in enumerate(prose) if line.startswith("Compared with"))
    assert NUMBER.findall(prose[at]) == [f"{count}" for count in (len(changes), 2, same, 1)]
    listed = ", ".join(f"{unit} (up {points[unit]})" for unit in rose)
    assert prose[at + 1] == f"The share that conforms rose most at: {listed}."
    assert prose[at + 2] == f"The share that conforms fell most at: {fell} (down {points[fell]})."


def test_who_did_not_hand_in_stands_by_name_and_without_a_zero(
    office: MadeOffice, assess: Assess
) -> None:
    """In the text and in the annex, where its cells are dashes."""
    files = make_files(assess, "--format", "docx", "--lang", "zh")
    document = docx.Document(io.BytesIO(files["docx"]))
    lines = [paragraph.text for paragraph in document.paragraphs]
    name = UNITS["street"][0]
    assert f"未报单位（1 家）：{name}。" in lines
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    (row,) = [row for row in rows if row[0] == name]
    assert row[1:] == ["乡镇街道", "未报", "—", "—", *row[5:]]
    assert lines[0] == "示例市青溪区网信办文件"
    order = ["一、总体情况", "二、共性问题", "三、高风险问题", "四、整改情况", "五、有关要求"]
    assert [line for line in lines if re.match("[一二三四五]、", line)] == order
    assert not any("museum" in line or UNITS["museum"][0] in line for line in lines[:4])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_has_marking_and_warning_on_each_page_and_is_accessible(
    office: MadeOffice, assess: Assess, lang: str, tmp_path: Path
) -> None:
    """The same inputs give the same bytes; names that would be markup are texts."""
    words = ("--format", "pdf", "--lang", lang, "--number", "青网信〔2026〕12号")
    made = make_files(assess, *words)["pdf"]
    assert make_files(assess, *words)["pdf"] == made
    warning = "问题汇总后的密级可能高于各部分" if lang == "zh" else "Collected weaknesses may be"
    pages = text(made).removesuffix("\f").split("\f")
    for page in pages:
        assert ("内部" if lang == "zh" else "Internal") in page
        assert "".join(warning.split()) in "".join(page.split())
    whole = squeezed(made)
    for words_of_page in ("青网信〔2026〕12号", "<imgsrc=xonerror=alert(1)>", "=cmd|'/Ccalc'!A1"):
        assert words_of_page in whole
    path = tmp_path / "circular.pdf"
    path.write_bytes(made)
    assert {one.rule_id for one in Validator().validate(str(path)).findings} == set()
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == ("zh-CN" if lang == "zh" else "en")
        figures = [
            str(element.Alt)
            for element in document.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]
    charts = make_charts(TableReader(read_document(assess, lang)))
    assert figures == [chart.alternative for chart in charts]
    assert len(figures) == 3


def read_document(assess: Assess, lang: str) -> RollUpDocument:
    """Return the roll-up as its JSON has it."""
    data = make_files(assess, "--format", "json", "--lang", lang)["json"]
    return msgspec.json.decode(data, type=RollUpDocument)


def test_no_word_of_a_table_head_is_broken(office: MadeOffice, assess: Assess) -> None:
    """The page has no start of a head's word that is not a word of the document itself."""
    made = make_files(assess, "--lang", "en", "--format", "pdf", "--format", "docx")
    document = docx.Document(io.BytesIO(made["docx"]))
    heads = {
        word
        for table in document.tables
        for cell in table.rows[0].cells
        for word in cell.text.split()
    }
    assert {"compared", "quartile", "complete"} <= heads
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    texts = " ".join(part.text for part in (*document.paragraphs, *cells))
    starts = {word[:at] for word in heads for at in range(3, len(word))} - set(texts.split())
    words = {box.text for page in pages(made["pdf"]) for box in page}
    assert heads - words <= {"—"}
    assert starts & words == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_imprint_is_at_the_foot_of_the_last_page(
    office: MadeOffice, assess: Assess, lang: str
) -> None:
    """Copies, issuer and day, in that order, below all else, however many get a copy."""
    copies = "，".join(f"示例市第{number}办公室" for number in range(30))
    words = ("--lang", lang, "--format", "pdf", "--format", "docx", "--copy-to", f"\x1b{copies}。")
    made = make_files(assess, *words)
    is_chinese = lang == "zh"
    start, end = ("抄送：", "。") if is_chinese else ("Copies to: ", ".")
    printed = "2026年11月30日印发" if is_chinese else "Printed on 30 November 2026"
    document = docx.Document(io.BytesIO(made["docx"]))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[-1] == f"示例市青溪区网信办\t{printed}"
    assert lines[-2].startswith(start)
    assert lines[-2].endswith(f"{copies}{end}")
    assert "\x1b" not in lines[-2]
    *_others, last = pages(made["pdf"])
    (top,) = (box.top for box in last if box.text.startswith(start.split()[0]))
    above = [box.bottom for box in last if box.top < top - 1]
    assert len(above) > 1
    assert max(above) < top
    assert printed.replace(" ", "") in squeezed(made["pdf"])


def test_without_copies_the_imprint_is_a_line(office: MadeOffice, assess: Assess) -> None:
    """The issuer at the left, the day at the right."""
    made = make_files(assess, "--lang", "zh", "--format", "docx")["docx"]
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]
    assert lines[-1] == "示例市青溪区网信办\t2026年11月30日印发"
    assert not any(line.startswith("抄送") for line in lines)


@pytest.mark.parametrize("hidden", [False, True])
def test_charts_stand_in_the_word_document_as_pictures(
    office: MadeOffice, assess: Assess, hidden: bool
) -> None:
    """Each has its figures as alternative; an anonymous one has labels in place of units."""
    words = ("--anonymous",) if hidden else ()
    made = make_files(assess, "--format", "docx", "--lang", "zh", *words)["docx"]
    document = docx.Document(io.BytesIO(made))
    texts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    starts = ["整改进度：", "热力图："] if hidden else ["分类得分分布：", "整改进度：", "热力图："]
    assert [text[: text.index("：") + 1] for text in texts] == starts
    names = {name for name, _category in UNITS.values()}
    assert any(name in text for text in texts for name in names) == (not hidden)
    assert "部门 1" in texts[-1] or not hidden


def test_an_anonymous_circular_says_the_same_without_names(
    office: MadeOffice, assess: Assess
) -> None:
    """Labels stand in the place of units; the numbers of the parts are those with names."""
    forms = ("--format", "docx", "--lang", "en")
    named = read_prose(make_files(assess, *forms)["docx"])
    hidden = read_prose(make_files(assess, *forms, "--anonymous")["docx"])
    names = {name for name, _category in UNITS.values()}
    assert not [name for name in names if any(name in line for line in hidden)]
    assert any("of too few units for a median" in line for line in hidden)
    totals = ("Problems of high risk", "Problems found")
    counts = [line for line in named if line.startswith(totals)]
    assert counts
    assert [line for line in hidden if line.startswith(totals)] == counts


def test_a_category_alone(office: MadeOffice, assess: Assess) -> None:
    """With --category only its units are named."""
    files = make_files(assess, "--format", "docx", "--category", "企事业", "--lang", "zh")
    document = docx.Document(io.BytesIO(files["docx"]))
    whole = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "（企事业）" in whole
    assert UNITS["street"][0] not in whole
