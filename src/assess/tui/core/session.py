"""The session: the workspace, the acting person, and the sheets that are open.

All its methods block (files, YAML): screens call them in worker threads, one writer at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from assess.display.overview.sheet_summary import SheetSummary, summarize_sheet
from assess.display.text.forms import expand_typed_path
from assess.engine.outside_findings import OutsideRow, list_outside_rows_of_round
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import Bilingual
from assess.model.config import Person
from assess.model.evidence import EvidenceRow, Register
from assess.model.results import Assessment
from assess.tui.core.answer_change import AnswerChange, EvidenceAttachment
from assess.tui.core.last_used import LastUsed
from assess.tui.core.undo import UndoHistory
from assess.workspace import OpenSheet, SheetName, Workspace
from assess.workspace.evidence import register_view

T = TypeVar("T")


class AssessedSheet(NamedTuple):
    """A sheet as it was last read or written, its assessment, and the summary of that."""

    open_sheet: OpenSheet
    assessment: Assessment
    summary: SheetSummary
    outside: tuple[OutsideRow, ...] = ()
    """The findings of others that stand in the round."""

    @property
    def conflicted_items(self) -> frozenset[str]:
        """The items in whose answers a merge left a conflict."""
        paths = (conflict.path for conflict in self.open_sheet.conflicts)
        return frozenset(str(path[1]) for path in paths if len(path) > 1)


class RereadSheet(NamedTuple):
    """A sheet before and after it was read again."""

    before: AssessedSheet
    after: AssessedSheet
    by_others: bool
    """Whether anything differs that this session has not written itself."""


@dataclass
class InterfaceSession:
    """The work of one person on one round of a workspace."""

    workspace: Workspace
    round_id: str
    person: str | None
    today: date
    now: Callable[[], datetime]
    lang: Lang
    opened: dict[SheetName, AssessedSheet] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    """The people of assess.yaml, as they were last read."""
    undo: UndoHistory = field(default_factory=UndoHistory)
    last_used: LastUsed = field(default_factory=LastUsed)
    _registered: Register | None = None
    """The evidence register after this session's last row: other sheets are read later."""
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def read_sheet_unless_cached(self, name: SheetName) -> AssessedSheet:
        """Return a sheet as it was last read or written; read it the first time.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return self.opened.get(name) or self.reread_sheet(name)

    def reread_sheet(self, name: SheetName) -> AssessedSheet:
        """Return a sheet as it is on disk now, with its checklist and the evidence register.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return self._assess_and_remember_sheet(
                name, self.workspace.open_sheet(name, self.round_id)
            )

    @property
    def acting_person_name(self) -> str:
        """The name of the acting person; '' without one."""
        known = self.people.get(self.person or "")
        return known.name if known else self.person or ""

    def set_acting_person(self, person: str | None, people: Mapping[str, Person]) -> None:
        """Set the acting person."""
        self.person, self.people = person, people

    def set_language_and_forget_sheets(self, lang: Lang) -> None:
        """Set the language; sheets are read again for the texts of their problems."""
        self.lang = lang
        self.workspace = Workspace(self.workspace.root, lang)
        self.opened.clear()

    def switch_round(self, round_id: str) -> None:
        """Switch to another round."""
        self.round_id = round_id
        self.opened.clear()
        self.undo = UndoHistory()

    def read_all_sheets(self) -> dict[SheetName, AssessedSheet]:
        """Return all sheets of the round, in its order.

        Raises:
            FilesError: a file can't be read; it holds the problems.
        """
        with self._turn:
            return {
                name: self.read_sheet_unless_cached(name)
                for name in self.workspace.list_sheets(self.round_id)
            }

    def run_job_exclusively(
        self, job: Callable[[Workspace], T], *, forget_sheets: bool = False
    ) -> T:
        """Run a job on the workspace while nothing else is written.

        `forget_sheets`: the job changes what sheets depend on, so all are read again when they are
        next shown.
        """
        with self._turn:
            done = job(self.workspace)
            if forget_sheets:
                self.forget_sheets()
            return done

    def forget_sheets(self) -> None:
        """Forget all sheets, so that they are read again when next needed."""
        with self._turn:
            self.opened.clear()

    def write_change(self, change: AnswerChange) -> AssessedSheet:
        """Write a change and return the sheet after it.

        Raises:
            ChangedOnDiskError, LockedError, WriteError, FilesError: as `OpenSheet.write_answer`.
        """
        with self._turn:
            open_sheet = self.read_sheet_unless_cached(change.sheet).open_sheet
            after = open_sheet.write_answer(
                change.item_id, change.fields, by=self.person, now=self.now(), lang=self.lang
            )
            sides = [
                sheet_version.sheet.answers.get(change.item_id, Answer())
                for sheet_version in (open_sheet, after)
            ]
            if sides[0] != sides[1]:
                names = tuple(change.fields)
                self.undo.record_change(change, names, sides)
            return self._assess_and_remember_sheet(change.sheet, after)

    def reread_sheet_if_changed(self, name: SheetName, *, with_shared_files: bool) -> RereadSheet:
        """Return a sheet before and after a check of its files; equal without a change.

        `with_shared_files`: the files that the sheet depends on are read too, not only the answers.

        Raises:
            FilesError: a file can't be read any more; what was known stays.
        """
        with self._turn:
            before = self.read_sheet_unless_cached(name)
            open_sheet = (
                self.workspace.open_sheet(name, self.round_id)
                if with_shared_files
                else before.open_sheet.read_again()
            )
            if are_sheets_equal(before.open_sheet, open_sheet):
                return RereadSheet(before, before, by_others=False)
            registered = self._registered is not None and are_sheets_equal(
                before.open_sheet, open_sheet, expected_register=self._registered
            )
            return RereadSheet(
                before, self._assess_and_remember_sheet(name, open_sheet), by_others=not registered
            )

    def attach_evidence(self, attachment: EvidenceAttachment) -> AssessedSheet:
        """Register evidence, cite it in the answer, and return the sheet after it.

        Raises:
            WriteError, UsageError: the file can't be taken in; else as `write_change`.
        """
        with self._turn:
            row_id = self._register_evidence(attachment)
            sheet = attachment.change.sheet
            open_sheet = self.reread_sheet(sheet).open_sheet
            self._registered = open_sheet.register
            answer = open_sheet.sheet.answers.get(attachment.change.item_id, Answer())
            cited = _add_citation(answer.evidence, row_id, attachment.proof)
            self.last_used.evidence = row_id
            return self.write_change(attachment.change._replace(fields={"evidence": cited}))

    def assign_people(self, name: SheetName, assigned: Mapping[str, str | None]) -> AssessedSheet:
        """Assign sections and items of a sheet, and return the sheet after it.

        Raises:
            ChangedOnDiskError, LockedError, WriteError, FilesError: as `OpenSheet.write_answer`.
        """
        with self._turn:
            return self._assess_and_remember_sheet(
                name, self.reread_sheet(name).open_sheet.write_assigned_people(assigned)
            )

    def _register_evidence(self, attachment: EvidenceAttachment) -> str:
        """Register what is attached, and return its id; of a registered row do what is asked."""
        row = self.workspace.read_register_or_empty().evidence.get(attachment.file)
        if row is not None and attachment.way != "another_row":
            if attachment.way == "retitled":
                self._retitle_row(attachment.file, row, attachment.title)
            return attachment.file
        if paper := attachment.paper or (row.paper if row is not None else None):
            row_id, _row = self.workspace.register_paper_evidence(
                paper, title=attachment.title, by=self.person, now=self.now()
            )
            return row_id
        path = expand_typed_path(attachment.file)
        if row is not None:
            path = register_view.require_registered_file_path(self.workspace, attachment.file, row)
        row_id, _row = self.workspace.add_evidence_file(
            path,
            title=attachment.title,
            round_id=self.round_id,
            by=self.person,
            now=self.now(),
            another_row=row is not None,
        )
        if row is None:
            self.last_used.folder = path.parent
        return row_id

    def _retitle_row(self, row_id: str, row: EvidenceRow, title: str) -> None:
        """Change the title of a registered row; of one in both languages, that of this one."""
        name = f"title.{self.lang}" if isinstance(row.title, Bilingual) else "title"
        register_view.change_register_row(self.workspace, row_id, {name: title})

    def _assess_and_remember_sheet(self, name: SheetName, open_sheet: OpenSheet) -> AssessedSheet:
        assessment = open_sheet.assess_on(self.today)
        opened = AssessedSheet(
            open_sheet,
            assessment,
            summarize_sheet(assessment, self.lang),
            list_outside_rows_of_round(open_sheet.findings, open_sheet.round, self.today),
        )
        self.opened[name] = opened
        self.people = open_sheet.config.people
        return opened


def are_sheets_equal(
    before: OpenSheet, after: OpenSheet, expected_register: Register | None = None
) -> bool:
    """Return whether two sheets are equal; `register` is the expected register, if given."""
    return before is after or (
        before.sheet == after.sheet
        and before.conflicts == after.conflicts
        and before.config == after.config
        and before.checklist == after.checklist
        and before.findings == after.findings
        and (expected_register or before.register) == after.register
    )


def _add_citation(
    cited: Mapping[str, str | tuple[str, ...]], row_id: str, proof: str
) -> dict[str, Any]:
    """Return the citations of an answer with one more, and the proof that it serves."""
    plain: dict[str, Any] = {
        cited_id: list(proofs) if isinstance(proofs, tuple) else proofs
        for cited_id, proofs in cited.items()
    }
    before = plain.get(row_id)
    if before is None:
        return {**plain, row_id: proof}
    proofs = before if isinstance(before, list) else [before]
    return plain if proof in proofs else {**plain, row_id: [*proofs, proof]}
