"""Table in documents: rows of fields, one for each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from assess.display.text.cells import width_of
from assess.engine.kinds.reading import normalize_width_and_strip, parse_exact_number
from assess.engine.kinds.table import cell_text_with_unit, column_totals
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column
from assess.report.content.field_names import NO, ROW, YES
from assess.report.content.view.grid_layout import (
    FORM_SIZES,
    ColumnNeeds,
    lay_out_columns,
    lay_out_grid,
    measure_longest_word,
    measure_wrapped_title,
)
from assess.report.content.view.kinds.entered import EnteredTexts, normalize_date
from assess.report.content.view.kinds.fields import FieldMaker, FieldView, FormGrid
from assess.report.content.view.kinds.kind import ReportKind, return_no_fields

ROWS = 5
"""Rows of a table that may hold more; what does not fit is entered in the program."""

_TEXT: Final = 30
"""Cells of half a character that a text wants which is written into a cell."""
_WRITTEN: Final = {"date": 12, "integer": 8, "number": 10}
"""Cells that other types of columns need."""
_BUTTON, _OPTION = 6, 10
"""Cells of a button beside its option, and of an option that is not broken."""

_NUMBER = re.compile(r"[-+]?\d{1,30}(\.\d{1,30})?")


def _view_fields_of_table(item: Table, raw: Any, lang: Lang) -> dict[str, Any]:
    rows = raw if isinstance(raw, list | tuple) else ()
    titles = tuple(pick_text(column.title, lang) for column in item.columns)
    types = tuple(column.type for column in item.columns)
    texts = tuple(_cell_texts(item, row, lang) for row in rows if isinstance(row, Mapping))
    totals = _total_texts(item, rows, lang)
    shown = (*texts, totals) if totals else texts
    return {
        "columns": titles,
        "column_types": types,
        "rows": texts,
        "totals": totals if texts else (),
        "layout": lay_out_grid(titles, types, shown) if texts else None,
    }


def _total_texts(item: Table, rows: Sequence[Any], lang: Lang) -> tuple[str, ...]:
    totals = column_totals(item, rows)
    if not totals:
        return ()
    return tuple(
        cell_text_with_unit(column, totals[column.id], lang) if column.id in totals else ""
        for column in item.columns
    )


def _count_rows(_item: Table, raw: Any) -> int:
    return len(raw) if isinstance(raw, list | tuple) else 0


def _cell_texts(item: Table, row: Mapping[str, Any], lang: Lang) -> tuple[str, ...]:
    return tuple(
        cell_text_with_unit(column, row[column.id], lang) if column.id in row else ""
        for column in item.columns
    )


def _table_grid(make: FieldMaker, item: Table) -> FormGrid:
    numbers = range(1, min(max(item.rows.min, ROWS), item.rows.max) + 1)
    needs = [_measure_form_column(column, make.lang) for column in item.columns]
    return FormGrid(
        tuple(_column_title(column, make.lang) for column in item.columns),
        tuple(
            tuple(tuple(_cell_fields(make, column, str(number))) for column in item.columns)
            for number in numbers
        ),
        lay_out_columns(needs, len(numbers), FORM_SIZES),
    )


def _measure_form_column(column: Column, lang: Lang) -> ColumnNeeds:
    """Return the room that is needed to fill in a cell, with options below each other."""
    title = _column_title(column, lang)
    options = [text for _value, text in _cell_options(column, lang)]
    wanted = _WRITTEN.get(column.type, _TEXT)
    needed = min(wanted, _WRITTEN["date"])
    if options:
        longest = max(map(width_of, options))
        words = max(map(measure_longest_word, options))
        needed, wanted = _BUTTON + max(min(longest, _OPTION), words), _BUTTON + longest
    needed = max(needed, measure_longest_word(title))
    return ColumnNeeds(needed, max(needed, wanted), False, measure_wrapped_title(title))


def _column_title(column: Column, lang: Lang) -> str:
    title, unit = pick_text(column.title, lang), pick_text(column.unit, lang)
    return f"{title} ({unit})" if unit else title


def _cell_fields(make: FieldMaker, column: Column, row: str) -> Iterable[FieldView]:
    title = make.make_screen_reader_label(f"{_column_title(column, make.lang)}, {row}")
    make_in_cell, part = make._replace(title=title), (ROW, row, column.id)
    options = _cell_options(column, make.lang)
    for value, text in options:
        yield make_in_cell.make_field("radio", text, *part, value=value)
    if not options:
        yield make_in_cell.make_field("text", "", *part)


def _cell_options(column: Column, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return value and text of each radio button of a cell; none where it takes text."""
    _ = translator(lang)
    if column.type == "boolean":
        return ((YES, _("yes")), (NO, _("no")))
    if column.type == "choice":
        return tuple((option.id, pick_text(option.text, lang)) for option in column.options)
    return ()


def _read_rows(item: Table, entered: EnteredTexts) -> list[dict[str, Any]] | None:
    columns = {column.id: column for column in item.columns}
    rows: dict[int, dict[str, Any]] = {}
    for part, text in entered.items():
        known = len(part) == 3 and part[0] == ROW  # noqa: PLR2004  # row, number, column
        if known and part[1].isdecimal() and part[2] in columns:
            rows.setdefault(int(part[1]), {})[part[2]] = _parse_cell_by_column_type(
                columns[part[2]], text
            )
    return [
        {column: row[column] for column in columns if column in row}
        for _number, row in sorted(rows.items())
    ] or None


def _parse_cell_by_column_type(column: Column, text: str) -> Any:
    narrow = normalize_width_and_strip(text)
    if column.type == "boolean":
        return narrow == YES if narrow in (YES, NO) else text
    if column.type in ("integer", "number"):
        return parse_exact_number(narrow) if _NUMBER.fullmatch(narrow) else text
    return normalize_date(text) if column.type == "date" else text


KIND = ReportKind[Table](
    answer_parts=_view_fields_of_table,
    texts=return_no_fields,
    grid=_table_grid,
    read_entered=_read_rows,
    row_count=_count_rows,
)
