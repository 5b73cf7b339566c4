"""A report in other forms than PDF: what is in them, and what is only text there."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from importlib import resources
from typing import Any
from xml.etree import ElementTree as ET

import click
import docx
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assess.cli.report import report_command
from assess.i18n import LANGS, Lang
from assess.report.content.inputs import midnight_of_report_day
from assess.report.content.view.build import build_report_view
from assess.report.content.view.model import Report
from assess.report.export.block_parser import parse_blocks
from assess.report.export.blocks import HeadingBlock, TableBlock
from assess.report.export.data_tables import list_data_tables, read_number_cell
from assess.report.export.formats import REPORT_FORMATS
from assess.report.export.ledger_table import (
    escape_formula,
    escape_formulas_in_csv_cell,
    ledger_columns,
    list_ledger_rows,
    read_date_cell,
)
from assess.report.export.word.document import normalize_package_times
from assess.report.render.render import render_report
from assess.template_folders import list_template_names
from json_schemas import schemas_of_types
from report import factory

MOMENT = midnight_of_report_day(factory.TODAY)
LIBRARY = (str(factory.ROOT / "templates"),)


def page(template: str, lang: Lang = "zh") -> bytes:
    """Return the page of a template as HTML."""
    checklist = "annual-inspection" if template == "issuer" else "egov-network"
    made = factory.inputs(checklist, lang=lang, template=template)
    job = msgspec.structs.replace(factory.job(made), form="html")
    return render_report(job, lambda _progress: None)[0]


def view(**changes: Any) -> Report:
    """Return the view of a report with problems."""
    return build_report_view(factory.inputs("egov-network", **changes))


def hostile(text: str) -> Report:
    """Return the view of a report whose every text is `text`."""
    checklist = factory.with_item(text)
    return build_report_view(
        factory.inputs(checklists=[checklist], answering=factory.status("unmet"))
    )


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_the_table_is_the_only_list(name: str) -> None:
    """The command offers each format of the table; the documentation names it in both languages."""
    [option] = [option for option in report_command.params if option.name == "form"]
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == tuple(REPORT_FORMATS)
    for page in ("templates.md", "templates.en.md"):
        text = (factory.ROOT / "docs" / page).read_text("utf-8")
        named = {
            word for words in re.findall(r"--format ([a-z|]+)", text) for word in words.split("|")
        }
        assert name in named | {"pdf"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("template", list_template_names(LIBRARY))
def test_every_template_gives_every_form(template: str, lang: Lang) -> None:
    """Headings, tables and the organization are in all of them, whatever the template."""
    html = page(template, lang)
    report = view(lang=lang)
    found = parse_blocks(html.decode())
    assert any(isinstance(one, HeadingBlock) for one in found)
    markdown = REPORT_FORMATS["md"].make_report(report, MOMENT, html).decode()
    assert report.organization in markdown
    word = docx.Document(io.BytesIO(REPORT_FORMATS["docx"].make_report(report, MOMENT, html)))
    assert len(word.tables) == sum(isinstance(one, TableBlock) for one in found)
    assert report.classification in word.sections[0].header.paragraphs[0].text
    width, height = word.sections[0].page_width or 0, word.sections[0].page_height or 0
    assert (width > height) is (template == "ledger")


def test_html_stands_alone() -> None:
    """Nothing is loaded and no script runs; the text is that of the report."""
    html = page("full").decode()
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert not re.search(r'(src|href)="(?!data:|#|field:)', html)


def test_json_is_what_its_schema_says() -> None:
    """The view-model reads back, and the shipped schema is that of the types."""
    plain = json.loads(REPORT_FORMATS["json"].make_report(view(), MOMENT))
    assert plain.pop("format") == "assess/report/1"
    assert msgspec.convert(plain, Report) == view()
    text = resources.files("assess.data").joinpath("schemas", "report.json").read_text("utf-8")
    assert json.loads(text) == schemas_of_types()["report"]


def test_csv_is_the_ledger() -> None:
    """One row a problem under the heads, in UTF-8 that spreadsheets recognise."""
    data = REPORT_FORMATS["csv"].make_report(view(), MOMENT)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert read[0] == [column.title for column in ledger_columns(view())]
    assert read[1:] == [
        [escape_formulas_in_csv_cell(str(cell)) for cell in row] for row in list_ledger_rows(view())
    ]
    assert len(read) > 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", " =1", "＝1"])
def test_formulas_are_text(text: str) -> None:
    """A text that a spreadsheet would run is neutralised in CSV, and typed as text in XLSX."""
    report = hostile(text)
    for row in csv.reader(
        io.StringIO(REPORT_FORMATS["csv"].make_report(report, MOMENT).decode("utf-8-sig"))
    ):
        assert not any(cell.strip().startswith(("=", "+", "-", "@", "＝")) for cell in row)
    pages = workbook_pages(report)
    assert len(pages) == len(list_data_tables(report))
    for page in pages:
        cells = [one for one in page.iter() if one.tag.endswith("}c")]
        assert {one.get("t") for one in cells} <= {"inlineStr", None}
        assert not [one for one in page.iter() if one.tag.endswith("}f")]
    written = "".join("".join(page.itertext()) for page in pages)
    assert text.strip() in written


def workbook_pages(report: Report) -> list[Any]:
    """Return the sheets of the spreadsheet as XML."""
    data = REPORT_FORMATS["xlsx"].make_report(report, MOMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = sorted(name for name in book.namelist() if "worksheets/sheet" in name)
        return [ET.fromstring(book.read(name)) for name in names]  # noqa: S314  # our own file


def column_of(report: Report, table: int, title: str) -> list[Any]:
    """Return the values of a column of a table."""
    chosen = list_data_tables(report)[table]
    at = [column.title for column in chosen.columns].index(title)
    return [row[at] for row in chosen.rows]


def test_the_ledger_has_its_own_columns_of_typed_values() -> None:
    """Ids, organization and days overdue stand alone; days are dates, numbers are numbers."""
    made = factory.inputs("egov-network", "self-built-systems", today=date(2026, 8, 1))
    report = build_report_view(made)
    rows = {row.state.item.id: row for sheet in made.sheets for row in sheet.assessment.ledger}
    ids = column_of(report, 0, "编号")
    assert set(ids) == set(rows)
    assert set(column_of(report, 0, "填报单位")) == {report.organization}
    assert column_of(report, 0, "序号") == list(range(1, len(rows) + 1))
    assert column_of(report, 0, "完成期限") == [rows[one].due or "" for one in ids]
    late = [rows[one].days_late if rows[one].overdue else "" for one in ids]
    assert column_of(report, 0, "逾期天数") == late
    assert {type(one) for one in late} == {int, str}


def test_dates_and_numbers_are_real_in_the_spreadsheet() -> None:
    """A date is a day that filters know, a number is no text; all else is text."""
    page = workbook_pages(view())[0]
    rows = [one for one in page.iter() if one.tag.endswith("}row")]
    second = {one.get("r", ""): one for one in rows[1]}
    assert second["B2"].get("t") is None
    assert "".join(second["B2"].itertext()) == "1"
    due = "".join(second["M2"].itertext())
    wanted = list_data_tables(view())[0]
    [first, *_] = wanted.rows
    assert isinstance(first[12], date)
    assert int(due) == (first[12] - date(1899, 12, 30)).days


def test_answers_counts_and_tables_have_their_sheets() -> None:
    """Each applicable item is a row, its number a number; counts are numbers; tables have rows."""
    report = build_report_view(factory.inputs("annual-inspection"))
    items = [one for sheet in report.sheets for part in sheet.sections for one in part.items]
    assert column_of(report, 1, "编号") == [one.id for one in items]
    numbers = [one for one in column_of(report, 1, "数值") if one != ""]
    assert numbers
    assert {type(one) for one in numbers} <= {int, float}
    assert {type(one) for one in column_of(report, 2, "符合")} == {int}
    assert column_of(report, 2, "符合")[0] == int(report.sheets[0].counts.met)
    tables = list_data_tables(report)[3]
    cells = [one for row in tables.rows for one in row[6:]]
    assert {type(one) for one in cells} >= {int, str}
    titles = {one for item in items if item.rows for one in item.columns}
    assert titles <= {str(one) for one in cells}
    widths = {len(row) for row in list_data_tables(report)[3].rows}
    assert max(widths) == len(tables.columns)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", 12.5),
        ("3 台", 3),
        ("-2", -2),
        ("–", ""),
        ("1234567890123456", "1234567890123456"),
        ("=1", "=1"),
        ("2026-03", "2026-03"),
        ("1e5", "1e5"),
    ],
)
def test_numbers_of_cells(text: str, value: object) -> None:
    """A number is read up to its unit; what a spreadsheet can not hold exactly stays a text."""
    assert read_number_cell(text) == value
    assert type(read_number_cell(text)) is type(value)


def test_dates_of_cells() -> None:
    """A day of a table is a date, a dash is nothing, all else stays as it is."""
    cells = [read_date_cell(text) for text in ("2026-03-18", "–", "三月", "")]
    assert cells == [date(2026, 3, 18), "", "三月", ""]


@pytest.mark.parametrize("start", ["a;", 'a;"', "a\n"])
def test_no_part_of_a_cell_is_a_formula_elsewhere(start: str) -> None:
    """Where `;` divides cells, lines of CSV are divided there; a line break may end a row."""
    data = REPORT_FORMATS["csv"].make_report(hostile(f"{start}=1+1"), MOMENT).decode("utf-8-sig")
    assert "'=1+1" in data
    assert "=1+1" not in data.replace("'=1+1", "")
    for end in ("\t", "\r", ";\u200b "):
        assert escape_formulas_in_csv_cell(f"a{end}=1").endswith(
            "'\u200b =1" if " " in end else "'=1"
        )
    assert escape_formulas_in_csv_cell("a; b\nc") == "a; b\nc"


@given(st.text())
@example("\x1f@SUM(A1)")
@example("\x00=1")
@example("\u200b=1")
def test_no_text_is_a_formula(text: str) -> None:
    """Whatever the text: its first visible sign is none with which a formula begins."""
    seen = "".join(sign for sign in escape_formula(text) if sign.isprintable()).strip()
    assert not seen.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("name", sorted(REPORT_FORMATS.keys() - {"pdf", "html"}))
def test_the_same_bytes_each_time(name: str) -> None:
    """No format bears a time of its making."""
    report_format = REPORT_FORMATS[name]

    def made() -> bytes:
        source = b"" if report_format.source == "view" else page("summary")
        return report_format.make_report(view(), MOMENT, source)

    assert made() == made()


def test_steady_packages_bear_no_time() -> None:
    """Every member of a package is as old as the format."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a", "1")
    with zipfile.ZipFile(io.BytesIO(normalize_package_times(out.getvalue()))) as package:
        assert [one.date_time[0] for one in package.infolist()] == [1980]
        assert package.read("a") == b"1"


def test_titles_of_items_are_in_the_ledger() -> None:
    """Every finding stands in the table, with its id."""
    made = factory.inputs("egov-network")
    found = {one.state.item.id for one in made.sheets[0].assessment.findings}
    assert found
    assert {row[2] for row in list_ledger_rows(build_report_view(made))} == found
