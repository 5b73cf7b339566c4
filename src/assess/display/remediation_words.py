"""What a plan needs, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.engine.punctuation import semicolon_sign
from assess.i18n import Lang, translator
from assess.model.answer import Remediation


def budget_and_people_needs_text(plan: Remediation | None, lang: Lang) -> str:
    """Return whether a plan needs money and people, and how much; '' where it does not say."""
    if plan is None:
        return ""
    _ = translator(lang)
    parts = (
        _need_text(plan.budget, _("needs a budget"), _("needs no budget"), _("budget: {text}")),
        _need_text(plan.people, _("needs people"), _("needs no people"), _("people: {text}")),
    )
    return semicolon_sign(lang).join(part for part in parts if part)


_TYPED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("yes", "是", "需要", "有"), "yes"),
    **dict.fromkeys(("no", "否", "不需要", "无"), "no"),
}


def parse_typed_need(typed: str) -> str:
    """Return what a file says for a typed need: yes, no, or the words."""
    return _TYPED.get(typed.strip().lower(), typed.strip())


def format_stored_need_as_typed(stored: str | None, lang: Lang) -> str:
    """Return a need as a person types it; '' for none."""
    _ = translator(lang)
    return {"yes": _("yes"), "no": _("no")}.get(stored or "", stored or "")


def _need_text(need: str | None, yes: str, no: str, how_much: str) -> str:
    if not need:
        return ""
    return {"yes": yes, "no": no}.get(need) or how_much.format(text=need.strip())
