"""Rows of a table as text for a draft, with exact decimals."""

from __future__ import annotations

import json
from typing import Any

from assess.engine.kinds.wording import format_value_without_exponent
from assess.model.base import Number
from assess.tui.core.shell import Rows


def rows_to_text(rows: Rows) -> str:
    """Return rows as text."""
    return json.dumps([[*map(_encode_cell, row.items())] for row in rows], ensure_ascii=False)


def _encode_cell(cell: tuple[str, Any]) -> list[Any]:
    column, value = cell
    return (
        [column, format_value_without_exponent(value), "number"]
        if isinstance(value, Number)
        else [column, value, ""]
    )


def rows_from_text(text: str) -> Rows:
    """Return the rows of a text of `rows_to_text`."""
    return [
        {column: Number(value) if kind else value for column, value, kind in row}
        for row in json.loads(text)
    ]
