"""Lines of tables for people and scripts: one line a row, a tab between cells."""

from __future__ import annotations

from collections.abc import Iterable

from assess.harmless import escape_and_mark_line_breaks


def format_table_line(cells: Iterable[object]) -> str:
    """Return a row as one line: line breaks and tabs of a cell make no line and no cell."""
    return "\t".join(escape_and_mark_line_breaks(str(cell)).replace("\t", " ") for cell in cells)
