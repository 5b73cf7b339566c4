"""Styles of pseudo-elements are made only for elements that may have them.

WeasyPrint's own style sheet gives every element a footnote's call and mark, three parts of a note
and a list's marker: six styles an element that nobody asks for, a third of a report's memory.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import weasyprint
from weasyprint.html import UA_STYLESHEET

_NEEDED = re.compile(
    r"footnote|note\(|note-(?:call|marker|callback)|list-item|::?marker|<link|@import",
    re.IGNORECASE,
)
"""What a page says that has notes, lists of other elements than <li>, or styles from elsewhere."""


class Page(weasyprint.HTML):  # type: ignore[misc]  # the library is untyped
    """A page with the styles that it needs."""

    def __init__(self, html: str, **options: Any) -> None:
        super().__init__(string=html, **options)
        self._lean = not _NEEDED.search(html)

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # as there
        sheets: list[Any] = super()._ua_stylesheets(forms)
        return (
            [lean(one) if one is UA_STYLESHEET else one for one in sheets] if self._lean else sheets
        )


def lean(sheet: Any) -> Any:
    """Return a copy of the library's style sheet in which only list items have a marker."""
    slim = copy(sheet)
    slim.matcher = copy(sheet.matcher)
    every = sheet.matcher.other_selectors
    markers = [entry for entry in every if _pseudo(entry) == "marker"]
    names = sheet.matcher.lower_local_name_selectors
    slim.matcher.other_selectors = [entry for entry in every if _pseudo(entry) is None]
    slim.matcher.lower_local_name_selectors = names | {
        tag: [*names.get(tag, ()), *markers] for tag in ("li", "summary")
    }
    return slim


def _pseudo(entry: tuple[Any, ...]) -> str | None:
    """Return the pseudo-element of a compiled selector: test, specificity, order, this, payload."""
    name: str | None = entry[3]
    return name
