"""Chinese lines: gaps of an eighth of an em at Latin words, and justification by characters.

WeasyPrint 70 has no such gap and justifies a line by its spaces alone: with few spaces these become
too wide, and without spaces the line ends early. Here a character without width is inserted and
gets a width, as `text-autospace` of CSS Text 4 defines. In a justified line the space between all
Han characters grows equally (Requirements for Chinese Text Layout, 3.3). A closing mark and the
mark after it (”。) take one and a half squares together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi, pango

from assess.han import HAN

GAP = "\u200b"
"""The character of a gap. In the texts of files it is printed as an escape."""

_JOINT = "\u2060"
"""Forbids a line to end, and has no width; strangers have none of their own here either."""

_EM = 1 / 8
_MOST = 1 / 2
"""Of an em, between two characters; a line before a long word, which would gape, stays short."""

_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_BETWEEN = re.compile(f"(?<=[{HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{HAN}])")
_WIDE = f"{HAN}\u3000-\u303f\uff00-\uff60"
# Quotation marks, dashes and dots are as wide where they follow Chinese, and narrow in English.
_FULL_WIDTH = re.compile(f"[{_WIDE}][{_WIDE}\u2014\u2018\u2019\u201c\u201d\u2026]*")
_CLOSING_PAIR = "(?<=[\u201d\u2019）》〉】])%s(?=[。，、；：])"
_CLOSING = re.compile(_CLOSING_PAIR % "")
_SQUEEZED = re.compile(_CLOSING_PAIR % _JOINT)
"""Between a closing mark and the mark after it, of which each fills half of its square."""

_ID = re.compile(r"\b[A-Z][A-Z0-9]*(?:-[A-Z][A-Z0-9]*)+-\d+\b")
"""The id of an item, such as `EGN-ACC-02`."""

_SVG = "{http://www.w3.org/2000/svg}"
_AS_TYPED = frozenset({"head", "label", "option", "script", "style", "textarea", "title"})
"""Elements whose text is a name or a value, and is read by programs."""


def insert_gaps_between_scripts(html_root: Any) -> None:
    """Put gaps into the texts of a page, an ElementTree, and keep the ids of items whole."""
    for element in html_root.iter():
        tag = str(element.tag)
        drawn = tag.startswith(_SVG)
        if element.text and not drawn and tag not in _AS_TYPED:
            element.text = _insert_text_gaps(element.text)
        if element.tail and (not drawn or tag == f"{_SVG}svg"):
            element.tail = _insert_text_gaps(element.tail)


def _insert_text_gaps(text: str) -> str:
    whole = _ID.sub(lambda match: match[0].replace("-", f"-{_JOINT}"), text)
    return _CLOSING.sub(_JOINT, _BETWEEN.sub(GAP, whole))


def remove_gaps_from_bookmarks(pdf: Any) -> None:
    """Take all that out of the bookmarks of a pydyf PDF: they are searched, not set."""
    for pdf_object in pdf.objects:
        if isinstance(pdf_object, dict) and "Dest" in pdf_object and "Title" in pdf_object:
            pdf_object["Title"].string = (
                pdf_object["Title"].string.replace(GAP, "").replace(_JOINT, "")
            )


def can_be_justified(texts: Iterable[str], extra_width: float, max_extra_width: float) -> bool:
    """Return whether a line with these texts may be widened by `extra_width`, in CSS pixels.

    A Chinese line that would become too loose stays short. `max_extra_width` is the font size times
    the number of places that can be widened.
    """
    return extra_width <= max_extra_width * _MOST or not any(map(_FULL_WIDTH.search, texts))


def count_expansion_places(text: str) -> float:
    """Return how often the space that is given to a line is put in at its Han characters.

    Pango puts half of it on each side of a character, and none outside of the line.
    """
    matches = list(_FULL_WIDTH.finditer(text))
    if not matches:
        return 0
    outside = (matches[0].start() == 0) + (matches[-1].end() == len(text))
    return sum(len(match[0]) for match in matches) - outside / 2


def apply_chinese_letter_spacing(layout: Any, justification_space: float) -> None:
    """Give gaps their width, and Han characters the space for a justified line, in CSS pixels."""
    text: str = layout.text
    if not justification_space and GAP not in text and _JOINT not in text:
        return
    gap = int(layout.style["font_size"] * _EM * TO_UNITS)
    half = int(layout.style["font_size"] / 2 * TO_UNITS)
    # Where a line begins or ends with one, nothing stands on its other side.
    inside = range(1, len(text) - 1)
    spans = [
        (match.span(), gap if match.start() in inside else 0) for match in re.finditer(GAP, text)
    ]
    spans += [(match.span(), -half) for match in _SQUEEZED.finditer(text)]
    if justification_space:
        spans += [
            (match.span(), int(justification_space * TO_UNITS))
            for match in _FULL_WIDTH.finditer(text)
        ]
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for (begin, end), width in spans:
        attribute = pango.pango_attr_letter_spacing_new(width)
        attribute.start_index = len(text[:begin].encode())
        attribute.end_index = attribute.start_index + len(text[begin:end].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
