"""The layout of `--help`: lines are measured by the cells of a terminal, not by characters.

Click measures characters, of which a Chinese one takes two cells, and breaks lines at spaces only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import click

from assess.cli.common.context import _
from assess.display.text.cells import width_of
from assess.display.text.wrap import wrap_text

_GAP: Final = 2
"""Cells between a name and what it means."""
_MIN_USAGE_WIDTH: Final = 20
"""The arguments of a usage line stand below the command where they have less room."""
_WORD_WITH_BAR: Final = re.compile(r"[^|]+\|?")
_SENTENCE_END: Final = re.compile(r"。|\.(?= |$)")


class CellWidthHelpFormatter(click.HelpFormatter):
    """Click's layout of a help page, measured by cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line; arguments without room beside the command stand below it."""
        head = f"{prefix or _('Usage:') + ' '}{prog} "
        width = self.width - self.current_indent
        indent = width_of(head)
        if width - indent < _MIN_USAGE_WIDTH:
            self.write(f"{head.rstrip()}\n")
            indent = 4
            head = " " * indent
        first, *more = wrap_text(args, width - indent)
        self.write(f"{head}{first}".rstrip() + "\n")
        self._write_indented(more, indent)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; an empty line separates them."""
        width = self.width - self.current_indent
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
        for number, paragraph in enumerate(paragraphs):
            if number:
                self.write("\n")
            self._write_indented(wrap_text(paragraph, width), self.current_indent)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP
    ) -> None:
        """Write names with their meanings; a long name has a line of its own."""
        rows = list(rows)
        column = min(max(width_of(name) for name, _meaning in rows), col_max) + col_spacing
        indent = self.current_indent + column
        for name, meaning in rows:
            first, *more = wrap_text(meaning, self.width - indent)
            line = f"{' ' * self.current_indent}{name}"
            if width_of(name) > column - col_spacing:
                self._write_indented(
                    _break_name_at_bars(name, self.width - self.current_indent), self.current_indent
                )
                line = ""
            line += " " * (indent - width_of(line))
            self.write(f"{line}{first}".rstrip() + "\n")
            self._write_indented(more, indent)

    def _write_indented(self, lines: Iterable[str], indent: int) -> None:
        for line in lines:
            self.write(f"{' ' * indent}{line}".rstrip() + "\n")


def _break_name_at_bars(name: str, width: int) -> Iterator[str]:
    """Yield the lines of a name that lists the words an option takes."""
    line = ""
    for word in _WORD_WITH_BAR.findall(name):
        if line and width_of(line + word) > width:
            yield line
            line = "    "
        line += word
    yield line


class HelpContext(click.Context):
    """The context of every command: its help is measured by cells."""

    formatter_class = CellWidthHelpFormatter


def first_sentence_of_help(command: click.Command) -> str:
    """Return the first sentence of a command's help, without its stop."""
    return _SENTENCE_END.split(command.help or "", maxsplit=1)[0]
