"""The last line of defence: nothing that a terminal would obey is ever drawn, by any widget.

Texts from files are made visible before they are drawn; a text area draws what it holds as it is,
and holds what a file or the clipboard gave it.
"""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, bidi and zero-width signs, line separators."""


class Harmless(LineFilter):
    """Draws `?` for what takes a cell and would be obeyed, nothing for what takes none."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without what would be obeyed."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(harmless(one.text), one.style, one.control) for one in segments]


def harmless(text: str) -> str:
    """Return a text of as many cells that no terminal obeys."""
    return "".join(
        "?" * cell_len(sign) if unicodedata.category(sign) in _OBEYED else sign for sign in text
    )
