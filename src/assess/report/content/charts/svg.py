"""SVG as data: elements that a test can read, and their text form."""

from __future__ import annotations

from html import escape

import msgspec


class SvgElement(msgspec.Struct, frozen=True):
    """An element of a drawing: its tag, attributes, and children (elements or text)."""

    tag: str
    attributes: dict[str, str] = {}
    children: tuple[SvgElement | str, ...] = ()


def make_element(tag: str, *children: SvgElement | str, **attributes: str | float) -> SvgElement:
    """Return an element; `_` in attribute names becomes `-`, numbers lose needless digits."""
    named = {name.replace("_", "-"): _attribute_text(value) for name, value in attributes.items()}
    return SvgElement(tag, named, children)


def format_svg(root: SvgElement) -> str:
    """Return the element as text, everything in it escaped."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in root.attributes.items())
    inner = "".join(
        escape(child) if isinstance(child, str) else format_svg(child) for child in root.children
    )
    return f"<{root.tag}{attributes}>{inner}</{root.tag}>"


def _attribute_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
