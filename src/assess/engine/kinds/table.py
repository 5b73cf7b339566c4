"""Table: answered by rows of typed columns; it never scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

from assess.engine.kinds.date import DATE_FORM
from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    find_line_break_faults,
    malformed_value_fault,
)
from assess.engine.kinds.lint_parts import lint_limits_order, lint_reserved_and_repeated_ids
from assess.engine.kinds.number import NUMBER_FORM, check_limits
from assess.engine.kinds.operand import Operand, add_exactly
from assess.engine.kinds.reading import read_date, read_number, read_text
from assess.engine.kinds.text import TEXT_FORM
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.pseudonyms import Pseudonyms, replace_unknown_texts_except_dates
from assess.engine.punctuation import colon_sign, semicolon_sign
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.errors import find_nearest_names
from assess.i18n import N_, Lang, translator
from assess.model.base import Number, pick_text
from assess.model.item import Table
from assess.model.item_parts import Column
from assess.problem import TreePath

REPEATED_CELL: Final = "cell-repeated"
"""The code of a cell that no two rows may share."""

_CELL_FORMS = {
    "text": TEXT_FORM,
    "integer": N_("a whole number, such as 12; in YAML without quotes"),
    "number": NUMBER_FORM,
    "boolean": N_("true or false"),
    "date": DATE_FORM,
}
_CELL_FITS: dict[str, Callable[[Column, Any], bool]] = {
    "text": lambda _, raw: read_text(raw) is not None,
    "integer": lambda _, raw: type(raw) is int and read_number(raw) is not None,
    "number": lambda _, raw: read_number(raw) is not None,
    "boolean": lambda _, raw: isinstance(raw, bool),
    "date": lambda _, raw: read_date(raw) is not None,
    "choice": lambda column, raw: raw in [option.id for option in column.options],
}


def does_cell_fit_column_type(column: Column, raw: Any) -> bool:
    """Return whether a value is of the type of a column; its limits are not looked at."""
    return _CELL_FITS[column.type](column, raw)


def _check_table(item: Table, raw: Any, context: CheckContext) -> ValueFaults:
    if not isinstance(raw, list | tuple):
        yield malformed_value_fault()
        return
    if len(raw) < item.rows.min:
        yield ValueFault("rows-few", {"given": len(raw), "limit": item.rows.min})
    if len(raw) > item.rows.max:
        yield ValueFault("rows-many", {"given": len(raw), "limit": item.rows.max})
    for index, row in enumerate(raw):
        if isinstance(row, Mapping):
            yield from _check_row(item, row, index, context.lang)
        else:
            yield malformed_value_fault((index,))
    for column in item.columns:
        if column.unique:
            for index, first in find_rows_with_repeated_cell(column, raw):
                words = {"given": raw[index][column.id], "row": first + 1}
                yield ValueFault(REPEATED_CELL, words, (index, column.id))


def find_rows_with_repeated_cell(column: Column, rows: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Yield the index of each row with a cell that an earlier row has, and that of the first one.

    Cells of another type than the column's are not compared; what is wrong with them is said.
    """
    seen: dict[Any, int] = {}
    for index, row in enumerate(rows):
        cell = row.get(column.id) if isinstance(row, Mapping) else None
        if cell is not None and does_cell_fit_column_type(column, cell):
            first = seen.setdefault(cell, index)
            if first != index:
                yield index, first


def _check_row(item: Table, row: Mapping[str, Any], index: int, lang: Lang) -> ValueFaults:
    known = [column.id for column in item.columns]
    for name in row:
        if name not in known:
            words = {"given": name, "known": ", ".join(known)}
            near = tuple(find_nearest_names(name, known))
            yield ValueFault("column-unknown", words, (index, name), near)
    for column in item.columns:
        if column.id in row:
            yield from _find_cell_faults(column, row[column.id], (index, column.id), lang)
        elif column.required:
            words = {"column": pick_text(column.title, lang)}
            yield ValueFault("cell-missing", words, (index,))


def _find_cell_faults(column: Column, raw: Any, path: TreePath, lang: Lang) -> ValueFaults:
    if not does_cell_fit_column_type(column, raw):
        words = {"given": raw, "form": _expected_cell_format_text(column, lang)}
        yield ValueFault("cell-type", words, path)
        return
    if column.type == "text":
        yield from find_line_break_faults(raw, path)
    number = read_number(raw)
    if number is not None:
        yield from check_limits(number, column.min, column.max, path)


