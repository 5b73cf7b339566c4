"""The workspace of a department: made and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assess.china_time import find_day_in_china
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.model.evidence import EvidenceRow
from assess.store import evidence
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.names import SheetName, refuse_invalid_id
from assess.workspace.core.reader import WorkspaceReader
from assess.workspace.core.register import (
    EvidenceDetails,
    add_file_to_register_unless_known,
    add_paper_to_register,
)
from assess.workspace.core.sources import refuse_closed_round

if TYPE_CHECKING:
    from assess.workspace.core.pinned_checklists import PinnedChecklists


class Workspace(WorkspaceReader):
    """A department's workspace by its root folder: read (WorkspaceReader), made and written."""

    @cached_property
    def checklists(self) -> PinnedChecklists:
        """What pins checklists in this workspace."""
        from assess.workspace.core.pinned_checklists import PinnedChecklists  # noqa: PLC0415  # few commands pin

        return PinnedChecklists(self, self.edit_config)

    def add_evidence_file(
        self,
        source: Path,
        *,
        title: str,
        round_id: str,
        by: str | None,
        now: datetime,
        effective: date | None = None,
        expires: date | None = None,
        another_row: bool = False,
    ) -> tuple[str, EvidenceRow]:
        """Copy a file into evidence/ROUND/, register it, and return its id and row.

        For a file that is registered already (same hash) the existing row is returned, or, with
        `another_row`, a row of its own that names the same copy.

        Raises:
            UsageError: the file does not exist, or is too large.
            ClosedRoundError: the round is closed.
        """
        refuse_closed_round(self.read_config(), round_id, self.lang)
        entry = EvidenceDetails(title, by, now, effective or find_day_in_china(now), expires)
        register = self._open_register()
        taken = evidence.copy_into_evidence_unless_registered(
            self.root, source, round_id, self.lang, register.value
        )
        return add_file_to_register_unless_known(register, taken, entry, another_row=another_row)

    def register_paper_evidence(
        self,
        place: str,
        *,
        title: str,
        by: str | None,
        now: datetime,
        effective: date | None = None,
        expires: date | None = None,
    ) -> tuple[str, EvidenceRow]:
        """Register a paper record by its location, and return its id and row."""
        entry = EvidenceDetails(title, by, now, effective or find_day_in_china(now), expires)
        return add_paper_to_register(self._open_register(), place, entry)

    def edit_config(self, edits: Sequence[FieldEdit]) -> OpenFile[Config]:
        """Change assess.yaml and return the changed file.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
        """
        return self._open_config().save(edits, self.acting)

    def edit_register(self, edits: Sequence[FieldEdit]) -> None:
        """Change the evidence register.

        Raises:
            ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
        """
        self._open_register().save(edits, self.acting)

    def add_person(self, person_id: str, name: str, roles: Sequence[str]) -> None:
        """Write a person into assess.yaml.

        Raises:
            UsageError: the id is taken, or not valid.
        """
        _refuse_invalid_or_taken_id(self.read_config().people, person_id, self.lang)
        self.edit_config([FieldEdit(("people", person_id), {"name": name, "roles": list(roles)})])

    def add_system_and_its_sheets(
        self, system_id: str, name: str, levels_by_grade_field: Mapping[str, int] | None
    ) -> None:
        """Write a system into assess.yaml, and add its sheets to the newest open round.

        Raises:
            UsageError: the id is taken, or not valid.
        """
        from assess.workspace.core.pinned_checklists import (  # noqa: PLC0415  # few commands add systems
            edits_adding_sheets_to_open_round,
        )

        config = self.read_config()
        _refuse_invalid_or_taken_id(config.systems, system_id, self.lang)
        row = {
            "name": name,
            **({"grade": dict(levels_by_grade_field)} if levels_by_grade_field else {}),
        }
        pinned = [name for name in config.checklists if self.read_checklist(name).scope == "system"]
        sheets = [SheetName(name, system_id) for name in pinned]
        self.edit_config(
            [
                FieldEdit(("systems", system_id), row),
                *edits_adding_sheets_to_open_round(config, sheets),
            ]
        )


def _refuse_invalid_or_taken_id(rows_by_id: Mapping[str, object], wanted: str, lang: Lang) -> None:
    refuse_invalid_id(wanted, lang)
    if wanted in rows_by_id:
        _ = translator(lang)
        raise UsageError(_("{name} exists already").format(name=wanted))
