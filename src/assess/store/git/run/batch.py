"""A repository whose objects are read through a single git process during a command."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from assess.store.git.run.commit_times import parse_seconds
from assess.store.git.run.commits import ObjectContent, ObjectReader
from assess.store.git.run.plumbing import (
    MOST_NAMES,
    Blob,
    GitError,
    Repository,
    make_ended_or_not_started_error,
    not_started_text,
)
from assess.store.git.run.strange_files import find_reason_not_to_start_git
from assess.store.git.run.time_limits import reason_of_recent_stall

FOLDER_MODE: Final = "40000"
"""The mode of a folder in a tree object."""

_MODE: Final = re.compile(rb"[0-7]+")
"""The octal digits of a mode."""

_MODE_BITS: Final = 0xFFFF
"""Those that git reads."""

_RECORD: Final = 60
"""Least number of bytes that git prints of an entry besides its path."""


class _TreeEntry(NamedTuple):
    """An entry of a folder of a commit."""

    mode: str
    name: bytes
    oid: str


class _UnansweredError(Exception):
    """The `cat-file` process has no answer; a separate git command gives the reason."""


class BatchRepository(Repository):
    """A repository that reads through a `git cat-file` process, which starts at the first call.

    If that process has no answer, a separate git command runs, whose message says what is wrong.
    """

    def __init__(self, root: Path, prefix: str) -> None:
        super().__init__(root, prefix)
        self._objects: ObjectReader | None = None
        self._folders: dict[str, tuple[_TreeEntry, ...]] = {}

    def close(self) -> None:
        """End the `cat-file` process; the next call starts another one."""
        if self._objects is not None:
            self._objects.close()
            self._objects = None

    def start_or_get_object_reader(self) -> ObjectReader:
        """Return the reader with the `cat-file` process.

        Raises:
            GitError: a file of git's folder must not be opened, or a git stalled in this folder.
        """
        if self._objects is not None and self._objects.has_ended:
            self.close()
        if self._objects is None:
            if reason := find_reason_not_to_start_git(self.root):
                raise make_ended_or_not_started_error(not_started_text(reason))
            if text := reason_of_recent_stall(self.root):
                raise make_ended_or_not_started_error(text)
            self._objects = ObjectReader(self)
        return self._objects

    def resolve_commit(self, revision: str) -> str | None:
        """Return the commit id that `revision` names, None without one."""
        if not revision.startswith("-"):
            with suppress(GitError):
                return self.start_or_get_object_reader().find_object(
                    "commit", f"{revision}^{{commit}}"
                )
        return super().resolve_commit(revision)

    def list_files(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        Raises:
            BrokenHeadError: the newest commit can't be read.
            GitError: another commit can't be read.
        """
        with suppress(GitError, _UnansweredError):
            return self._list_blobs(commit, [self.prefix + folder for folder in folders])
        return super().list_files(commit, folders)

    def list_checked_files(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit as `list_files`; each folder is held against its id.

        Raises:
            MisnamedObjectError: the commit or a folder is not the one of its id.
            GitError: the commit can't be read, or has too many files.
        """
        try:
            return self._list_blobs(commit, [self.prefix + folder for folder in folders])
        except _UnansweredError:
            raise GitError(f"commit {commit} can't be read", "git fsck") from None

    def read_blob(self, oid: str) -> bytes:
        """Return the bytes of an object."""
        with suppress(GitError, _UnansweredError):
            return self._read_object_or_raise("blob", oid).data
        return super().read_blob(oid)

    def read_commit_seconds(self, commit: str) -> int:
        """Return the committer's time of a commit, in seconds since the epoch."""
        with suppress(GitError, _UnansweredError):
            return _committer_seconds_of_commit(self._read_object_or_raise("commit", commit).data)
        return super().read_commit_seconds(commit)

    def head_and_parent_commit_seconds(self) -> list[int]:
        """Return the committer's times of the last commit and of its parents."""
        with suppress(GitError, _UnansweredError):
            newest = self._read_object_or_raise("commit", "HEAD^{commit}").data
            parents = [
                os.fsdecode(row[7:])
                for row in _commit_header_lines(newest)
                if row.startswith(b"parent ")
            ]
            contents = (
                self.start_or_get_object_reader().read_object("commit", parent)
                for parent in parents
            )
            # A shallow clone lacks the parents.
            before = [_committer_seconds_of_commit(content.data) for content in contents if content]
            return [_committer_seconds_of_commit(newest), *before]
        return super().head_and_parent_commit_seconds()

    def measure_object_sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return the sizes of objects in bytes, without those that are missing."""
        with suppress(GitError):
            return self.start_or_get_object_reader().object_sizes(oids)
        return super().measure_object_sizes(oids)

    def _read_object_or_raise(self, kind: str, name: str) -> ObjectContent:
        """Return an object.

        Raises:
            _UnansweredError: there is no object of this kind, or it is too large.
            GitError: the `cat-file` process has ended.
        """
        content = self.start_or_get_object_reader().read_object(kind, name)
        if content is None:
            raise _UnansweredError
        return content

    def _list_blobs(self, commit: str, wanted: Sequence[str]) -> dict[str, Blob]:
        """Return the files of a commit at or below the paths `wanted`, sorted by path.

        Raises:
            _UnansweredError: a folder can't be read, or there are too many files.
            GitError: the `cat-file` process has ended.
        """
        top = self._read_object_or_raise("tree", self._find_tree(commit))
        self._folders[top.oid] = tuple(parse_tree_entries(top))
        starts = [os.fsencode(path).strip(b"/") for path in wanted or [self.prefix]]
        files = {
            path: (mode, oid)
            for start in starts
            for path, mode, oid in self._walk_files_below(top.oid, start)
        }
        paths = sorted(files)
        names = [os.fsdecode(path).removeprefix(self.prefix) for path in paths]
        return {name: Blob(*files[path], name) for name, path in zip(names, paths, strict=True)}

    def _find_tree(self, commit: str) -> str:
        """Return the id of the tree of a commit, as the commit's own bytes name it.

        Git's `COMMIT^{tree}` reads the commit without a look at its id.
        """
        content = self._read_object_or_raise("commit", f"{commit}^{{commit}}")
        first, *_rest = _commit_header_lines(content.data)
        return os.fsdecode(first.removeprefix(b"tree "))

    def _walk_files_below(self, top: str, start: bytes) -> Iterator[tuple[bytes, str, str]]:
        """Yield path, mode and id of the file `start`, or of all files below it."""
        waiting = [(b"", FOLDER_MODE, top)]
        size = 0
        while waiting:
            path, mode, oid = waiting.pop()
            size += len(path) + _RECORD
            if size > MOST_NAMES:
                raise _UnansweredError
            if mode != FOLDER_MODE:
                yield path, mode, oid
                continue
            begin = path + b"/" if path else b""
            entries = [(begin + name, mode, oid) for mode, name, oid in self._read_folder(oid)]
            waiting += [entry for entry in entries if _is_same_or_above_or_below(entry[0], start)]

    def _read_folder(self, oid: str) -> tuple[_TreeEntry, ...]:
        if oid not in self._folders:
            self._folders[oid] = tuple(parse_tree_entries(self._read_object_or_raise("tree", oid)))
        return self._folders[oid]


def _is_same_or_above_or_below(path: bytes, start: bytes) -> bool:
    """Return whether a path is `start`, is below it, or is a parent of it."""
    if not start or path == start:
        return True
    return path.startswith(start + b"/") or start.startswith(path + b"/")


def parse_tree_entries(tree: ObjectContent) -> Iterator[_TreeEntry]:
    """Yield the entries of a folder, each written as mode, space, name, NUL and binary id.

    Raises:
        GitError: the folder is damaged.
    """
    size = len(tree.oid) // 2
    position = 0
    while position < len(tree.data):
        end = tree.data.find(b"\0", position)
        mode, _blank, name = tree.data[position : max(end, position)].partition(b" ")
        if not _MODE.fullmatch(mode):
            raise GitError(f"folder {tree.oid} can't be read", "git fsck")
        position = end + 1 + size
        yield _TreeEntry(
            _normalize_file_mode(int(mode, 8) & _MODE_BITS),
            name,
            tree.data[end + 1 : position].hex(),
        )


def _normalize_file_mode(mode: int) -> str:
    """Return the mode that git takes a mode for: only kind and executable bit count."""
    if stat.S_ISREG(mode):
        return "100755" if mode & stat.S_IXUSR else "100644"
    if stat.S_ISDIR(mode):
        return FOLDER_MODE
    return "120000" if stat.S_ISLNK(mode) else "160000"


def _commit_header_lines(commit: bytes) -> list[bytes]:
    """Return the lines of a commit before its message."""
    return commit.partition(b"\n\n")[0].split(b"\n")


def _committer_seconds_of_commit(commit: bytes) -> int:
    """Return the committer's time.

    Raises:
        _UnansweredError: the commit has no committer.
    """
    for row in _commit_header_lines(commit):
        if row.startswith(b"committer "):
            return parse_seconds(row.rsplit(b" ", 2)[1])
    raise _UnansweredError


def list_checked_files(
    repository: Repository, commit: str, folders: Sequence[str]
) -> dict[str, Blob]:
    """Return the files of a commit below the workspace; each folder is held against its id.

    Raises:
        MisnamedObjectError: the commit or a folder is not the one of its id.
        GitError: the commit can't be read, or has too many files.
    """
    if isinstance(repository, BatchRepository):
        return repository.list_checked_files(commit, folders)
    with closing(BatchRepository(repository.root, repository.prefix)) as objects:
        return objects.list_checked_files(commit, folders)


@contextmanager
def open_object_reader(repository: Repository) -> Iterator[ObjectReader]:
    """Yield a reader of objects; that of a snapshot stays open afterwards.

    Raises:
        GitError: a file of git's folder must not be opened, or a git stalled in this folder.
    """
    if isinstance(repository, BatchRepository):
        yield repository.start_or_get_object_reader()
    else:
        with ObjectReader(repository) as objects:
            yield objects
