"""Two versions side by side: of an answer over time, of a conflict, of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from assess.china_time import format_china_time
from assess.display.text.forms import InputForm
from assess.display.text.styled import LinePart, StyledLine
from assess.display.text.wrap import fit_width, wrap_text
from assess.display.walk.kinds.registry import walk_kind
from assess.engine.history.changes import FieldChange
from assess.engine.history.words import FIELDS
from assess.engine.kinds.table import cell_text_with_unit
from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import DISPLAY_NAMES, format_value_without_exponent
from assess.engine.merge.row_fields import RowField
from assess.engine.punctuation import (
    colon_sign,
    enumeration_comma_sign,
    format_bracketed_remark,
    semicolon_sign,
)
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.config import Person
from assess.model.item import Item, Table
from assess.model.item_parts import Column
from assess.workspace import REMOVE
from assess.workspace.history.answer_history import AnswerVersion

READING = 56
"""Cells of the two columns in a dialog, also on 60 columns."""

_BETWEEN = 3
"""Cells between the two columns."""


class TextPair(NamedTuple):
    """The values of one field in two versions."""

    label: str
    left: str
    right: str


def side_by_side_lines(
    heads: tuple[str, str], pairs: Sequence[TextPair], width: int
) -> list[StyledLine]:
    """Return pairs in two columns with headings, each field below its name."""
    column_width = (width - _BETWEEN) // 2
    lines: list[StyledLine] = [_column_pair_line(heads[0], heads[1], column_width, "title")]
    for pair in pairs:
        lines.append((LinePart(fit_width(escape_as_single_line(pair.label), width), "label"),))
        texts = [
            wrap_text(escape_and_replace_tabs(side), column_width)
            for side in (pair.left, pair.right)
        ]
        lines += [
            _column_pair_line(left, right, column_width)
            for left, right in zip_longest(*texts, fillvalue="")
        ]
    return lines


def _column_pair_line(left: str, right: str, column_width: int, style: Any = "plain") -> StyledLine:
    between = (LinePart(" | ", "dim", " │ "),)
    return (
        LinePart(fit_width(left, column_width), style),
        *between,
        LinePart(fit_width(right, column_width), style),
    )


def answer_version_line(version: AnswerVersion, people: Mapping[str, Person], lang: Lang) -> str:
    """Return when, by whom and in which commit an answer changed, and which fields."""
    _ = translator(lang)
    when = format_china_time(version.at) if version.at else _("not committed yet")
    names = enumeration_comma_sign(lang).join(_field_name(f.name, lang) for f in version.fields)
    parts = (when, person_name(version.by, people) or version.author, names, version.commit)
    return escape_as_single_line("  ".join(part for part in parts if part))


def person_name(person: str | None, people: Mapping[str, Person]) -> str:
    """Return the name for a person's id; the id itself for an unknown person."""
    if person is None:
        return ""
    return people[person].name if person in people else person


def _field_name(name: str, lang: Lang) -> str:
    return translator(lang)(FIELDS.get(name, name))


def old_and_new_field_pairs(
    fields: Sequence[FieldChange], item: Item | None, people: Mapping[str, Person], lang: Lang
) -> list[TextPair]:
    """Return the fields of a version as pairs, old and new."""
    return [
        TextPair(
            _field_name(change.name, lang),
            field_text(change.name, change.before, item, people, lang),
            field_text(change.name, change.after, item, people, lang),
        )
        for change in fields
    ]


def field_text(
    name: str, value: Any, item: Item | None, people: Mapping[str, Person], lang: Lang
) -> str:
    """Return the value of an answer's field for users; `-` without a value."""
    if value is None or value in ({}, ()):
        return "-"
    if isinstance(value, Answer):
        shown = value.status if value.value is None else format_value_without_exponent(value.value)
        return answer_text(item, value, lang) if item is not None else str(shown)
    if name == "value" and item is not None:
        return answer_text(item, Answer(value=value), lang)
    table_field = RowField.parse_field_name(name)
    if table_field is not None and (table := _table_of_item(item)) is not None:
        column = _find_column(table, table_field.cell)
        if column is not None:
            return cell_text_with_unit(column, value, lang)
        return answer_text(table, Answer(value=[value]), lang)
    return "\n".join(_value_texts(value, people, lang)) or "-"


def _table_of_item(item: Item | None) -> Table | None:
    return None if item is None else walk_kind(item).table(item)


def _find_column(table: Table, column_id: str) -> Column | None:
    return next((column for column in table.columns if column.id == column_id), None)


