"""The forms of the profile, and the conversion of their values; pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assess import locations
from assess.display.text.forms import (
    FieldErrors,
    FormField,
    FormValues,
    InputForm,
    find_no_errors,
    is_iso_date,
)
from assess.display.text.names import EXPOSURES, ROLE_NAMES
from assess.engine.kinds.typed_text import (
    COUNTING_UNITS,
    normalize_typed_date,
    parse_number_or_keep_text,
)
from assess.engine.kinds.wording import HOSTING_NAMES, format_value_without_exponent
from assess.i18n import Lang, translator
from assess.model.base import Bilingual, Number, Text, is_valid_id, pick_text
from assess.model.checklist import FactDef
from assess.model.config import ROLES, Config, Person, System
from assess.workspace import REMOVE, FieldEdit
from assess.workspace.core.names import propose_unused_id


def make_text_edit(
    path: Sequence[str], stored_text: Text | None, text: str, lang: Lang
) -> FieldEdit:
    """Return the edit of a text; a bilingual text changes in one language only."""
    inside = (lang,) if isinstance(stored_text, Bilingual) else ()
    return FieldEdit((*path, *inside), text or REMOVE)


def organization_form(config: Config, lang: Lang) -> InputForm:
    """Return the form for the name of the unit."""
    _ = translator(lang)
    hint = _(
        "the id {id} is written in each sheet, too: to change it, edit organization in assess.yaml"
        " and in every file of answers/"
    ).format(id=config.organization.id)
    name = pick_text(config.organization.name, lang)
    field = FormField("name", _("Name of the unit"), value=name, hint=hint)
    return InputForm(_("The unit"), (field,), make_required_fields_checker(lang, "name"))


def report_settings_form(config: Config, lang: Lang) -> InputForm:
    """Return the form for the report's addressee and its marking."""
    _ = translator(lang)
    settings = config.report
    fields = (
        FormField("addressee", _("The report goes to"), value=pick_text(settings.addressee, lang)),
        FormField("marking", _("Marking on every page"), value=pick_text(settings.marking, lang)),
    )
    return InputForm(_("Report"), fields, find_no_errors)


def system_form(
    system_id: str, system: System | None, existing_ids: Collection[str], lang: Lang
) -> InputForm:
    """Return the form for a system; for a new one with its id."""
    _ = translator(lang)
    grade = system.grade if system else None
    name = pick_text(system.name, lang) if system else ""
    # In words: “3 2” next to the digits of the keys would read as key 3 for grade 3.
    none = ("", _("not given"))
    levels = (
        none,
        *((str(level), _("grade {level}").format(level=level)) for level in range(1, 5)),
    )
    fields = [
        FormField("name", _("Name of the system"), value=name),
        FormField("s", _("Grade S (business information)"), "pick", str(grade.s) if grade else "",
              options=levels),
        FormField("a", _("Grade A (system services)"), "pick", str(grade.a) if grade else "",
              options=levels),
        FormField("exposure", _("Reached from"), "pick", (system and system.exposure) or "",
              options=(none, *((key, _(word)) for key, word in EXPOSURES.items()))),
        FormField("hosting", _("Runs in"), "pick", (system and system.hosting) or "",
              options=(none, *((key, _(word)) for key, word in HOSTING_NAMES.items()))),
    ]  # fmt: skip
    if system is None:
        fields.insert(1, _id_field(existing_ids, lang))

    def check_values(values: FormValues) -> FieldErrors:
        errors = id_field_errors(values, existing_ids, lang) if system is None else {}
        if not values["name"].strip():
            errors["name"] = _("this is needed")
        if bool(values["s"]) != bool(values["a"]):
            errors["a"] = _("give both S and A, or neither")
        return errors

    return InputForm(
        _("System") + (f" {system_id}" if system_id else ""), tuple(fields), check_values
    )


def _id_field(existing_ids: Collection[str], lang: Lang) -> FormField:
    _ = translator(lang)

    def suggest_id(values: FormValues) -> str:
        return propose_unused_id(values["name"], existing_ids)

    hint = _("lower-case letters, digits and hyphens")
    return FormField("id", _("Short id"), hint=hint, proposed=suggest_id)


def id_field_errors(values: FormValues, existing_ids: Collection[str], lang: Lang) -> FieldErrors:
    """Return what is wrong with a typed id; nothing if it can be used."""
    _ = translator(lang)
    typed_id = values["id"].strip()
    if not is_valid_id(typed_id):
        return {"id": _("lower-case letters, digits and hyphens")}
    if locations.is_windows_device_name(typed_id):
        return {"id": _("on Windows this is the name of a device")}
    return (
        {"id": _("{name} exists already").format(name=typed_id)} if typed_id in existing_ids else {}
    )


def system_fields_from_form(values: FormValues) -> dict[str, Any]:
    """Return grade, exposure and hosting as files hold them, without empty fields."""
    fields: dict[str, Any] = {}
    if values["s"] and values["a"]:
        s, a = int(values["s"]), int(values["a"])
        fields["grade"] = {"level": max(s, a), "s": s, "a": a}
    fields |= {name: values[name] for name in ("exposure", "hosting") if values[name]}
    return fields


def system_edits_from_form(
    system_id: str, system: System, values: FormValues, lang: Lang
) -> list[FieldEdit]:
    """Return the edits of assess.yaml for a filled-in system form."""
    start = ("systems", system_id)
    fields = system_fields_from_form(values)
    return [
        make_text_edit((*start, "name"), system.name, values["name"].strip(), lang),
        *(
            FieldEdit((*start, name), fields.get(name, REMOVE))
            for name in ("grade", "exposure", "hosting")
        ),
    ]


