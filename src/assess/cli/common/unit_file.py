"""The rows of a list of units from a CSV, TSV or XLSX file, for `assess office unit import`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from assess.cli.common.context import LANG, _
from assess.cli.common.spreadsheet_file import read_spreadsheet_file
from assess.display.table.cell_faults import CellFault, fault_text, unknown_heads_text
from assess.display.table.heads import find_heads
from assess.display.table.row_reading import read_spreadsheet_rows
from assess.display.table.spreadsheet_text import SpreadsheetLimits
from assess.engine.punctuation import enumeration_comma_sign
from assess.errors import FilesError, UsageError
from assess.model.base import Bilingual, pick_text
from assess.model.item import Table
from assess.model.item_parts import Column, Rows
from assess.problem import Problem
from assess.workspace.office.units import UNIT_FIELDS, UnitFault, UnitRow

_LIMITS: Final = SpreadsheetLimits(rows=20_000, columns=50, cells=400_000)

_TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("单位编号", "Unit id"),
    "name": ("单位名称", "Unit name"),
    "category": ("类别", "Category"),
    "trade": ("行业", "Trade"),
    "parent": ("上级单位", "Parent unit"),
    "contact_role": ("联系岗位", "Contact"),
    "expects": ("适用检查表", "Checklists"),
}

_COLUMNS: Final = tuple(
    Column(
        id=field,
        title=Bilingual(zh=_TITLES[field][0], en=_TITLES[field][1]),
        type="text",
        required=field == "name",
    )
    for field in UNIT_FIELDS
)


_TABLE: Final = Table(id="units", requirement="-", columns=_COLUMNS, rows=Rows(max=_LIMITS.rows))


class UnitFile(NamedTuple):
    """A list of units as it was read."""

    rows: list[UnitRow]
    """Those without a problem."""
    places: Mapping[str, int]
    """The places of its columns from 0, by field."""
    problems: list[Problem]
    """What is wrong with its heads and its other rows."""


def read_unit_file(path: Path, today: date) -> UnitFile:
    """Return the units of a file; each fault of a row is a problem with its row and its column.

    Raises:
        UsageError: the file can't be read, is too large, or has no heads or no row below them.
    """
    spreadsheet = read_spreadsheet_file(path, "FILE", _LIMITS)
    known = enumeration_comma_sign(LANG).join(pick_text(column.title, LANG) for column in _COLUMNS)
    hint = _("heads: {known}; only the name is needed").format(known=known)
    if not spreadsheet or find_heads(_TABLE, spreadsheet[0], LANG) is None:
        message = _("{file}: the first row must have the heads").format(file=path.name)
        raise UsageError(message, hint)
    reading = read_spreadsheet_rows(_TABLE, spreadsheet, today, LANG)
    if not reading.row_count:
        message = _("{file} has no row below the heads; nothing was changed")
        raise UsageError(message.format(file=path.name), hint)
    problems = [_make_problem(path, fault, reading.places) for fault in reading.faults]
    if reading.unknown_heads:
        words = unknown_heads_text(reading.unknown_heads, LANG)
        row = spreadsheet[0].number
        problems.append(Problem(path.name, "row", words, hint, line=row, column=1))
    rows = [
        UnitRow(number, {field: str(cell) for field, cell in row.items()})
        for number, row in zip(reading.numbers, reading.rows, strict=True)
    ]
    return UnitFile(rows, reading.places, problems)


def make_unit_problems(
    path: Path, faults: Iterable[UnitFault], places: Mapping[str, int]
) -> list[Problem]:
    """Return the faults of units as problems with the row and the column of the file."""
    titles = {column.id: pick_text(column.title, LANG) for column in _COLUMNS}
    return [
        _make_problem(
            path, CellFault(fault.row, fault.field, titles[fault.field], fault.message), places
        )
        for fault in faults
    ]


def raise_unit_faults(problems: list[Problem]) -> None:
    """Raise the faults of a list of units in the order of its rows, if there are any.

    Raises:
        FilesError: there are; holds them.
    """
    if problems:
        ordered = sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))
        raise FilesError(_("the list of units has faults; nothing was changed"), ordered)


def _make_problem(path: Path, fault: CellFault, places: Mapping[str, int]) -> Problem:
    column = places.get(fault.column, 0) + 1
    return Problem(path.name, "row", fault_text(fault, LANG), line=fault.row, column=column)
