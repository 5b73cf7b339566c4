"""The workspace of a commit, checked out into a temporary folder to make a report again."""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Final

from assess import locations
from assess.i18n import Lang
from assess.model.config import Config
from assess.model.provenance import Program, Provenance
from assess.store import layout
from assess.store.git.history.checked_history import read_checked_committer_seconds
from assess.store.git.history.checkout import check_out_report_inputs
from assess.store.git.run.batch import list_checked_files
from assess.store.git.run.plumbing import Repository
from assess.store.git.snapshot import open_repository_snapshot
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import compute_report_digest, digest_input_files
from assess.workspace.core.sources import RoundFiles
from assess.workspace.core.workspace import Workspace

_SHEET: Final = re.compile(r"[a-z0-9][a-z0-9-]*(@[a-z0-9][a-z0-9-]*)?")
"""What a sheet can be named; its file bears that name."""


class _CheckedOutRoundFiles(RoundFiles):
    """The checked-out files of a round; evidence other than pictures stays in the repository."""

    def __init__(self, root: Path, lang: Lang, commit: str) -> None:
        super().__init__(root, lang)
        self._repository = open_repository(root, lang)
        self._blobs = list_checked_files(self._repository, commit, locations.INPUTS)

    def sha256_unless_missing_or_large(self, path: str) -> str | None:
        """Return the SHA-256 of a file of the commit."""
        blob = self._blobs.get(path)
        return (
            None
            if blob is None
            else hashlib.sha256(self._repository.read_blob(blob.oid)).hexdigest()
        )


class CommitWorkspace(Workspace):
    """The workspace of a commit; one round is always read from the commit's files.

    This also holds for a closed round: the commit of its tag has the round's files.
    """

    def __init__(
        self,
        root: Path,
        lang: Lang,
        commit: str,
        time: int,
        round_id: str,
        program_of_report: Program,
    ) -> None:
        super().__init__(root, lang)
        self._program = program_of_report
        self._commit = commit
        self._time = time
        self._round = round_id

    def _find_round_files(self, config: Config, round_id: str) -> RoundFiles:
        if round_id == self._round:
            return _CheckedOutRoundFiles(self.root, self.lang, self._commit)
        return super()._find_round_files(config, round_id)

    def make_provenance(
        self, round_id: str, names: Sequence[SheetName], settings: Sequence[str]
    ) -> Provenance:
        """Return the inputs of a report of these sheets; all of them are in the commit."""
        if round_id != self._round:
            return super().make_provenance(round_id, names, settings)
        inputs = digest_input_files(self.root, round_id, names, self.lang)
        return Provenance(
            commit=self._commit,
            commit_time=self._time,
            inputs=inputs,
            uncommitted=(),
            program=self._program,
            digest=compute_report_digest(self._commit, inputs, settings),
        )

    def list_sheets_in_round_and_folder(self, round_id: str) -> list[SheetName]:
        """Return the sheets that the round lists, and those that only lie in its folder.

        Whoever takes a sheet off the list leaves it out of every report of the round.
        """
        folder = locations.round_folder_path(round_id)
        paths = map(PurePath, layout.list_workspace_files(self.root, self.lang, (folder,)))
        present = [
            SheetName.parse_name(path.stem)
            for path in paths
            if path == PurePath(folder, f"{path.stem}.yaml") and _SHEET.fullmatch(path.stem)
        ]
        return list(dict.fromkeys([*self.list_sheets(round_id), *present]))


@contextlib.contextmanager
def check_out_workspace(
    repository: Repository, commit: str, round_id: str, lang: Lang, program_of_report: Program
) -> Iterator[CommitWorkspace]:
    """Check out a commit into a temporary folder; `program_of_report` goes into the provenance.

    Raises:
        UsageError: the commit is too large, or one of its paths leads out of the folder.
        GitError: an object is missing or damaged.
    """
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        root = check_out_report_inputs(repository, commit, Path(name), lang)
        time = read_checked_committer_seconds(repository, commit)
        with open_repository_snapshot(root):
            yield CommitWorkspace(root, lang, commit, time, round_id, program_of_report)
