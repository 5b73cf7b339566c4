"""Parts of WeasyPrint and pydyf that are replaced: guarded, and what they save is saved."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from typing import Any

import pikepdf
import pydyf
import pytest
import weasyprint
from weasyprint import css
from weasyprint.layout import page
from weasyprint.pdf import fonts

from assess.report.render import library_patches
from assess.report.render.library_patches import LeanPage
from assess.report.render.patch_table import PATCHES, digest_library_source, list_applicable_patches
from assess.report.render.render import render_report
from report import factory
from report.factory import with_item

PAGES = '<html lang="en"><title>x</title><p>one<p style="break-before: page">two'
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_identifier": b"x"}
LIST = "<p>one</p><ol><li>two<li>three</ol>"


def test_every_patch_is_active() -> None:
    """With the locked versions each internal is as it was tried."""
    assert list_applicable_patches() == PATCHES.keys()


def test_an_internal_that_differs_has_another_digest() -> None:
    """Another source, or none, is not as it was tried."""
    assert digest_library_source("weasyprint:HTML.gone") == ""
    assert digest_library_source("gone:x") == ""
    assert digest_library_source("zlib:compress") == ""
    assert digest_library_source("pydyf:_to_bytes") != digest_library_source("pydyf:PDF.write")


@pytest.fixture
def inactive(untouched: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every internal be another one than was tried."""
    monkeypatch.setattr(library_patches, "list_applicable_patches", frozenset)


def test_where_internals_differ_nothing_is_replaced(inactive: None) -> None:
    """The report is made all the same, as the library makes it."""
    before = [getattr(where, name) for where, name in REPLACED]
    pdf, pages = render_report(
        factory.job(factory.inputs(checklists=[with_item("题")])), lambda _progress: None
    )
    assert pages > 0
    assert pdf.startswith(b"%PDF")
    assert [getattr(where, name) for where, name in REPLACED] == before


REPLACED: tuple[tuple[Any, str], ...] = (
    (fonts.Font, "__init__"),
    (page, "set_page_type_computed_styles"),
    (pydyf.PDF, "page_references"),
    (pydyf, "zlib"),
)


