"""What charts are drawn with: boxes, texts and how wide these are."""

from __future__ import annotations

from typing import NamedTuple

from assess.report.content.charts.svg import SvgElement, make_element


class FillShade(NamedTuple):
    """Fill, outline and colour of the figure, chosen to differ in grey and on a bad copy."""

    fill: str
    stroke: str
    text: str
    dashed: bool = False


SHADES: dict[str, FillShade] = {
    "met": FillShade("#ffffff", "#000000", "#000000"),
    "partial": FillShade("#b4b4b4", "#000000", "#000000"),
    "unmet": FillShade("#1c1c1c", "#000000", "#ffffff"),
    "not_applicable": FillShade("#ececec", "#9a9a9a", "#555555"),
    "answered": FillShade("#dcdcdc", "#9a9a9a", "#333333"),
    "unanswered": FillShade("#ffffff", "#8a8a8a", "#555555", dashed=True),
}

_SHARE_OF_END = 0.4
"""Of a text that is cut in its middle, how much of the room its end gets."""

WIDTH = 588.0
"""Of the drawing, in CSS pixels: the type area of A4 after GB/T 9704 (156 mm)."""


def make_svg_drawing(
    description: str, width: float, height: float, *parts: SvgElement
) -> SvgElement:
    """Return a drawing; its text alternative, `description`, must be the first child."""
    return make_element(
        "svg",
        make_element("title", description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
    )


def draw_box(shade: FillShade, x: float, y: float, width: float, height: float) -> SvgElement:
    """Return a rectangle."""
    dash = {"stroke_dasharray": "2 2"} if shade.dashed else {}
    return make_element(
        "rect",
        x=round(x, 2),
        y=round(y, 2),
        width=round(width, 2),
        height=height,
        fill=shade.fill,
        stroke=shade.stroke,
        stroke_width=0.8,
        **dash,
    )


def draw_text(
    text: str, x: float, y: float, *, anchor: str = "start", fill: str = "#000000", size: float = 12
) -> SvgElement:
    """Return a text on its base line."""
    return make_element(
        "text", text, x=round(x, 2), y=round(y, 2), font_size=size, text_anchor=anchor, fill=fill
    )


def draw_line(
    points: list[tuple[float, float]], *, dashed: bool = False, closed: bool = False
) -> SvgElement:
    """Return a line through points, closed to a ring where wanted."""
    dash = {"stroke_dasharray": "5 3"} if dashed else {}
    return make_element(
        "polygon" if closed else "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke="#000000",
        stroke_width=1.1 if dashed else 1.8,
        **dash,
    )


def estimate_width(text: str) -> float:
    """Return the approximate width of a text, in full-width characters."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)  # noqa: PLR2004  # first CJK block


def wrap_to_two_lines(text: str, max_width: float) -> tuple[str, ...]:
    """Return a text on one line, or on two of at most `max_width` full-width characters each.

    It is divided at a blank where it has one, else between characters. What two lines do not hold
    is cut in the middle of the second.
    """
    if estimate_width(text) <= max_width:
        return (text,)
    first = ""
    for char in text:
        if estimate_width(first + char) > max_width:
            break
        first += char
    if " " in first and not text[len(first) :].startswith(" "):
        first = first[: first.rindex(" ")]
    return first, cut_middle_to_width(text[len(first) :].lstrip(), max_width)


def cut_middle_to_width(text: str, max_width: float) -> str:
    """Return a text of at most `max_width` full-width characters, cut in its middle.

    Names of systems are often alike but for their end: phase 1, phase 2.
    """
    if estimate_width(text) <= max_width:
        return text
    end = ""
    for char in reversed(text):
        if estimate_width(char + end) > max_width * _SHARE_OF_END:
            break
        end = char + end
    return cut_text_to_width(text, max_width - estimate_width(end)) + end


def cut_text_to_width(text: str, max_width: float) -> str:
    """Return a text of at most `max_width` full-width characters, cut with an ellipsis."""
    if estimate_width(text) <= max_width:
        return text
    fitted_text = ""
    for char in text:
        if estimate_width(fitted_text + char) > max_width - 1:
            break
        fitted_text += char
    return f"{fitted_text}…"
