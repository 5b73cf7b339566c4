"""Blocks of a report as Typst's source, for comparing how fast it sets the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assess.report.export.blocks import (
    Block,
    HeadingBlock,
    ParagraphBlock,
    TableBlock,
    TableCell,
    TextRun,
)

HEAD = """\
#set page(paper: "a4", margin: (top: 37mm, right: 26mm, bottom: 35mm, left: 28mm))
#set page(numbering: "1 / 1")
#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh")
#set par(justify: true)
"""
_SPECIAL = re.compile(r"([\\#*_`$<>@=\-+/~\[\]\"'])")


def typst(blocks: Iterable[Block]) -> str:
    """Return the source; pictures are left out, as charts are in the blocks."""
    return HEAD + "\n\n".join(filter(None, map(_block, blocks))) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, HeadingBlock):
        return f"#heading(level: {block.level})[{_text(block.runs)}]"
    if isinstance(block, ParagraphBlock):
        return _text(block.runs)
    return _table(block) if isinstance(block, TableBlock) else ""


def _table(table: TableBlock) -> str:
    count = max(sum(cell.span for cell in row) for row in table.rows)
    widths = table.widths if len(table.widths) == count else (1.0,) * count
    columns = ", ".join(f"{width:g}fr" for width in widths)
    heads = ", ".join(_cell(cell) for row in table.rows[: table.heads] for cell in row)
    rows = ",\n".join(_cell(cell) for row in table.rows[table.heads :] for cell in row)
    head = f"table.header({heads}),\n" if heads else ""
    return f"#table(columns: ({columns},), stroke: 0.5pt,\n{head}{rows})"


def _cell(cell: TableCell) -> str:
    parts = [_text(part.runs) for part in cell.parts if isinstance(part, ParagraphBlock)]
    body = "[" + " \\\n".join(parts) + "]"
    return body if cell.span == 1 else f"table.cell(colspan: {cell.span}){body}"


def _text(runs: Iterable[TextRun]) -> str:
    return "".join(_SPECIAL.sub(r"\\\1", run.text).replace("\n", " \\\n") for run in runs)
