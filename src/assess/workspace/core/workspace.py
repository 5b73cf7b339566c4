"""The workspace of a department: made and written."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from assess import locations
from assess.china_time import find_day_in_china
from assess.errors import UsageError
from assess.harmless import escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.model.evidence import EvidenceRow
from assess.store import evidence, layout, scaffold
from assess.store.git.commit.commit_files import NoIdentityError, commit_paths_if_changed
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import FieldEdit
from assess.workspace.core import library
from assess.workspace.core.ignored_files import select_new_files_committed_though_ignored
from assess.workspace.core.names import SheetName, refuse_invalid_id
from assess.workspace.core.pinned_checklists import (
    PinnedChecklists,
    edits_adding_sheets_to_open_round,
)
from assess.workspace.core.reader import WorkspaceReader
from assess.workspace.core.register import (
    EvidenceDetails,
    add_file_to_register_unless_known,
    add_paper_to_register,
)
from assess.workspace.core.sources import refuse_closed_round
from assess.workspace.core.unfinished_init import (
    is_workspace_incomplete,
    refuse_if_init_cannot_complete,
)


class Workspace(WorkspaceReader):
    """A department's workspace by its root folder: read (WorkspaceReader), made and written."""

    def __init__(self, root: Path, lang: Lang) -> None:
        super().__init__(root, lang)
        self.checklists = PinnedChecklists(self, self.edit_config)

    @classmethod
    def make_and_commit_workspace(
        cls,
        root: Path,
        *,
        organization: str | None,
        organization_id: str | None = None,
        language: Lang,
        checklists: Sequence[str] = (),
        systems: Sequence[str] = (),
        today: date,
        lang: Lang,
        environ: Mapping[str, str] | None = None,
    ) -> Workspace:
        """Make a workspace and commit it; without `checklists` it gets the basic checklist.

        A half-made workspace is completed: what it holds already stays. `environ` is added to
        git's environment variables (committer and time).

        Raises:
            UsageError: the folder holds a workspace already; the id of a system is not valid.
            UnknownIdError: the library has no such checklist.
        """
        for name in checklists:
            library.find_checklist_file(name, lang)
        for system in systems:
            refuse_invalid_id(system, lang, "--system portal")
        made = cls(root, lang)
        made._refuse_other_workspace(organization, checklists, systems)
        scaffold.write_new_workspace_and_make_repository(
            root,
            organization=organization or escape_non_utf8_path_bytes(root.resolve().name),
            organization_id=organization_id,
            language=language,
            year=today.year,
            lang=lang,
        )
        made._add_missing_systems_and_checklists(systems, checklists)
        made._commit_if_identity_known(language, environ)
        return made

    def _refuse_other_workspace(
        self, organization: str | None, checklists: Sequence[str], systems: Sequence[str]
    ) -> None:
        """Refuse a folder with a workspace, unless it is half made and was begun with these words.

        Raises:
            UsageError: the folder holds such a workspace.
        """
        if is_workspace_incomplete(self.root):
            refuse_if_init_cannot_complete(
                self.root, self.read_config(), organization, checklists, systems, self.lang
            )
        elif (self.root / locations.CONFIG).exists():
            _ = translator(self.lang)
            message = _("{path} is a workspace already").format(path=self.root)
            raise UsageError(message, "assess fill")

    def _add_missing_systems_and_checklists(
        self, systems: Sequence[str], checklists: Sequence[str]
    ) -> None:
        """Add what assess.yaml does not have; the basic checklist where there would be none."""
        config = self.read_config()
        for system in systems:
            if system not in config.systems:
                self.add_system_and_its_sheets(system, system, None)
        for name in checklists or (() if config.checklists else ("egov-network",)):
            if name not in config.checklists:
                self.checklists.pin_source_and_add_sheets(name)

    def _commit_if_identity_known(self, language: Lang, environ: Mapping[str, str] | None) -> None:
        """Commit the new workspace, unless git does not know its user yet."""
        _ = translator(language)
        with contextlib.suppress(NoIdentityError):
            self.commit_all_files(_("Make the workspace"), environ)

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

    def commit_all_files(self, message: str, environ: Mapping[str, str] | None = None) -> str:
        """Commit the workspace's files and no others; return the commit id.

        What the program reads or wrote itself is committed even where git is told to ignore it.

        Raises:
            NoIdentityError: git does not know who commits.
            GitError: git or a hook refused.
        """
        parts = [part for part in locations.OWN if (self.root / part).exists()]
        paths = list(layout.list_workspace_files(self.root, self.lang, locations.OWN))
        forced = select_new_files_committed_though_ignored(self.root, paths, self.lang)
        return commit_paths_if_changed(
            self.root,
            parts,
            message,
            lang=self.lang,
            environ=environ,
            required_files=forced,
            files_even_if_ignored=forced,
        )


def _refuse_invalid_or_taken_id(rows_by_id: Mapping[str, object], wanted: str, lang: Lang) -> None:
    refuse_invalid_id(wanted, lang)
    if wanted in rows_by_id:
        _ = translator(lang)
        raise UsageError(_("{name} exists already").format(name=wanted))
