"""Reading the tables of a roll-up: rows by the ids of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from assess.display.rollup.cell_text import NOTHING, shorten_printed_text
from assess.i18n import Lang, Translator, translator
from assess.model.rollup import RollUpDocument, RollUpTable
from assess.report.content.view.words import format_long_date

TableRow = Mapping[str, Any]
"""A row: its cells by the ids of the columns."""


class TableReader:
    """The tables of a roll-up by key with their texts shortened for printing, and its language."""

    def __init__(self, document: RollUpDocument) -> None:
        self.document = document
        self._tables = {table.key: _shorten_texts(table) for table in document.tables}

    @property
    def lang(self) -> Lang:
        """The language of the document."""
        return self.document.lang

    @property
    def translate(self) -> Translator:
        """The function that puts a message into the language."""
        return translator(self.document.lang)

    def find_table(self, key: str) -> RollUpTable | None:
        """Return a table; None where the roll-up has none of that key."""
        return self._tables.get(key)

    def list_tables(self, prefix: str) -> list[RollUpTable]:
        """Return the tables whose keys begin so."""
        return [table for key, table in self._tables.items() if key.startswith(prefix)]

    def list_rows(self, key: str) -> list[TableRow]:
        """Return the rows of a table; none where there is no such table."""
        table = self._tables.get(key)
        return list_table_rows(table) if table is not None else []

    def read_total(self, key: str) -> TableRow:
        """Return the first row of a table by category, which is that of all units."""
        return self.list_rows(key)[0]

    def list_checklists(self) -> list[str]:
        """Return the titles of the issued checklists."""
        return [row["checklist"] for row in self.list_rows("checklists")]

    def format_day(self, day: date | None) -> str:
        """Return a day as prose has it; a dash where there is none."""
        return format_long_date(day, self.lang) or NOTHING


def _shorten_texts(table: RollUpTable) -> RollUpTable:
    rows = tuple(
        tuple(shorten_printed_text(cell) if isinstance(cell, str) else cell for cell in row)
        for row in table.rows
    )
    return msgspec.structs.replace(table, rows=rows)


def list_table_rows(table: RollUpTable) -> list[TableRow]:
    """Return the rows of a table by the ids of its columns."""
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


def group_rows(rows: Sequence[TableRow], column: str) -> dict[Any, list[TableRow]]:
    """Return rows by the value of a column, in the order in which the values appear."""
    groups: dict[Any, list[TableRow]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups
