"""What becomes of pasted rows: taken at once, offered by a question, or refused with the faults."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from assess.display.table.cell_faults import fault_text, unknown_heads_text
from assess.display.table.row_reading import (
    RowsReading,
    TableRow,
    list_faults_of_repeated_cells,
    read_spreadsheet_rows,
)
from assess.display.table.spreadsheet_text import (
    LONGEST_CELL,
    TABLE_LIMITS,
    LongCellError,
    TooLargeError,
    split_pasted_spreadsheet_text,
)
from assess.i18n import Lang, translator
from assess.model.item import Table

_MOST_FAULTS: Final = 200
"""Number of faults that are listed; the rest is counted."""


class PastePlan(NamedTuple):
    """`take`: the rows are taken at once. `ask`: they are offered. `refuse`: there are none."""

    way: Literal["take", "ask", "refuse"]
    rows: list[dict[str, Any]]
    title: str
    text: str = ""


def plan_paste(
    table: Table, pasted: str, present: Sequence[TableRow], today: date, lang: Lang
) -> PastePlan:
    """Return what becomes of rows that were pasted below the present ones; all are checked first.

    Rows that are present already, cell by cell, are not taken again: whoever corrects the faults
    in the spreadsheet pastes all of it once more.
    """
    _ = translator(lang)
    try:
        rows = split_pasted_spreadsheet_text(pasted, "\t")
    except TooLargeError:
        text = _("at most {rows} rows, {columns} columns and {cells} cells are taken at a time")
        limits = text.format(**TABLE_LIMITS._asdict())
        return PastePlan("refuse", [], _("Too large a paste: nothing was taken"), limits)
    except LongCellError as error:
        text = _("row {number}, column {column}: the cell has more than {limit} characters")
        words = text.format(number=error.row, column=error.column, limit=LONGEST_CELL)
        return PastePlan("refuse", [], _("Too large a paste: nothing was taken"), words)
    reading = read_spreadsheet_rows(table, rows, today, lang)
    repeated = sum(row in present for row in reading.rows)
    reading = _mark_rows_with_present_keys_faulty(table, reading, present, lang)
    fresh = [row for row in reading.rows if row not in present]
    room = table.rows.max - len(present)
    if len(fresh) > room:
        text = _("the table takes {limit} rows; {present} are there, and {count} would be added")
        words = text.format(limit=table.rows.max, present=len(present), count=len(fresh))
        return PastePlan("refuse", [], _("Too many rows: nothing was taken"), words)
    text = "\n".join(_describe_rows_not_taken(reading, repeated, lang))
    if not fresh:
        return PastePlan("refuse", [], _("Nothing was taken"), text or _("there is no row in it"))
    if not text:
        return PastePlan("take", fresh, "")
    title = _("Take {count} of {total} rows?").format(count=len(fresh), total=reading.row_count)
    return PastePlan("ask", fresh, title, text)


def _mark_rows_with_present_keys_faulty(
    table: Table, reading: RowsReading, present: Sequence[TableRow], lang: Lang
) -> RowsReading:
    """Return what was read, where rows with a key that the table has are faulty, too."""
    faults = list_faults_of_repeated_cells(table, reading, present, lang)
    faulty = {fault.row for fault in faults}
    good = [
        (row, number)
        for row, number in zip(reading.rows, reading.numbers, strict=True)
        if number not in faulty
    ]
    return reading._replace(
        rows=[row for row, _number in good],
        numbers=[number for _row, number in good],
        faults=sorted([*reading.faults, *faults], key=lambda fault: fault.row),
    )


def _describe_rows_not_taken(reading: RowsReading, repeated: int, lang: Lang) -> list[str]:
    """Return the lines about what is not taken; none where everything is."""
    _ = translator(lang)
    lines = []
    if reading.faults:
        lines.append(
            _("Rows with these faults are not taken (rows counted from the first pasted):")
        )
        lines += [fault_text(fault, lang) for fault in reading.faults[:_MOST_FAULTS]]
        more = len(reading.faults) - _MOST_FAULTS
        lines += [_("and {count} more").format(count=more)] if more > 0 else []
    if repeated:
        lines.append(_("Rows that are in the table already: {count}").format(count=repeated))
    if reading.unknown_heads:
        lines.append(unknown_heads_text(reading.unknown_heads, lang))
    return lines
