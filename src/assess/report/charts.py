"""Charts as data: pure functions from counts to SVG elements, readable in black and white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assess.report.svg import Element, element


class Part(NamedTuple):
    """A share of a bar: how many, and how it is filled."""

    size: int
    shade: str


class Bar(NamedTuple):
    """A section: its name, the counts by result, what is said at its end."""

    name: str
    parts: tuple[Part, ...]
    end: str


class Key(NamedTuple):
    """An entry of the legend."""

    name: str
    shade: str


class Shade(NamedTuple):
    """Fill, outline and colour of the figure, chosen to differ in grey and on a bad copy."""

    fill: str
    stroke: str
    text: str
    dashed: bool = False


SHADES: dict[str, Shade] = {
    "met": Shade("#ffffff", "#000000", "#000000"),
    "partial": Shade("#b4b4b4", "#000000", "#000000"),
    "unmet": Shade("#1c1c1c", "#000000", "#ffffff"),
    "not_applicable": Shade("#ececec", "#9a9a9a", "#555555"),
    "answered": Shade("#dcdcdc", "#9a9a9a", "#333333"),
    "unanswered": Shade("#ffffff", "#8a8a8a", "#555555", dashed=True),
}

WIDTH = 588.0
"""Of the drawing, in CSS pixels: the type area of A4 after GB/T 9704 (156 mm)."""
_NAMES = 185.0
_END = 70.0
_ROW = 26.0
_BAR = 16.0
_SIZE = 12.0
_FULL = 14.5
"""Full-width characters that the column of names holds."""


def stacked_bars(bars: Sequence[Bar], legend: Sequence[Key], said: str) -> Element:
    """Return horizontal bars, one a section, each as long as the section has items.

    Every share bears its figure where there is room; `said` is the text alternative.
    """
    longest = max((sum(part.size for part in bar.parts) for bar in bars), default=0) or 1
    unit = (WIDTH - _NAMES - _END) / longest
    height = _ROW * (len(bars) + 1) + 6
    rows = [part for index, bar in enumerate(bars) for part in _bar(bar, index * _ROW, unit)]
    return element(
        "svg",
        element("title", said),
        *rows,
        *_legend(legend, len(bars) * _ROW + 10),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:g} {height:g}",
        width=WIDTH,
        height=height,
    )


def _bar(bar: Bar, top: float, unit: float) -> Iterable[Element]:
    middle = top + _ROW / 2 + _SIZE * 0.36
    yield _text(bar.name if _width(bar.name) <= _FULL else _cut(bar.name), 0, middle)
    left = _NAMES
    for part in bar.parts:
        if part.size:
            width = part.size * unit
            yield _box(part.shade, left, top + (_ROW - _BAR) / 2, width, _BAR)
            figure = str(part.size)
            if width >= 8 * len(figure) + 4:  # room for the figure and its margins
                colour = SHADES[part.shade].text
                yield _text(figure, left + width / 2, middle, anchor="middle", fill=colour)
            left += width
    yield _text(bar.end, left + 6, middle)


def _legend(legend: Sequence[Key], top: float) -> Iterable[Element]:
    left = 0.0
    for key in legend:
        yield _box(key.shade, left, top, 12, 12)
        yield _text(key.name, left + 17, top + 10.5, size=11)
        left += 17 + 12 * max(_width(key.name), 2) + 14


def _box(shade: str, x: float, y: float, width: float, height: float) -> Element:
    look = SHADES[shade]
    dash = {"stroke_dasharray": "2 2"} if look.dashed else {}
    return element(
        "rect",
        x=round(x, 2),
        y=round(y, 2),
        width=round(width, 2),
        height=height,
        fill=look.fill,
        stroke=look.stroke,
        stroke_width=0.8,
        **dash,
    )


def _text(
    text: str, x: float, y: float, *, anchor: str = "start", fill: str = "#000000", size: float = 12
) -> Element:
    return element(
        "text", text, x=round(x, 2), y=round(y, 2), font_size=size, text_anchor=anchor, fill=fill
    )


def _width(text: str) -> float:
    """Return about how wide a text is, in full-width characters."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)  # noqa: PLR2004  # first CJK block


def _cut(text: str) -> str:
    kept = ""
    for char in text:
        if _width(kept + char) > _FULL - 1:
            break
        kept += char
    return f"{kept}…"
