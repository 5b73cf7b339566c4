"""What commits, folders and files of a repository say, parsed from bytes that have their ids.

Several packs may hold other bytes under one id, and each git process reads from the pack in which
it last found something. So it is not enough that one process checks an object which another one
then reads: whatever is returned here was parsed from the bytes that were held against the id.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assess.store.git.run.commit_objects import CommitContent, parse_commit
from assess.store.git.run.commits import ObjectContent, ObjectReader
from assess.store.git.run.plumbing import (
    MOST_NAMES,
    Blob,
    UnreadableObjectError,
    make_ended_or_not_started_error,
)
from assess.store.git.run.process import MOST_OUTPUT, TOO_MUCH
from assess.store.git.run.time_limits import ended_git_text

FOLDER_MODE: Final = "40000"
"""The mode of a folder in a tree object."""

SUBMODULE_MODE: Final = "160000"
"""The mode of a submodule, whose commit is no object of this repository."""

_MODE: Final = re.compile(rb"[0-7]+")
"""The octal digits of a mode."""

_MODE_BITS: Final = 0xFFFF
"""Those that git reads."""

_RECORD: Final = 60
"""Least number of bytes that git prints of an entry besides its path."""

_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

_MOST_ENTRIES: Final = 200_000
"""Entries of folders that are kept, some 50 MB."""

_LONGEST_CHAIN: Final = 10
"""Tags of tags that are followed."""


class TreeEntry(NamedTuple):
    """An entry of a folder of a commit."""

    mode: str
    name: bytes
    oid: str


class CheckedObjects:
    """The objects of a repository, read by id through one process."""

    def __init__(self, objects: ObjectReader, prefix: str) -> None:
        self._objects = objects
        self._prefix = prefix
        self._folders: dict[str, tuple[TreeEntry, ...]] = {}
        self._entry_count = 0
        self._trees: dict[str, str] = {}

    def read_commit(self, oid: str) -> CommitContent:
        """Return what a commit says.

        Raises:
            MisnamedObjectError: it is another one than its id says.
            UnreadableObjectError: it is missing or damaged.
        """
        commit = parse_commit(oid, self.read_commit_bytes(oid))
        self._trees[oid] = commit.tree
        return commit

    def read_commit_bytes(self, oid: str) -> bytes:
        """Return the bytes of a commit.

        Raises:
            MisnamedObjectError: they are those of another one.
            UnreadableObjectError: it is missing.
        """
        return self._read_or_raise("commit", oid).data

    def read_commit_seconds(self, oid: str) -> int:
        """Return the committer's time of a commit, in seconds since the epoch.

        Raises:
            MisnamedObjectError: it is another one than its id says.
            UnreadableObjectError: it is missing, or has no committer.
        """
        seconds = self.read_commit(oid).committed
        if seconds is None:
            raise UnreadableObjectError(f"commit {oid} has no committer", "git fsck")
        return seconds

    def read_blob_within_limit(self, oid: str, most: int = MOST_OUTPUT) -> bytes | None:
        """Return the bytes of a file, None if it has more than `most`.

        Raises:
            MisnamedObjectError: they are those of another file.
            UnreadableObjectError: it is missing.
        """
        read = self._objects.read_any_object(_require_full_object_id(oid), most)
        if read is None or (read.oid, read.kind) != (oid, "blob"):
            raise _make_unreadable_error("file", oid)
        return read.data

    def resolve_tag(self, name: str) -> str | None:
        """Return the commit that a tag names, None without one; the ref itself has no id.

        Raises:
            MisnamedObjectError: the tag or its commit is another object than its id says.
        """
        oid = self._objects.resolve_object_name(f"refs/tags/{name}")
        return None if oid is None else self.peel_to_commit(oid)

    def peel_to_commit(self, oid: str) -> str | None:
        """Return the commit that a tag's object leads to, None if it leads to none.

        Raises:
            MisnamedObjectError: an object is another one than its id says.
        """
        for _step in range(_LONGEST_CHAIN):
            read = self._objects.read_any_object(oid) if _ID.fullmatch(oid) else None
            if read is None or read.oid != oid or read.data is None:
                return None
            if read.kind != "tag":
                return oid if read.kind == "commit" else None
            oid = read.data.partition(b"\n")[0].removeprefix(b"object ").decode("ascii", "replace")
        return None

    def list_files(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        With `folders` only those at or below these paths.

        Raises:
            MisnamedObjectError: the commit or a folder is another one than its id says.
            UnreadableObjectError: one is missing.
        GitError: there are too many files.
        """
        return self.list_files_of_tree(self._tree_id_of_commit(commit), folders)

    def list_files_of_tree(self, tree: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit's top folder, as `list_files`."""
        starts = [os.fsencode(self._prefix + path).strip(b"/") for path in folders or [""]]
        files = {
            path: (mode, oid)
            for start in starts
            for path, mode, oid in self._walk_files_below(tree, start)
        }
        paths = sorted(files)
        names = [os.fsdecode(path).removeprefix(self._prefix) for path in paths]
        return {name: Blob(*files[path], name) for name, path in zip(names, paths, strict=True)}

    def find_file_object_id(self, commit: str, path: str) -> str | None:
        """Return the object id of a file of a commit, by path from the workspace's root.

        Raises:
            MisnamedObjectError: the commit or a folder is another one than its id says.
            UnreadableObjectError: one is missing.
        """
        entry = self._find_entry(commit, self._prefix + path)
        none = entry is None or entry.mode in (FOLDER_MODE, SUBMODULE_MODE)
        return None if none or entry is None else entry.oid

    def find_workspace_tree_id(self, commit: str) -> str | None:
        """Return the object id of the workspace's folder at a commit, None without one.

        Raises:
            MisnamedObjectError: the commit or a folder is another one than its id says.
            UnreadableObjectError: one is missing.
        """
        entry = self._find_entry(commit, self._prefix)
        return None if entry is None else entry.oid

    def _find_entry(self, commit: str, path: str) -> TreeEntry | None:
        entry: TreeEntry | None = TreeEntry(FOLDER_MODE, b"", self._tree_id_of_commit(commit))
        for name in filter(None, os.fsencode(path).split(b"/")):
            if entry is None or entry.mode != FOLDER_MODE:
                return None
            entry = next(
                (row for row in self._read_checked_tree_entries(entry.oid) if row.name == name),
                None,
            )
        return entry

    def _tree_id_of_commit(self, commit: str) -> str:
        """Return the id of the tree of a commit, as the commit's own bytes name it."""
        return self._trees.get(commit) or self.read_commit(commit).tree

    def _walk_files_below(self, top: str, start: bytes) -> Iterator[tuple[bytes, str, str]]:
        """Yield path, mode and id of the file `start`, or of all files below it."""
        waiting = [(b"", FOLDER_MODE, top)]
        size = 0
        while waiting:
            path, mode, oid = waiting.pop()
            size += len(path) + _RECORD
            if size > MOST_NAMES:
                raise make_ended_or_not_started_error(ended_git_text(["ls-tree"], TOO_MUCH, 0))
            if mode != FOLDER_MODE:
                yield path, mode, oid
                continue
            begin = path + b"/" if path else b""
            entries = [
                (begin + name, mode, oid)
                for mode, name, oid in self._read_checked_tree_entries(oid)
            ]
            waiting += [entry for entry in entries if _is_same_or_above_or_below(entry[0], start)]

    def _read_checked_tree_entries(self, oid: str) -> tuple[TreeEntry, ...]:
        if oid not in self._folders:
            entries = tuple(parse_tree_entries(self._read_or_raise("tree", oid)))
            _refuse_names_read_in_two_ways(oid, entries)
            self._entry_count += len(entries)
            if self._entry_count > _MOST_ENTRIES:
                self._folders.clear()
                self._entry_count = len(entries)
            self._folders[oid] = entries
        return self._folders[oid]

    def _read_or_raise(self, kind: str, oid: str) -> ObjectContent:
        content = self._objects.read_object(kind, _require_full_object_id(oid))
        if content is None or content.oid != oid:
            raise _make_unreadable_error("folder" if kind == "tree" else kind, oid)
        return content


def _require_full_object_id(oid: str) -> str:
    """Return an id; git takes anything else for the name of a branch or the start of an id."""
    if not _ID.fullmatch(oid):
        raise UnreadableObjectError(f"{oid!r} is no id of an object", "git fsck")
    return oid


def _make_unreadable_error(kind: str, oid: str) -> UnreadableObjectError:
    return UnreadableObjectError(f"{kind} {oid} can't be read", "git fsck")


def _is_same_or_above_or_below(path: bytes, start: bytes) -> bool:
    """Return whether a path is `start`, is below it, or is a parent of it."""
    if not start or path == start:
        return True
    return path.startswith(start + b"/") or start.startswith(path + b"/")


def _refuse_names_read_in_two_ways(tree: str, entries: Sequence[TreeEntry]) -> None:
    """Refuse a folder that git never writes: of a doubled name, say, each reader takes another one.

    Raises:
        UnreadableObjectError: names are doubled, out of git's order, or paths.
    """
    names = {entry.name for entry in entries}
    keys = [entry.name + b"/" * (entry.mode == FOLDER_MODE) for entry in entries]
    if (
        len(names) < len(entries)
        or keys != sorted(keys)
        or not names.isdisjoint((b"", b".", b".."))
        or any(b"/" in name for name in names)
    ):
        raise _make_unreadable_error("folder", tree)


def parse_tree_entries(tree: ObjectContent) -> Iterator[TreeEntry]:
    """Yield the entries of a folder, each written as mode, space, name, NUL and binary id.

    Raises:
        UnreadableObjectError: the folder is damaged.
    """
    size = len(tree.oid) // 2
    position = 0
    while position < len(tree.data):
        end = tree.data.find(b"\0", position)
        mode, _blank, name = tree.data[position : max(end, position)].partition(b" ")
        if not _MODE.fullmatch(mode):
            raise _make_unreadable_error("folder", tree.oid)
        position = end + 1 + size
        yield TreeEntry(
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
    return "120000" if stat.S_ISLNK(mode) else SUBMODULE_MODE
