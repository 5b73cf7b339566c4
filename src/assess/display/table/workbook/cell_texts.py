r"""Texts of cells in the XML of a workbook: joined from their pieces, and escapes resolved.

A workbook writes characters that XML forbids as `_x000D_`, and an emoji sometimes as two halves:
`_xD83D__xDE00_`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assess.display.table.spreadsheet_text import LONGEST_CELL
from assess.display.table.workbook.parts import ElementReader

_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST_ESCAPE: Final = len("_x0000_")
_LONGEST_WRITTEN: Final = LONGEST_CELL * _LONGEST_ESCAPE
"""Characters of a text that are read: a longer one is too long with its escapes resolved, too."""


class TextReader(ElementReader):
    """Joins the text of elements; phonetic guides (注音, `rPh`) are skipped."""

    def __init__(self, text_elements: tuple[str, ...]) -> None:
        self._text_elements = text_elements
        self._pieces: list[str] = []
        self._length = 0
        self._takes_text = False
        self._is_in_phonetic_guide = False

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if name == "rPh":
            self._is_in_phonetic_guide = True
        self._takes_text = name in self._text_elements and not self._is_in_phonetic_guide

    def end_element(self, name: str) -> None:
        """Take the end of an element."""
        self._takes_text = False
        if name == "rPh":
            self._is_in_phonetic_guide = False

    def collect_text(self, text: str) -> None:
        """Take a piece of text; what is beyond the longest text is not kept."""
        if self._takes_text and self._length <= _LONGEST_WRITTEN:
            self._length += len(text)
            self._pieces.append(text)

    def begin_text(self) -> None:
        """Begin another text."""
        self._pieces, self._length = [], 0

    def join_text(self) -> str:
        """Return the text that was taken; one that is too long is cut and still too long."""
        return "".join(self._pieces)


def resolve_escapes(text: str) -> str:
    r"""Return a text with its characters for `_x000D_` and the like.

    Raises:
        UnicodeError: half of a character stands alone, which no file can hold.
    """
    if "_x" not in text:
        return text
    resolved = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return resolved.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
