"""Forms for mitigations and for a risk set by hand; the clauses of an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, find_no_errors
from assess.engine.kinds.wording import translate_code
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import Basis, Checklist, is_non_binding_basis
from assess.model.item import RISK_LEVELS, Item
from assess.workspace import REMOVE

_NONE = ("", "-", "—")
"""Values of `clause` for a whole basis, or for a practice without a clause."""


def mitigation_form(item: Item, answer: Answer, lang: Lang) -> InputForm | None:
    """Return the form that claims a mitigation; None if the item has none."""
    known = item.high_risk.mitigations if item.high_risk is not None else ()
    if not known:
        return None
    _ = translator(lang)
    words = _("{mitigation} (lowers to {level})")
    options = [("", _("none"))]
    for mitigation in known:
        level = translate_code(mitigation.lowers_to, lang)
        options.append(
            (mitigation.id, words.format(mitigation=pick_text(mitigation.text, lang), level=level))
        )
    claimed = answer.mitigation
    chosen = claimed.id if claimed else ""
    note = (claimed.note or "") if claimed else ""
    fields = (
        FormField("id", _("Mitigation in place"), "pick", chosen, "", tuple(options)),
        FormField("note", _("How it is in place"), "text", note),
    )
    return InputForm(_("Mitigation for {item}").format(item=item.id), fields, find_no_errors)


def mitigation_fields_from_form(values: FormValues) -> dict[str, Any]:
    """Return the change for a filled-in mitigation form."""
    if not values["id"]:
        return {"mitigation": REMOVE}
    note = values["note"].strip()
    return {"mitigation": {"id": values["id"], **({"note": note} if note else {})}}


def risk_form(item: Item, answer: Answer, lang: Lang) -> InputForm:
    """Return the form that sets the risk of a finding by hand."""
    _ = translator(lang)
    stated = answer.risk
    options = (
        ("", _("as computed")),
        *((level, translate_code(level, lang)) for level in RISK_LEVELS),
    )
    later = _("lower than a high-risk case: counts once the reviewer accepts it")

    def check_values(values: FormValues) -> FieldErrors:
        missing = values["level"] and not values["reason"].strip()
        return {"reason": _("say why the risk is another than the computed one")} if missing else {}

    fields = (
        FormField(
            "level",
            _("Risk"),
            "pick",
            stated.level if stated else "",
            later if item.high_risk is not None else "",
            options,
        ),
        FormField("reason", _("Reason"), "text", stated.reason if stated else ""),
    )
    return InputForm(_("Risk of {item}").format(item=item.id), fields, check_values)


def risk_fields_from_form(values: FormValues) -> dict[str, Any]:
    """Return the change for a filled-in risk form."""
    if not values["level"]:
        return {"risk": REMOVE}
    return {"risk": {"level": values["level"], "reason": values["reason"].strip()}}


def guidance_and_clauses_text(item: Item, checklist: Checklist, lang: Lang) -> str:
    """Return the issuer's guidance on an item, and its clauses in full."""
    texts = (pick_text(item.guidance, lang), clauses_text(item, checklist, lang))
    return "\n\n".join(filter(None, texts))


def clauses_text(item: Item, checklist: Checklist, lang: Lang) -> str:
    """Return the clauses of an item in full: basis, clause, its dates, and verification."""
    return "\n\n".join(_clause_texts(item, checklist, lang))


def _clause_texts(item: Item, checklist: Checklist, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for ref in item.refs:
        basis = checklist.basis.get(ref.basis)
        lines = [pick_text(basis.title, lang) if basis is not None else ref.basis]
        lines += _basis_date_texts(basis, lang) if basis is not None else []
        if is_non_binding_basis(ref.basis):
            lines.append(_("For reference only: it binds nobody here"))
        if ref.clause.strip() not in _NONE:
            lines.insert(1, _("Clause {clause}").format(clause=ref.clause))
            lines.append(
                _("The clause's text was held against the source")
                if ref.verified
                else _("! The clause's text was not yet held against the source")
            )
        yield "\n".join(lines)


def _basis_date_texts(basis: Basis, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    if basis.issued is not None:
        yield _("Issued {date}").format(date=basis.issued.isoformat())
    if basis.in_force is not None:
        yield _("In force since {date}").format(date=basis.in_force.isoformat())
