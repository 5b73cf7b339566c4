"""The form of a remediation, what a state needs, and what the words become; plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assess.display.text.forms import Errors, Field, Form, Values, date_from, is_date
from assess.engine.kinds.wording import name
from assess.engine.punctuation import comma
from assess.i18n import N_, Lang, translator
from assess.model.answer import REMEDIATION_STATES, Answer
from assess.model.item import Item
from assess.workspace import REMOVE

_PARTS = {"action": N_("Action"), "owner": N_("Owner"), "due": N_("Due")}
"""What a plan is made of."""

EXPLAINED = ("verified", "risk_accepted")
"""States that somebody answers for, and says something to."""


def lacking(values: Values) -> tuple[str, ...]:
    """Return what a remediation lacks for its state: of action, owner, due; or the reason.

    A plan begins with any of the three; nothing is done or verified without all of them.
    """
    if values["state"] == "risk_accepted":
        return () if values["reason"].strip() else ("reason",)
    found = tuple(part for part in _PARTS if not values[part].strip())
    begun = values["state"] in ("planned", "in_progress") and len(found) < len(_PARTS)
    return () if begun else found


def hindrance(values: Values, answer: Answer, person: str | None, lang: Lang) -> str:
    """Return why a remediation can't have its state yet; '' where it can.

    Only what is done is verified; who verifies or accepts a risk is written down, so is known.
    """
    _, plan = translator(lang), answer.remediation
    if values["state"] == "verified" and (plan is None or plan.state not in ("done", "verified")):
        return _("not done yet, so nothing to verify")
    if values["state"] in EXPLAINED and not person:
        return _("choose who sits here first: w")
    return ""


def lacking_words(parts: tuple[str, ...], lang: Lang) -> str:
    """Return the names of parts of a plan."""
    _ = translator(lang)
    return comma(lang).join(_(_PARTS.get(part, N_("Reason"))) for part in parts)


def plan_errors(values: Values, answer: Answer, person: str | None, lang: Lang) -> Errors:
    """Return what is wrong with a remediation, by field."""
    _ = translator(lang)
    accepted = values["state"] == "risk_accepted"
    words = _("accepting a risk needs a reason") if accepted else _("this is needed")
    found = dict.fromkeys(lacking(values), words)
    if hindered := hindrance(values, answer, person, lang):
        found["state"] = hindered
    if values["due"].strip() and not is_date(date_from(values["due"])):
        found["due"] = _("not a date; write it as 2026-03-18")
    return found


def remediation_form(
    item: Item, answer: Answer, person: str | None, lang: Lang, state: str = ""
) -> Form:
    """Return the form for action, unit, owner, due date and state of a remediation.

    With a `state` that is to be said something to, it begins with that.
    """
    _, plan = translator(lang), answer.remediation
    states = tuple((state, name(state, lang)) for state in REMEDIATION_STATES)

    def check(values: Values) -> Errors:
        return plan_errors(values, answer, person, lang)

    def held(field: str) -> str:
        value = getattr(plan, field) if plan else None
        return "" if value is None else str(value)

    fields = (
        Field("action", _("Action"), "text", held("action")),
        Field("unit", _("Unit"), value=held("unit")),
        Field("owner", _("Owner"), value=held("owner")),
        Field("due", _("Due"), value=held("due"), hint=_("as 2026-03-18 or 20260318")),
        Field("state", _("State"), "pick", state or held("state") or "planned", options=states),
    )
    title = _("Remediation of {item}").format(item=item.id)
    return Form(title, with_remark(fields, held("reason"), state, lang), check)


def with_remark(fields: tuple[Field, ...], held: str, state: str, lang: Lang) -> tuple[Field, ...]:
    """Return the fields with a remark: before them where `state` is to be said something to."""
    _ = translator(lang)
    hint = _("why the risk is accepted, or what was seen when it was verified")
    remark = Field("reason", _("Remark"), value=held, hint=hint)
    return (remark, *fields) if state in EXPLAINED else (*fields, remark)


def remediation_fields(
    values: Values, answer: Answer, person: str | None, today: date
) -> dict[str, Any]:
    """Return the change that a filled-in remediation form is; emptied fields go.

    Reaching done, verified or risk accepted also sets the day, and who, where none is set yet;
    going back from done or verified takes them away.
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
        if not value or plan is None or getattr(plan, field) is None
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
    not_verified: dict[str, str | None] = {"verified_on": None, "verified_by": None}
    reopened: dict[str, str | None] = {"done_on": None, **not_verified}
    stamps: dict[str, dict[str, str | None]] = {
        "planned": reopened,
        "in_progress": reopened,
        "done": {"done_on": day, **not_verified},
        "verified": {"verified_on": day, "verified_by": person},
        "risk_accepted": {"accepted_by": person},
    }
    return stamps.get(state, {})
