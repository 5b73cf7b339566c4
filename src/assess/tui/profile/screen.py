"""The profile: unit, systems, people, checklists and facts, with effects of a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from assess.display.profile import forms
from assess.display.profile.lines import ProfileRow, effects_text
from assess.display.text.forms import Values
from assess.model.base import pick
from assess.model.config import Config
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.profile.parts import ProfileParts
from assess.tui.profile.rows import DropDraft, ProfileData
from assess.workspace import Edit, Workspace
from assess.workspace.answers import change_effects
from assess.workspace.core.pinyin_initials import load_pinyin_letters


class ProfileScreen(ProfileParts):
    """Changes assess.yaml, row by row."""

    SCOPE: ClassVar[Scope] = "profile"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("profile")]

    # Changing

    def open_form(self, form: str) -> None:
        """Open the form of a row; do nothing if the row is gone."""
        kind, _space, row_id = form.partition(" ")
        kinds = (kind, f"new_{kind}") if not row_id else (kind,)
        for index, row in enumerate(self.lines):
            if row.kind in kinds and row.id == row_id:
                self.cursor = index
                self.draw_all()
                self.action_edit()
                return

    def action_edit(self) -> None:
        """Change the chosen row, or add what it offers."""
        if self.data is None:
            return
        asks: dict[str, Callable[[ProfileData, ProfileRow], None]] = {
            "organization": self._ask_organization,
            "facts": self._ask_facts,
            "report": self._ask_report,
            "system": self._ask_system,
            "new_system": self._ask_new_system,
            "person": self._ask_person,
            "new_person": self._ask_new_person,
            "checklist": self.add_to_round,
            "new_checklist": self.pick_checklist,
        }
        if self.row.kind in asks:
            asks[self.row.kind](self.data, self.row)

    def action_add(self) -> None:
        """Add a system, a person or a checklist, by the heading of the row."""
        kinds = {
            "system": self._ask_new_system,
            "facts": self._ask_new_system,
            "new_system": self._ask_new_system,
            "person": self._ask_new_person,
            "new_person": self._ask_new_person,
            "checklist": self.pick_checklist,
            "new_checklist": self.pick_checklist,
        }
        of_unit = self.row.kind == "facts" and not self.row.id  # facts of the unit, not of a system
        ask = None if of_unit else kinds.get(self.row.kind)
        if self.data is not None and ask is not None:
            ask(self.data, ProfileRow("new", "", ""))
        else:
            self.show_message(self._("go to a system, a person or a checklist first"))

    def _ask_organization(self, data: ProfileData, _row: ProfileRow) -> None:
        name = data.config.organization.name

        def write_values(values: Values, drop_draft: DropDraft) -> None:
            path = ("organization", "name")
            self.write_edits(
                [forms.make_text_edit(path, name, values["name"].strip(), self.lang)], drop_draft
            )

        self.ask_with_draft(
            forms.organization_form(data.config, self.lang), "organization", write_values
        )

    def _ask_report(self, data: ProfileData, _row: ProfileRow) -> None:
        def write_values(values: Values, drop_draft: DropDraft) -> None:
            edits = [
                forms.make_text_edit(
                    ("report", field),
                    getattr(data.config.report, field),
                    values[field].strip(),
                    self.lang,
                )
                for field in ("addressee", "marking")
                if values[field].strip() != pick(getattr(data.config.report, field), self.lang)
            ]
            self.write_edits(edits, drop_draft)

        self.ask_with_draft(forms.report_form(data.config, self.lang), "report", write_values)

    def _ask_person(self, data: ProfileData, row: ProfileRow) -> None:
        person = data.config.people.get(row.id)

        def write_values(values: Values, drop_draft: DropDraft) -> None:
            key = row.id if person else values["id"].strip()
            self.write_edits(forms.person_edits(key, person, values), drop_draft)

        form = forms.person_form(row.id if person else "", person, data.config.people, self.lang)
        self.ask_with_draft(form, f"person {row.id}", write_values)

    # The proposed id needs the table of pinyin initials, which is read off the event loop first.

    def _ask_new_person(self, data: ProfileData, row: ProfileRow) -> None:
        self.run_job(load_pinyin_letters, lambda _letters: self._ask_person(data, row))

    def _ask_new_system(self, data: ProfileData, row: ProfileRow) -> None:
        self.run_job(load_pinyin_letters, lambda _letters: self._ask_system_to_add(data, row))

    def _ask_system_to_add(self, data: ProfileData, _row: ProfileRow) -> None:
        def write_values(values: Values, drop_draft: DropDraft) -> None:
            key, fields = values["id"].strip(), forms.system_fields(values)

            def add_system(workspace: Workspace) -> None:
                workspace.add_system(key, values["name"].strip(), fields.pop("grade", None))
                workspace.edit_config(
                    [Edit(("systems", key, name), value) for name, value in fields.items()]
                )

            def show_added(_none: None) -> None:
                drop_draft()
                if not any(checklist.scope == "system" for checklist in data.checklists.values()):
                    self._offer_checklist()

            self.change_workspace(add_system, show_added)

        form = forms.system_form("", None, data.config.systems, self.lang)
        self.ask_with_draft(form, "system", write_values)

    def _offer_checklist(self) -> None:
        """Offer to add a checklist for systems, because a new system has none."""

        def pick_offered() -> None:
            if self.data is not None:
                self.pick_checklist(self.data, ProfileRow("new_checklist", "", ""))

        title = self._("No checklist for systems yet")
        text = self._("Nothing is asked of the system until one is added. Choose one now?")
        self.shell.ask_confirmation(title, text, pick_offered)

    def _ask_system(self, data: ProfileData, row: ProfileRow) -> None:
        system = data.config.systems[row.id]

        def write_values(values: Values, drop_draft: DropDraft) -> None:
            config = change_effects.replace_system_fields(
                data.config, row.id, forms.system_fields(values)
            )
            edits = forms.system_edits(row.id, system, values, self.lang)
            self._confirm_effects(data, config, edits, drop_draft)

        self.ask_with_draft(
            forms.system_form(row.id, system, (), self.lang), f"system {row.id}", write_values
        )

    def _ask_facts(self, data: ProfileData, row: ProfileRow) -> None:
        defined, profile = self.scope_facts(data, row.id)
        if not defined:
            self.show_message(self._("the checklists in use ask for no facts here"))
            return
        system = row.id or None
        title = self._("Facts about the unit")
        if system:
            name = pick(data.config.systems[system].name, self.lang)
            title = self._("Facts about {name}").format(name=name)

        def write_values(values: Values, drop_draft: DropDraft) -> None:
            facts = forms.changed_facts(defined, profile, values)
            config = change_effects.replace_facts(data.config, system, facts)
            self._confirm_effects(
                data, config, change_effects.make_fact_edits(system, facts), drop_draft
            )

        self.ask_with_draft(
            forms.facts_form(title, defined, profile, self.lang), f"facts {row.id}", write_values
        )

    def _confirm_effects(
        self, data: ProfileData, config: Config, edits: Sequence[Edit], drop_draft: DropDraft
    ) -> None:
        """Show which items a changed config adds and removes; write it if confirmed."""
        open_sheets = {name: sheet.open_sheet for name, sheet in data.opened.items()}
        today = self.shell.session.today

        def show_effects(item_effects: list[change_effects.Effect]) -> None:
            if not item_effects:
                self.write_edits(edits, drop_draft)
                self.show_message(self._("no item comes or goes by it"))
                return
            titles = {
                state.item.id: pick(state.item.title, self.lang)
                for sheet in data.opened.values()
                for state in sheet.assessment.items
            }
            self.shell.ask_confirmation(
                self._("This changes which items apply. Take it?"),
                effects_text(item_effects, titles, self.lang),
                lambda: self.write_edits(edits, drop_draft),
            )

        self.run_job(lambda: change_effects.find_effects(open_sheets, config, today), show_effects)
