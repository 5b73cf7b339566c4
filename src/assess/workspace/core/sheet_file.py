"""An open answer sheet: read, assessed, written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from assess.engine.fingerprint import item_fingerprint
from assess.engine.scoring.assessment import assess_sheet
from assess.errors import UnknownIdError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.item import Item
from assess.model.outside_finding import OutsideFinding
from assess.model.results import Assessment
from assess.store.length_limits import refuse_long_texts
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.first_due_days import add_first_due_day
from assess.workspace.core.names import SheetName

REVIEWED_FIELDS = frozenset(
    {"status", "value", "note", "evidence", "mitigation", "risk", "taken_from"}
)
"""The fields that a review covers; the person who changes one of them is the author."""


class OpenSheet:
    """An open answer sheet: everything needed to answer it, and the only way to write to it.

    An OpenSheet is immutable; each write returns a new one. Reading and writing block, so call
    them outside of the event loop.
    """

    def __init__(
        self,
        *,
        name: SheetName,
        round_id: str,
        config: Config,
        checklist: Checklist,
        register: Register,
        file: OpenFile[Sheet],
        lang: Lang,
        findings: Mapping[str, OutsideFinding] = MappingProxyType({}),
    ) -> None:
        """`findings` are those of others, by id."""
        self.name = name
        self.round = round_id
        self.config = config
        self.checklist = checklist
        self.register = register
        self.findings = findings
        self.lang = lang
        """The language of messages."""
        self._file = file

    @property
    def sheet(self) -> Sheet:
        """The answers that are on disk."""
        return self._file.value

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that a merge left in the sheet."""
        return self._file.conflicts

    def assess_on(self, today: date) -> Assessment:
        """Return everything that is computed from this sheet."""
        return assess_sheet(self.checklist, self.sheet, self.config, self.register, today)

    def write_answer(
        self,
        item_id: str,
        values_by_field: Mapping[str, Any],
        *,
        by: str | None,
        now: datetime,
        lang: Lang,
    ) -> OpenSheet:
        """Change fields of an answer on disk and return the new open sheet.

        `values_by_field` has plain values of an answer, as a file stores them, or REMOVE.
        A dotted name names an inner field (`remediation.owner`). Where status or value changes, the
        other of the two is removed, the fingerprint of the item's text in `lang` is set, and an
        answer whose result was taken over no longer says so, unless `taken_from` is given. The
        first result of an item removes an acceptance that stood there before any answer. Where
        a field changes that a review covers, `by` and `at` are set. An answer without fingerprint
        was typed in an editor; it counts as an answer to the pinned text and gets its fingerprint.
        Where `values_by_field` holds fingerprint, `by` or `at` itself, these values are written,
        and with `at` an acceptance stays (undo does so). Fields that keep their value are not
        written.

        Raises:
            ChangedOnDiskError: another program changed the same answer since it was read.
            LockedError: another process is writing.
            WriteError: the file can't be written.
            FilesError: the file on disk can't be read any more.
            UnknownIdError: the checklist has no such item.
        """
        return self.write_answers({item_id: values_by_field}, by=by, now=now, lang=lang)

    def write_answers(
        self,
        fields_by_item: Mapping[str, Mapping[str, Any]],
        *,
        by: str | None,
        now: datetime,
        lang: Lang,
    ) -> OpenSheet:
        """Change several answers in one write; the fields of each are as in `write_answer`."""
        edits = [
            FieldEdit(("answers", item_id, *name.split(".")), value)
            for item_id, fields in fields_by_item.items()
            for name, value in self.derive_fields_to_write(item_id, fields, by, now, lang).items()
        ]
        return self._copy_with_file(self._file.save(edits, by or ""))

    def refuse_long_texts(self, item_id: str, values_by_field: Mapping[str, Any]) -> None:
        """Refuse changes of an answer that hold a text which is too long; nothing is written.

        Raises:
            TooLongError: a text is too long.
        """
        refuse_long_texts([FieldEdit(("answers", item_id), dict(values_by_field))], self.lang)

    def write_people_by_role(self, person_ids_by_role: Mapping[str, str]) -> OpenSheet:
        """Write who fills in, reviews and signs the sheet, by ids of assess.yaml."""
        edits = [FieldEdit(("people", role), person) for role, person in person_ids_by_role.items()]
        return self._copy_with_file(self._file.save(edits))

    def write_assigned_people(self, person_ids_by_part: Mapping[str, str | None]) -> OpenSheet:
        """Write who fills in sections and items, by their ids; None removes the person."""
        current = self.sheet.assigned
        edits = [
            FieldEdit(("assigned", part), REMOVE if person is None else person)
            for part, person in person_ids_by_part.items()
            if part in current or person is not None
        ]
        return self._copy_with_file(self._file.save(edits))

    def derive_fields_to_write(
        self, item_id: str, fields: Mapping[str, Any], by: str | None, now: datetime, lang: Lang
    ) -> dict[str, Any]:
        """Return the fields to write: `fields`, and what follows from them (see `write_answer`).

        Raises:
            UnknownIdError: the checklist has no such item.
        """
        item = self.find_item(item_id)
        answer = self.sheet.answers.get(item_id)
        whole = add_first_due_day(answer.remediation if answer is not None else None, fields)
        if "status" in whole or "value" in whole:
            whole = {"status": REMOVE, "value": REMOVE} | whole
            is_answered = any(whole[name] is not REMOVE for name in ("status", "value"))
            whole.setdefault("fingerprint", item_fingerprint(item, lang) if is_answered else REMOVE)
            if self._is_result_taken_over(item_id):
                whole.setdefault("taken_from", REMOVE)
            if is_answered and "at" not in whole and self._is_accepted_without_answer(item_id):
                whole.setdefault("review", REMOVE)
        elif self._is_unreviewed_answer_from_editor(item_id) and "review" not in whole:
            whole.setdefault("fingerprint", item_fingerprint(item, lang))
        if REVIEWED_FIELDS.intersection(name.partition(".")[0] for name in whole):
            whole.setdefault("by", by if by is not None else REMOVE)
            whole.setdefault("at", now.isoformat())
        return whole

    def _is_result_taken_over(self, item_id: str) -> bool:
        """Return whether the result was taken over, which a new result no longer is."""
        answer = self.sheet.answers.get(item_id)
        return (
            answer is not None and answer.taken_from is not None and not answer.taken_from.note_only
        )

    def _is_accepted_without_answer(self, item_id: str) -> bool:
        """Return whether an item without an answer was accepted.

        A return stays: its comment says what the next answer is to mend.
        """
        answer = self.sheet.answers.get(item_id)
        return (
            answer is not None
            and not answer.is_given
            and answer.review is not None
            and answer.review.state == "accepted"
        )

    def _is_unreviewed_answer_from_editor(self, item_id: str) -> bool:
        """Return whether an unreviewed answer has no fingerprint: it was typed in an editor.

        A reviewed answer keeps having none, because a fingerprint would make it another answer.
        """
        answer = self.sheet.answers.get(item_id)
        return (
            answer is not None
            and answer.is_given
            and answer.fingerprint is None
            and answer.review is None
        )

    def find_item(self, item_id: str) -> Item:
        """Return an item of the checklist.

        Raises:
            UnknownIdError: the checklist has no item of this id.
        """
        items = self.checklist.items()
        if item_id not in items:
            _ = translator(self.lang)
            message = _("no item {item} in {checklist}")
            message = message.format(item=item_id, checklist=self.checklist.id)
            raise UnknownIdError(message, item_id, items)
        return items[item_id]

    def read_again(self) -> OpenSheet:
        """Return this sheet read again from disk; `self` where nothing changed."""
        file = self._file.read_again()
        return self if file is self._file else self._copy_with_file(file)

    def _copy_with_file(self, sheet_file: OpenFile[Sheet]) -> OpenSheet:
        return OpenSheet(
            name=self.name,
            round_id=self.round,
            config=self.config,
            checklist=self.checklist,
            register=self.register,
            file=sheet_file,
            lang=self.lang,
            findings=self.findings,
        )
