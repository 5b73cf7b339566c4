"""Blocks as Markdown (GitHub's tables), for those who must edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    PageStart,
    ParagraphBlock,
    PictureBlock,
    TableBlock,
    TableCell,
    TextRun,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LEADING = re.compile(r"^[ \t]*(?:(\d{0,9})([.)])(?=\s|$)|([-+=]))", re.MULTILINE)
"""A line that begins so would become a list, or a heading of the line before."""
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
"""A line that begins so would become code."""


def format_markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as Markdown; pictures are replaced by their text alternative."""
    return "\n\n".join(filter(None, map(_format_block, blocks))) + "\n"


def _format_block(block: Block) -> str:
    if isinstance(block, HeadingBlock):
        return f"{'#' * block.level} {_format_runs(block.runs, ' ')}"
    if isinstance(block, ParagraphBlock):
        return _INDENTED.sub("", _LEADING.sub(r"\1\\\2\3", _format_runs(block.runs, "  \n")))
    if isinstance(block, PictureBlock):
        return f"\\[{_escape_markdown(block.alternative)}\\]"
    return "" if isinstance(block, PageStart) else _format_table(block)


def _format_table(table: TableBlock) -> str:
    column_count = max(sum(cell.span for cell in row) for row in table.rows)
    rows = [_format_row(row, column_count) for row in table.rows]
    head = rows[: table.heads] or [" | ".join([""] * column_count)]
    rule = " | ".join(["---"] * column_count)
    return "\n".join(f"| {row} |" for row in (head[0], rule, *head[1:], *rows[table.heads :]))


def _format_row(row: Sequence[TableCell], column_count: int) -> str:
    texts = [part for cell in row for part in (_format_cell(cell), *[""] * (cell.span - 1))]
    return " | ".join([*texts, *[""] * (column_count - len(texts))])


def _format_cell(cell: TableCell) -> str:
    parts = [
        _escape_markdown(part.alternative)
        if isinstance(part, PictureBlock)
        else _format_runs(
            [run._replace(bold=False) for run in part.runs] if cell.head else part.runs, "<br>"
        )
        for part in cell.parts
    ]
    return "<br>".join(filter(None, parts))


def _format_runs(runs: Sequence[TextRun], line_break: str) -> str:
    return "".join(_format_run(run, line_break) for run in runs)


def _format_run(run: TextRun, line_break: str) -> str:
    text = _escape_markdown(run.text).replace("\n", line_break)
    if not run.bold or not text.strip():
        return text
    inner = text.strip()
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}**{inner}**{text[start + len(inner) :]}"


def _escape_markdown(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
