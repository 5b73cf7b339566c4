"""The form that assigns an item or a section to a person; pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from assess.display.text.forms import FormField, FormValues, InputForm, find_no_errors
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.config import Person
from assess.model.results import ItemState, SectionState


def find_assigned_person_id(state: ItemState, assigned: Mapping[str, str]) -> str:
    """Return the id of the person who fills in an item; '' for nobody.

    The item's own assignment comes before that of its section.
    """
    return assigned.get(state.item.id, assigned.get(state.section, ""))


def assign_form(
    state: ItemState,
    section: SectionState,
    assigned: Mapping[str, str],
    people: Mapping[str, Person],
    lang: Lang,
) -> InputForm:
    """Return the form that assigns an item or its section to a person."""
    _ = translator(lang)
    listed = tuple((key, person.name) for key, person in people.items())
    title = pick_text(section.section.title, lang)
    parts = (
        ("section", _("the section {title}").format(title=title)),
        ("item", _("this item only")),
    )
    assigned_alone = state.item.id in assigned
    fields = (
        FormField("person", _("Filled in by"), "pick", find_assigned_person_id(state, assigned), "",
              (("", _("nobody in particular")), *listed)),
        FormField("part", _("Reach"), "pick", "item" if assigned_alone else "section", "", parts),
    )  # fmt: skip
    return InputForm(_("Assign {item}").format(item=state.item.id), fields, find_no_errors)


def assignments_from_form(values: FormValues, state: ItemState) -> dict[str, str | None]:
    """Return the person id for each section or item that changes; None for nobody.

    An assignment of the section removes that of the item.
    """
    person = values["person"] or None
    if values["part"] == "item":
        return {state.item.id: person}
    return {state.section: person, state.item.id: None}
