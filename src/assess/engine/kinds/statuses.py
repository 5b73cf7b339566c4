"""The statuses that an answer to an item may have, and the messages about the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assess.engine.kinds.conformity import list_conformity_statuses
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.values import expected_value_format_text
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rulebook import LintRule, rule_message_and_hint
from assess.i18n import N_, Lang
from assess.model.answer import Status
from assess.model.base import pick_text
from assess.model.item import NEVER, Item, Verdict

STATUS_REFUSED: Final = LintRule(
    N_("{item} is never answered “{status}”"), N_("its answers are: {known}"), "warning"
)
"""A warning in a sheet: the answer may be older than the wording. Commands refuse it."""


def allowed_statuses(item: Item) -> tuple[Status, ...]:
    """Return the statuses that an answer to the item may have, the best first.

    An item that is graded without `partial` has no such grade. An item whose
    `verdict.not_applicable` is `never` is never called not applicable.
    """
    grades = list_conformity_statuses(item) if answer_kind(item).by_status else ()
    return (*grades, "not_applicable") if may_be_inapplicable(item) else grades


def may_be_inapplicable(item: Item) -> bool:
    """Return whether an answer may call the item not applicable."""
    return item.verdict is None or item.verdict.not_applicable != NEVER


def status_criterion_text(verdict: Verdict | None, status: Status, lang: Lang) -> str:
    """Return what counts as a status; '' where the item does not say it."""
    text = getattr(verdict, status) if verdict is not None else None
    return "" if text == NEVER else pick_text(text, lang)


def refused_status_message_and_hint(
    item: Item, status: Status, lang: Lang, *, in_words: bool = False
) -> list[str]:
    """Return message and hint about a status that the item never has.

    The hint names the statuses as a file writes them, or `in_words` of the interface.
    """
    statuses: Iterable[str] = allowed_statuses(item)
    if in_words:
        statuses = (translate_code(status, lang) for status in statuses)
    known = enumeration_comma_sign(lang).join(statuses) or expected_value_format_text(item, lang)
    words = {"item": item.id, "status": translate_code(status, lang), "known": known}
    return rule_message_and_hint(STATUS_REFUSED, lang, words)
