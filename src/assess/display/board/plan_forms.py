"""The form that changes several remediations of the board, and the values of one of them."""

from __future__ import annotations

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, is_iso_date
from assess.display.walk.plan_offers import PlanOffers
from assess.display.walk.remediation_form import (
    NEED_FIELDS,
    NO_OFFERS,
    add_remark_field,
    offer_label_text,
)
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.wording import translate_code
from assess.i18n import Lang, translator
from assess.model.answer import REMEDIATION_STATES, Answer


def bulk_plan_form(
    count: int, lang: Lang, state: str = "", offers: PlanOffers = NO_OFFERS
) -> InputForm:
    """Return the form that changes several remediations; an empty field changes nothing.

    With a `state` that needs a remark, the remark is the first field. F7 fills in the `offers`.
    """
    _ = translator(lang)
    states = (
        ("", _("as it is")),
        *((state, translate_code(state, lang)) for state in REMEDIATION_STATES),
    )

    def check_values(values: FormValues) -> FieldErrors:
        errors = {}
        if values["due"].strip() and not is_iso_date(normalize_typed_date(values["due"])):
            errors["due"] = _("not a date; write it as 2026-03-18")
        if values["state"] == "risk_accepted" and not values["reason"].strip():
            errors["reason"] = _("accepting a risk needs a reason")
        return errors

    fields = (
        FormField("unit", _("Unit")),
        FormField("owner", _("Owner"), known=offers.people),
        FormField("due", _("Due"), "due", hint=_("as 2026-03-18, 3-18, +30 or month end")),
        FormField("state", _("State"), "pick", state, options=states),
    )
    title = _("Change {count} remediations; what is left empty stays").format(count=count)
    remarked = add_remark_field(fields, "", state, lang)
    return InputForm(title, remarked, check_values, offers.texts, offer_label_text(offers, lang))


def typed_or_stored_plan_values(answer: Answer, typed: FormValues) -> dict[str, str]:
    """Return the values of a remediation form: the typed ones, else those of the answer."""
    plan = answer.remediation
    values = {}
    for field in ("action", "unit", "owner", "due", "reason", *NEED_FIELDS):
        stored = getattr(plan, field) if plan else None
        values[field] = typed.get(field, "").strip() or ("" if stored is None else str(stored))
    values["state"] = typed.get("state") or (plan.state if plan else "planned")
    return values
