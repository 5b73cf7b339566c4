"""Charts as PNG: the same drawing in dots, for documents that take no SVG."""

from __future__ import annotations

import base64
import io
import re

import msgspec
import pytest
from PIL import Image

from assess.i18n import LANGS, Lang
from assess.report.content.charts.drawing import (
    SHADES,
    draw_box,
    draw_line,
    draw_text,
    make_svg_drawing,
)
from assess.report.content.charts.qr import draw_qr_code
from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.build import build_report_view
from assess.report.render.chart_pictures import DOTS_PER_PIXEL, draw_png, format_drawing_as_png_img
from assess.report.render.render import render_report
from report import factory

SERIF = "Noto Serif CJK SC"


def opened(drawing: SvgElement, family: str = SERIF) -> Image.Image:
    """Return the picture of a drawing in grey."""
    return Image.open(io.BytesIO(draw_png(drawing, family))).convert("L")


def darkest(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return the darkest grey of a part, given in pixels of the drawing."""
    left, top, right, bottom = (side * DOTS_PER_PIXEL for side in box)
    return min(picture.crop((left, top, right, bottom)).tobytes())


def test_boxes_lines_and_texts_stand_in_their_places() -> None:
    """What is drawn is dark where it stands, and white beside it."""
    box = draw_box(SHADES["unmet"], 10, 10, 20, 20)
    line = draw_line([(50, 10), (50, 40)])
    text = draw_text("安全", 70, 30, size=12)
    picture = opened(make_svg_drawing("words", 120, 50, box, line, text))
    assert picture.size == (120 * DOTS_PER_PIXEL, 50 * DOTS_PER_PIXEL)
    for dark in ((12, 12, 28, 28), (49, 20, 51, 30), (70, 18, 95, 32)):
        assert darkest(picture, dark) < 60, dark
    for white in ((0, 0, 8, 50), (33, 0, 47, 50), (54, 0, 68, 50), (97, 0, 120, 50)):
        assert darkest(picture, white) == 255, white


@pytest.mark.parametrize(
    ("anchor", "left", "right"), [("start", 50, 76), ("middle", 37, 63), ("end", 24, 50)]
)
def test_texts_are_anchored(anchor: str, left: int, right: int) -> None:
    """A text begins at its place, ends there, or has it in its middle."""
    picture = opened(
        make_svg_drawing("w", 100, 20, draw_text("国国", 50, 15, anchor=anchor, size=13))
    )
    assert darkest(picture, (left + 2, 2, right - 2, 18)) < 128
    assert darkest(picture, (0, 0, left - 1, 20)) == 255
    assert darkest(picture, (right + 1, 0, 100, 20)) == 255


def test_dashes_leave_gaps() -> None:
    """A dashed line is broken, a whole one is not."""
    lines = {
        dashed: opened(
            make_svg_drawing("w", 100, 20, draw_line([(5, 10), (95, 10)], dashed=dashed))
        )
        for dashed in (True, False)
    }
    row = 10 * DOTS_PER_PIXEL
    whole = range(8 * DOTS_PER_PIXEL, 92 * DOTS_PER_PIXEL)
    gaps = {
        dashed: [x for x in whole if line.getpixel((x, row)) == 255]
        for dashed, line in lines.items()
    }
    assert gaps[True]
    assert not gaps[False]


def test_a_code_can_be_read() -> None:
    """Each module of the QR code is dark or light as in the drawing."""
    drawing = draw_qr_code("d1" * 32, "digest")
    picture = opened(drawing)
    side = int(drawing.attributes["viewBox"].split()[2])
    step = picture.width / side
    path = next(
        one for one in drawing.children if isinstance(one, SvgElement) and one.tag == "path"
    )
    dark = {
        (int(x) + offset, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)", path.attributes["d"])
        for offset in range(int(length))
    }
    for x in range(side):
        for y in range(side):
            shade = picture.getpixel((round((x + 0.5) * step), round((y + 0.5) * step)))
            assert isinstance(shade, int)
            assert (shade < 128) is ((x, y) in dark), (x, y)


def test_characters_of_another_font_are_drawn() -> None:
    """A character that the font has not comes from one that has it; nothing is left out."""
    drawings = {
        char: opened(make_svg_drawing("w", 40, 30, draw_text(char, 5, 25, size=20)), "DejaVu Sans")
        for char in "㐂国"
    }
    assert drawings["㐂"].tobytes() != drawings["国"].tobytes()
    assert all(darkest(one, (5, 5, 30, 30)) < 60 for one in drawings.values())


def test_a_vast_drawing_gets_fewer_dots() -> None:
    """A drawing of any height is drawn, in dots that memory holds."""
    picture = opened(
        make_svg_drawing("w", 588, 30_000, draw_box(SHADES["unmet"], 0, 29_000, 588, 900))
    )
    assert picture.width * picture.height < 20_000_000
    low = int(picture.height * 0.98)
    assert min(picture.crop((0, low, picture.width, low + 1)).tobytes()) < 60


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_of_a_report_can_be_drawn(lang: Lang) -> None:
    """Bars, radar, heat map and code: the alternative is the drawing's, the bytes stay the same."""
    report = build_report_view(factory.inputs("egov-network", "self-built-systems", lang=lang))
    sheet = report.sheets[0]
    for drawing in (report.chart, sheet.chart, sheet.radar, sheet.heat, report.trust.code):
        assert drawing is not None
        markup = str(format_drawing_as_png_img(drawing, SERIF))
        title = drawing.children[0]
        assert isinstance(title, SvgElement)
        assert f'alt="{title.children[0]}"' in markup
        assert markup == str(format_drawing_as_png_img(drawing, SERIF))
        data = base64.b64decode(markup.split("base64,")[1].split('"', maxsplit=1)[0])
        assert len(data) < 100_000
        assert Image.open(io.BytesIO(data)).format == "PNG"


def test_only_editable_pages_have_pictures() -> None:
    """The page to be edited holds PNG, the page to be read the drawing itself."""
    job = factory.job(factory.inputs("egov-network", template="summary"))
    pages = {
        form: render_report(msgspec.structs.replace(job, form=form), lambda _progress: None)[0]
        for form in ("html", "editable")
    }
    assert (b"<svg" in pages["html"], b"data:image/png" in pages["html"]) == (True, False)
    assert (b"<svg" in pages["editable"], b"data:image/png" in pages["editable"]) == (False, True)
