"""The suite `office`: documents opened in LibreOffice, turned to PDF and compared with ours."""

from __future__ import annotations

import csv
import io
import re
import shutil
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import msgspec
import pikepdf
import pytest

from assess.i18n import LANGS, Lang
from assess.report.content.inputs import ReportInputs, midnight_of_report_day
from assess.report.content.view.build import build_report_view
from assess.report.export.block_parser import parse_blocks
from assess.report.export.blocks import HeadingBlock, PictureBlock
from assess.report.export.data_tables import list_data_tables
from assess.report.export.formats import REPORT_FORMATS
from assess.report.render.render import render_report
from assess.template_folders import list_template_names
from report import factory
from report.in_libreoffice import converted
from report.read_pdf import Box, squeezed
from report.read_pdf import pages as pages_of_boxes

MOMENT = midnight_of_report_day(factory.TODAY)
TEMPLATES = list_template_names([factory.ROOT / "templates"])
MM = 72 / 25.4


def inputs(template: str, lang: Lang) -> ReportInputs:
    """Return the inputs of a report of two checklists, the organization's and a system's."""
    names = (
        ["annual-inspection"] if template == "issuer" else ["egov-network", "self-built-systems"]
    )
    return factory.inputs(*names, lang=lang, template=template)


@cache
def editable_page(template: str, lang: Lang) -> str:
    """Return the page from which a Word document is made."""
    job = msgspec.structs.replace(factory.job(inputs(template, lang)), form="editable")
    return render_report(job, lambda _progress: None)[0].decode()


def word(template: str, lang: Lang) -> bytes:
    """Return a report as a Word document."""
    page = editable_page(template, lang).encode()
    view = build_report_view(inputs(template, lang))
    return REPORT_FORMATS["docx"].make_report(view, MOMENT, page)


def office_pdf(profile: Path, folder: Path, template: str, lang: Lang) -> bytes:
    """Return the PDF that LibreOffice makes of the Word document of a report."""
    [path] = converted(profile, folder, "report.docx", word(template, lang), "pdf")
    return path.read_bytes()


def test_a_letter_in_libreoffice(profile: Path, tmp_path: Path) -> None:
    """The smoke of the suite: a letter has its title in the middle, its lines on the pitch.

    The first line of a paragraph is indented by two characters, the date ends four from the edge.
    """
    pdf = office_pdf(profile, tmp_path, "notice", "zh")
    pages = pages_of_boxes(pdf)
    title = next(one for one in pages[0] if "整改通知书" in one.text)
    assert (title.left + title.right) / 2 == pytest.approx((28 + 156 / 2) * MM, abs=3)
    lines = starts_of_lines([one for one in pages[0] if one.top > title.bottom])
    addressee, first, second, third = lines[:4]
    assert addressee.left == pytest.approx(28 * MM, abs=2)
    assert first.left == pytest.approx(28 * MM + 32, abs=2)
    assert second.left == pytest.approx(28 * MM, abs=2)
    assert second.top - first.top == pytest.approx(28.95, abs=0.2)
    assert third.top - second.top == pytest.approx(28.95, abs=0.2)
    day = [one for one in pages[-1] if one.text.endswith("日")][-1]
    assert day.right == pytest.approx(184 * MM - 64, abs=6)


def starts_of_lines(words: list[Box]) -> list[Box]:
    """Return the first word of each line, from the top."""
    ordered = sorted(words, key=lambda word: (round(word.top), word.left))
    lines = ordered[:1]
    lines += [word for before, word in pairwise(ordered) if word.top - before.top > 2]
    return lines


@pytest.mark.office
@pytest.mark.parametrize(("template", "lang"), list(product(TEMPLATES, LANGS)))
def test_every_document_in_libreoffice(
    profile: Path, tmp_path: Path, template: str, lang: Lang
) -> None:
    """Every heading of ours stands in its PDF, in our order; no page is empty; nothing is lost."""
    pdf = office_pdf(profile, tmp_path, template, lang)
    blocks = parse_blocks(editable_page(template, lang))
    # Poppler takes the hyphen of an id at the end of a line for that of a word.
    said = squeezed(pdf).replace("-", "")
    at = 0
    for heading in (one for one in blocks if isinstance(one, HeadingBlock)):
        text = re.sub(r"[\s-]+", "", "".join(run.text for run in heading.runs))
        place = said.find(text, at)
        assert place >= 0, text
        at = place
    assert all(len(page) > 2 for page in pages_of_boxes(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        drawn = sum(len(page.get_images()) for page in document.pages)
    shown = [one for one in blocks if isinstance(one, PictureBlock) and one.role != "code"]
    assert drawn >= len({one.data for one in shown})


@pytest.mark.office
@pytest.mark.parametrize("lang", LANGS)
def test_the_full_report_turns_its_ledger(profile: Path, tmp_path: Path, lang: Lang) -> None:
    """Pages with the ledger are landscape, those before and after are upright, as sections are."""
    pdf = office_pdf(profile, tmp_path, "full", lang)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        turned = [page.mediabox[2] > page.mediabox[3] for page in document.pages]
    assert True in turned
    first, last = turned.index(True), len(turned) - turned[::-1].index(True)
    assert all(turned[first:last])
    assert first > 0
    assert last < len(turned)


@pytest.mark.office
@pytest.mark.skipif(shutil.which("localc") is None, reason="no LibreOffice Calc")
@pytest.mark.parametrize("lang", LANGS)
def test_the_spreadsheet_in_libreoffice(profile: Path, tmp_path: Path, lang: Lang) -> None:
    """All sheets open; dates and numbers are what they were, and no text became a formula."""
    checklist = factory.with_item("=1+1", count=3)
    report = build_report_view(
        factory.inputs("annual-inspection", checklists=[checklist], lang=lang)
    )
    data = REPORT_FORMATS["xlsx"].make_report(report, MOMENT)
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    paths = converted(profile, tmp_path, "data.xlsx", data, every_sheet)
    tables = {table.title[:31]: table for table in list_data_tables(report)}
    assert len(paths) == len(tables)
    for path in paths:
        read = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        [table] = [one for title, one in tables.items() if path.stem.endswith(f"-{title}")]
        wanted = [[str(cell) for cell in row] for row in table.rows]
        assert read[0] == [column.title for column in table.columns]
        found = [row[: len(line)] for row, line in zip(read[1:], wanted, strict=True)]
        assert [_as_read(row) for row in found] == [_as_read(row) for row in wanted]


def _as_read(row: list[str]) -> list[str]:
    """Return cells without what LibreOffice writes otherwise: ends of lines, zeros."""
    return [re.sub(r"\.0$", "", " ".join(cell.split())) for cell in row]
