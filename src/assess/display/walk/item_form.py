"""The input forms of an item, and the conversion of their values; pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.display.text.forms import (
    Errors,
    FieldKind,
    FormField,
    InputForm,
    Values,
    find_no_errors,
    is_date,
    parse_date,
    parse_number,
)
from assess.display.walk.choices import answer_ticks, other_words
from assess.engine.kinds.values import ValueProblem, check_value, value_text
from assess.engine.kinds.wording import plain
from assess.engine.number_text import decimal_text
from assess.engine.punctuation import bracketed
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Choices, Column, DateItem, Item, NumberItem, Ratio, Table, TextItem


def value_form(item: Item, answer: Answer, today: date, lang: Lang) -> InputForm:
    """Return the form for the value of a number, ratio, date or text item, or for own words."""
    title = f"{item.id} {pick(item.title, lang)}"

    def check_values(values: Values) -> Errors:
        value = parse_value(item, values)
        unreadable = _unreadable_errors(item, value, lang)
        return unreadable or errors_by_field(check_value(item, value, today, lang), lang)

    return InputForm(title, _value_fields(item, answer, lang), check_values)


def _unreadable_errors(item: Item, value: Any, lang: Lang) -> Errors:
    """Return the errors for text that is no number or date; the engine's name the file."""
    _ = translator(lang)
    if isinstance(item, Ratio):
        return {part: _("type a whole number") for part in value if isinstance(value[part], str)}
    if isinstance(item, NumberItem) and isinstance(value, str):
        return {"value": _("type a number")}
    if isinstance(item, DateItem) and not is_date(value):
        return {"value": _("not a date; write it as 2026-03-18")}
    return {}


