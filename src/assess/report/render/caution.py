"""Reservations on the page: put there by the program, after the template, whatever that is.

A template of a workspace decides what its document shows. What the program has to say about the
document must not depend on it.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

CAUTION: Final = "caution.html"
"""The program's own template of what is inserted, in the folder that all templates share."""

_CONTAINERS: Final = frozenset({"section", "article", "main", "div"})
_UNSEEN: Final = frozenset({"style", "script", "template"})


def insert_caution(page: str, caution: str) -> str:
    """Return the page with what the program says as the first thing of its text.

    It stands inside the first container, so that a container with pages of its own shows it on its
    first one.
    """
    finder = _TextStartFinder()
    finder.feed(page)
    finder.close()
    place = finder.place if finder.place is not None else len(page)
    return page[:place] + caution + page[place:]


class _TextStartFinder(HTMLParser):
    """Finds where the text of a page begins, running heads and feet left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.place: int | None = None
        self._starts = [0]
        self._in_body = False
        self._skipped: list[str] = []

    def feed(self, data: str) -> None:
        """Read the whole page."""
        self._starts = [0]
        for line in data.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._in_body = "<body" not in data.lower()
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the place of the first element that is shown in the text."""
        if self.place is not None:
            return
        if self._skipped:
            self._skipped += [tag] if tag == self._skipped[0] else []
        elif tag == "body":
            self._in_body = True
        elif not self._in_body or tag in ("html", "head", "title", "meta", "link"):
            return
        elif tag in _UNSEEN or "data-running" in dict(attrs):
            self._skipped = [tag]
        else:
            self.place = self._offset() + (
                len(self.get_starttag_text() or "") if tag in _CONTAINERS else 0
            )

    def handle_endtag(self, tag: str) -> None:
        """Leave a running element, or the body without any element."""
        if self._skipped and tag == self._skipped[0]:
            self._skipped.pop()
        elif tag == "body" and self.place is None:
            self.place = self._offset()

    def handle_data(self, data: str) -> None:
        """Note the place of text that stands in no element."""
        if self._in_body and not self._skipped and self.place is None and data.strip():
            self.place = self._offset()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
