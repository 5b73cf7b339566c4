"""What changed in a table: the rows that differ, each with its first cell and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from assess.model.answer import Answer

Row = Mapping[str, Any]


def narrow_tables_to_changed_rows(before: Any, after: Any) -> tuple[Any, Any]:
    """Return two answers that are tables with the rows alone that differ; others as they are.

    As many rows on both sides are taken for the same ones: of each its first cell stays, by which
    it is known, and the cells that differ.
    """
    if not (_is_answer_with_table_rows(before) and _is_answer_with_table_rows(after)):
        return before, after
    gone = [row for row in before.value if row not in after.value]
    new = [row for row in after.value if row not in before.value]
    if not (gone or new):
        return before, after  # only the order differs
    if len(gone) == len(new):
        pairs = [_first_and_differing_cells(*pair) for pair in zip(gone, new, strict=True)]
        gone, new = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return replace(before, value=gone), replace(after, value=new)


def _is_answer_with_table_rows(answer: Any) -> bool:
    value = answer.value if isinstance(answer, Answer) else None
    return isinstance(value, list | tuple) and all(isinstance(row, Mapping) for row in value)


def _first_and_differing_cells(before: Row, after: Row) -> tuple[Row, Row]:
    first = next(iter(before), None)
    same = {key for key in before if key != first and key in after and before[key] == after[key]}
    return (
        {key: cell for key, cell in before.items() if key not in same},
        {key: cell for key, cell in after.items() if key not in same},
    )
