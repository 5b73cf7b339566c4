"""What was entered in the fields of one item, into the fields of an answer."""

from __future__ import annotations

from typing import Any, NamedTuple

from assess.engine.kinds.values import is_answered_by_status_only
from assess.harmless import remove_control_characters_but_breaks
from assess.i18n import N_
from assess.model.item import Item
from assess.report.content.field_names import ABSENT, NOTE
from assess.report.content.view.kinds.entered import EnteredTexts, EntryError
from assess.report.content.view.kinds.registry import get_report_kind_of_item


class FormEntry(NamedTuple):
    """The fields of an answer that were entered in a form; empty if none was."""

    fields: dict[str, Any]

    @property
    def has_answer_fields(self) -> bool:
        """Whether it answers the item, and not only adds a note."""
        return "status" in self.fields or "value" in self.fields


def read_form_entry(item: Item, entered: EnteredTexts) -> FormEntry:
    """Return the fields that were entered for an item; `check_value` returns their faults.

    Raises:
        EntryError: the entries contradict each other.
    """
    values = {part: remove_control_characters(text) for part, text in entered.items()}
    note = values.pop((NOTE,), "")
    fields = _read_entered_answer(item, values)
    return FormEntry({**fields, "note": note} if note else fields)


def _read_entered_answer(item: Item, values: dict[tuple[str, ...], str]) -> dict[str, Any]:
    absent = bool(values.pop((ABSENT,), ""))
    kind = get_report_kind_of_item(item)
    value = kind.read_entered(item, values)
    by_status = is_answered_by_status_only(item) or (
        kind.absent_by_radio and value == "not_applicable"
    )
    if by_status:
        return {} if value is None else {"status": value}
    if absent and value is not None:
        raise EntryError(N_("“not applicable” is ticked, and a value is entered"))
    if absent:
        return {"status": "not_applicable"}
    return {} if value is None else {"value": value}


def remove_control_characters(text: str) -> str:
    """Return a text without control characters, and without white space at the ends of lines."""
    lines = remove_control_characters_but_breaks(text.replace("\t", " ")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()
