"""Drawings of the view as PNG, for documents that take no SVG. Drawn by Pillow.

Only what `report/content/charts` draws is known: boxes, lines, polygons, circles, texts and the
runs of a QR code, in grey. Everything is drawn larger and reduced, so that lines have soft edges.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise

from markupsafe import Markup
from PIL import Image, ImageColor, ImageDraw, ImageFont

from assess.report.content.charts.svg import SvgElement
from assess.report.render.fonts import find_font_file, list_font_families

DOTS_PER_PIXEL = 3
"""Dots of the picture for each CSS pixel: 288 to the inch."""

_SOFTENING = 2
"""How many times larger it is drawn than it is in the end, in each direction."""

MOST_DOTS = 60_000_000
"""Dots that are drawn at most; a larger drawing gets fewer for each pixel."""

_GREYS = 16
"""Shades of the picture."""

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1")
_MM = 96 / 25.4

Point = tuple[float, float]


def format_drawing_as_png_img(drawing: SvgElement, family: str) -> Markup:
    """Return a drawing as an `img` that holds a PNG, with the drawing's text alternative."""
    source = f"data:image/png;base64,{base64.b64encode(draw_png(drawing, family)).decode()}"
    width = round(_drawing_size(drawing)[0] / _MM, 1)
    image = Markup('<img src="{}" alt="{}" style="width: {}mm">')
    return image.format(source, _text_alternative(drawing), width)


def draw_png(drawing: SvgElement, family: str) -> bytes:
    """Return a drawing as PNG, its texts in `family` or in fonts that have their characters."""
    return _Canvas(drawing, family).to_png()


def _drawing_size(drawing: SvgElement) -> tuple[float, float]:
    """Return width and height of a drawing in CSS pixels."""
    width, height = (_convert_to_pixels(drawing.attributes[name]) for name in ("width", "height"))
    return width, height


def _text_alternative(drawing: SvgElement) -> str:
    titles = (part for part in drawing.children if isinstance(part, SvgElement))
    title = next(part for part in titles if part.tag == "title")
    return "".join(part for part in title.children if isinstance(part, str))


class _Canvas:
    """A picture while it is drawn."""

    def __init__(self, drawing: SvgElement, family: str) -> None:
        width, height = _drawing_size(drawing)
        units = [float(number) for number in drawing.attributes["viewBox"].split()]
        dots = DOTS_PER_PIXEL * _SOFTENING
        dots *= min(1, (MOST_DOTS / (width * height * dots * dots)) ** 0.5)
        self._scale = width * dots / units[2]
        size = round(width * dots), round(height * dots)
        self._image = Image.new("L", size, 255)
        self._pen = ImageDraw.Draw(self._image)
        self._family = family
        for child in drawing.children:
            if isinstance(child, SvgElement):
                self._draw_element(child)

    def to_png(self) -> bytes:
        """Return what was drawn."""
        shades = self._image.reduce(_SOFTENING).quantize(_GREYS)
        out = io.BytesIO()
        shades.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _draw_element(self, element: SvgElement) -> None:
        if element.tag != "title":
            _DRAWN[element.tag](self, element)

    def _draw_box(self, element: SvgElement) -> None:
        x, y, width, height = self._read_scaled_numbers(element, "x", "y", "width", "height")
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self._draw_polygon(element.attributes, corners)

    def _draw_circle(self, element: SvgElement) -> None:
        x, y, radius = self._read_scaled_numbers(element, "cx", "cy", "r")
        self._pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)

    def _draw_line(self, element: SvgElement) -> None:
        x1, y1, x2, y2 = self._read_scaled_numbers(element, "x1", "y1", "x2", "y2")
        self._draw_stroke(element.attributes, [(x1, y1), (x2, y2)])

    def _draw_polyline(self, element: SvgElement) -> None:
        self._draw_stroke(element.attributes, self._read_scaled_points(element))

    def _draw_polygon_element(self, element: SvgElement) -> None:
        self._draw_polygon(element.attributes, self._read_scaled_points(element))

    def _draw_qr_code_runs(self, element: SvgElement) -> None:
        """Draw the dark runs of a QR code, each one module high."""
        for match in _RUN.finditer(element.attributes["d"]):
            x, y, length = (int(number) * self._scale for number in match.groups())
            last = x + length - 1, y + self._scale - 1
            self._pen.rectangle((round(x), round(y), *map(round, last)), fill=0)

    def _draw_text(self, element: SvgElement) -> None:
        text = "".join(child for child in element.children if isinstance(child, str))
        x, y, size = self._read_scaled_numbers(element, "x", "y", "font-size")
        pieces = [
            (piece, _load_font(family, round(size)))
            for piece, family in _split_by_font(text, self._family)
        ]
        width = sum(font.getlength(piece) for piece, font in pieces)
        x -= width * {"middle": 0.5, "end": 1}.get(element.attributes.get("text-anchor", ""), 0)
        shade = _grey_level(element.attributes.get("fill", "#000"))
        for piece, font in pieces:
            self._pen.text((x, y), piece, fill=shade, font=font, anchor="ls")
            x += font.getlength(piece)

    def _draw_polygon(self, attributes: Mapping[str, str], points: Sequence[Point]) -> None:
        fill = attributes.get("fill", "#000")
        if points and fill != "none":
            self._pen.polygon(points, fill=_grey_level(fill))
        self._draw_stroke(attributes, [*points, *points[:1]])

    def _draw_stroke(self, attributes: Mapping[str, str], points: Sequence[Point]) -> None:
        colour = attributes.get("stroke", "none")
        if colour == "none" or len(points) < 2:  # noqa: PLR2004  # a line has two ends
            return
        width = max(round(float(attributes.get("stroke-width", "1")) * self._scale), 1)
        dashes = [
            float(part) * self._scale for part in attributes.get("stroke-dasharray", "").split()
        ]
        lines = _dash_line(points, dashes) if dashes else [points]
        for line in lines:
            self._pen.line(list(line), fill=_grey_level(colour), width=width, joint="curve")

    def _read_scaled_numbers(self, element: SvgElement, *names: str) -> list[float]:
        return [float(element.attributes.get(name, "0")) * self._scale for name in names]

    def _read_scaled_points(self, element: SvgElement) -> list[Point]:
        pairs = (pair.split(",") for pair in element.attributes["points"].split())
        return [(float(x) * self._scale, float(y) * self._scale) for x, y in pairs]


