"""Lines of tables: one line a row; with tabs for scripts, or with columns under their heads."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from assess.display.text.cells import width_of
from assess.display.text.wrap import align_right, fit_width
from assess.harmless import mark_line_breaks_and_escape


def format_table_line(cells: Iterable[object]) -> str:
    """Return a row as one line: line breaks and tabs of a cell make no line and no cell."""
    return "\t".join(mark_line_breaks_and_escape(str(cell)).replace("\t", " ") for cell in cells)


def print_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numbers: frozenset[int] = frozenset(),
) -> None:
    """Print rows: on a terminal in columns under their heads, else with tabs and without heads.

    Scripts read the lines with tabs, which stay as they are.
    """
    if sys.stdout.isatty():
        lines = format_aligned_table(heads, rows, numbers=numbers)
    else:
        lines = map(format_table_line, rows)
    for line in lines:
        click.echo(line)


def format_aligned_table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: frozenset[int]
) -> Iterator[str]:
    """Yield a line of heads and a line for each row; columns in `numbers` end at one place."""
    lines = [
        [mark_line_breaks_and_escape(str(cell)).replace("\t", " ") for cell in row]
        for row in (heads, *rows)
    ]
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = [
            align_right(cell, width) if index in numbers else fit_width(cell, width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
