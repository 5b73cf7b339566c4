"""The form of a remediation, its checks, and the change it makes; pure functions."""

from __future__ import annotations

from datetime import date
from typing import Any

from assess.display.remediation_words import format_stored_need_as_typed, parse_typed_need
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, is_iso_date
from assess.display.walk.plan_offers import PlanOffers
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.remediation_stamps import remediation_fields_set_by_state
from assess.i18n import N_, Lang, translator
from assess.model.answer import LONGEST_NEED, REMEDIATION_STATES, Answer, Remediation
from assess.workspace import REMOVE

NEED_FIELDS = ("no_due_reason", "budget", "people")
_PARTS = {"action": N_("Action"), "owner": N_("Owner"), "due": N_("Due")}
"""The parts of a plan."""

NO_OFFERS = PlanOffers()
EXPLAINED = ("verified", "risk_accepted")
"""States for which a person is responsible and gives a remark."""


def list_missing_plan_parts(values: FormValues) -> tuple[str, ...]:
    """Return the parts that a remediation lacks for its state: action, owner, due or reason.

    A plan needs one of action, owner and due. The states done and verified need all of them. A
    reason why there is no due date stands for it.
    """
    if values["state"] == "risk_accepted":
        return () if values["reason"].strip() else ("reason",)
    filled = {"due"} if values.get("no_due_reason", "").strip() else set()
    missing = tuple(part for part in _PARTS if not values[part].strip() and part not in filled)
    begun = values["state"] in ("planned", "in_progress") and len(missing) < len(_PARTS)
    return () if begun else missing


def state_refusal_reason(values: FormValues, answer: Answer, person: str | None, lang: Lang) -> str:
    """Return why a remediation can't have its state yet; '' if it can.

    Only a done remediation can be verified. Verifying and accepting a risk need a known person.
    """
    _, plan = translator(lang), answer.remediation
    if values["state"] == "verified" and (plan is None or plan.state not in ("done", "verified")):
        return _("not done yet, so nothing to verify")
    if values["state"] in EXPLAINED and not person:
        return _("choose who sits here first: w")
    return ""


def plan_part_names_text(parts: tuple[str, ...], lang: Lang) -> str:
    """Return the names of parts of a plan."""
    _ = translator(lang)
    return enumeration_comma_sign(lang).join(_(_PARTS.get(part, N_("Reason"))) for part in parts)


def plan_errors(values: FormValues, answer: Answer, person: str | None, lang: Lang) -> FieldErrors:
    """Return the errors of a remediation, by field."""
    _ = translator(lang)
    accepted = values["state"] == "risk_accepted"
    words = _("accepting a risk needs a reason") if accepted else _("this is needed")
    errors = dict.fromkeys(list_missing_plan_parts(values), words)
    if hindered := state_refusal_reason(values, answer, person, lang):
        errors["state"] = hindered
    if values["due"].strip() and not is_iso_date(normalize_typed_date(values["due"])):
        errors["due"] = _("not a date; write it as 2026-03-18")
    for name in ("budget", "people"):
        if len(values.get(name, "").strip()) > LONGEST_NEED:
            errors[name] = _("longer than {limit} characters: shorten it").format(
                limit=LONGEST_NEED
            )
    return errors


def plan_form(
    name: str,
    answer: Answer,
    person: str | None,
    lang: Lang,
    state: str = "",
    offers: PlanOffers = NO_OFFERS,
) -> InputForm:
    """Return the form for action, unit, owner, due date, state and needs of a remediation.

    `name` is what is to be mended. With a `state` that needs a remark, the remark is the first
    field. F7 fills in the `offers`.
    """
    _, plan = translator(lang), answer.remediation
    states = tuple((state, translate_code(state, lang)) for state in REMEDIATION_STATES)

    def check_values(values: FormValues) -> FieldErrors:
        return plan_errors(values, answer, person, lang)

    def stored_text(field: str) -> str:
        value = getattr(plan, field) if plan else None
        return "" if value is None else str(value)

    fields = (
        FormField("action", _("Action"), "text", stored_text("action")),
        FormField("unit", _("Unit"), value=stored_text("unit")),
        FormField("owner", _("Owner"), value=stored_text("owner"), known=offers.people),
        FormField(
            "due", _("Due"), "due", stored_text("due"), _("as 2026-03-18, 3-18, +30 or month end")
        ),
        FormField(
            "state", _("State"), "pick", state or stored_text("state") or "planned", options=states
        ),
    )
    needs = _list_no_due_reason_and_need_fields(plan, lang)
    return InputForm(
        _("Remediation of {item}").format(item=name),
        (*add_remark_field(fields, stored_text("reason"), state, lang), *needs),
        check_values,
        offers.texts,
        offer_label_text(offers, lang),
        offers.phrases,
        offered_fields=tuple(_PARTS),
    )


def _list_no_due_reason_and_need_fields(
    plan: Remediation | None, lang: Lang
) -> tuple[FormField, ...]:
    """Return the fields of what else a plan says: why it has no date, money, people."""
    _, plan = translator(lang), plan or Remediation()
    how_much = _("yes, no, or how much")
    return (
        FormField("no_due_reason", _("Why no date"), value=plan.no_due_reason or ""),
        FormField(
            "budget",
            _("Budget"),
            value=format_stored_need_as_typed(plan.budget, lang),
            hint=how_much,
        ),
        FormField(
            "people",
            _("People"),
            value=format_stored_need_as_typed(plan.people, lang),
            hint=how_much,
        ),
    )


def offer_label_text(offers: PlanOffers, lang: Lang) -> str:
    """Return what F7 fills in: the remedy of the item, and the last owner and due date."""
    _ = translator(lang)
    words = {"action": _("remedy"), "owner": _("last owner"), "due": _("last due date")}
    parts = [text for part, text in words.items() if part in offers.texts]
    return _("put in {parts}").format(parts=enumeration_comma_sign(lang).join(parts))


def add_remark_field(
    fields: tuple[FormField, ...], remark_text: str, state: str, lang: Lang
) -> tuple[FormField, ...]:
    """Return the fields with a remark; it comes first if `state` needs one."""
    _ = translator(lang)
    hint = _("why the risk is accepted, or what was seen when it was verified")
    remark = FormField("reason", _("Remark"), value=remark_text, hint=hint)
    return (remark, *fields) if state in EXPLAINED else (*fields, remark)


def remediation_fields_from_form(
    values: FormValues, answer: Answer, person: str | None, today: date
) -> dict[str, Any]:
    """Return the change for a filled-in remediation form; empty fields are removed.

    The states done, verified and risk accepted also set the date and the person, if they are not
    set yet. A return from done or verified removes them.
    """
    plan = answer.remediation
    typed: dict[str, Any] = {
        field: values[field].strip() for field in ("action", "unit", "owner", "reason")
    }
    typed["due"] = normalize_typed_date(values["due"])
    typed["state"] = values["state"]
    typed |= _read_need_fields(values)
    typed |= {
        field: value
        for field, value in remediation_fields_set_by_state(values["state"], person, today).items()
        if not value or plan is None or getattr(plan, field) is None
    }
    if plan is None:
        return {"remediation": {field: value for field, value in typed.items() if value}}
    return {
        f"remediation.{field}": value or REMOVE
        for field, value in typed.items()
        if value or getattr(plan, field)
    }


def _read_need_fields(values: FormValues) -> dict[str, str]:
    """Return what was typed of the needs, as far as the form has their fields."""
    typed = {name: values[name].strip() for name in NEED_FIELDS if name in values}
    return {
        name: text if name == "no_due_reason" else parse_typed_need(text)
        for name, text in typed.items()
    }
