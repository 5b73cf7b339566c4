"""A filter of all output: no widget draws anything that a terminal would obey.

Texts from files are made visible before they are drawn. A text area draws its content unchanged,
and that may come from a file or the clipboard.
"""

from __future__ import annotations

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from assess.display.text.cells import width_of_char
from assess.harmless import may_character_control_terminal

_JOINED: Final = re.compile("\u200d.?", re.DOTALL)
"""A joiner and the sign that it joins to the one before."""


class Harmless(LineFilter):
    """Draws `?` for obeyed characters that take a cell, and nothing for those that take none."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without obeyed characters."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            Segment(replace_terminal_controls(segment.text), segment.style, segment.control)
            for segment in segments
        ]


def replace_terminal_controls(text: str) -> str:
    """Return a text of the same width without obeyed characters.

    The sign after a joiner goes with it: joined signs are laid out as wide as their first.
    """
    shown = _JOINED.sub("", text)
    return "".join(
        "?" * width_of_char(char) if may_character_control_terminal(char) else char
        for char in shown
    )
