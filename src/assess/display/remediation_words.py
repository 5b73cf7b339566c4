"""What a plan needs, in words."""

from __future__ import annotations

from assess.engine.punctuation import semicolon_sign
from assess.i18n import Lang, translator
from assess.model.answer import Remediation


def needs_words(plan: Remediation | None, lang: Lang) -> str:
    """Return whether a plan needs money and people, and how much; '' where it does not say."""
    if plan is None:
        return ""
    _ = translator(lang)
    parts = (
        _need_words(plan.budget, _("needs a budget"), _("needs no budget"), _("budget: {text}")),
        _need_words(plan.people, _("needs people"), _("needs no people"), _("people: {text}")),
    )
    return semicolon_sign(lang).join(part for part in parts if part)


def _need_words(need: str | None, yes: str, no: str, how_much: str) -> str:
    if not need:
        return ""
    return {"yes": yes, "no": no}.get(need) or how_much.format(text=need.strip())