def test_no_font_file_is_copied_until_it_is_asked_for(
    untouched: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making a font copies nothing; the first look copies once, later looks not at all."""

    class Font:
        def __init__(self, face: str) -> None:
            self.hb_face = face
            self.file_content = fonts.get_hb_object_data(face)

    monkeypatch.setattr(fonts, "Font", Font)
    library_patches._patch_font_file_copying()
    library_patches._patch_font_file_copying()
    copied: list[str] = []

    def copy_file(face: str) -> bytes:
        copied.append(face)
        return b"font"

    monkeypatch.setattr(fonts, "get_hb_object_data", copy_file)
    font: Any = Font("serif")
    assert copied == []
    assert font.file_content == font.file_content == b"font"
    assert copied == ["serif"]
    assert fonts.get_hb_object_data is copy_file


NINE_PAGES = "".join(f"<p style='break-before: page'>{number}" for number in range(9))
SIDES = "@page :left { margin-left: 3cm } @page :first { margin-top: 5cm } @page { size: A5 }"


@pytest.mark.parametrize(
    ("style", "times"), [(SIDES, 3), ("@page :nth(4) { margin: 5cm }", 9)], ids=["kinds", "nth"]
)
def test_styles_are_made_once_for_each_kind_of_page(
    untouched: None, monkeypatch: pytest.MonkeyPatch, style: str, times: int
) -> None:
    """First, left and right pages are three kinds; a style of the fourth page makes nine."""
    made: Counter[str] = Counter()
    make_styles = page.set_page_type_computed_styles

    def count(page_type: page.PageType, html: object, style_for: object) -> None:
        made[page_type.side] += 1
        make_styles(page_type, html, style_for)

    monkeypatch.setattr(page, "set_page_type_computed_styles", count)
    html = f"<html lang=en><style>{style}</style>{NINE_PAGES}"
    before = weasyprint.HTML(string=html).write_pdf(pdf_identifier=b"x")
    made.clear()
    library_patches._patch_page_style_sharing()
    library_patches._patch_page_style_sharing()
    assert weasyprint.HTML(string=html).write_pdf(pdf_identifier=b"x") == before
    assert made.total() == times


@pytest.fixture
def made_styles(monkeypatch: pytest.MonkeyPatch) -> Counter[str | None]:
    """Count the styles that are made for each kind of pseudo-element."""
    counted: Counter[str | None] = Counter()
    make_style = css.ComputedStyle.__init__

    def count(style: object, parent: object, cascaded: object, pseudo: str, *rest: object) -> None:
        counted[pseudo] += 1
        make_style(style, parent, cascaded, pseudo, *rest)

    monkeypatch.setattr(css.ComputedStyle, "__init__", count)
    return counted


def test_no_element_has_notes_that_has_none(made_styles: Counter[str | None]) -> None:
    """Two list items, two markers, and nothing else."""
    css.get_all_computed_styles(LeanPage(LIST))
    assert {name: count for name, count in made_styles.items() if name} == {"marker": 2}


@pytest.mark.parametrize(
    "style",
    [
        "<style>i { float: footnote }</style>",
        "<style>p { display: list-item }</style>",
        '<link rel="stylesheet" href="data:text/css,i{float:footnote}">',
        "<style>@import url(data:text/css,i{float:footnote})</style>",
    ],
)
def test_a_page_that_may_need_them_has_them(made_styles: Counter[str | None], style: str) -> None:
    """A word of its own style sheet, or one from elsewhere, brings all styles back."""
    css.get_all_computed_styles(LeanPage(style + LIST))
    assert made_styles["footnote-call"] == made_styles["marker"] > 2


def test_pages_are_listed_once(untouched: None) -> None:
    """The reference of each page is made once, however often it is asked for."""
    library_patches._patch_page_reference_sharing()
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({}))
    first = pdf.page_references
    assert pdf.page_references is first
    pdf.add_page(pydyf.Dictionary({}))
    assert pdf.page_references == tuple(
        f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3]
    )


SPLIT = (
    "<html lang=en><style>@page { size: 6cm; margin: 1cm } td { height: 1cm }"
    "tr:nth-last-child(-n+3) { break-before: avoid }</style><title>x</title>"
    f"<table>{'<tr><td>x' * 5}</table>"
)


def test_a_split_table_ends_at_its_last_row() -> None:
    """The frame does not surround the place of rows that went to the next page with others."""
    laid_out = weasyprint.HTML(string=SPLIT).render().pages[0]
    (table,) = library_patches._find_tables(laid_out._page_box)
    (row,) = [row for group in table.children for row in group.children]
    assert table.height > 2 * row.height
    library_patches.end_tables_at_last_rows(laid_out)
    assert table.height == pytest.approx(row.height, abs=5)


def test_the_file_is_the_same(untouched: None) -> None:
    """Written once and in one piece, the bytes are those of the library alone."""
    expected = weasyprint.HTML(string=PAGES).write_pdf(**OPTIONS)
    document = weasyprint.HTML(string=PAGES).render(pdf_variant="pdf/ua-1")
    for laid_out in document.pages:
        library_patches.join_page_drawing(laid_out)
    pieces: list[int] = []

    def finish(_document: object, pdf: pydyf.PDF) -> None:
        drawings = [one for one in pdf.objects if isinstance(one, weasyprint.pdf.stream.Stream)]
        pieces.extend(len(drawing.stream) for drawing in drawings)
        library_patches.replace_objects_by_bytes(pdf)

    assert document.write_pdf(finisher=finish, **OPTIONS) == expected
    assert set(pieces) == {1}


def test_each_stream_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identifier, which covers all objects, costs no second compression."""
    times: Counter[int] = Counter()
    data = pydyf.Stream.data

    def counted(stream: pydyf.Stream) -> bytes:
        times[stream.number] += 1
        written: bytes = data.fget(stream)
        return written

    monkeypatch.setattr(pydyf.Stream, "data", property(counted))
    weasyprint.HTML(string=PAGES).write_pdf(
        finisher=lambda _document, pdf: library_patches.replace_objects_by_bytes(pdf), **OPTIONS
    )
    counts = {count for number, count in times.items() if number < max(times) - 1}
    assert counts == {1}


def test_streams_are_compressed_at_the_level_of_zlib(untouched: None) -> None:
    """The highest level takes four times as long for a hundredth of the size."""
    words = b"0 Tc 1 0 0 -1 0 842 cm " * 99
    library_patches._patch_pydyf_compression_level()
    assert zlib.compress(words) in pydyf.Stream([words], compress=True).data


def test_a_patched_report_can_be_opened() -> None:
    """Whatever is replaced, the file is a PDF that other readers open."""
    pdf, pages = render_report(
        factory.job(factory.inputs(checklists=[with_item("题")])), lambda _progress: None
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == pages