def _expected_cell_format_text(column: Column, lang: Lang) -> str:
    if column.type == "choice":
        return ", ".join(option.id for option in column.options)
    return translator(lang)(_CELL_FORMS[column.type])


def _is_list_or_tuple(_item: Table, raw: Any) -> bool:
    return isinstance(raw, list | tuple)


def _row_and_column_prefix(item: Table, path: TreePath, lang: Lang) -> str:
    if not (path and isinstance(path[0], int)):
        return ""
    _ = translator(lang)
    titles = [pick_text(column.title, lang) for column in item.columns if column.id in path[1:]]
    words = " ".join([_("row {number}").format(number=path[0] + 1), *titles])
    return f"{words}{colon_sign(lang)}"


def _table_text(item: Table, raw: Any, lang: Lang) -> str:
    if not isinstance(raw, list | tuple):
        return format_value_without_exponent(raw)
    return "\n".join(_row_text(item.columns, row, lang) for row in raw)


def _row_text(columns: tuple[Column, ...], row: Any, lang: Lang) -> str:
    if not isinstance(row, Mapping):
        return format_value_without_exponent(row)
    cells = [
        f"{pick_text(column.title, lang)} {cell_text_with_unit(column, row[column.id], lang)}"
        for column in columns
        if column.id in row
    ]
    return semicolon_sign(lang).join(cells)


def column_totals(item: Table, raw: Any) -> dict[str, Number]:
    """Return the exact sums of the columns that are summed up, by id; cells that fit count."""
    if not isinstance(raw, list | tuple):
        return {}
    rows = _list_rows_without_invalid_cells(item, raw)
    return {
        column.id: Number(add_exactly(Decimal(row[column.id]) for row in rows if column.id in row))
        for column in item.columns
        if column.total
    }


def cell_text_with_unit(column: Column, raw: Any, lang: Lang) -> str:
    """Return the text of a cell, with the unit of a number."""
    unit = "" if isinstance(raw, bool) or column.options else pick_text(column.unit, lang)
    return f"{cell_text_without_unit(column, raw, lang)} {unit}".rstrip()


def cell_text_without_unit(column: Column, raw: Any, lang: Lang) -> str:
    """Return the text of a cell whose unit stands in the head."""
    if isinstance(raw, bool):
        _ = translator(lang)
        return _("yes") if raw else _("no")
    for option in column.options:
        if option.id == raw:
            return pick_text(option.text, lang)
    return format_value_without_exponent(raw)


def _lint_table(out: ProblemCollector, item: Table, path: TreePath) -> None:
    lint_limits_order(out, item.rows.min, item.rows.max, (*path, "rows"))
    lint_reserved_and_repeated_ids(out, item.columns, (*path, "columns"))
    for index, column in enumerate(item.columns):
        mark = item.personal if column.personal is None else column.personal
        _lint_column(out, column, bool(mark), (*path, "columns", index))


def _lint_column(out: ProblemCollector, column: Column, personal: bool, path: TreePath) -> None:
    if personal and column.required and column.type != "text":
        out.add_broken_rule("personal-required", (*path, "required"), column=column.id)
    if column.total and column.type not in ("integer", "number"):
        out.add_broken_rule("total-type", (*path, "total"), column=column.id)
    if column.unique and column.type == "boolean":
        out.add_broken_rule("unique-type", (*path, "unique"), column=column.id)
    lint_limits_order(out, column.min, column.max, path)
    lint_reserved_and_repeated_ids(out, column.options, (*path, "options"))
    if column.type == "choice" and not column.options:
        out.add_broken_rule("options-missing", path)
    elif column.type != "choice" and column.options:
        out.add_broken_rule("options-unused", (*path, "options"))


def _sanitise_table_rows(item: Table, raw: Any, known: AbstractSet[str], names: Pseudonyms) -> Any:
    known = {*known, *(column.id for column in item.columns)}
    known |= {option.id for column in item.columns for option in column.options}
    if not isinstance(raw, list):
        return names.replace_text(str(raw))
    columns = {column.id: column for column in item.columns}
    return [_sanitise_row(row, columns, known, names) for row in raw]


