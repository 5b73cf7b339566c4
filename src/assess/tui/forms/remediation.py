"""The form of a remediation, what a state needs, and what the words become; plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.engine.wording import name
from assess.i18n import N_, Lang, translator
from assess.model.answer import REMEDIATION_STATES, Answer
from assess.model.item import Item
from assess.tui.forms.item import Errors, Field, Form, Values, date_from, is_date
from assess.workspace import REMOVE

_PARTS = {"action": N_("Action"), "owner": N_("Owner"), "due": N_("Due")}
"""What a plan is made of."""


def lacking(values: Values) -> tuple[str, ...]:
    """Return what a remediation lacks for its state: of action, owner, due; or the reason.

    A plan begins with any of the three; nothing is done or verified without all of them.
    """
    if values["state"] == "risk_accepted":
        return () if values["reason"].strip() else ("reason",)
    found = tuple(part for part in _PARTS if not values[part].strip())
    begun = values["state"] in ("planned", "in_progress") and len(found) < len(_PARTS)
    return () if begun else found


def lacking_words(parts: tuple[str, ...], lang: Lang) -> str:
    """Return the names of parts of a plan."""
    _ = translator(lang)
    return ("、" if lang == "zh" else ", ").join(
        _(_PARTS.get(part, N_("Reason"))) for part in parts
    )


def plan_errors(values: Values, lang: Lang) -> Errors:
    """Return what is wrong with a remediation, by field."""
    _ = translator(lang)
    accepted = values["state"] == "risk_accepted"
    words = _("accepting a risk needs a reason") if accepted else _("this is needed")
    found = dict.fromkeys(lacking(values), words)
    if values["due"].strip() and not is_date(date_from(values["due"])):
        found["due"] = _("not a date; write it as 2026-03-18")
    return found


def remediation_form(item: Item, answer: Answer, lang: Lang) -> Form:
    """Return the form for action, unit, owner, due date and state of a remediation."""
    _, plan = translator(lang), answer.remediation
    states = tuple((state, name(state, lang)) for state in REMEDIATION_STATES)

    def check(values: Values) -> Errors:
        return plan_errors(values, lang)

    def held(field: str) -> str:
        value = getattr(plan, field) if plan else None
        return "" if value is None else str(value)

    fields = (
        Field("action", _("Action"), "text", held("action")),
        Field("unit", _("Unit"), value=held("unit")),
        Field("owner", _("Owner"), value=held("owner")),
        Field("due", _("Due"), value=held("due"), hint=_("as 2026-03-18 or 20260318")),
        Field("state", _("State"), "pick", held("state") or "planned", options=states),
        Field("reason", _("Reason"), value=held("reason"), hint=_("where the risk is accepted")),
    )
    return Form(_("Remediation of {item}").format(item=item.id), fields, check)


def remediation_fields(
    values: Values, answer: Answer, person: str | None, today: date
) -> dict[str, Any]:
    """Return the change that a filled-in remediation form is; emptied fields go.

    Reaching done, verified or risk accepted also sets the day, and who, where none is set yet.
    """
    plan = answer.remediation
    typed: dict[str, Any] = {
        one: values[one].strip() for one in ("action", "unit", "owner", "reason")
    }
    typed["due"] = date_from(values["due"])
    typed["state"] = values["state"]
    typed |= {
        field: value
        for field, value in _stamps(values["state"], person, today).items()
        if plan is None or getattr(plan, field) is None
    }
    if plan is None:
        return {"remediation": {field: value for field, value in typed.items() if value}}
    return {
        f"remediation.{field}": value or REMOVE
        for field, value in typed.items()
        if value or getattr(plan, field)
    }


def _stamps(state: str, person: str | None, today: date) -> Mapping[str, str | None]:
    day = today.isoformat()
    stamps: dict[str, dict[str, str | None]] = {
        "done": {"done_on": day},
        "verified": {"verified_on": day, "verified_by": person},
        "risk_accepted": {"accepted_by": person},
    }
    return stamps.get(state, {})
