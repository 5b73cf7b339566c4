"""Reservations on the page: put there by the program, after the template, whatever that is.

A template of a workspace decides what its document shows. What the program has to say about the
document must not depend on it. So it is put into the parsed page: no tag that a template leaves
open, and no style sheet that it brings, comes before it.
"""

from __future__ import annotations

from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

import tinyhtml5

CAUTION: Final = "caution.html"
"""The program's own template of what is inserted, in the folder that all templates share."""

_CONTAINERS: Final = frozenset({"section", "article", "main", "div"})
_UNSEEN: Final = frozenset({"style", "script", "template", "title", "meta", "link"})
_SVG: Final = "{http://www.w3.org/2000/svg}"
_XLINK: Final = "{http://www.w3.org/1999/xlink}"


def insert_caution(root: Element, caution: str) -> str:
    """Insert what the program says as the first thing of a page's text; return its styles.

    It stands inside the first container, so that a container with pages of its own shows it on its
    first one.
    """
    fragment = tinyhtml5.parse(caution, namespace_html_elements=False)
    styles = "".join(style.text or "" for style in fragment.iter("style"))
    inserted = [element for element in fragment.iterfind("body/*") if element.tag != "style"]
    body = root.find("body")
    if body is None:
        body = SubElement(root, "body")
    parent, place = _find_start_of_text(body)
    for around in dict.fromkeys((root, body, parent)):
        around.set("data-caution-around", "")
    _insert_before_text(parent, place, inserted)
    return styles


def insert_caution_into_html(page: str, caution: str) -> str:
    """Return a page for a browser or an editor, with what the program says and its styles."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    styles = insert_caution(root, caution)
    head = root.find("head")
    SubElement(root if head is None else head, "style").text = styles
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(_SVG)
        for name in [name for name in element.attrib if str(name).startswith(_XLINK)]:
            element.set(f"xlink:{name.removeprefix(_XLINK)}", element.attrib.pop(name))
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html")


def _find_start_of_text(body: Element) -> tuple[Element, int]:
    """Return where the text of a page begins, running heads and feet left out.

    It is an element and the number of its children that stand before the text.
    """
    before = body.text
    for place, element in enumerate(body):
        if before and before.strip():
            return body, place
        before = element.tail
        if _is_unseen_or_running(element):
            continue
        return (element, 0) if element.tag in _CONTAINERS else (body, place)
    return body, len(body)


def _is_unseen_or_running(element: Any) -> bool:
    """Return whether an element is no text of the page; the tag of a comment is no string."""
    is_comment = not isinstance(element.tag, str)
    return is_comment or element.tag in _UNSEEN or "data-running" in element.attrib


def _insert_before_text(parent: Element, place: int, inserted: list[Element]) -> None:
    """Insert elements before a child, and before the text that stands before that child."""
    if not inserted:
        return
    if place == 0:
        inserted[-1].tail, parent.text = parent.text, None
    else:
        inserted[-1].tail, parent[place - 1].tail = parent[place - 1].tail, None
    for element in reversed(inserted):
        parent.insert(place, element)