_DRAWN: Mapping[str, Callable[[_Canvas, SvgElement], None]] = {
    "rect": _Canvas._draw_box,  # noqa: SLF001  # its own methods, by element
    "circle": _Canvas._draw_circle,  # noqa: SLF001  # likewise
    "line": _Canvas._draw_line,  # noqa: SLF001  # likewise
    "polyline": _Canvas._draw_polyline,  # noqa: SLF001  # likewise
    "polygon": _Canvas._draw_polygon_element,  # noqa: SLF001  # likewise
    "path": _Canvas._draw_qr_code_runs,  # noqa: SLF001  # likewise
    "text": _Canvas._draw_text,  # noqa: SLF001  # likewise
}


def _dash_line(points: Sequence[Point], dashes: Sequence[float]) -> Iterable[list[Point]]:
    """Yield the dashes of a line through points; dash and gap run on round its corners."""
    drawn, left = 0, dashes[0]
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        at = 0.0
        while at < length:
            step = min(left, length - at)
            start, end = at / length, (at + step) / length
            if drawn % 2 == 0:
                yield [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for share in (start, end)]
            at, left = at + step, left - step
            if left <= 0:
                drawn += 1
                left = dashes[drawn % len(dashes)]


def _split_by_font(text: str, family: str) -> Iterable[tuple[str, str]]:
    """Yield the pieces of a text and the family of each: the wanted one where it has the signs."""
    if family == _find_family_with_characters(text, family):
        yield text, family
        return
    for piece_family, chars in groupby(
        text, lambda char: _find_family_with_characters(char, family)
    ):
        yield "".join(chars), piece_family


@cache
def _find_family_with_characters(text: str, family: str) -> str:
    """Return the family if it has all characters, else another one that does, else the family."""
    codes = " ".join(f"{code:x}" for code in sorted(set(map(ord, text))))
    families = list_font_families(f":charset={codes}")
    if family in families:
        return family
    return next((name for name in families if find_font_file(name)), family)


@cache
def _load_font(family: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    font_file = find_font_file(family)
    if font_file is None:
        return ImageFont.load_default(size)
    path, number = font_file
    return ImageFont.truetype(path, size, number, layout_engine=ImageFont.Layout.BASIC)


def _grey_level(colour: str) -> int:
    shade = ImageColor.getcolor(colour, "L")
    return shade if isinstance(shade, int) else shade[0]


def _convert_to_pixels(length: str) -> float:
    return float(length[:-2]) * _MM if length.endswith("mm") else float(length)
