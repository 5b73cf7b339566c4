"""A repository whose objects are read through one git for the length of a command."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from assess.store.git.run.commit_times import seconds_of
from assess.store.git.run.commits import Content, Objects
from assess.store.git.run.plumbing import (
    MOST_NAMES,
    Blob,
    GitError,
    Repository,
    not_started,
    stalled,
)
from assess.store.git.run.strange_files import strange_name
from assess.store.git.run.time_limits import stall_of

FOLDER_MODE: Final = "40000"
"""The mode of a folder in a tree object."""

_RECORD: Final = 60
"""Bytes that git prints of an entry besides its path, at least."""


class _Entry(NamedTuple):
    """An entry of a folder of a commit."""

    mode: str
    name: bytes
    oid: str


class _UnansweredError(Exception):
    """The git that answers all questions has no answer; one of its own says why."""


class BatchRepository(Repository):
    """A repository that answers by one `git cat-file`, which starts with the first question.

    Where that has no answer the question is put to a git of its own, whose words say what is wrong.
    """

    def __init__(self, root: Path, prefix: str) -> None:
        super().__init__(root, prefix)
        self._objects: Objects | None = None
        self._folders: dict[str, tuple[_Entry, ...]] = {}

    def close(self) -> None:
        """End the git that answers; the next question starts another one."""
        if self._objects is not None:
            self._objects.close()
            self._objects = None

    def objects(self) -> Objects:
        """Return the git that answers.

        Raises:
            GitError: something strange stands in git's own folder, or a git did not end here.
        """
        if self._objects is not None and self._objects.has_ended:
            self.close()
        if self._objects is None:
            if name := strange_name(self.root):
                raise stalled(not_started(name))
            if text := stall_of(self.root):
                raise stalled(text)
            self._objects = Objects(self)
        return self._objects

    def resolve(self, revision: str) -> str | None:
        """Return the commit id that `revision` names, None where there is none."""
        if not revision.startswith("-"):
            with suppress(GitError):
                return self.objects().find("commit", f"{revision}^{{commit}}")
        return super().resolve(revision)

    def tree(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        Raises:
            BrokenHeadError: the newest commit can't be read.
            GitError: another commit can't be read.
        """
        with suppress(GitError, _UnansweredError):
            return self._blobs(commit, [self.prefix + folder for folder in folders])
        return super().tree(commit, folders)

    def read(self, oid: str) -> bytes:
        """Return the bytes of an object."""
        with suppress(GitError, _UnansweredError):
            return self._content("blob", oid).data
        return super().read(oid)

    def commit_time(self, commit: str) -> int:
        """Return the committer's time of a commit, in seconds since the epoch."""
        with suppress(GitError, _UnansweredError):
            return _seconds_of_commit(self._content("commit", commit).data)
        return super().commit_time(commit)

    def last_seconds(self) -> list[int]:
        """Return the committer's times of the last commit and of its parents."""
        with suppress(GitError, _UnansweredError):
            newest = self._content("commit", "HEAD^{commit}").data
            parents = [
                os.fsdecode(row[7:]) for row in _header(newest) if row.startswith(b"parent ")
            ]
            contents = (self.objects().read_kind("commit", parent) for parent in parents)
            # Of a shallow clone the parents are not here.
            before = [_seconds_of_commit(content.data) for content in contents if content]
            return [_seconds_of_commit(newest), *before]
        return super().last_seconds()

    def sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return how many bytes each of some objects has; those that are missing are left out."""
        with suppress(GitError):
            return self.objects().sizes(oids)
        return super().sizes(oids)

    def _content(self, kind: str, name: str) -> Content:
        """Return an object.

        Raises:
            _UnansweredError: there is none of this kind, or it is vast.
            GitError: the git that answers has ended.
        """
        content = self.objects().read_kind(kind, name)
        if content is None:
            raise _UnansweredError
        return content

    def _blobs(self, commit: str, wanted: Sequence[str]) -> dict[str, Blob]:
        """Return the files of a commit that are or lie below `wanted`, in the order of their paths.

        Raises:
            _UnansweredError: a folder can't be read, or there are too many files.
            GitError: the git that answers has ended.
        """
        top = self._content("tree", f"{commit}^{{tree}}")
        self._folders[top.oid] = tuple(entries_of(top))
        starts = [os.fsencode(path).strip(b"/") for path in wanted or [self.prefix]]
        files = {
            path: (mode, oid) for start in starts for path, mode, oid in self._below(top.oid, start)
        }
        paths = sorted(files)
        names = [os.fsdecode(path).removeprefix(self.prefix) for path in paths]
        return {name: Blob(*files[path], name) for name, path in zip(names, paths, strict=True)}

    def _below(self, top: str, start: bytes) -> Iterator[tuple[bytes, str, str]]:
        """Yield path, mode and id of the file `start`, or of all files below it."""
        waiting = [(b"", FOLDER_MODE, top)]
        size = 0
        while waiting:
            path, mode, oid = waiting.pop()
            size += len(path) + _RECORD
            if size > MOST_NAMES:
                raise _UnansweredError
            if mode != FOLDER_MODE:
                yield path, f"{mode:>06}", oid
                continue
            begin = path + b"/" if path else b""
            entries = [(begin + name, mode, oid) for mode, name, oid in self._folder(oid)]
            waiting += [entry for entry in entries if _leads_to(entry[0], start)]

    def _folder(self, oid: str) -> tuple[_Entry, ...]:
        if oid not in self._folders:
            self._folders[oid] = tuple(entries_of(self._content("tree", oid)))
        return self._folders[oid]


def _leads_to(path: bytes, start: bytes) -> bool:
    """Return whether a path is `start`, lies below it, or leads to it."""
    if not start or path == start:
        return True
    return path.startswith(start + b"/") or start.startswith(path + b"/")


def entries_of(tree: Content) -> Iterator[_Entry]:
    """Yield the entries of a folder: mode, blank, name, NUL, and the id in binary."""
    size = len(tree.oid) // 2
    position = 0
    while position < len(tree.data):
        end = tree.data.index(b"\0", position)
        mode, _blank, name = tree.data[position:end].partition(b" ")
        position = end + 1 + size
        yield _Entry(mode.decode("ascii"), name, tree.data[end + 1 : position].hex())


def _header(commit: bytes) -> list[bytes]:
    """Return the lines of a commit before its message."""
    return commit.partition(b"\n\n")[0].split(b"\n")


def _seconds_of_commit(commit: bytes) -> int:
    """Return the committer's time.

    Raises:
        _UnansweredError: there is none.
    """
    for row in _header(commit):
        if row.startswith(b"committer "):
            return seconds_of(row.rsplit(b" ", 2)[1])
    raise _UnansweredError


@contextmanager
def open_objects(repository: Repository) -> Iterator[Objects]:
    """Give the git that answers questions about objects; one of a snapshot is not ended after it.

    Raises:
        GitError: something strange stands in git's own folder, or a git did not end here.
    """
    if isinstance(repository, BatchRepository):
        yield repository.objects()
    else:
        with Objects(repository) as objects:
            yield objects
