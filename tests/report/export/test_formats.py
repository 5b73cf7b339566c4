"""A report in other forms than PDF: what is in them, and what is only text there."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
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
from assess.report.export.blocks import HeadingBlock, TableBlock, parse_blocks
from assess.report.export.docx import normalize_package_times
from assess.report.export.formats import REPORT_FORMATS
from assess.report.export.json_view import make_view_schema
from assess.report.export.tables import (
    escape_formula,
    escape_formulas_of_parts,
    ledger_column_titles,
    list_ledger_rows,
)
from assess.report.render.render import render_report
from assess.report.render.template import list_template_names
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
    assert json.loads(text) == json.loads(json.dumps(make_view_schema()))


def test_csv_is_the_ledger() -> None:
    """One row a problem under the heads, in UTF-8 that spreadsheets recognise."""
    data = REPORT_FORMATS["csv"].make_report(view(), MOMENT)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert read[0] == ledger_column_titles(view())
    assert read[1:] == [
        [escape_formulas_of_parts(cell) for cell in row] for row in list_ledger_rows(view())
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
    with zipfile.ZipFile(io.BytesIO(REPORT_FORMATS["xlsx"].make_report(report, MOMENT))) as book:
        cells = ET.fromstring(book.read("xl/worksheets/sheet1.xml")).iter()  # noqa: S314  # our own file
        shared = book.read("xl/sharedStrings.xml").decode()
        kinds = {one.get("t") for one in cells if one.tag.endswith("}c")}
    assert kinds == {"s"}
    assert text.strip()[:2] in shared.replace("&apos;", "'")


@pytest.mark.parametrize("start", ["a;", 'a;"', "a\n"])
def test_no_part_of_a_cell_is_a_formula_elsewhere(start: str) -> None:
    """Where `;` divides cells, lines of CSV are divided there; a line break may end a row."""
    data = REPORT_FORMATS["csv"].make_report(hostile(f"{start}=1+1"), MOMENT).decode("utf-8-sig")
    assert "'=1+1" in data
    assert "=1+1" not in data.replace("'=1+1", "")
    for end in ("\t", "\r", ";\u200b "):
        assert escape_formulas_of_parts(f"a{end}=1").endswith("'\u200b =1" if " " in end else "'=1")
    assert escape_formulas_of_parts("a; b\nc") == "a; b\nc"


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
    said = " ".join(row[2] for row in list_ledger_rows(build_report_view(made)))
    assert found
    assert all(one in said for one in found)
    assert all(
        isinstance(one, str) for row in list_ledger_rows(build_report_view(made)) for one in row
    )
