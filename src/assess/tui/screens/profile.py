"""The profile: unit, systems, people, checklists, facts; effects of a change are shown first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType

from assess.model.base import pick
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.tui import profile_forms as forms
from assess.tui.commands import Scope, bindings
from assess.tui.forms import Values
from assess.tui.lines import Drawn
from assess.tui.profile_lines import (
    Group,
    Row,
    effects_text,
    facts_defined,
    facts_lines,
    groups_of,
    profile_lines,
)
from assess.tui.screens.rows_screen import RowsScreen
from assess.tui.session import Opened
from assess.tui.shell import ListRow
from assess.workspace import Edit, SheetName, Workspace, effects, library_checklists

Kept = Callable[[], None]


class _Read(NamedTuple):
    """What was read from the workspace."""

    config: Config
    checklists: Mapping[str, Checklist]
    opened: Mapping[SheetName, Opened]


class ProfileScreen(RowsScreen):
    """Shows assess.yaml as rows to change."""

    SCOPE: ClassVar[Scope] = "profile"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("profile")]

    def __init__(self) -> None:
        super().__init__()
        self._read: _Read | None = None
        self._groups: list[Group] = []

    def load(self) -> None:
        """Read assess.yaml, the pinned checklists and the sheets."""
        session = self.shell.session
        opened = session.everything()

        def read(here: Workspace) -> _Read:
            config = here.config()
            pinned = {name: here.checklist(name) for name in config.checklists}
            return _Read(config, pinned, opened)

        self._read = session.do(read)

    # Drawing

    def draw_all(self) -> None:
        """Show everything anew."""
        if self._read is not None:
            read = self._read
            self._groups = groups_of(read.config, read.checklists, tuple(read.opened), self.lang)
        super().draw_all()

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen, and who acts."""
        return self._("Profile"), self.shell.session.who

    @property
    def _row(self) -> Row:
        rows = [row for group in self._groups for row in group.rows]
        return rows[self.cursor] if rows else Row("", "", "")

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(len(group.rows) for group in self._groups)

    def rows(self, width: int) -> Drawn:
        """Return the rows."""
        return profile_lines(self._groups, self.cursor, width)

    def details(self, width: int) -> Drawn:
        """Return the facts, where the row is about them."""
        read, row = self._read, self._row
        if read is None or row.kind != "facts":
            return Drawn(())
        defined, held = self._facts(read, row.id)
        return Drawn(facts_lines(defined, held, self.lang, width))

    def _facts(self, read: _Read, system_id: str) -> tuple[Any, Mapping[str, Any]]:
        held = read.config.systems[system_id].profile if system_id else read.config.profile
        return facts_defined(read.checklists, system=bool(system_id)), held

    # Changing

    def action_edit(self) -> None:
        """Change what the row shows, or add what it offers."""
        if self._read is None:
            return
        asks: dict[str, Callable[[_Read, Row], None]] = {
            "organization": self._ask_organization,
            "facts": self._ask_facts,
            "report": self._ask_report,
            "system": self._ask_system,
            "new_system": self._ask_new_system,
            "person": self._ask_person,
            "new_person": self._ask_person,
            "checklist": self._put_in,
            "new_checklist": self._pick_checklist,
        }
        if self._row.kind in asks:
            asks[self._row.kind](self._read, self._row)

    def action_add(self) -> None:
        """Add a system, a person or a checklist: what stands under the same heading."""
        kinds = {
            "system": self._ask_new_system,
            "facts": self._ask_new_system,
            "new_system": self._ask_new_system,
            "person": self._ask_person,
            "new_person": self._ask_person,
            "checklist": self._pick_checklist,
            "new_checklist": self._pick_checklist,
        }
        ask = kinds.get(self._row.kind)
        if self._read is not None and ask is not None:
            ask(self._read, Row("new", "", ""))
        else:
            self.say(self._("go to a system, a person or a checklist first"))

    def _write(self, edits: Sequence[Edit], kept: Kept) -> None:
        self.change(lambda here: here.edit_config(edits), lambda _none: kept())

    def _ask_organization(self, read: _Read, _row: Row) -> None:
        name = read.config.organization.name

        def done(values: Values, kept: Kept) -> None:
            path = ("organization", "name")
            self._write([forms.text_edit(path, name, values["name"].strip(), self.lang)], kept)

        self.ask(forms.organization_form(read.config, self.lang), "organization", done)

    def _ask_report(self, read: _Read, _row: Row) -> None:
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
            self._write(edits, kept)

        self.ask(forms.report_form(read.config, self.lang), "report", done)

    def _ask_person(self, read: _Read, row: Row) -> None:
        held = read.config.people.get(row.id)

        def done(values: Values, kept: Kept) -> None:
            key = row.id if held else values["id"].strip()
            self._write(forms.person_edits(key, held, values), kept)

        form = forms.person_form(row.id if held else "", held, read.config.people, self.lang)
        self.ask(form, f"person {row.id}", done)

    def _ask_new_system(self, read: _Read, _row: Row) -> None:
        def done(values: Values, kept: Kept) -> None:
            key, fields = values["id"].strip(), forms.system_fields(values)

            def write(here: Workspace) -> None:
                here.add_system(key, values["name"].strip(), fields.pop("grade", None))
                here.edit_config(
                    [Edit(("systems", key, name), value) for name, value in fields.items()]
                )

            self.change(write, lambda _none: kept())

        form = forms.system_form("", None, read.config.systems, self.lang)
        self.ask(form, "system", done)

    def _ask_system(self, read: _Read, row: Row) -> None:
        one = read.config.systems[row.id]

        def done(values: Values, kept: Kept) -> None:
            config = effects.with_system(read.config, row.id, forms.system_fields(values))
            edits = forms.system_edits(row.id, one, values, self.lang)
            self._weigh(read, config, edits, kept)

        self.ask(forms.system_form(row.id, one, (), self.lang), f"system {row.id}", done)

    def _ask_facts(self, read: _Read, row: Row) -> None:
        defined, held = self._facts(read, row.id)
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
            config = effects.with_facts(read.config, system, facts)
            self._weigh(read, config, effects.fact_edits(system, facts), kept)

        self.ask(forms.facts_form(title, defined, held, self.lang), f"facts {row.id}", done)

    def _weigh(self, read: _Read, config: Config, edits: Sequence[Edit], kept: Kept) -> None:
        """Show which items come and go under a changed config; write it once that is wanted."""
        desks = {name: one.desk for name, one in read.opened.items()}
        today = self.shell.session.today

        def weighed(found: list[effects.Effect]) -> None:
            if not found:
                self._write(edits, kept)
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
                lambda: self._write(edits, kept),
            )

        self.work(lambda: effects.effects(desks, config, today), weighed)

    # Checklists

    def _put_in(self, read: _Read, row: Row) -> None:
        """Put a pinned checklist's sheets into the round, those that are not there."""
        systems: Sequence[str | None] = (None,)
        if read.checklists[row.id].scope == "system":
            systems = tuple(read.config.systems)
        listed = self._listed(read)
        fresh = [str(SheetName(row.id, system)) for system in systems]
        fresh = [name for name in fresh if name not in listed]
        if fresh:
            self._list([*listed, *fresh])
        else:
            self.say(self._("it is in the round; d takes it out"))

    def action_drop(self) -> None:
        """Take the sheets of a checklist out of the round; their answers stay on disk."""
        read, row = self._read, self._row
        if read is None or row.kind != "checklist":
            self.say(self._("go to a checklist first"))
            return
        listed = self._listed(read)
        left = [name for name in listed if SheetName.parse(name).checklist != row.id]
        if len(left) == len(listed):
            self.say(self._("not in the round"))
            return
        answered = sum(
            one.assessment.counts.done
            for name, one in read.opened.items()
            if name.checklist == row.id
        )
        said = self._("{count} answers stay on disk; the report leaves them out.")
        self.shell.confirm(
            self._("Take {name} out of the round?").format(name=row.text),
            said.format(count=answered),
            lambda: self._list(left),
        )

    def _listed(self, read: _Read) -> list[str]:
        return list(read.config.rounds[self.shell.session.round_id].sheets)

    def _list(self, names: Sequence[str]) -> None:
        path = ("rounds", self.shell.session.round_id, "sheets")
        self._write([Edit(path, list(names))], lambda: None)

    def _pick_checklist(self, read: _Read, _row: Row) -> None:
        """Choose one of the library that is not pinned, and pin it."""

        def choose(known: list[Checklist]) -> None:
            rows = [
                ListRow(one.id, f"{pick(one.title, self.lang)}  {one.id} {one.version}")
                for one in known
                if one.id not in read.checklists
            ]

            def found(words: str) -> list[ListRow]:
                return [row for row in rows if words.strip().lower() in row.words.lower()]

            def taken(name: str | None) -> None:
                if name is not None:
                    self.change(lambda here: here.add_checklist(name))

            self.shell.pick(self._("Checklists of the library"), found, taken)

        self.work(lambda: library_checklists(self.lang), choose)
