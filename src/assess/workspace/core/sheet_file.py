"""One sheet on the desk: read, assessed, written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from assess.engine.fingerprint import fingerprint
from assess.engine.scoring.assessment import assess
from assess.errors import UnknownIdError
from assess.i18n import Lang, translator
from assess.model.answer import Sheet
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.item import Item
from assess.model.results import Assessment
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core.names import SheetName

REVIEWED = frozenset({"status", "value", "note", "evidence", "mitigation", "risk"})
"""The fields that a review covers; who changes one of them is who answered."""


class Desk:
    """One sheet on the desk: all that is needed to answer it, and the only way to write to it.

    A Desk never changes; each write returns the next one. Reading and writing block: call them off
    the event loop.
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
    ) -> None:
        self.name = name
        self.round = round_id
        self.config = config
        self.checklist = checklist
        self.register = register
        self.lang = lang
        """The language of messages."""
        self._file = file

    @property
    def sheet(self) -> Sheet:
        """The answers as they are on disk."""
        return self._file.value

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Conflicts that a merge left standing in the sheet."""
        return self._file.conflicts

    def assess(self, today: date) -> Assessment:
        """Return everything that is computed from this sheet."""
        return assess(self.checklist, self.sheet, self.config, self.register, today)

    def put(
        self, item_id: str, changes: Mapping[str, Any], *, by: str | None, now: datetime, lang: Lang
    ) -> Desk:
        """Change fields of one answer on disk and return the desk after it.

        `changes` maps field names of an answer to plain values (what a file would hold) or REMOVE;
        a dotted name reaches inside (`remediation.owner`). Where status or value changes, the other
        of the two goes, and the fingerprint of the item's text in `lang` is set; `by` and `at` are
        set where anything changes that a review covers (engine.fingerprint.answer_digest). An
        answer typed in an editor, without fingerprint, counts as given to the pinned text, and gets
        it. All three are taken as given where `changes` has them, as undo does. What would not
        change is not written.

        Raises:
            ChangedOnDiskError: the same answer was changed by another program since it was read.
            LockedError: another process is writing.
            WriteError: the file can't be written.
            FilesError: the file on disk can't be read any more.
            UnknownIdError: the checklist has no such item.
        """
        return self.put_many({item_id: changes}, by=by, now=now, lang=lang)

    def put_many(
        self,
        changes: Mapping[str, Mapping[str, Any]],
        *,
        by: str | None,
        now: datetime,
        lang: Lang,
    ) -> Desk:
        """Change several answers in one write; by item id, else as `put`."""
        edits = [
            Edit(("answers", item_id, *name.split(".")), value)
            for item_id, fields in changes.items()
            for name, value in self.completed(item_id, fields, by, now, lang).items()
        ]
        return self._with(self._file.save(edits, by or ""))

    def put_people(self, people: Mapping[str, str]) -> Desk:
        """Name filler, reviewer and leader of the sheet, by id in assess.yaml."""
        edits = [Edit(("people", role), person) for role, person in people.items()]
        return self._with(self._file.save(edits))

    def put_assigned(self, assigned: Mapping[str, str | None]) -> Desk:
        """Say who fills in sections and items, by their ids; None takes a person away."""
        held = self.sheet.assigned
        edits = [
            Edit(("assigned", part), REMOVE if person is None else person)
            for part, person in assigned.items()
            if part in held or person is not None
        ]
        return self._with(self._file.save(edits))

    def completed(
        self, item_id: str, fields: Mapping[str, Any], by: str | None, now: datetime, lang: Lang
    ) -> dict[str, Any]:
        """Return the fields to write: what was given, and what follows from it (see `put`).

        Raises:
            UnknownIdError: the checklist has no such item.
        """
        item = self.item(item_id)
        whole = dict(fields)
        if "status" in whole or "value" in whole:
            whole = {"status": REMOVE, "value": REMOVE} | whole
            given = any(whole[name] is not REMOVE for name in ("status", "value"))
            whole.setdefault("fingerprint", fingerprint(item, lang) if given else REMOVE)
        elif self._typed(item_id) and "review" not in whole:
            whole.setdefault("fingerprint", fingerprint(item, lang))
        if REVIEWED.intersection(name.partition(".")[0] for name in whole):
            whole.setdefault("by", by if by is not None else REMOVE)
            whole.setdefault("at", now.isoformat())
        return whole

    def _typed(self, item_id: str) -> bool:
        """Return whether an answer was typed in an editor, without fingerprint.

        One that was reviewed so stays so: with a fingerprint it would be another answer.
        """
        answer = self.sheet.answers.get(item_id)
        return (
            answer is not None
            and answer.given
            and answer.fingerprint is None
            and answer.review is None
        )

    def item(self, item_id: str) -> Item:
        """Return an item of the checklist.

        Raises:
            UnknownIdError: there is none of this id.
        """
        items = self.checklist.items()
        if item_id not in items:
            _ = translator(self.lang)
            message = _("no item {item} in {checklist}")
            message = message.format(item=item_id, checklist=self.checklist.id)
            raise UnknownIdError(message, item_id, items)
        return items[item_id]

    def refreshed(self) -> Desk:
        """Return this desk with what is on disk now; itself where nothing changed."""
        file = self._file.refreshed()
        return self if file is self._file else self._with(file)

    def _with(self, file: OpenFile[Sheet]) -> Desk:
        return Desk(
            name=self.name,
            round_id=self.round,
            config=self.config,
            checklist=self.checklist,
            register=self.register,
            file=file,
            lang=self.lang,
        )
