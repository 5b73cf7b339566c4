"""SVG as data: elements that a test can read, and their text form."""

from __future__ import annotations

from html import escape

import msgspec


class Element(msgspec.Struct, frozen=True):
    """An element of a drawing: its tag, attributes, and children (elements or text)."""

    tag: str
    attributes: dict[str, str] = {}
    children: tuple[Element | str, ...] = ()


def element(tag: str, *children: Element | str, **attributes: str | float) -> Element:
    """Return an element; `_` in attribute names becomes `-`, numbers lose needless digits."""
    named = {name.replace("_", "-"): _value(value) for name, value in attributes.items()}
    return Element(tag, named, children)


def markup(root: Element) -> str:
    """Return the element as text, everything in it escaped."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in root.attributes.items())
    inner = "".join(
        escape(child) if isinstance(child, str) else markup(child) for child in root.children
    )
    return f"<{root.tag}{attributes}>{inner}</{root.tag}>"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
