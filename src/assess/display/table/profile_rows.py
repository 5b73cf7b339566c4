"""Rows of a table that the profile knows: a row for each system, or for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assess.display.table.cell_words import parse_cell_value
from assess.display.table.row_reading import TableRow
from assess.display.text.names import EXPOSURES
from assess.engine.kinds.reading import fold_width_case_drop_spaces
from assess.engine.kinds.table import does_cell_fit_column_type
from assess.engine.kinds.wording import HOSTING_NAMES
from assess.engine.proposals.known_value import SYSTEMS, rows_of_systems
from assess.engine.proposals.tables import IndexedTables
from assess.i18n import LANGS, Lang, translator
from assess.model.base import pick_text
from assess.model.config import Config, System
from assess.model.item import Table
from assess.model.item_parts import Column

_NUMERALS = ("一", "二", "三", "四")

Fields = Mapping[str, Sequence[str]]
"""The fields of a system or a person: for each the words that a cell may have, best first."""


def make_table_rows_from_profile(
    table: Table, config: Config, tables: IndexedTables, lang: Lang
) -> list[dict[str, Any]]:
    """Return a row for each system, or each person, with the cells that the profile knows.

    `data/proposals.yaml` says which columns of a table of the library are filled from which field.
    Any other table has such rows where its first column is called so, as that file lists it.
    """
    declared = tables.known_value_by_item.get(table.id)
    if declared is not None and declared.from_ == SYSTEMS:
        return rows_of_systems(declared.columns, config.systems.values(), lang)
    titles = tables.titles
    if (columns := _columns_by_field(table, titles.systems)) is not None:
        records: Iterable[Fields] = (
            _list_cell_candidates_of_system(each, lang) for each in config.systems.values()
        )
    elif (columns := _columns_by_field(table, titles.people)) is not None:
        records = (
            {"name": [person.name], "email": [*person.emails[:1]]}
            for person in config.people.values()
        )
    else:
        return []
    return [_make_row(columns, words) for words in records]


def _columns_by_field(
    table: Table, titles: Mapping[Any, Sequence[str]]
) -> dict[str, Column] | None:
    """Return the columns by field; None where the table does not begin with the name."""
    fields = {
        fold_width_case_drop_spaces(title): str(field)
        for field, listed in titles.items()
        for title in listed
    }
    columns: dict[str, Column] = {}
    for column in table.columns:
        words = (fold_width_case_drop_spaces(pick_text(column.title, lang)) for lang in LANGS)
        field = next((fields[title] for title in words if title in fields), None)
        if field is not None:
            columns.setdefault(field, column)
    return columns if columns.get("name") is table.columns[0] else None


def _list_cell_candidates_of_system(system: System, lang: Lang) -> Fields:
    words: dict[str, list[str]] = {"name": [pick_text(system.name, lang)]}
    if system.grade is not None:
        words["level"] = [*_list_level_spellings(system.grade.level, lang)]
    for field, code, names in (
        ("exposure", system.exposure, EXPOSURES),
        ("hosting", system.hosting, HOSTING_NAMES),
    ):
        if code is not None:
            first, second = (lang, *(other for other in LANGS if other != lang))
            words[field] = [*(translator(each)(names[code]) for each in (first, second)), code]
    return words


def _list_level_spellings(level: int, lang: Lang) -> Iterator[str]:
    numeral = _NUMERALS[level - 1]
    chinese = (f"第{numeral}级", f"{numeral}级", f"{level}级")
    english = (f"Level {level}", f"Grade {level}")
    yield from (*chinese, *english) if lang == "zh" else (*english, *chinese)
    yield str(level)


def _make_row(columns: Mapping[str, Column], candidates: Fields) -> dict[str, Any]:
    cells = {
        column.id: _first_fitting_cell_value(column, candidates.get(name, ()))
        for name, column in columns.items()
    }
    return {column: cell for column, cell in cells.items() if cell is not None}


def _first_fitting_cell_value(column: Column, candidates: Sequence[str]) -> Any:
    """Return the first of several words that the column takes; None where it takes none."""
    values = (parse_cell_value(column, each) for each in candidates)
    return next((value for value in values if does_cell_fit_column_type(column, value)), None)


def list_rows_with_new_first_cell(
    offered: Sequence[TableRow], present: Sequence[TableRow], table: Table
) -> list[dict[str, Any]]:
    """Return the offered rows whose first cell stands in no row yet."""
    first = table.columns[0].id
    names = {fold_width_case_drop_spaces(str(row[first])) for row in present if first in row}
    return [
        dict(row)
        for row in offered
        if fold_width_case_drop_spaces(str(row.get(first, ""))) not in names
    ]
