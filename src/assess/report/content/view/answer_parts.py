"""The parts of an answer, for forms that ask for them in fields, ticks and rows of their own."""

from __future__ import annotations

from typing import Any

from assess.engine.kinds.values import is_answered_by_status_only
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Item, find_kind_of_item
from assess.report.content.view.kinds.registry import get_report_kind_of_item


def answer_fields_of_item_view(item: Item, answer: Answer, lang: Lang) -> dict[str, Any]:
    """Return the fields of an ItemView that hold an answer in parts; by kind of item.

    Options are there whether anything is ticked or not; all else only where it was answered.
    """
    raw = answer.status if is_answered_by_status_only(item) else answer.value
    return {
        "kind": find_kind_of_item(item),
        **get_report_kind_of_item(item).answer_parts(item, raw, lang),
    }
