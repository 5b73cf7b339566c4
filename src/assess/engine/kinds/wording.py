"""Names of results and states, and plain values as text, for screen and report."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assess.engine.number_text import decimal_text
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import FactDef
from assess.model.item import Kind

DISPLAY_NAMES: dict[str, str] = {
    "met": N_("met"),
    "partial": N_("partly met"),
    "unmet": N_("not met"),
    "not_applicable": N_("not applicable"),
    "answered": N_("answered"),
    "unanswered": N_("unanswered"),
    "returned": N_("returned"),
    "accepted": N_("accepted"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "planned": N_("planned"),
    "in_progress": N_("in progress"),
    "done": N_("done"),
    "verified": N_("verified"),
    "risk_accepted": N_("risk accepted"),
}
"""Results, work states, risks and states of remediation, as people read them."""

HOSTING_NAMES: dict[str, str] = {
    "own_room": N_("own machine room"),
    "egov_cloud": N_("government cloud"),
    "commercial_cloud": N_("commercial cloud"),
    "other": N_("elsewhere"),
}
"""Where a system is hosted, as people read it."""

KIND_NAMES: Mapping[Kind, str] = {
    "conformity": N_("conformity"),
    "ladder": N_("ladder"),
    "ratio": N_("ratio"),
    "number": N_("number"),
    "choice": N_("choice"),
    "choices": N_("choices"),
    "date": N_("date"),
    "text": N_("text"),
    "table": N_("table"),
}
"""The kinds of items, as people read them."""

SCOPE_NAMES: Mapping[str, str] = {"organization": N_("unit"), "system": N_("system")}
"""Whom a checklist is about, as people read it."""


def translate_code(code: str | None, lang: Lang) -> str:
    """Return the name of a result, work state, risk or remediation state; '' for None."""
    return "" if code is None else translator(lang)(DISPLAY_NAMES[code])


def format_value_without_exponent(raw: Any) -> str:
    """Return a plain value as a reader writes it: decimals without exponent."""
    return decimal_text(raw) if isinstance(raw, Decimal) else str(raw)


def format_fact_value(fact: FactDef, value: Any, lang: Lang) -> str:
    """Return the value of a fact in words."""
    _ = translator(lang)
    if value is None:
        return _("not given")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    texts = [pick_text(option.text, lang) for option in fact.options if option.id == value]
    return texts[0] if texts else format_value_without_exponent(value)
