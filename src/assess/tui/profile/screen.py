"""The profile: unit, systems, people, checklists and facts, with effects of a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from assess.display.profile.lines import ProfileRow
from assess.i18n import translator
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen
from assess.tui.profile.content import ProfileContent, ProfileData
from assess.tui.profile.effect_forms import EffectForms
from assess.tui.profile.entry_forms import EntryForms
from assess.tui.profile.removal import EntryRemoval
from assess.tui.profile.round_checklists import RoundChecklists

RowActions = Mapping[str, Callable[[ProfileData, ProfileRow], None]]
"""What a command does with a row, by the kind of the row."""


class ProfileCommands:
    """Changes, adds and removes what the rows show, by the kind of the chosen row."""

    def __init__(
        self,
        context: RowsContext,
        content: ProfileContent,
        edits: RowActions,
        additions: RowActions,
        removals: RowActions,
    ) -> None:
        self._context = context
        self._content = content
        self._edits = edits
        self._additions = additions
        self._removals = removals

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"edit": self._edit_row, "add": self._add_entry, "drop": self._remove_chosen_entry}

    def open_form(self, form: str) -> None:
        """Open the form of a row; do nothing if the row is gone."""
        kind, _space, row_id = form.partition(" ")
        kinds = (kind, f"new_{kind}") if not row_id else (kind,)
        for index, row in enumerate(self._content.rows):
            if row.kind in kinds and row.id == row_id:
                self._context.move_cursor_to(index)
                self._edit_row()
                return

    def _edit_row(self) -> None:
        """Change the chosen row, or add what it offers."""
        data, row = self._content.data, self._content.chosen_row
        if data is not None and row.kind in self._edits:
            self._edits[row.kind](data, row)

    def _add_entry(self) -> None:
        """Add a system, a person or a checklist, by the heading of the row."""
        data, row = self._content.data, self._content.chosen_row
        of_unit = row.kind == "facts" and not row.id  # facts of the unit, not of a system
        if data is not None and row.kind in self._additions and not of_unit:
            self._additions[row.kind](data, ProfileRow("new", "", ""))
        else:
            self._show_that_no_entry_is_chosen()

    def _remove_chosen_entry(self) -> None:
        """Remove the chosen row: a checklist of the round, a system, a person."""
        data, row = self._content.data, self._content.chosen_row
        if data is not None and row.kind in self._removals:
            self._removals[row.kind](data, row)
        else:
            self._show_that_no_entry_is_chosen()

    def _show_that_no_entry_is_chosen(self) -> None:
        _ = translator(self._context.lang)
        self._context.show_message(_("go to a system, a person or a checklist first"))


def make_profile_page(context: RowsContext) -> RowsPage:
    """Return the parts of the profile."""
    content = ProfileContent(context)
    checklists = RoundChecklists(context)
    entries = EntryForms(context, content, checklists)
    effects, removal = EffectForms(context), EntryRemoval(context)
    edits: RowActions = {
        "organization": entries.ask_organization_name,
        "facts": effects.ask_facts,
        "report": entries.ask_report_addressee_and_marking,
        "system": effects.ask_system_fields,
        "new_system": entries.ask_new_system,
        "person": entries.ask_person,
        "new_person": entries.ask_new_person,
        "checklist": checklists.add_checklist_to_round,
        "new_checklist": checklists.pick_and_pin_checklist,
    }
    additions: RowActions = {
        "system": entries.ask_new_system,
        "facts": entries.ask_new_system,
        "new_system": entries.ask_new_system,
        "person": entries.ask_new_person,
        "new_person": entries.ask_new_person,
        "checklist": checklists.pick_and_pin_checklist,
        "new_checklist": checklists.pick_and_pin_checklist,
    }
    removals: RowActions = {
        "checklist": checklists.remove_checklist_from_round,
        "system": removal.ask_to_remove_system,
        "person": removal.ask_to_remove_person,
    }
    commands = ProfileCommands(context, content, edits, additions, removals)
    return RowsPage(content, commands.handlers(), open_form=commands.open_form)


class ProfileScreen(RowsScreen):
    """The profile, row by row."""

    SCOPE: ClassVar[Scope] = "profile"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("profile")]

    def __init__(self, form: str = "") -> None:
        super().__init__(make_profile_page, form)
