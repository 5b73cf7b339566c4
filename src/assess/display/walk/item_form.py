"""What the input forms of an item ask, and what their words become; plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.display.text.forms import (
    Errors,
    Field,
    FieldKind,
    Form,
    Values,
    date_from,
    fine,
    is_date,
    number_from,
)
from assess.display.walk.choices import other_words, own_ticks
from assess.engine.fingerprint import decimal_text
from assess.engine.kinds.values import ValueProblem, check_value, value_text
from assess.engine.kinds.wording import plain
from assess.engine.punctuation import bracketed
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Choices, Column, DateItem, Item, NumberItem, Ratio, Table, TextItem


def value_form(item: Item, answer: Answer, today: date, lang: Lang) -> Form:
    """Return the form for the value of a number, ratio, date or text item, or for own words."""
    title = f"{item.id} {pick(item.title, lang)}"

    def check(values: Values) -> Errors:
        value = value_from(item, values)
        unreadable = _unreadable(item, value, lang)
        return unreadable or at_fields(check_value(item, value, today, lang), lang)

    return Form(title, _value_fields(item, answer, lang), check)


def _unreadable(item: Item, value: Any, lang: Lang) -> Errors:
    """Return what to type where no number or date was; the engine's words are about the file."""
    _ = translator(lang)
    if isinstance(item, Ratio):
        return {part: _("type a whole number") for part in value if isinstance(value[part], str)}
    if isinstance(item, NumberItem) and isinstance(value, str):
        return {"value": _("type a number")}
    if isinstance(item, DateItem) and not is_date(value):
        return {"value": _("not a date; write it as 2026-03-18")}
    return {}


def _value_fields(item: Item, answer: Answer, lang: Lang) -> tuple[Field, ...]:
    _, held = translator(lang), answer.value
    if isinstance(item, Ratio):
        counts = held if isinstance(held, Mapping) else {}
        return tuple(
            Field(part, pick(label, lang), value=str(counts.get(part, "")))
            for part, label in (("part", item.ratio.part), ("whole", item.ratio.whole))
        )
    words = "" if held is None else plain(held)
    if isinstance(item, NumberItem):
        return (
            Field("value", pick(item.number.unit, lang), value=words, hint=_limits(item, lang)),
        )
    if isinstance(item, DateItem):
        return (Field("value", _("Date"), value=words, hint=_("as 2026-03-18 or 20260318")),)
    if isinstance(item, TextItem):
        hint = _("at most {count} characters").format(count=item.text.max_length)
        kind: FieldKind = "line" if item.text.pattern else "text"
        return (Field("value", _("Text"), kind, words, hint if item.text.max_length else ""),)
    return (Field("value", _("own words"), value=other_words(own_ticks(answer))),)


def _limits(item: NumberItem, lang: Lang) -> str:
    _, spec = translator(lang), item.number
    low, high = (None if one is None else decimal_text(one) for one in (spec.min, spec.max))
    if low is not None and high is not None:
        return _("from {low} to {high}").format(low=low, high=high)
    if low is not None:
        return _("at least {low}").format(low=low)
    return "" if high is None else _("at most {high}").format(high=high)


def value_from(item: Item, values: Values) -> Any:
    """Return what a file holds for the words of a value form; unreadable ones stay text."""
    if isinstance(item, Ratio):
        return {part: number_from(values[part]) for part in ("part", "whole")}
    words = values["value"].strip()
    if isinstance(item, NumberItem):
        return number_from(words)
    if isinstance(item, DateItem):
        return date_from(words)
    if isinstance(item, TextItem):
        return words
    return [{"other": words}] if isinstance(item, Choices) else {"other": words}


def at_fields(problems: tuple[ValueProblem, ...], lang: Lang) -> Errors:
    """Return the problems by the field they are shown at."""
    found: Errors = {}
    for problem in problems:
        words = problem.message + bracketed(problem.hint, lang)
        found.setdefault(str(problem.path[-1]) if problem.path else "", words)
    return found


