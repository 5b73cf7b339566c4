"""Adding to the profile and removing from it: checklists of the round, systems, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from assess.display.profile.lines import ProfileRow, uses_text
from assess.model.base import pick
from assess.model.checklist import Checklist
from assess.tui.core.shell import ListRow
from assess.tui.profile.rows import ProfileData, ProfileRows
from assess.workspace import Edit, SheetName, Workspace, library_checklists
from assess.workspace.setup import remove_entries

T = TypeVar("T")


class ProfileParts(ProfileRows):
    """The part of the profile that adds and removes."""

    # Checklists

    def add_to_round(self, data: ProfileData, row: ProfileRow) -> None:
        """Add the missing sheets of a pinned checklist to the round."""
        systems: Sequence[str | None] = (None,)
        if data.checklists[row.id].scope == "system":
            systems = tuple(data.config.systems)
        listed = self._listed_sheets(data)
        new_names = [str(SheetName(row.id, system)) for system in systems]
        new_names = [name for name in new_names if name not in listed]
        if new_names:
            self._write_sheets([*listed, *new_names])
        else:
            self.show_message(self._("it is in the round; d takes it out"))

    def action_drop(self) -> None:
        """Remove the chosen row: a checklist of the round, a system, a person."""
        asks: dict[str, Callable[[ProfileData, ProfileRow], None]] = {
            "checklist": self._take_from_round,
            "system": self._ask_drop_system,
            "person": self._ask_drop_person,
        }
        if self.data is not None and self.row.kind in asks:
            asks[self.row.kind](self.data, self.row)
        else:
            self.show_message(self._("go to a system, a person or a checklist first"))

    def _take_from_round(self, data: ProfileData, row: ProfileRow) -> None:
        """Remove a checklist's sheets from the round; their answers stay on disk."""
        listed = self._listed_sheets(data)
        left = [name for name in listed if SheetName.parse(name).checklist != row.id]
        if len(left) == len(listed):
            self.show_message(self._("not in the round"))
            return
        answered = sum(
            sheet.assessment.counts.done
            for name, sheet in data.opened.items()
            if name.checklist == row.id
        )
        text = self._("{count} answers stay on disk; the report leaves them out.")
        self.shell.ask_confirmation(
            self._("Take {name} out of the round?").format(name=row.text),
            text.format(count=answered),
            lambda: self._write_sheets(left),
        )

    def _listed_sheets(self, data: ProfileData) -> list[str]:
        return list(data.config.rounds[self.shell.session.round_id].sheets)

    def _write_sheets(self, names: Sequence[str]) -> None:
        path = ("rounds", self.shell.session.round_id, "sheets")
        self.write_edits([Edit(path, list(names))], lambda: None)

    def pick_checklist(self, data: ProfileData, _row: ProfileRow) -> None:
        """Pick a checklist of the library that is not pinned, and pin it."""

        def offer_checklists(known: list[Checklist]) -> None:
            rows = [
                ListRow(
                    checklist.id,
                    f"{pick(checklist.title, self.lang)}  {checklist.id} {checklist.version}",
                )
                for checklist in known
                if checklist.id not in data.checklists
            ]

            def find_rows(words: str) -> list[ListRow]:
                return [row for row in rows if words.strip().lower() in row.words.lower()]

            def take_row(name: str | None) -> None:
                if name is not None:
                    self.change_workspace(
                        lambda workspace: workspace.checklists.add_checklist(name)
                    )

            self.shell.pick_row(self._("Checklists of the library"), find_rows, take_row)

        self.run_job(lambda: library_checklists(self.lang), offer_checklists)

    # People and systems

    def _ask_drop_person(self, _read: ProfileData, row: ProfileRow) -> None:
        """Remove a person, or show which records name them."""

        def confirm_or_explain(uses: remove_entries.PersonUses) -> None:
            if any(uses):
                title = self._("{name} stays").format(name=row.text)
                self.shell.read_text(title, uses_text(uses, self.lang))
                return
            self.shell.ask_confirmation(
                self._("Take {name} out?").format(name=row.text),
                self._("No answer, review, sheet or evidence of an open round names this person."),
                lambda: self.change_workspace(
                    lambda workspace: remove_entries.remove_person(workspace, row.id)
                ),
            )

        self._read_workspace(
            lambda workspace: remove_entries.count_person_uses(workspace, row.id),
            confirm_or_explain,
        )

    def _ask_drop_system(self, _read: ProfileData, row: ProfileRow) -> None:
        """Remove a system; one with answers only leaves the open rounds."""

        def confirm_system(answers: int) -> None:
            if answers:
                text = self._(
                    "{count} answers are about it, so the system stays in assess.yaml. "
                    "Its sheets leave the open rounds; the answers stay on disk."
                )
                self._confirm_drop(row, text.format(count=answers), remove_entries.unlist_system)
            else:
                text = self._(
                    "It has no answers in an open round. Its facts and its sheets go with it; "
                    "git keeps what was committed."
                )
                self._confirm_drop(row, text, remove_entries.remove_system)

        self._read_workspace(
            lambda workspace: remove_entries.count_system_answers(workspace, row.id), confirm_system
        )

    def _confirm_drop(
        self, row: ProfileRow, text: str, drop: Callable[[Workspace, str], None]
    ) -> None:
        title = self._("Take {name} out?").format(name=row.text)
        self.shell.ask_confirmation(
            title, text, lambda: self.change_workspace(lambda workspace: drop(workspace, row.id))
        )

    def _read_workspace(self, job: Callable[[Workspace], T], done: Callable[[T], None]) -> None:
        self.run_job(lambda: self.shell.session.run_job(job), done)
