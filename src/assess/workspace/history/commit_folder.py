"""A workspace as a commit holds it, laid out in a temporary folder: for making a report again."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from assess.i18n import Lang
from assess.model.config import Config
from assess.model.provenance import Program, Provenance
from assess.store import layout
from assess.store.git.history.checkout import check_out
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core import provenance as proof
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import Source
from assess.workspace.core.workspace import Workspace


class _CommitSource(Source):
    """The files that are laid out; evidence that is no picture stays in the repository."""

    def __init__(self, root: Path, lang: Lang, commit: str) -> None:
        super().__init__(root, lang)
        self._repository = open_repository(root, lang)
        self._blobs = self._repository.tree(commit, layout.INPUTS)

    def sha256(self, path: str) -> str | None:
        """Return the SHA-256 of a file of the commit."""
        blob = self._blobs.get(path)
        return None if blob is None else hashlib.sha256(self._repository.read(blob.oid)).hexdigest()


class CheckedOut(Workspace):
    """The workspace of a commit; one round is read from its files, closed or not.

    At the commit that a closed round is tagged with, the round's files are those of the commit.
    """

    def __init__(
        self, root: Path, lang: Lang, commit: str, time: int, round_id: str, program: Program
    ) -> None:
        super().__init__(root, lang)
        self._program = program
        self._commit = commit
        self._time = time
        self._round = round_id

    def _source(self, config: Config, round_id: str) -> Source:
        if round_id == self._round:
            return _CommitSource(self.root, self.lang, self._commit)
        return super()._source(config, round_id)

    def provenance(
        self, round_id: str, names: Sequence[SheetName], settings: Sequence[str]
    ) -> Provenance:
        """Return the inputs of a report of these sheets; the commit holds them all."""
        if round_id != self._round:
            return super().provenance(round_id, names, settings)
        inputs = proof.input_files(self.root, round_id, names, self.lang)
        return Provenance(
            commit=self._commit,
            commit_time=self._time,
            inputs=inputs,
            uncommitted=(),
            program=self._program,
            digest=proof.digest(self._commit, inputs, settings),
        )


@contextlib.contextmanager
def checked_out(
    repository: Repository, commit: str, round_id: str, lang: Lang, program: Program
) -> Iterator[CheckedOut]:
    """Lay a commit out for a while; `program` is what provenance names as the program.

    Raises:
        UsageError: the commit is too large, or its paths lead out of the folder.
        GitError: an object is missing or damaged.
    """
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        root = check_out(repository, commit, Path(name), lang)
        time = repository.commit_time(commit)
        yield CheckedOut(root, lang, commit, time, round_id, program)
