"""The forms of the profile, and what their words become; plain functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assess.display.text.forms import (
    Errors,
    Field,
    Form,
    Values,
    date_from,
    fine,
    is_date,
    number_from,
)
from assess.display.text.names import EXPOSURES, HOSTINGS, ROLE_NAMES
from assess.engine.kinds.wording import plain
from assess.i18n import Lang, translator
from assess.model.base import Bilingual, Number, Text, pick
from assess.model.checklist import FactDef
from assess.model.config import ROLES, Config, Person, System
from assess.workspace import REMOVE, Edit
from assess.workspace.core.names import proposed_id

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def text_edit(path: Sequence[str], held: Text | None, text: str, lang: Lang) -> Edit:
    """Return the edit of a text that may be in both languages: the other one stays."""
    inside = (lang,) if isinstance(held, Bilingual) else ()
    return Edit((*path, *inside), text or REMOVE)


def organization_form(config: Config, lang: Lang) -> Form:
    """Return the form for the unit's name."""
    _ = translator(lang)
    field = Field("name", _("Name of the unit"), value=pick(config.organization.name, lang))
    return Form(_("The unit"), (field,), needing(lang, "name"))


def report_form(config: Config, lang: Lang) -> Form:
    """Return the form for whom the report goes to, and its marking."""
    _ = translator(lang)
    settings = config.report
    fields = (
        Field("addressee", _("The report goes to"), value=pick(settings.addressee, lang)),
        Field("marking", _("Marking on the cover"), value=pick(settings.marking, lang)),
    )
    return Form(_("Report"), fields, fine)


def system_form(system_id: str, one: System | None, taken: Collection[str], lang: Lang) -> Form:
    """Return the form for a system; for a new one also its id."""
    _ = translator(lang)
    grade = one.grade if one else None
    # Written out: “3 2” beside the keys' own digits would read as key 3 for grade 3.
    levels = (
        ("", "-"),
        *((str(level), _("grade {level}").format(level=level)) for level in range(1, 5)),
    )
    fields = [
        Field("name", _("Name of the system"), value=pick(one.name, lang) if one else ""),
        Field("s", _("Grade S (business information)"), "pick", str(grade.s) if grade else "",
              options=levels),
        Field("a", _("Grade A (system services)"), "pick", str(grade.a) if grade else "",
              options=levels),
        Field("exposure", _("Reached from"), "pick", (one and one.exposure) or "",
              options=(("", "-"), *((key, _(word)) for key, word in EXPOSURES.items()))),
        Field("hosting", _("Runs in"), "pick", (one and one.hosting) or "",
              options=(("", "-"), *((key, _(word)) for key, word in HOSTINGS.items()))),
    ]  # fmt: skip
    if one is None:
        fields.insert(1, _id_field(taken, lang))

    def check(values: Values) -> Errors:
        found = _id_error(values, taken, lang) if one is None else {}
        if not values["name"].strip():
            found["name"] = _("this is needed")
        if bool(values["s"]) != bool(values["a"]):
            found["a"] = _("give both S and A, or neither")
        return found

    return Form(_("System") + (f" {system_id}" if system_id else ""), tuple(fields), check)


def _id_field(taken: Collection[str], lang: Lang) -> Field:
    _ = translator(lang)

    def proposed(values: Values) -> str:
        return proposed_id(values["name"], taken)

    hint = _("lower-case letters, digits and hyphens")
    return Field("id", _("Short id"), hint=hint, proposed=proposed)


def _id_error(values: Values, taken: Collection[str], lang: Lang) -> Errors:
    _ = translator(lang)
    wanted = values["id"].strip()
    if not _ID.fullmatch(wanted):
        return {"id": _("lower-case letters, digits and hyphens")}
    return {"id": _("{name} exists already").format(name=wanted)} if wanted in taken else {}


def system_fields(values: Values) -> dict[str, Any]:
    """Return grade, exposure and hosting as files hold them; what is not said is left out."""
    fields: dict[str, Any] = {}
    if values["s"] and values["a"]:
        s, a = int(values["s"]), int(values["a"])
        fields["grade"] = {"level": max(s, a), "s": s, "a": a}
    fields |= {name: values[name] for name in ("exposure", "hosting") if values[name]}
    return fields


def system_edits(system_id: str, one: System, values: Values, lang: Lang) -> list[Edit]:
    """Return the edits of assess.yaml that a filled-in system form is."""
    start = ("systems", system_id)
    fields = system_fields(values)
    return [
        text_edit((*start, "name"), one.name, values["name"].strip(), lang),
        *(
            Edit((*start, name), fields.get(name, REMOVE))
            for name in ("grade", "exposure", "hosting")
        ),
    ]


