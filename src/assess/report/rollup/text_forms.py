"""A roll-up as CSV, one file for each table, and as JSON."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from assess.engine.number_text import decimal_text
from assess.engine.round_data_json import NUMBER_ENCODER
from assess.model.base import Number
from assess.model.rollup import RollUpDocument, RollUpTable
from assess.report.export.ledger_table import escape_formulas_in_csv_cell

if TYPE_CHECKING:
    from assess.display.rollup.table_building import RollUpCell


def rollup_to_json(document: RollUpDocument) -> bytes:
    """Return a roll-up as JSON; equal tables give equal bytes."""
    return NUMBER_ENCODER.encode(document) + b"\n"


def rollup_to_csv(document: RollUpDocument) -> dict[str, bytes]:
    """Return a CSV file for each table by its key: UTF-8 with the mark that spreadsheets know.

    The first row has the marking and the warning, the second the heads. No cell is a formula.
    """
    return {table.key: _table_to_csv(document, table) for table in document.tables}


def _table_to_csv(document: RollUpDocument, table: RollUpTable) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    head = (document.marking, document.warning)
    writer.writerow([escape_formulas_in_csv_cell(text) for text in head])
    writer.writerow([escape_formulas_in_csv_cell(column.title) for column in table.columns])
    writer.writerows([_csv_text(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_text(cell: RollUpCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escape_formulas_in_csv_cell(cell)
    if isinstance(cell, Number):
        return decimal_text(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