def _sanitise_row(
    row: Any, columns: Mapping[str, Column], known: AbstractSet[str], names: Pseudonyms
) -> Any:
    """Return a row for an export; what stands in no column of the table may be anything."""
    if not isinstance(row, Mapping):
        return names.replace_text(str(row))
    return {
        key: _sanitise_cell(columns[key], cell, known, names)
        for key, cell in row.items()
        if key in columns and not _does_export_drop_cell(columns[key])
    }


def _does_export_drop_cell(column: Column) -> bool:
    """Return whether a copy lacks a cell; a required text becomes a pseudonym instead."""
    return column.personal is True and not (column.required and column.type == "text")


def _sanitise_cell(column: Column, cell: Any, known: AbstractSet[str], names: Pseudonyms) -> Any:
    if column.type != "text":
        return replace_unknown_texts_except_dates(cell, known, names)
    is_kept = column.personal is False and isinstance(cell, str)
    return cell if is_kept else names.replace_text(str(cell))


def _list_rows_without_invalid_cells(item: Table, raw: Any) -> list[dict[str, Any]]:
    """Return the rows with the cells that fit their column; a row that is none is empty."""
    return [
        {
            column.id: row[column.id]
            for column in item.columns
            if column.id in row and does_cell_fit_column_type(column, row[column.id])
        }
        if isinstance(row, Mapping)
        else {}
        for row in raw
    ]


def _list_row_and_column_operands(item: Table) -> Iterator[Operand]:
    yield Operand("rows", _count_rows)
    yield Operand("number", _count_rows, "rows", _rows_title)
    for column in item.columns:
        if column.type in ("integer", "number"):
            title = partial(pick_text, column.title)
            yield Operand(
                "column", partial(_sum_column_if_all_numbers, column.id), column.id, title
            )
        if column.type == "date":
            title = partial(pick_text, column.title)
            yield Operand("date column", partial(_read_dates, column.id), column.id, title)


def _rows_title(lang: Lang) -> str:
    _ = translator(lang)
    return _("rows")


def _count_rows(raw: Any) -> Decimal | None:
    return Decimal(len(raw)) if isinstance(raw, list | tuple) else None


def _sum_column_if_all_numbers(column_id: str, raw: Any) -> Decimal | None:
    """Return the sum of a column; an empty cell adds nothing, an unreadable one makes it None."""
    if not isinstance(raw, list | tuple):
        return None
    if not all(isinstance(row, Mapping) for row in raw):
        return None
    cells = [read_number(row[column_id]) for row in raw if column_id in row]
    numbers = [cell for cell in cells if cell is not None]
    return add_exactly(numbers) if len(numbers) == len(cells) else None


def _read_dates(column_id: str, raw: Any) -> tuple[date | None, ...] | None:
    """Return the dates of a column, a row each; None where the answer is no list of rows."""
    if not isinstance(raw, list | tuple):
        return None
    return tuple(read_date(row.get(column_id)) if isinstance(row, Mapping) else None for row in raw)


KIND = AnswerKind[Table](
    form=N_("a list of rows, each with its columns"),
    rule_fields=("columns", "rows"),
    check=_check_table,
    is_readable=_is_list_or_tuple,
    value_text=_table_text,
    lint=_lint_table,
    list_operands=_list_row_and_column_operands,
    sanitise=_sanitise_table_rows,
    machine_value=_list_rows_without_invalid_cells,
    place_words=_row_and_column_prefix,
    value_rules={
        "rows-few": LintRule(N_("{given} rows, at least {limit} are wanted")),
        "rows-many": LintRule(N_("{given} rows, at most {limit} are allowed")),
        "column-unknown": LintRule(N_("the table has no column “{given}”"), N_("it has: {known}")),
        "cell-missing": LintRule(N_("“{column}” must be filled in")),
        "cell-type": LintRule(N_("“{given}” does not fit"), "{form}"),
        REPEATED_CELL: LintRule(
            N_("“{given}” stands in row {row} already"), N_("each row needs another one here")
        ),
    },
    item_rules={
        "personal-required": LintRule(
            N_("column “{column}” is personal, so sanitised copies lack it, and can't be required"),
            N_("take away required, or make it a column of type text"),
        ),
        "total-type": LintRule(
            N_("column “{column}” has no numbers that could be summed up"),
            N_("take away total, or make it a column of type integer or number"),
        ),
        "unique-type": LintRule(
            N_("column “{column}” has two values only, so its rows can't all differ"),
            N_("take away unique, or make it a column of another type"),
        ),
    },
)
