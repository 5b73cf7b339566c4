"""Table in the walk: a dialog for the rows, and a form for each row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.display.table.cell_words import parse_cell_value
from assess.display.table.row_reading import find_row_faults
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm
from assess.display.walk.kinds.kind import WalkKind, make_single_input_choice_lister
from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Table
from assess.model.item_parts import Column


def row_form(
    table: Table, row: Mapping[str, Any], today: date, lang: Lang, start_at: str = ""
) -> InputForm:
    """Return the form for one row of a table; `start_at` is the id of the column in focus."""
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        row = parse_row(table, values)
        needed = {
            column.id: _("this is needed")
            for column in table.columns
            if column.required and column.id not in row
        }
        faults = find_row_faults(table, [row], [1], today, lang)
        return {fault.column: fault.message for fault in faults if fault.column} | needed

    fields = tuple(_cell_field(column, row.get(column.id), lang) for column in table.columns)
    return InputForm(
        pick_text(table.title, lang),
        fields,
        check_values,
        start_at=start_at,
        no_tabs=_("these are cells of a spreadsheet: Esc closes the row, then paste them there"),
    )


def _cell_field(column: Column, stored_value: Any, lang: Lang) -> FormField:
    _ = translator(lang)
    label = pick_text(column.title, lang) + (" *" if column.required else "")
    options: tuple[tuple[str, str], ...] = ()
    if column.type == "boolean":
        options = (("", "-"), ("true", _("yes")), ("false", _("no")))
    elif column.type == "choice":
        chosen = tuple((option.id, pick_text(option.text, lang)) for option in column.options)
        options = (("", "-"), *chosen)
    words = "" if stored_value is None else format_value_without_exponent(stored_value)
    if isinstance(stored_value, bool):
        words = "true" if stored_value else "false"
    return FormField(
        column.id,
        label,
        "pick" if options else "day" if column.type == "date" else "line",
        words,
        pick_text(column.unit, lang),
        options,
    )


def parse_row(table: Table, values: FormValues) -> dict[str, Any]:
    """Return the typed row without empty cells."""
    typed = {column.id: parse_cell_value(column, values[column.id]) for column in table.columns}
    return {column: value for column, value in typed.items() if value != ""}


def row_text(table: Table, row: Mapping[str, Any], lang: Lang) -> str:
    """Return a row on one line."""
    return answer_text(table, Answer(value=[row]), lang)


def _as_table(item: Table) -> Table:
    return item


KIND = WalkKind[Table](
    list_offered_choices=make_single_input_choice_lister(N_("enter the rows")), table=_as_table
)
