"""Answers typed as words: parsing and checking them."""

from __future__ import annotations

from datetime import date
from typing import Any

from assess.engine.kinds.statuses import allowed_statuses, refused_status_message_and_hint
from assess.engine.kinds.values import check_value, is_answered_by_status_only, parse_value
from assess.errors import UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import STATUSES, Answer
from assess.model.item import Item
from assess.workspace.core.sheet_file import OpenSheet


def parse_typed_answer(
    open_sheet: OpenSheet, item: Item, words: str, note: str | None, today: date
) -> dict[str, Any]:
    """Return the fields of an answer from `words`: a status, or a value of the item's kind.

    Raises:
        UnknownIdError: the item has no such status.
        UsageError: the value does not fit the item; the item never has this status; the reason of
            not_applicable is missing.
    """
    _ = translator(open_sheet.lang)
    changes: dict[str, Any] = {} if note is None else {"note": note}
    if words != "not_applicable" and not is_answered_by_status_only(item):
        value = parse_value(item, words)
        faults = check_value(item, value, today, open_sheet.lang)
        if faults:
            raise UsageError(faults[0].message, faults[0].hint)
        return {"value": value, **changes}
    if words not in STATUSES:
        message = _("{word} is no status of {item}").format(word=words, item=item.id)
        raise UnknownIdError(message, words, STATUSES)
    if words not in allowed_statuses(item):
        raise UsageError(*refused_status_message_and_hint(item, words, open_sheet.lang))
    reason = open_sheet.sheet.answers.get(item.id, Answer()).note if note is None else note
    if Answer(status=words, note=reason).lacks_reason:
        raise UsageError(_("not_applicable needs its reason"), "--note")
    return {"status": words, **changes}