def person_form(
    person_id: str, person: Person | None, existing_ids: Collection[str], lang: Lang
) -> InputForm:
    """Return the form for a person; for a new one with the id."""
    _ = translator(lang)
    roles = tuple((role, _(ROLE_NAMES[role])) for role in ROLES)
    fields = [
        FormField("name", _("Name"), value=person.name if person else ""),
        FormField(
            "roles",
            _("Roles"),
            "ticks",
            " ".join(person.roles) if person else "",
            _("a digit ticks"),
            roles,
        ),
        FormField("emails", _("E-mail addresses"), value=" ".join(person.emails) if person else ""),
    ]
    if person is None:
        fields.insert(1, _id_field(existing_ids, lang))

    def check_values(values: FormValues) -> FieldErrors:
        errors = id_field_errors(values, existing_ids, lang) if person is None else {}
        if not values["name"].strip():
            errors["name"] = _("this is needed")
        if any("@" not in mail for mail in values["emails"].split()):
            errors["emails"] = _("addresses with @, spaces between them")
        return errors

    return InputForm(
        _("Person") + (f" {person_id}" if person_id else ""), tuple(fields), check_values
    )


def person_fields_from_form(values: FormValues) -> dict[str, Any]:
    """Return a person as assess.yaml holds it."""
    row: dict[str, Any] = {"name": values["name"].strip()}
    row["roles"] = [role for role in ROLES if role in values["roles"].split()]
    emails = values["emails"].split()
    return row | ({"emails": emails} if emails else {})


def person_edits_from_form(
    person_id: str, person: Person | None, values: FormValues
) -> list[FieldEdit]:
    """Return the edits of assess.yaml for a filled-in person form."""
    row = person_fields_from_form(values)
    if person is None:
        return [FieldEdit(("people", person_id), row)]
    return [
        FieldEdit(("people", person_id, name), row.get(name) or REMOVE)
        for name in ("name", "roles", "emails")
    ]


def facts_form(
    title: str, defined: Mapping[str, FactDef], profile: Mapping[str, Any], lang: Lang
) -> InputForm:
    """Return the form for facts, open at the first that is not given: its field is empty."""

    def check_values(values: FormValues) -> FieldErrors:
        errors = {
            name: _fact_error(fact, values[name].strip(), lang) for name, fact in defined.items()
        }
        return {name: words for name, words in errors.items() if words}

    fields = (_fact_field(name, fact, profile.get(name), lang) for name, fact in defined.items())
    missing = next((name for name in defined if name not in profile), "")
    return InputForm(title, tuple(fields), check_values, start_at=missing)


def _fact_field(name: str, fact: FactDef, stored_value: Any, lang: Lang) -> FormField:
    _ = translator(lang)
    label = pick_text(fact.question, lang)
    words = "" if stored_value is None else format_value_without_exponent(stored_value)
    if fact.type == "boolean":
        known = (
            {True: "true", False: "false"}.get(stored_value, "")
            if isinstance(stored_value, bool)
            else ""
        )
        options = (("", _("not given")), ("true", _("yes")), ("false", _("no")))
        return FormField(name, label, "pick", known, options=options)
    if fact.type == "choice":
        chosen = tuple((option.id, pick_text(option.text, lang)) for option in fact.options)
        return FormField(name, label, "pick", words, options=(("", _("not given")), *chosen))
    if fact.type == "date":
        return FormField(name, label, "day", words, _("as 2026-03-18 or 3-18"))
    return FormField(name, label, value=words)


def _fact_error(fact: FactDef, typed: str, lang: Lang) -> str:
    _ = translator(lang)
    value = parse_fact_value(fact, typed)
    if value is None or fact.type in ("boolean", "choice", "text"):
        return ""
    if fact.type == "date":
        return "" if is_iso_date(value) else _("not a date; write it as 2026-03-18")
    if isinstance(value, str) or (fact.type == "integer" and value != int(value)):
        return _("not a number") if isinstance(value, str) else _("a whole number is needed")
    if fact.min is not None and value < fact.min:
        return _("at least {low}").format(low=format_value_without_exponent(fact.min))
    if fact.max is not None and value > fact.max:
        return _("at most {high}").format(high=format_value_without_exponent(fact.max))
    return ""


def parse_fact_value(fact: FactDef, typed: str) -> Any:
    """Return the value of a fact for a typed text; None for an empty text."""
    if not typed:
        return None
    if fact.type == "boolean":
        return typed == "true"
    if fact.type in ("integer", "number"):
        return _convert_to_int_if_whole(parse_number_or_keep_text(typed, COUNTING_UNITS))
    return normalize_typed_date(typed) if fact.type == "date" else typed


def _convert_to_int_if_whole(value: int | Number | str) -> int | Number | str:
    return int(value) if isinstance(value, Number) and value == int(value) else value


def changed_facts_from_form(
    defined: Mapping[str, FactDef], profile: Mapping[str, Any], values: FormValues
) -> dict[str, Any]:
    """Return the facts that a filled-in form changes; None removes a fact."""
    typed = {name: parse_fact_value(fact, values[name].strip()) for name, fact in defined.items()}
    return {name: value for name, value in typed.items() if value != profile.get(name)}


def make_required_fields_checker(lang: Lang, *names: str) -> Any:
    """Return the check that these fields are not empty."""
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        return {name: _("this is needed") for name in names if not values[name].strip()}

    return check_values