def note_form(item_id: str, held: str, lang: Lang, *, not_applicable: bool) -> Form:
    """Return the form for the note; of an item that does not apply it is the reason, and needed."""
    _ = translator(lang)
    if not not_applicable:
        field = Field("note", _("what was found, why, which objects"), "text", held)
        return Form(_("Note on {item}").format(item=item_id), (field,), fine)

    def check(values: Values) -> Errors:
        said = _("the item counts as open until the reason is there")
        return {} if values["note"].strip() else {"note": said}

    field = Field("note", _("why it does not apply"), "text", held)
    return Form(_("Why {item} is not applicable").format(item=item_id), (field,), check)


def evidence_form(item: Item, lang: Lang, missing: tuple[str, ...]) -> Form:
    """Return the form that attaches one piece of evidence; the first missing proof is proposed."""
    _ = translator(lang)
    proofs = tuple((proof.id, pick(proof.text, lang)) for proof in item.evidence)
    options = (*proofs, ("remediation", _("proof of mending")), ("other", _("something else")))
    proposed = missing[0] if missing else options[0][0]

    def check(values: Values) -> Errors:
        given = [values[field].strip() for field in ("file", "paper")]
        if all(given):
            return {"paper": _("a file or a paper record, not both")}
        return {} if any(given) else {"file": _("give a file, or where the paper is kept")}

    fields = (
        Field("file", _("File"), "piece", hint=_("F3 chooses; a path, or the id of a piece")),
        Field("paper", _("Paper kept at"), hint=_("for a record on paper: room, shelf, folder")),
        Field("title", _("Title"), hint=_("left empty: what it proves")),
        Field("proof", _("Proves"), "pick", proposed, options=options),
    )
    return Form(_("Evidence for {item}").format(item=item.id), fields, check)


def row_form(table: Table, row: Mapping[str, Any], today: date, lang: Lang) -> Form:
    """Return the form for one row of a table."""
    _ = translator(lang)

    def check(values: Values) -> Errors:
        row = row_from(table, values)
        needed = {
            one.id: _("this is needed")
            for one in table.columns
            if one.required and one.id not in row
        }
        return needed | at_cells(check_value(table, [row], today, lang), lang)

    fields = tuple(_cell_field(column, row.get(column.id), lang) for column in table.columns)
    return Form(pick(table.title, lang), fields, check)


def at_cells(problems: tuple[ValueProblem, ...], lang: Lang) -> Errors:
    """Return the problems of one row by column; those of the row or of their number are left out.

    A row lacks only what must be filled in, which its form says by itself.
    """
    found: Errors = {}
    for problem in problems:
        if len(problem.path) > 1:
            words = problem.message + bracketed(problem.hint, lang)
            found.setdefault(str(problem.path[1]), words)
    return found


def _cell_field(column: Column, held: Any, lang: Lang) -> Field:
    _ = translator(lang)
    label = pick(column.title, lang) + (" *" if column.required else "")
    options: tuple[tuple[str, str], ...] = ()
    if column.type == "boolean":
        options = (("", "-"), ("true", _("yes")), ("false", _("no")))
    elif column.type == "choice":
        chosen = tuple((one.id, pick(one.text, lang)) for one in column.options)
        options = (("", "-"), *chosen)
    words = "" if held is None else plain(held)
    if isinstance(held, bool):
        words = "true" if held else "false"
    return Field(
        column.id, label, "pick" if options else "line", words, pick(column.unit, lang), options
    )


def row_from(table: Table, values: Values) -> dict[str, Any]:
    """Return the row that was typed; empty cells are left out."""
    typed = {column.id: _cell_from(column, values[column.id].strip()) for column in table.columns}
    return {column: value for column, value in typed.items() if value != ""}


def _cell_from(column: Column, words: str) -> Any:
    if column.type in ("integer", "number"):
        return number_from(words) if words else ""
    if column.type == "boolean":
        return {"true": True, "false": False}.get(words, words)
    return date_from(words) if column.type == "date" and words else words


def row_text(table: Table, row: Mapping[str, Any], lang: Lang) -> str:
    """Return a row on one line."""
    return value_text(table, Answer(value=[row]), lang)
