"""The inputs that reports of a commit have, read from git without a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from typing import NamedTuple, Self

from assess import locations
from assess.i18n import Lang
from assess.model.config import Config
from assess.model.provenance import InputFile
from assess.model.results import Assessment
from assess.store.git.history.checked_history import (
    list_readable_branch_and_tag_tips,
    walk_checked_history,
)
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commit_objects import CommitContent
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Blob, Repository, UnreadableObjectError
from assess.store.git.state.broken_head import refuse_broken_head
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode_yaml
from assess.template_folders import MAIN_FILE
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import paths_of_yaml_inputs
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.past_files import DecodedFileCache, ListedTree

_PARTS = (
    locations.CONFIG,
    locations.REGISTER,
    locations.FINDINGS,
    locations.ANSWERS,
    locations.CHECKLISTS,
    locations.TEMPLATES,
)


class CommitFiles(NamedTuple):
    """What a commit holds of a workspace."""

    config: Config
    blobs: Mapping[str, Blob]

    @property
    def template_names(self) -> set[str]:
        """The names of the workspace's own templates."""
        paths = [
            path for path in self.blobs if locations.is_below_folder(path, locations.TEMPLATES)
        ]
        return {path.split("/")[1] for path in paths if path.endswith(f"/{MAIN_FILE}")}


class CommitInputs:
    """Reads the inputs of reports at commits; each file is read once for all commits."""

    def __init__(self, workspace: Workspace) -> None:
        """Open the repository.

        Raises:
            UsageError: the workspace is in no repository.
        """
        self._lang: Lang = workspace.lang
        self._repository: Repository = open_repository(workspace.root, workspace.lang)
        self._opened = ExitStack()
        self._objects = self._opened.enter_context(open_checked_objects(self._repository))
        self._digests: dict[str, str] = {}
        self._configs: dict[str, Config | None] = {}

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the process that reads objects."""
        self._opened.close()

    def list_commits_touching_workspace_first(self, count: int) -> Iterator[str]:
        """Yield at most `count` commits: first those that touch the workspace, newest first.

        Raises:
            MisnamedObjectError: a commit is another one than its id says.
        """
        tips = list_readable_branch_and_tag_tips(self._repository, self._objects)
        walk = walk_checked_history(
            self._objects,
            tips,
            list_shallow_commits(self._repository),
            leaves_out_unreadable=True,
        )
        others: list[str] = []
        for commit in walk:
            if self._is_workspace_changed_by(commit):
                yield commit.oid
                count -= 1
            elif len(others) < count:
                others.append(commit.oid)
            if count <= 0:
                return
        yield from others[:count]

    def _is_workspace_changed_by(self, commit: CommitContent) -> bool:
        """Return whether the workspace's folder is another one than at each parent."""
        try:
            folder = self._objects.find_workspace_tree_id(commit.oid)
            return all(
                self._objects.find_workspace_tree_id(parent) != folder for parent in commit.parents
            ) and (folder is not None or bool(commit.parents))
        except UnreadableObjectError:  # a shallow clone lacks the parents
            return True

    def refuse_broken_head(self) -> None:
        """Refuse a repository whose newest commit can't be read.

        Raises:
            BrokenHeadError: it can't be read.
        """
        refuse_broken_head(self._repository.root, self._lang)

    def read_commit_files_with_config(self, commit: str) -> CommitFiles | None:
        """Return what a commit holds; None without an assess.yaml that can be read.

        Raises:
            MisnamedObjectError: the commit or a folder is another one than its id says.
            BrokenHeadError: it can't be read, nor can the newest commit.
            UnreadableObjectError: it can't be read.
        """
        try:
            blobs = self._objects.list_files(commit, _PARTS)
        except UnreadableObjectError:
            self.refuse_broken_head()
            raise
        config = self._read_config(blobs.get(locations.CONFIG))
        return None if config is None else CommitFiles(config, blobs)

    def read_commit_seconds(self, commit: str) -> int:
        """Return the time of a commit in seconds."""
        return self._objects.read_commit_seconds(commit)

    def list_report_inputs(
        self, files: CommitFiles, round_id: str, names: Iterable[SheetName]
    ) -> tuple[InputFile, ...]:
        """Return the files of a commit from which a report of these sheets is made."""
        wanted = paths_of_yaml_inputs(round_id, names)
        paths = [
            path
            for path in files.blobs
            if path in wanted or locations.is_below_folder(path, locations.TEMPLATES)
        ]
        return tuple(
            InputFile(path=path, sha256=self._sha256_of_blob(files.blobs[path]))
            for path in sorted(paths)
        )

    def assess_sheets(
        self, files: CommitFiles, round_id: str, names: Iterable[SheetName], day: date
    ) -> dict[SheetName, Assessment | None]:
        """Return the assessments of sheets at a commit; None of one that can't be read."""
        cache, tree = DecodedFileCache(day, self._lang), ListedTree(self._objects, files.blobs)
        states = {
            name: cache.read_sheet_state(tree, locations.sheet_path(round_id, str(name)))
            for name in names
        }
        return {name: state and state.assessment for name, state in states.items()}

    def _read_config(self, blob: Blob | None) -> Config | None:
        if blob is None:
            return None
        if blob.oid not in self._configs:
            text = (self._objects.read_blob_within_limit(blob.oid) or b"").decode(
                "utf-8", "replace"
            )
            self._configs[blob.oid] = decode_yaml(
                text, "config", locations.CONFIG, self._lang
            ).value
        return self._configs[blob.oid]

    def _sha256_of_blob(self, blob: Blob) -> str:
        if blob.oid not in self._digests:
            data = self._objects.read_blob_within_limit(blob.oid) or b""
            self._digests[blob.oid] = hashlib.sha256(data).hexdigest()
        return self._digests[blob.oid]
