"""A snapshot of a repository, which is read from git once during a command.

While a snapshot is open, `Repository.find` gives a repository that reads its objects through a
single git process. Git's folders and settings are read once as long as they are valid
(docs/decisions/0017-read-once.md).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.git_facts import find_reusable_git_folders, reuse_git_answers
from assess.store.git.run.plumbing import FINDER, Repository
from assess.store.git.setup.local_settings import git_settings_to_write


@contextlib.contextmanager
def open_repository_snapshot(root: Path) -> Iterator[None]:
    """Read the repository around `root` once within the block; reuse a snapshot that is open."""
    finder = FINDER.get()
    if finder is not None and finder[0] == root:
        yield
        return
    with (
        reuse_git_answers(root, git_settings_to_write()),
        contextlib.closing(_Snapshot(root)) as snapshot,
    ):
        token = FINDER.set((root, snapshot.find_repository))
        try:
            yield
        finally:
            FINDER.reset(token)


class _Snapshot:
    """The repository of an open snapshot."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._repository: BatchRepository | None = None

    def close(self) -> None:
        """End the git process of the repository."""
        if self._repository is not None:
            self._repository.close()

    def find_repository(self) -> Repository | None:
        """Return the repository around the workspace, None without one.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        if self._repository is None:
            folders = find_reusable_git_folders(self._root)
            if folders is None:
                return Repository.find_repository_without_cache(self._root)
            self._repository = BatchRepository(self._root, folders.prefix)
        return self._repository