def _value_fields(item: Item, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    _, stored_value = translator(lang), answer.value
    if isinstance(item, Ratio):
        counts = stored_value if isinstance(stored_value, Mapping) else {}
        return tuple(
            FormField(part, pick(label, lang), value=str(counts.get(part, "")))
            for part, label in (("part", item.ratio.part), ("whole", item.ratio.whole))
        )
    words = "" if stored_value is None else plain(stored_value)
    if isinstance(item, NumberItem):
        return (
            FormField(
                "value", pick(item.number.unit, lang), value=words, hint=_limits_text(item, lang)
            ),
        )
    if isinstance(item, DateItem):
        return (FormField("value", _("Date"), value=words, hint=_("as 2026-03-18 or 20260318")),)
    if isinstance(item, TextItem):
        hint = _("at most {count} characters").format(count=item.text.max_length)
        kind: FieldKind = "line" if item.text.pattern else "text"
        return (FormField("value", _("Text"), kind, words, hint if item.text.max_length else ""),)
    return (FormField("value", _("own words"), value=other_words(answer_ticks(answer))),)


def _limits_text(item: NumberItem, lang: Lang) -> str:
    _, spec = translator(lang), item.number
    low, high = (None if limit is None else decimal_text(limit) for limit in (spec.min, spec.max))
    if low is not None and high is not None:
        return _("from {low} to {high}").format(low=low, high=high)
    if low is not None:
        return _("at least {low}").format(low=low)
    return "" if high is None else _("at most {high}").format(high=high)


def parse_value(item: Item, values: Values) -> Any:
    """Return the value of a filled-in value form; text that is not understood stays text."""
    if isinstance(item, Ratio):
        return {part: parse_number(values[part]) for part in ("part", "whole")}
    words = values["value"].strip()
    if isinstance(item, NumberItem):
        return parse_number(words)
    if isinstance(item, DateItem):
        return parse_date(words)
    if isinstance(item, TextItem):
        return words
    return [{"other": words}] if isinstance(item, Choices) else {"other": words}


def errors_by_field(problems: tuple[ValueProblem, ...], lang: Lang) -> Errors:
    """Return the problems by the field that shows them."""
    errors: Errors = {}
    for problem in problems:
        words = problem.message + bracketed(problem.hint, lang)
        errors.setdefault(str(problem.path[-1]) if problem.path else "", words)
    return errors


def note_form(item_id: str, note: str, lang: Lang, *, not_applicable: bool) -> InputForm:
    """Return the form for the note; for an item that does not apply, the required reason."""
    _ = translator(lang)
    if not not_applicable:
        field = FormField("note", _("what was found, why, which objects"), "text", note)
        return InputForm(_("Note on {item}").format(item=item_id), (field,), find_no_errors)

    def check_values(values: Values) -> Errors:
        message = _("the item counts as open until the reason is there")
        return {} if values["note"].strip() else {"note": message}

    field = FormField("note", _("why it does not apply"), "text", note)
    return InputForm(_("Why {item} is not applicable").format(item=item_id), (field,), check_values)


def evidence_form(item: Item, lang: Lang, missing: tuple[str, ...]) -> InputForm:
    """Return the form that attaches evidence; it proposes the first missing proof."""
    _ = translator(lang)
    proofs = tuple((proof.id, pick(proof.text, lang)) for proof in item.evidence)
    options = (*proofs, ("remediation", _("proof of mending")), ("other", _("something else")))
    proposed = missing[0] if missing else options[0][0]

    def check_values(values: Values) -> Errors:
        typed = [values[field].strip() for field in ("file", "paper")]
        if all(typed):
            return {"paper": _("a file or a paper record, not both")}
        return {} if any(typed) else {"file": _("give a file, or where the paper is kept")}

    fields = (
        FormField("file", _("File"), "piece", hint=_("F3 chooses; a path, or the id of a piece")),
        FormField(
            "paper", _("Paper kept at"), hint=_("for a record on paper: room, shelf, folder")
        ),
        FormField("title", _("Title"), hint=_("left empty: what it proves")),
        FormField("proof", _("Proves"), "pick", proposed, options=options),
    )
    return InputForm(_("Evidence for {item}").format(item=item.id), fields, check_values)


def row_form(table: Table, row: Mapping[str, Any], today: date, lang: Lang) -> InputForm:
    """Return the form for one row of a table."""
    _ = translator(lang)

    def check_values(values: Values) -> Errors:
        row = parse_row(table, values)
        needed = {
            column.id: _("this is needed")
            for column in table.columns
            if column.required and column.id not in row
        }
        return needed | errors_by_column(check_value(table, [row], today, lang), lang)

    fields = tuple(_cell_field(column, row.get(column.id), lang) for column in table.columns)
    return InputForm(pick(table.title, lang), fields, check_values)


def errors_by_column(problems: tuple[ValueProblem, ...], lang: Lang) -> Errors:
    """Return the problems of one row by column, without those of the whole row.

    A row can only lack required cells, and its form reports them itself.
    """
    errors: Errors = {}
    for problem in problems:
        if len(problem.path) > 1:
            words = problem.message + bracketed(problem.hint, lang)
            errors.setdefault(str(problem.path[1]), words)
    return errors


def _cell_field(column: Column, stored_value: Any, lang: Lang) -> FormField:
    _ = translator(lang)
    label = pick(column.title, lang) + (" *" if column.required else "")
    options: tuple[tuple[str, str], ...] = ()
    if column.type == "boolean":
        options = (("", "-"), ("true", _("yes")), ("false", _("no")))
    elif column.type == "choice":
        chosen = tuple((option.id, pick(option.text, lang)) for option in column.options)
        options = (("", "-"), *chosen)
    words = "" if stored_value is None else plain(stored_value)
    if isinstance(stored_value, bool):
        words = "true" if stored_value else "false"
    return FormField(
        column.id, label, "pick" if options else "line", words, pick(column.unit, lang), options
    )


def parse_row(table: Table, values: Values) -> dict[str, Any]:
    """Return the typed row without empty cells."""
    typed = {column.id: _parse_cell(column, values[column.id].strip()) for column in table.columns}
    return {column: value for column, value in typed.items() if value != ""}


def _parse_cell(column: Column, words: str) -> Any:
    if column.type in ("integer", "number"):
        return parse_number(words) if words else ""
    if column.type == "boolean":
        return {"true": True, "false": False}.get(words, words)
    return parse_date(words) if column.type == "date" and words else words


def row_text(table: Table, row: Mapping[str, Any], lang: Lang) -> str:
    """Return a row on one line."""
    return value_text(table, Answer(value=[row]), lang)
