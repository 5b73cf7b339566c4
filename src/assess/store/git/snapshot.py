"""A snapshot of a repository: what git says of it is read once for the length of a command.

Where a snapshot is open, `Repository.find` gives a repository that reads its objects through one
git, and git's folders and settings are asked for once as long as they stand
(docs/decisions/0017-snapshot.md).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assess.store.git.run.batch import BatchRepository
from assess.store.git.run.plumbing import FINDER, Repository
from assess.store.git.run.read_once import facts_kept, find_git_folders
from assess.store.git.setup.local_settings import own


@contextlib.contextmanager
def open_snapshot(root: Path) -> Iterator[None]:
    """Read what git says of the repository around `root` once; an open snapshot goes on."""
    finder = FINDER.get()
    if finder is not None and finder[0] == root:
        yield
        return
    with facts_kept(root, own()), contextlib.closing(_Snapshot(root)) as snapshot:
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
        """End the git that answers."""
        if self._repository is not None:
            self._repository.close()

    def find_repository(self) -> Repository | None:
        """Return the repository around the workspace, None where there is none.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        if self._repository is None:
            folders = find_git_folders(self._root)
            if folders is None:
                return Repository.look_up(self._root)
            self._repository = BatchRepository(self._root, folders.prefix)
        return self._repository
