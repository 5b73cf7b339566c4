"""Han and Latin stand apart, and Chinese lines end where the column ends."""

from __future__ import annotations

import io
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import TextBox

from assess.report.render import chinese, library_patches
from assess.report.render.chinese import GAP
from report.conftest import restore_libraries

STYLE = """
<style>
@page { size: 12cm 15cm; margin: 1cm }
html { font: 20px "Noto Serif CJK SC" } body, p { margin: 0 } p { text-align: justify }
</style>
"""
WORDS = """
2026年11月4日，依据GB/T 22239-2019网络安全等级保护基本要求第8.1.4.2条，域账号每90天强制更换；
共211项，用IPv6地址登录VPN后再试，管理员<b>admin未改</b>口令，从<b>信息</b>科调阅的“自查表”……另有一段没有外文的文字，
行尾也应当对齐，没有一行例外。"""
ENGLISH = (
    "The officer’s “checklist” — 211 items… — stands in lines that are justified by spaces. " * 3
)


@pytest.fixture(autouse=True)
def chinese_lines(untouched: None) -> None:
    """Set lines as reports are set, and let other tests be."""
    library_patches._patch_chinese_line_justification()


def laid_out(body: str, style: str = STYLE) -> weasyprint.Document:
    """Return a document with gaps."""
    page = weasyprint.HTML(string=f"<html lang=zh>{style}{body}")
    chinese.insert_gaps_between_scripts(page.etree_element)
    return page.render()


def widths(body: str) -> list[float]:
    """Return the width of each piece of text."""
    (page,) = laid_out(body).pages
    found = page._page_box.descendants()
    return [round(box.width, 2) for box in found if isinstance(box, TextBox)]


def test_between_han_and_latin_an_eighth_of_an_em() -> None:
    """On both sides of a number; 20 pixels make 2.5."""
    (apart,) = widths("第8条")

    assert apart == pytest.approx(sum(widths("<b>第</b>8<b>条</b>")) + 2 * 2.5, abs=0.02)


@pytest.mark.parametrize("text", ["第 8 条", "（8）条", "8，条", "8%的", "abc", "中文"])
def test_nothing_where_a_space_or_a_sign_stands(text: str) -> None:
    """What was typed is kept."""
    page = weasyprint.HTML(string=f"<p>{text}").etree_element
    chinese.insert_gaps_between_scripts(page)
    assert "".join(page.itertext()) == text


def test_a_gap_at_the_end_of_a_line_has_no_width() -> None:
    """The column is as wide as two characters and the number: nothing stands beyond."""
    (before, _after) = widths("<div style='width: 61px'>共有12345项</div>")[:2]
    assert before == 40


def test_the_id_of_an_item_is_not_torn(tmp_path: Path) -> None:
    """A reader joins what a hyphen tears (`EGNACC-02`); what is wider than its column breaks."""
    ids = "、".join(f"EGN-ACC-{at:02}" for at in range(30))
    file = tmp_path / "ids.pdf"
    laid_out(
        f"<h1>EGN-ACC-30</h1><p>{ids}<p style='width: 2cm; overflow-wrap: anywhere'>X-Y-1234"
    ).write_pdf(file, finisher=lambda _document, pdf: chinese.remove_gaps_from_bookmarks(pdf))

    asked = ["pdftotext", str(file), "-"]
    read = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    assert re.findall(r"EGN-ACC-\d\d", read) == ["EGN-ACC-30", *ids.split("、")]
    assert "X-Y-1234" not in read
    assert "X-Y-1234" in read.replace("\n", "")
    with pikepdf.open(file) as opened, opened.open_outline() as outline:
        assert [one.title for one in outline.root] == ["EGN-ACC-30"]


@pytest.mark.parametrize(
    "kept",
    [
        "<textarea>第8条</textarea>",
        "<label>第8条</label>",
        "<select><option>第8条</option></select>",
        "<style>第8条</style>",
        "<svg><text>第8条</text>第8条</svg>",
    ],
)
def test_names_values_and_drawings_are_as_typed(kept: str) -> None:
    """Programs read them; what follows them is set."""
    page = weasyprint.HTML(string=f"<title>第8条</title><p>{kept}后9项").etree_element
    before = "".join(page.itertext())

    chinese.insert_gaps_between_scripts(page)

    assert "".join(page.itertext()) == before.replace("后9项", f"后{GAP}9{GAP}项")


def line_ends(body: str, folder: Path) -> list[float]:
    """Return where the lines of a text end, in points from the left edge of the page."""
    file = folder / "lines.pdf"
    laid_out(body).write_pdf(file)
    asked = ["pdftotext", "-bbox", str(file), "-"]
    boxes = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    ends: dict[str, float] = defaultdict(float)
    for end, line in re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)"', boxes):
        ends[line] = max(ends[line], float(end))
    return [ends[line] for line in sorted(ends, key=float)]


def test_every_line_ends_where_the_column_ends(tmp_path: Path) -> None:
    """With bold words, quotation marks and numbers, and none: all but the last of a paragraph."""
    *lines, _last = line_ends(f"<p>{WORDS}</p>", tmp_path)

    assert len(lines) > 4
    # Ten centimetres of text and one of margin, in points.
    assert lines == pytest.approx([11 / 2.54 * 72] * len(lines), abs=0.3)


def test_a_line_before_a_long_word_stays_short(tmp_path: Path) -> None:
    """Two characters do not stand at the two ends of it."""
    short, *_rest = line_ends(f"<p>（1）{'W' * 16}</p>", tmp_path)

    assert short < 100


def test_nobody_reads_a_gap() -> None:
    """Neither the text of a page nor its bookmarks have a character for it."""
    document = laid_out("<h1>第8条的要求</h1><p>共211项</p>")
    pdf = document.write_pdf(
        finisher=lambda _document, pdf: chinese.remove_gaps_from_bookmarks(pdf)
    )

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (bookmark,) = opened.open_outline().root
        fonts = opened.pages[0]["/Resources"]["/Font"]
        listed = b"".join(font["/ToUnicode"].read_bytes() for font in fonts.values())
    assert bookmark.title == "第8条的要求"
    assert b"<200b>" not in listed.lower()


def test_english_is_set_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its quotation marks, dashes and dots are narrow; its lines stretch by their spaces."""
    body = f"<p lang=en>{ENGLISH}</p>"
    here = laid_out(body).write_pdf(pdf_identifier=b"x")
    restore_libraries(monkeypatch)

    assert laid_out(body).write_pdf(pdf_identifier=b"x") == here


def test_a_closing_mark_and_the_next_fill_one_and_a_half_squares() -> None:
    """The two halves between them that are empty become one; a mark before Han keeps its square."""
    (pair,), (apart,) = widths("合”。"), widths("合”了。")
    assert pair == pytest.approx(2.5 * 20, abs=0.02)
    assert apart == pytest.approx(4 * 20, abs=0.02)
