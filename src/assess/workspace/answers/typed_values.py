"""Answers typed as words: parsing and checking them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.engine.kinds.answer_words import replace_words_by_answer_id
from assess.engine.kinds.statuses import allowed_statuses, refused_status_message_and_hint
from assess.engine.kinds.values import (
    check_value,
    expected_value_format_text,
    is_answered_by_status_only,
    parse_value_or_return_text,
)
from assess.engine.kinds.wording import translate_code
from assess.errors import UnknownIdError, UsageError
from assess.i18n import N_, Lang, translator
from assess.model.answer import STATUSES, Answer
from assess.model.item import Item, find_kind_of_item
from assess.workspace.core.sheet_file import OpenSheet

_TYPED_FORMS: Mapping[str, str] = {
    "ratio": N_("part and whole, as 23/25"),
    "number": N_("a number, as 12 or 0.5"),
}
"""How values are typed whose form in a file of YAML is another."""


def parse_typed_answer(
    open_sheet: OpenSheet, item: Item, words: str, note: str | None, today: date
) -> dict[str, Any]:
    """Return the fields of an answer from `words`: a status, or a value of the item's kind.

    Statuses, rungs and options may be written in the words of the interface.

    Raises:
        UnknownIdError: the item has no such status.
        UsageError: the value does not fit the item; the item never has this status; the reason of
            not_applicable is missing.
    """
    _ = translator(open_sheet.lang)
    changes = parse_typed_result(item, words, today, open_sheet.lang)
    if note is not None:
        changes["note"] = note
    reason = open_sheet.sheet.answers.get(item.id, Answer()).note if note is None else note
    if Answer(status=changes.get("status"), note=reason).is_inapplicable_without_reason:
        raise UsageError(_("not_applicable needs its reason"), "--note")
    return changes


def parse_typed_result(item: Item, words: str, today: date, lang: Lang) -> dict[str, Any]:
    """Return `status` or `value` from words; a reason may still be missing.

    Raises:
        UnknownIdError: the item has no such status.
        UsageError: the value does not fit the item; the item never has this status.
    """
    _ = translator(lang)
    words = replace_words_by_answer_id(item, words)
    if words != "not_applicable" and not is_answered_by_status_only(item):
        value = parse_value_or_return_text(item, words)
        faults = check_value(item, value, today, lang)
        if faults:
            raise UsageError(faults[0].message, _typed_form_hint(item, faults[0].hint, lang))
        return {"value": value}
    if words not in STATUSES:
        names = {status: translate_code(status, lang) for status in allowed_statuses(item)}
        known = ", ".join(f"{status} ({name})" for status, name in names.items())
        text = _("{word} is no status of {item}; its answers are: {known}")
        message = text.format(word=words, item=item.id, known=known)
        raise UnknownIdError(message, words, [*names, *names.values()])
    if words not in allowed_statuses(item):
        raise UsageError(*refused_status_message_and_hint(item, words, lang))
    return {"status": words}


def _typed_form_hint(item: Item, hint: str, lang: Lang) -> str:
    """Return how a value is typed, where the hint says how a file of YAML has it; else the hint."""
    typed_form = _TYPED_FORMS.get(find_kind_of_item(item))
    if typed_form is None or hint != expected_value_format_text(item, lang):
        return hint
    return translator(lang)(typed_form)
