"""Remediations ready to print, of problems of the round and of findings of others alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.display.remediation_words import budget_and_people_needs_text
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import OutsideRow
from assess.i18n import Lang, translator
from assess.model.answer import Remediation
from assess.model.results import LedgerRow
from assess.report.content.view.words import (
    PUNCTUATION,
    STOPS,
    format_days_late,
    format_short_date,
    join_enumeration,
)


def responsible_text(plan: Remediation, lang: Lang) -> str:
    """Return who is responsible, unit and person; '' where nobody is."""
    return join_enumeration([part for part in (plan.unit, plan.owner) if part], lang)


def plan_text(plan: Remediation, due: str, progress: Iterable[str], lang: Lang) -> str:
    """Return a plan in one line: what, who, until when, with what, how far, and why.

    `due` and `progress` are words; '' for none.
    """
    _ = translator(lang)
    who = responsible_text(plan, lang)
    parts = (
        (plan.action or "").rstrip(STOPS),
        _("responsible: {who}").format(who=who) if who else "",
        due,
        budget_and_people_needs_text(plan, lang),
        *progress,
        (plan.no_due_reason or "") if plan.due is None else "",
        plan.reason or "",
    )
    return PUNCTUATION[lang]["semicolon"].join(part for part in parts if part)


def make_ledger_remediation_fields(
    row: LedgerRow | OutsideRow, plan: Remediation | None, progress: str, lang: Lang
) -> dict[str, Any]:
    """Return the fields of a `LedgerView` that say what is planned and how far it is.

    `progress` is the state in words; '' for that of the plan.
    """
    _, plan = translator(lang), plan or Remediation()
    if not progress:
        progress = translate_code(row.progress, lang) if row.progress else _("no measure yet")
    state = progress
    if row.done_on:
        state = _("{state} on {day}").format(state=state, day=format_short_date(row.done_on))
    return {
        "urgent": not row.is_mended and (row.overdue or row.risk == "high"),
        "mended": row.is_mended,
        "risk": translate_code(row.risk, lang),
        "tone": row.risk,
        "action": plan.action or "–",
        "needs": budget_and_people_needs_text(plan, lang),
        "no_due": (plan.no_due_reason or "") if row.due is None else "",
        "responsible": responsible_text(plan, lang) or "–",
        "due": format_short_date(row.due) or "–",
        "state": state,
        "late": format_days_late(row.days_late, lang) if row.overdue else "",
        "days_late": row.days_late,
        "state_id": row.progress or "",
        "progress": progress,
        "unit": plan.unit or "–",
        "owner": plan.owner or "–",
        "done": format_short_date(row.done_on) or "–",
        "recheck_by": plan.verified_by or "–",
    }
