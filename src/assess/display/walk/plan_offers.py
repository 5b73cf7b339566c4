"""What a new remediation is prefilled with: the item's remedy, and who and when last; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assess.china_time import count_seconds_since_1970
from assess.display.text.forms import FormValues, is_iso_date
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Item
from assess.model.results import Value

STICKY_PARTS = ("unit", "owner", "due")
"""The parts of a remediation that are the same in most of a round."""


class PlanOffers(Value, frozen=True, kw_only=True):
    """What the form of a remediation offers."""

    texts: Mapping[str, str] = {}
    """The text of each field that one key fills in."""
    people: tuple[str, ...] = ()
    """The names to which a typed owner is completed."""
    phrases: tuple[str, ...] = ()
    """Texts for the action."""


def unit_owner_due_from_form(values: FormValues) -> dict[str, str]:
    """Return unit, owner and due date of a filled-in form, as far as they are there."""
    typed = {part: values[part].strip() for part in STICKY_PARTS}
    typed["due"] = normalize_typed_date(typed["due"])
    return {part: value for part, value in typed.items() if value}


def find_last_unit_owner_due(answers: Iterable[Answer]) -> dict[str, str]:
    """Return unit, owner and due date of the remediation in the answer that was written last."""
    planned = [answer for answer in answers if answer.remediation is not None and answer.at]
    if not planned:
        return {}
    plan = max(
        planned, key=lambda answer: count_seconds_since_1970(answer.at) if answer.at else 0
    ).remediation
    parts = {part: getattr(plan, part) for part in STICKY_PARTS}
    return {part: str(value) for part, value in parts.items() if value}


def make_plan_offers(
    item: Item | None, last: Mapping[str, str], people: Iterable[str], today: date, lang: Lang
) -> PlanOffers:
    """Return the offers for an item; None: for several. A due date that is past is not offered."""
    remedy = item.remedy if item is not None else None
    steps = [pick_text(text, lang) for text in (remedy.now, remedy.lasting)] if remedy else []
    actions = [text for text in steps if text]
    texts = {"action": actions[0]} if actions else {}
    for part in STICKY_PARTS:
        if value := last.get(part, ""):
            texts[part] = value
    due = texts.get("due", "")
    if due and (not is_iso_date(due) or date.fromisoformat(due) < today):
        del texts["due"]
    return PlanOffers(texts=texts, people=tuple(people), phrases=tuple(actions))
