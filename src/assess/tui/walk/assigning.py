"""Who fills in an item or a whole section; plain functions."""

from __future__ import annotations

from collections.abc import Mapping

from assess.display.text.forms import Field, Form, Values, fine
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.config import Person
from assess.model.results import ItemState, SectionState


def assigned_to(state: ItemState, assigned: Mapping[str, str]) -> str:
    """Return the id of who fills in an item: its own, else its section's; '' for nobody."""
    return assigned.get(state.item.id, assigned.get(state.section, ""))


def assign_form(
    state: ItemState,
    section: SectionState,
    assigned: Mapping[str, str],
    people: Mapping[str, Person],
    lang: Lang,
) -> Form:
    """Return the form that says who fills in an item or its section."""
    _ = translator(lang)
    listed = tuple((key, one.name) for key, one in people.items())
    title = pick(section.section.title, lang)
    parts = (
        ("section", _("the section {title}").format(title=title)),
        ("item", _("this item only")),
    )
    own = state.item.id in assigned
    fields = (
        Field("person", _("Filled in by"), "pick", assigned_to(state, assigned), "",
              (("", _("nobody in particular")), *listed)),
        Field("part", _("Reach"), "pick", "item" if own else "section", "", parts),
    )  # fmt: skip
    return Form(_("Assign {item}").format(item=state.item.id), fields, fine)


def assign_changes(values: Values, state: ItemState) -> dict[str, str | None]:
    """Return who is assigned to which section or item; None for nobody any more.

    What is said of a section takes away what was said of the item alone.
    """
    person = values["person"] or None
    if values["part"] == "item":
        return {state.item.id: person}
    return {state.section: person, state.item.id: None}
