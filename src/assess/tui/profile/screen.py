"""The profile: unit, systems, people, checklists, facts; effects of a change are shown first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from assess.display.profile import forms
from assess.display.profile.lines import Row, effects_text
from assess.display.text.forms import Values
from assess.model.base import pick
from assess.model.config import Config
from assess.tui.commands.registry import Scope, bindings
from assess.tui.profile.parts import ProfileParts
from assess.tui.profile.rows import Kept, Read
from assess.workspace import Edit, Workspace
from assess.workspace.answers import change_effects
from assess.workspace.core.pinyin_initials import table


class ProfileScreen(ProfileParts):
    """Changes assess.yaml, row by row."""

    SCOPE: ClassVar[Scope] = "profile"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("profile")]

    # Changing

    def go_on_with(self, form: str) -> None:
        """Open the form of a row; of one that is not there any more there is none."""
        kind, _space, row_id = form.partition(" ")
        kinds = (kind, f"new_{kind}") if not row_id else (kind,)
        for index, row in enumerate(self.lines):
            if row.kind in kinds and row.id == row_id:
                self.cursor = index
                self.draw_all()
                self.action_edit()
                return

    def action_edit(self) -> None:
        """Change what the row shows, or add what it offers."""
        if self.seen is None:
            return
        asks: dict[str, Callable[[Read, Row], None]] = {
            "organization": self._ask_organization,
            "facts": self._ask_facts,
            "report": self._ask_report,
            "system": self._ask_system,
            "new_system": self._ask_new_system,
            "person": self._ask_person,
            "new_person": self._ask_new_person,
            "checklist": self.put_in,
            "new_checklist": self.pick_checklist,
        }
        if self.row.kind in asks:
            asks[self.row.kind](self.seen, self.row)

    def action_add(self) -> None:
        """Add a system, a person or a checklist: what stands under the same heading."""
        kinds = {
            "system": self._ask_new_system,
            "facts": self._ask_new_system,
            "new_system": self._ask_new_system,
            "person": self._ask_new_person,
            "new_person": self._ask_new_person,
            "checklist": self.pick_checklist,
            "new_checklist": self.pick_checklist,
        }
        own = self.row.kind == "facts" and not self.row.id  # those of the unit, not of a system
        ask = None if own else kinds.get(self.row.kind)
        if self.seen is not None and ask is not None:
            ask(self.seen, Row("new", "", ""))
        else:
            self.say(self._("go to a system, a person or a checklist first"))

    def _ask_organization(self, read: Read, _row: Row) -> None:
        name = read.config.organization.name

        def done(values: Values, kept: Kept) -> None:
            path = ("organization", "name")
            self.write([forms.text_edit(path, name, values["name"].strip(), self.lang)], kept)

        self.ask(forms.organization_form(read.config, self.lang), "organization", done)

    def _ask_report(self, read: Read, _row: Row) -> None:
        def done(values: Values, kept: Kept) -> None:
            edits = [
                forms.text_edit(
                    ("report", field),
                    getattr(read.config.report, field),
                    values[field].strip(),
                    self.lang,
                )
                for field in ("addressee", "marking")
                if values[field].strip() != pick(getattr(read.config.report, field), self.lang)
            ]
            self.write(edits, kept)

        self.ask(forms.report_form(read.config, self.lang), "report", done)

    def _ask_person(self, read: Read, row: Row) -> None:
        held = read.config.people.get(row.id)

        def done(values: Values, kept: Kept) -> None:
            key = row.id if held else values["id"].strip()
            self.write(forms.person_edits(key, held, values), kept)

        form = forms.person_form(row.id if held else "", held, read.config.people, self.lang)
        self.ask(form, f"person {row.id}", done)

    # A name proposes an id by a table of letters, which is read off the loop before it is asked.

    def _ask_new_person(self, read: Read, row: Row) -> None:
        self.work(table, lambda _letters: self._ask_person(read, row))

    def _ask_new_system(self, read: Read, row: Row) -> None:
        self.work(table, lambda _letters: self._ask_system_to_add(read, row))

    def _ask_system_to_add(self, read: Read, _row: Row) -> None:
        def done(values: Values, kept: Kept) -> None:
            key, fields = values["id"].strip(), forms.system_fields(values)

            def write(here: Workspace) -> None:
                here.add_system(key, values["name"].strip(), fields.pop("grade", None))
                here.edit_config(
                    [Edit(("systems", key, name), value) for name, value in fields.items()]
                )

            def written(_none: None) -> None:
                kept()
                if not any(one.scope == "system" for one in read.checklists.values()):
                    self._offer_checklist()

            self.change(write, written)

        form = forms.system_form("", None, read.config.systems, self.lang)
        self.ask(form, "system", done)

    def _offer_checklist(self) -> None:
        """Say that a new system has nothing to be answered yet, and offer to add a checklist."""

        def wanted() -> None:
            if self.seen is not None:
                self.pick_checklist(self.seen, Row("new_checklist", "", ""))

        title = self._("No checklist for systems yet")
        text = self._("Nothing is asked of the system until one is added. Choose one now?")
        self.shell.confirm(title, text, wanted)

    def _ask_system(self, read: Read, row: Row) -> None:
        one = read.config.systems[row.id]

        def done(values: Values, kept: Kept) -> None:
            config = change_effects.with_system(read.config, row.id, forms.system_fields(values))
            edits = forms.system_edits(row.id, one, values, self.lang)
            self._weigh(read, config, edits, kept)

        self.ask(forms.system_form(row.id, one, (), self.lang), f"system {row.id}", done)

    def _ask_facts(self, read: Read, row: Row) -> None:
        defined, held = self.facts(read, row.id)
        if not defined:
            self.say(self._("the checklists in use ask for no facts here"))
            return
        system = row.id or None
        title = self._("Facts about the unit")
        if system:
            name = pick(read.config.systems[system].name, self.lang)
            title = self._("Facts about {name}").format(name=name)

        def done(values: Values, kept: Kept) -> None:
            facts = forms.facts_changed(defined, held, values)
            config = change_effects.with_facts(read.config, system, facts)
            self._weigh(read, config, change_effects.fact_edits(system, facts), kept)

        self.ask(forms.facts_form(title, defined, held, self.lang), f"facts {row.id}", done)

    def _weigh(self, read: Read, config: Config, edits: Sequence[Edit], kept: Kept) -> None:
        """Show which items come and go under a changed config; write it once that is wanted."""
        desks = {name: one.desk for name, one in read.opened.items()}
        today = self.shell.session.today

        def weighed(found: list[change_effects.Effect]) -> None:
            if not found:
                self.write(edits, kept)
                self.say(self._("no item comes or goes by it"))
                return
            titles = {
                state.item.id: pick(state.item.title, self.lang)
                for one in read.opened.values()
                for state in one.assessment.items
            }
            self.shell.confirm(
                self._("This changes which items apply. Take it?"),
                effects_text(found, titles, self.lang),
                lambda: self.write(edits, kept),
            )

        self.work(lambda: change_effects.effects(desks, config, today), weighed)
