"""What lowers a risk: a mitigation, a judgement with its reason; the clauses an item stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assess.display.text.forms import Errors, Field, Form, Values, fine
from assess.engine.kinds.wording import name
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.checklist import Basis, Checklist, is_example
from assess.model.item import RISK_LEVELS, Item
from assess.workspace import REMOVE

_NONE = ("", "-", "—")
"""What checklists write where a whole basis is meant, or practice that no clause lays down."""


def mitigation_form(item: Item, answer: Answer, lang: Lang) -> Form | None:
    """Return the form that claims a mitigation; None where the item knows none."""
    known = item.high_risk.mitigations if item.high_risk is not None else ()
    if not known:
        return None
    _ = translator(lang)
    words = _("{mitigation} (lowers to {level})")
    options = [("", _("none"))]
    for one in known:
        level = name(one.lowers_to, lang)
        options.append((one.id, words.format(mitigation=pick(one.text, lang), level=level)))
    held = answer.mitigation
    chosen = held.id if held else ""
    note = (held.note or "") if held else ""
    fields = (
        Field("id", _("Mitigation in place"), "pick", chosen, "", tuple(options)),
        Field("note", _("How it is in place"), "text", note),
    )
    return Form(_("Mitigation for {item}").format(item=item.id), fields, fine)


def mitigation_fields(values: Values) -> dict[str, Any]:
    """Return the change that a filled-in mitigation form is."""
    if not values["id"]:
        return {"mitigation": REMOVE}
    note = values["note"].strip()
    return {"mitigation": {"id": values["id"], **({"note": note} if note else {})}}


def risk_form(item: Item, answer: Answer, lang: Lang) -> Form:
    """Return the form that lets the risk of a finding depart from the computed one."""
    _ = translator(lang)
    held = answer.risk
    options = (("", _("as computed")), *((one, name(one, lang)) for one in RISK_LEVELS))
    later = _("lower than a high-risk case: counts once the reviewer accepts it")

    def check(values: Values) -> Errors:
        missing = values["level"] and not values["reason"].strip()
        return {"reason": _("say why the risk is another than the computed one")} if missing else {}

    fields = (
        Field(
            "level",
            _("Risk"),
            "pick",
            held.level if held else "",
            later if item.high_risk is not None else "",
            options,
        ),
        Field("reason", _("Reason"), "text", held.reason if held else ""),
    )
    return Form(_("Risk of {item}").format(item=item.id), fields, check)


def risk_fields(values: Values) -> dict[str, Any]:
    """Return the change that a filled-in risk form is."""
    if not values["level"]:
        return {"risk": REMOVE}
    return {"risk": {"level": values["level"], "reason": values["reason"].strip()}}


def clauses_text(item: Item, checklist: Checklist, lang: Lang) -> str:
    """Return the clauses an item stands on, in full: clause, basis, its dates, whether seen."""
    return "\n\n".join(_clauses(item, checklist, lang))


def _clauses(item: Item, checklist: Checklist, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for ref in item.refs:
        basis = checklist.basis.get(ref.basis)
        lines = [pick(basis.title, lang) if basis is not None else ref.basis]
        lines += _dates(basis, lang) if basis is not None else []
        if is_example(ref.basis):
            lines.append(_("For reference only: it binds nobody here"))
        if ref.clause.strip() not in _NONE:
            lines.insert(0, _("Clause {clause}").format(clause=ref.clause))
            lines.append(
                _("The clause's text was held against the source")
                if ref.verified
                else _("! The clause's text was not yet held against the source")
            )
        yield "\n".join(lines)


def _dates(basis: Basis, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    if basis.issued is not None:
        yield _("Issued {date}").format(date=basis.issued.isoformat())
    if basis.in_force is not None:
        yield _("In force since {date}").format(date=basis.in_force.isoformat())
