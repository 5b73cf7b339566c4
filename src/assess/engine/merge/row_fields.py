"""Rows and cells of a table as a conflict names them, and the value that the name leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from assess.model.conflict import ABSENT

_FIELD: Final = re.compile(
    r"value\[(?P<column>[a-z0-9_-]*)=(?P<text>.*?)(?:#(?P<nth>[1-9][0-9]{0,3}))?\]"
    r"(?:\.(?P<cell>[a-z0-9][a-z0-9_-]*))?",
    re.DOTALL,
)
_NUMBERED: Final = re.compile(r"#[1-9][0-9]{0,3}\Z")


class RowField(NamedTuple):
    """A row of a table, or a cell of it, as a conflict names it: `value[name=Portal].level`."""

    column: str
    """The column by which the row is named."""
    text: str
    nth: int
    """Which of the rows that have this text, from 1."""
    cell: str
    """The column of the cell; '' for the whole row."""

    def __str__(self) -> str:
        """Return the name of the field; the number stands where a name without it would mislead."""
        number = f"#{self.nth}" if self.nth > 1 or _NUMBERED.search(self.text) else ""
        return f"value[{self.column}={self.text}{number}]" + (f".{self.cell}" if self.cell else "")

    @classmethod
    def parse_field_name(cls, field: str) -> RowField | None:
        """Return the row or cell that a field of a conflict names; None where it is none."""
        match = _FIELD.fullmatch(field)
        if match is None:
            return None
        return cls(match["column"], match["text"], int(match["nth"] or 1), match["cell"] or "")

    def find_row_index(self, rows: Any) -> int | None:
        """Return the index of the row in a table; None where no row has the name."""
        if not isinstance(rows, list | tuple):
            return None
        named = [
            index
            for index, row in enumerate(rows)
            if isinstance(row, Mapping)
            and cell_text_naming_row(row.get(self.column, "")) == self.text
        ]
        return named[self.nth - 1] if self.nth <= len(named) else None

    def find_row_or_cell(self, rows: Any) -> Any:
        """Return the cell, or the row; None where there is none."""
        index = self.find_row_index(rows)
        if index is None:
            return None
        return rows[index].get(self.cell) if self.cell else rows[index]

    def replace_row_or_cell(self, rows: Any, value: Any) -> list[Any]:
        """Return the rows with the cell, or the row, set to `value`; ABSENT removes it.

        A row that is not there any more is added at the end; a cell of such a row is not.
        """
        result = list(rows) if isinstance(rows, list | tuple) else []
        index = self.find_row_index(result)
        if index is None:
            return result if self.cell or value is ABSENT else [*result, value]
        if self.cell:
            row = {key: cell for key, cell in result[index].items() if key != self.cell}
            whole = row if value is ABSENT else {**result[index], self.cell: value}
            return [*result[:index], whole, *result[index + 1 :]]
        return [*result[:index], *([] if value is ABSENT else [value]), *result[index + 1 :]]


def cell_text_naming_row(value: Any) -> str:
    """Return the text of a cell by which its row is named."""
    return str(value).lower() if isinstance(value, bool) else str(value)