def conflict_field_label(field: str, item: Item | None, lang: Lang) -> str:
    """Return how a field of a conflict is called: of a table, the row and the column."""
    table_field = RowField.parse_field_name(field)
    table = _table_of_item(item)
    if table_field is None or table is None:
        return field
    column, cell = (_find_column(table, key) for key in (table_field.column, table_field.cell))
    words = table_field.text
    if column is not None:
        words = cell_text_with_unit(column, words, lang) if column.type == "choice" else words
        words = f"{pick_text(column.title, lang)} {words}"
    if table_field.nth > 1:
        words += format_bracketed_remark(str(table_field.nth), lang)
    title = pick_text(cell.title, lang) if cell is not None else table_field.cell
    return f"{words}{colon_sign(lang)}{title}" if title else words


_PARTS = {
    "state": N_("State"),
    "comment": N_("Comment"),
    "due": N_("Due"),
    "by": N_("Done by"),
    "at": N_("Time"),
    "action": N_("Action"),
    "unit": N_("Unit"),
    "owner": N_("Owner"),
    "reason": N_("Reason"),
    "note": N_("Note"),
    "level": N_("Risk"),
    "id": N_("Mitigation"),
    "first_due": N_("First due date"),
    "done_on": N_("Done on"),
    "verified_by": N_("Verified by"),
    "verified_on": N_("Verified on"),
    "accepted_by": N_("Risk accepted by"),
    "budget": N_("Budget"),
    "people": N_("People"),
    "no_due_reason": N_("Why no date"),
}
"""Names of the parts of a field for users. Other parts keep the name in the file."""


def _value_texts(value: Any, people: Mapping[str, Person], lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    fields = getattr(value, "__struct_fields__", None)
    pairs = {field: getattr(value, field) for field in fields} if fields else value
    if isinstance(pairs, Mapping):
        for part, content in pairs.items():
            if content not in (None, {}, ()) and part not in ("of", "fingerprint"):
                label = _(_PARTS[part]) if part in _PARTS else part
                yield (
                    label
                    + colon_sign(lang)
                    + semicolon_sign(lang).join(_value_texts(content, people, lang))
                )
    elif isinstance(value, tuple | list):
        yield semicolon_sign(lang).join(
            text for member in value for text in _value_texts(member, people, lang)
        )
    elif isinstance(value, datetime):
        yield format_china_time(value)
    else:
        text = format_value_without_exponent(value)
        yield _(DISPLAY_NAMES[text]) if text in DISPLAY_NAMES else person_name(text, people)


def pair_change_with_answer(
    fields: Mapping[str, Any], answer: Answer, item: Item | None, lang: Lang
) -> list[TextPair]:
    """Return the fields of a change, each with the answer's value."""
    return [
        TextPair(
            _field_name(_LONG.get(name, name), lang),
            field_text(name, None if value is REMOVE else value, item, {}, lang),
            field_text(name, _nested_answer_field(answer, name), item, {}, lang),
        )
        for name, value in fields.items()
        if name not in ("fingerprint", "by", "at")
    ]


_OF_FORM: Mapping[str, tuple[str, ...]] = {
    "note": ("note",),
    "value": ("status", "value"),
    "remediation": ("remediation",),
    "mitigation": ("mitigation",),
    "risk": ("risk",),
    "review": ("status", "value", "note", "evidence", "review"),
}
"""The fields of an answer that a form edits."""


def was_changed_meanwhile(
    form_name: str, before: Answer, now: Answer, values: Mapping[str, str]
) -> bool:
    """Return whether another program changed a form's fields while the form was open."""
    fields = _OF_FORM.get(form_name, ())
    same = values.get("note", "").strip() == (now.note or "") if form_name == "note" else False
    return not same and any(getattr(before, field) != getattr(now, field) for field in fields)


def pair_typed_with_current(
    form: InputForm, name: str, values: Mapping[str, str], now: Answer, item: Item, lang: Lang
) -> list[TextPair]:
    """Return the typed values of a form, each with the answer's current value."""
    typed = [(field.label, values[field.name].strip()) for field in form.fields]
    named = (f"{label}{colon_sign(lang)}{text}" for label, text in typed if text)
    left = typed[0][1] if len(typed) == 1 else "\n".join(named)
    fields = [field for field in _OF_FORM.get(name, ()) if getattr(now, field)]
    texts = [field_text(field, getattr(now, field), item, {}, lang) for field in fields]
    return [
        TextPair(_field_name(_LONG.get(name, name), lang), left or "-", "\n".join(texts) or "-")
    ]


_LONG = {"status": "answer", "value": "answer", "remediation": "remediation.action"}


def _nested_answer_field(answer: Answer, name: str) -> Any:
    value: Any = answer
    for part in name.split("."):
        value = getattr(value, part, None)
    return value
