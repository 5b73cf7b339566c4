"""What the interface works with: the workspace, who sits at it, the desks that are open.

All functions here block (files, YAML): screens call them in worker threads, one writer at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from assess.display.text.forms import path_from
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.config import Person
from assess.model.evidence import Register
from assess.model.results import Assessment
from assess.tui.core.answer_change import Attachment, Change
from assess.tui.core.undo import Undo
from assess.workspace import Desk, SheetName, Workspace

T = TypeVar("T")


class Opened(NamedTuple):
    """A sheet as it was read or written last, and what is computed from it."""

    desk: Desk
    assessment: Assessment


class Looked(NamedTuple):
    """A sheet as it was known and as it is."""

    before: Opened
    after: Opened
    by_others: bool
    """Whether anything differs that this session has not written itself."""


@dataclass
class Session:
    """One person at one round of a workspace."""

    workspace: Workspace
    round_id: str
    person: str | None
    today: date
    now: Callable[[], datetime]
    lang: Lang
    opened: dict[SheetName, Opened] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    """The people of assess.yaml, as they were read last."""
    undo: Undo = field(default_factory=Undo)
    _registered: Register | None = None
    """The evidence register as it was after the last own row: other sheets are read later."""
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def read(self, name: SheetName) -> Opened:
        """Return a sheet as it was read or written last; read it where it was not yet.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return self.opened.get(name) or self.reread(name)

    def reread(self, name: SheetName) -> Opened:
        """Return a sheet as it is on disk now, with its checklist and the evidence register.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return self._keep(name, self.workspace.desk(name, self.round_id))

    @property
    def who(self) -> str:
        """The name of who acts, '' where nobody was chosen."""
        known = self.people.get(self.person or "")
        return known.name if known else self.person or ""

    def sit(self, person: str | None, people: Mapping[str, Person]) -> None:
        """Let another of the people act from now on."""
        self.person, self.people = person, people

    def speak(self, lang: Lang) -> None:
        """Go on in another language; sheets are read again, for their problems' words."""
        self.lang = lang
        self.workspace = Workspace(self.workspace.root, lang)
        self.opened.clear()

    def turn_to(self, round_id: str) -> None:
        """Go on in another round."""
        self.round_id = round_id
        self.opened.clear()
        self.undo = Undo()

    def everything(self) -> dict[SheetName, Opened]:
        """Return all sheets of the round, in its order.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return {name: self.read(name) for name in self.workspace.sheets(self.round_id)}

    def do(self, job: Callable[[Workspace], T], *, forget: bool = False) -> T:
        """Do something with the workspace while nothing else is written.

        `forget`: it changes what sheets stand on, so all are read again when they are next shown.
        """
        with self._turn:
            done = job(self.workspace)
            if forget:
                self.forget()
            return done

    def forget(self) -> None:
        """Let all sheets be read again when they are next asked for."""
        with self._turn:
            self.opened.clear()

    def write(self, change: Change) -> Opened:
        """Write a change and return the sheet after it.

        Raises:
            ChangedOnDiskError, LockedError, WriteError, FilesError: as `Desk.put`.
        """
        with self._turn:
            desk = self.read(change.sheet).desk
            after = desk.put(
                change.item_id, change.fields, by=self.person, now=self.now(), lang=self.lang
            )
            sides = [one.sheet.answers.get(change.item_id, Answer()) for one in (desk, after)]
            if sides[0] != sides[1]:
                names = tuple(change.fields)
                self.undo.note(change, names, sides)
            return self._keep(change.sheet, after)

    def look_again(self, name: SheetName, *, whole: bool) -> Looked:
        """Return a sheet as it was known and as it is; twice the same where nothing changed.

        `whole`: what it stands on may have changed too, not only the answers.

        Raises:
            FilesError: a file can't be read any more; what was known stays.
        """
        with self._turn:
            before = self.read(name)
            desk = self.workspace.desk(name, self.round_id) if whole else before.desk.refreshed()
            if same(before.desk, desk):
                return Looked(before, before, by_others=False)
            registered = self._registered is not None and same(
                before.desk, desk, register=self._registered
            )
            return Looked(before, self._keep(name, desk), by_others=not registered)

    def attach(self, attachment: Attachment) -> Opened:
        """Register evidence, cite it in the answer, and return the sheet after it.

        Raises:
            WriteError, UsageError: the file can't be taken in; else as `write`.
        """
        with self._turn:
            row_id = self._register(attachment)
            sheet = attachment.change.sheet
            desk = self.reread(sheet).desk
            self._registered = desk.register
            answer = desk.sheet.answers.get(attachment.change.item_id, Answer())
            cited = _cited_also(answer.evidence, row_id, attachment.proof)
            return self.write(attachment.change._replace(fields={"evidence": cited}))

    def assign(self, name: SheetName, assigned: Mapping[str, str | None]) -> Opened:
        """Say who fills in sections and items of a sheet, and return the sheet after it.

        Raises:
            ChangedOnDiskError, LockedError, WriteError, FilesError: as `Desk.put`.
        """
        with self._turn:
            return self._keep(name, self.reread(name).desk.put_assigned(assigned))

    def _register(self, attachment: Attachment) -> str:
        if attachment.file in self.workspace.register().evidence:
            return attachment.file
        if attachment.paper:
            row_id, _row = self.workspace.attach_paper(
                attachment.paper, title=attachment.title, by=self.person, now=self.now()
            )
            return row_id
        row_id, _row = self.workspace.attach_file(
            path_from(attachment.file),
            title=attachment.title,
            round_id=self.round_id,
            by=self.person,
            now=self.now(),
        )
        return row_id

    def _keep(self, name: SheetName, desk: Desk) -> Opened:
        opened = Opened(desk, desk.assess(self.today))
        self.opened[name] = opened
        self.people = desk.config.people
        return opened


def same(before: Desk, after: Desk, register: Register | None = None) -> bool:
    """Whether two desks say the same; the register may be the one that is to be expected now."""
    return before is after or (
        before.sheet == after.sheet
        and before.conflicts == after.conflicts
        and before.config == after.config
        and before.checklist == after.checklist
        and (register or before.register) == after.register
    )


def _cited_also(
    cited: Mapping[str, str | tuple[str, ...]], row_id: str, proof: str
) -> dict[str, Any]:
    """Return what an answer cites, with one more: which proof of the item the row serves."""
    plain: dict[str, Any] = {
        one: list(proofs) if isinstance(proofs, tuple) else proofs for one, proofs in cited.items()
    }
    before = plain.get(row_id)
    if before is None:
        return {**plain, row_id: proof}
    proofs = before if isinstance(before, list) else [before]
    return plain if proof in proofs else {**plain, row_id: [*proofs, proof]}
