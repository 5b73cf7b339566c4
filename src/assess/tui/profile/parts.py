"""What the profile takes in and out: checklists of the round, systems, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from assess.display.profile.lines import Row, uses_text
from assess.model.base import pick
from assess.model.checklist import Checklist
from assess.tui.core.shell import ListRow
from assess.tui.profile.rows import ProfileRows, Read
from assess.workspace import Edit, SheetName, Workspace, library_checklists
from assess.workspace.setup import remove_entries

T = TypeVar("T")


class ProfileParts(ProfileRows):
    """The part of the profile that takes in and out."""

    # Checklists

    def put_in(self, read: Read, row: Row) -> None:
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
        """Take out what the row shows: a checklist of the round, a system, a person."""
        asks: dict[str, Callable[[Read, Row], None]] = {
            "checklist": self._take_out,
            "system": self._ask_drop_system,
            "person": self._ask_drop_person,
        }
        if self.seen is not None and self.row.kind in asks:
            asks[self.row.kind](self.seen, self.row)
        else:
            self.say(self._("go to a system, a person or a checklist first"))

    def _take_out(self, read: Read, row: Row) -> None:
        """Take the sheets of a checklist out of the round; their answers stay on disk."""
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

    def _listed(self, read: Read) -> list[str]:
        return list(read.config.rounds[self.shell.session.round_id].sheets)

    def _list(self, names: Sequence[str]) -> None:
        path = ("rounds", self.shell.session.round_id, "sheets")
        self.write([Edit(path, list(names))], lambda: None)

    def pick_checklist(self, read: Read, _row: Row) -> None:
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

    # People and systems

    def _ask_drop_person(self, _read: Read, row: Row) -> None:
        """Take a person out; where answers name them, say so and let them stay."""

        def found(uses: remove_entries.Uses) -> None:
            if any(uses):
                title = self._("{name} stays").format(name=row.text)
                self.shell.read_text(title, uses_text(uses, self.lang))
                return
            self.shell.confirm(
                self._("Take {name} out?").format(name=row.text),
                self._("No answer, review, sheet or evidence of an open round names this person."),
                lambda: self.change(lambda here: remove_entries.remove_person(here, row.id)),
            )

        self._look(lambda here: remove_entries.person_uses(here, row.id), found)

    def _ask_drop_system(self, _read: Read, row: Row) -> None:
        """Take a system out; where it has answers, only its sheets, out of the open rounds."""

        def found(answers: int) -> None:
            if answers:
                said = self._(
                    "{count} answers are about it, so the system stays in assess.yaml. "
                    "Its sheets leave the open rounds; the answers stay on disk."
                )
                self._confirm_drop(row, said.format(count=answers), remove_entries.unlist_system)
            else:
                said = self._(
                    "It has no answers in an open round. Its facts and its sheets go with it; "
                    "git keeps what was committed."
                )
                self._confirm_drop(row, said, remove_entries.remove_system)

        self._look(lambda here: remove_entries.system_answers(here, row.id), found)

    def _confirm_drop(self, row: Row, said: str, drop: Callable[[Workspace, str], None]) -> None:
        title = self._("Take {name} out?").format(name=row.text)
        self.shell.confirm(title, said, lambda: self.change(lambda here: drop(here, row.id)))

    def _look(self, job: Callable[[Workspace], T], done: Callable[[T], None]) -> None:
        self.work(lambda: self.shell.session.do(job), done)