def person_form(person_id: str, one: Person | None, taken: Collection[str], lang: Lang) -> Form:
    """Return the form for a person; for a new one also the id."""
    _ = translator(lang)
    no_yes = (("no", _("no")), ("yes", _("yes")))
    fields = [
        Field("name", _("Name"), value=one.name if one else ""),
        *(
            Field(
                role,
                _(ROLE_NAMES[role]),
                "pick",
                "yes" if one and role in one.roles else "no",
                options=no_yes,
            )
            for role in ROLES
        ),
        Field("emails", _("E-mail addresses"), value=" ".join(one.emails) if one else ""),
    ]
    if one is None:
        fields.insert(1, _id_field(taken, lang))

    def check(values: Values) -> Errors:
        found = _id_error(values, taken, lang) if one is None else {}
        if not values["name"].strip():
            found["name"] = _("this is needed")
        if any("@" not in mail for mail in values["emails"].split()):
            found["emails"] = _("addresses with @, spaces between them")
        return found

    return Form(_("Person") + (f" {person_id}" if person_id else ""), tuple(fields), check)


def person_row(values: Values) -> dict[str, Any]:
    """Return a person as assess.yaml holds it."""
    row: dict[str, Any] = {"name": values["name"].strip()}
    row["roles"] = [role for role in ROLES if values[role] == "yes"]
    emails = values["emails"].split()
    return row | ({"emails": emails} if emails else {})


def person_edits(person_id: str, one: Person | None, values: Values) -> list[Edit]:
    """Return the edits that a filled-in person form is."""
    row = person_row(values)
    if one is None:
        return [Edit(("people", person_id), row)]
    return [
        Edit(("people", person_id, name), row.get(name) or REMOVE)
        for name in ("name", "roles", "emails")
    ]


def facts_form(
    title: str, defined: Mapping[str, FactDef], held: Mapping[str, Any], lang: Lang
) -> Form:
    """Return the form for facts; one that is left empty is not given."""

    def check(values: Values) -> Errors:
        found = {
            name: _fact_error(fact, values[name].strip(), lang) for name, fact in defined.items()
        }
        return {name: words for name, words in found.items() if words}

    fields = (_fact_field(name, fact, held.get(name), lang) for name, fact in defined.items())
    return Form(title, tuple(fields), check)


def _fact_field(name: str, fact: FactDef, held: Any, lang: Lang) -> Field:
    _ = translator(lang)
    label = pick(fact.question, lang)
    words = "" if held is None else plain(held)
    if fact.type == "boolean":
        known = {True: "true", False: "false"}.get(held, "") if isinstance(held, bool) else ""
        options = (("", _("not given")), ("true", _("yes")), ("false", _("no")))
        return Field(name, label, "pick", known, options=options)
    if fact.type == "choice":
        chosen = tuple((one.id, pick(one.text, lang)) for one in fact.options)
        return Field(name, label, "pick", words, options=(("", _("not given")), *chosen))
    hint = _("as 2026-03-18 or 20260318") if fact.type == "date" else ""
    return Field(name, label, value=words, hint=hint)


def _fact_error(fact: FactDef, words: str, lang: Lang) -> str:
    _ = translator(lang)
    value = fact_value(fact, words)
    if value is None or fact.type in ("boolean", "choice", "text"):
        return ""
    if fact.type == "date":
        return "" if is_date(value) else _("not a date; write it as 2026-03-18")
    if isinstance(value, str) or (fact.type == "integer" and value != int(value)):
        return _("not a number") if isinstance(value, str) else _("a whole number is needed")
    if fact.min is not None and value < fact.min:
        return _("at least {low}").format(low=plain(fact.min))
    if fact.max is not None and value > fact.max:
        return _("at most {high}").format(high=plain(fact.max))
    return ""


def fact_value(fact: FactDef, words: str) -> Any:
    """Return the value of a fact for what was typed; None for nothing."""
    if not words:
        return None
    if fact.type == "boolean":
        return words == "true"
    if fact.type in ("integer", "number"):
        return _whole(number_from(words))
    return date_from(words) if fact.type == "date" else words


def _whole(value: int | Number | str) -> int | Number | str:
    return int(value) if isinstance(value, Number) and value == int(value) else value


def facts_changed(
    defined: Mapping[str, FactDef], held: Mapping[str, Any], values: Values
) -> dict[str, Any]:
    """Return the facts that a filled-in form changes; None takes one out."""
    typed = {name: fact_value(fact, values[name].strip()) for name, fact in defined.items()}
    return {name: value for name, value in typed.items() if value != held.get(name)}


def needing(lang: Lang, *names: str) -> Any:
    """Return the check that these fields are not empty."""
    _ = translator(lang)

    def check(values: Values) -> Errors:
        return {name: _("this is needed") for name in names if not values[name].strip()}

    return check
