"""Blocks as Markdown (GitHub's tables), for those who must edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assess.report.export.blocks import Block, Cell, Heading, Paragraph, Picture, Run, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LEADING = re.compile(r"^[ \t]*(?:(\d{0,9})([.)])(?=\s|$)|([-+=]))", re.MULTILINE)
"""A line that begins so would become a list, or a heading of the line before."""
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
"""A line that begins so would become code."""


def markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as text; pictures are told by their alternative only."""
    return "\n\n".join(filter(None, map(_block, blocks))) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_said(block.runs, ' ')}"
    if isinstance(block, Paragraph):
        return _INDENTED.sub("", _LEADING.sub(r"\1\\\2\3", _said(block.runs, "  \n")))
    if isinstance(block, Picture):
        return f"\\[{_escaped(block.alternative)}\\]"
    return _table(block)


def _table(table: Table) -> str:
    wide = max(sum(cell.span for cell in row) for row in table.rows)
    rows = [_row(row, wide) for row in table.rows]
    head = rows[: table.heads] or [" | ".join([""] * wide)]
    rule = " | ".join(["---"] * wide)
    return "\n".join(f"| {row} |" for row in (head[0], rule, *head[1:], *rows[table.heads :]))


def _row(row: Sequence[Cell], wide: int) -> str:
    texts = [part for cell in row for part in (_cell(cell), *[""] * (cell.span - 1))]
    return " | ".join([*texts, *[""] * (wide - len(texts))])


def _cell(cell: Cell) -> str:
    parts = [
        _escaped(part.alternative)
        if isinstance(part, Picture)
        else _said(
            [run._replace(bold=False) for run in part.runs] if cell.head else part.runs, "<br>"
        )
        for part in cell.parts
    ]
    return "<br>".join(filter(None, parts))


def _said(runs: Sequence[Run], line_break: str) -> str:
    return "".join(_run(run, line_break) for run in runs)


def _run(run: Run, line_break: str) -> str:
    text = _escaped(run.text).replace("\n", line_break)
    if not run.bold or not text.strip():
        return text
    inner = text.strip()
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}**{inner}**{text[start + len(inner) :]}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
