"""The history of a repository: the commits that changed a path, and the files of a commit.

`rev-list` lists as many commits as are needed, `diff-tree` gives their changes, and a `cat-file`
process reads objects.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple, Self

from assess.china_time import CHINA
from assess.store.git.run.commit_times import parse_time_or_epoch
from assess.store.git.run.git_command import make_git_command_line, make_git_environment
from assess.store.git.run.git_facts import find_reusable_git_folders
from assess.store.git.run.object_ids import refuse_other_object_id, start_object_hash
from assess.store.git.run.plumbing import (
    GitError,
    Repository,
    UnreadableObjectError,
    make_ended_or_not_started_error,
    run_git,
)
from assess.store.git.run.process import (
    MOST_OUTPUT,
    ProcessWatch,
    StoppedError,
    start_process,
    wait_for_output,
)
from assess.store.git.run.time_limits import LOCAL, LocalTimeLimit, ended_git_text

_MARK = b"\x01"
_FORMAT = "%x01%H%n%P%n%an%n%ae%n%aI%n%s"
"""A line for each field: no name, address or subject has a line end in it."""

_PART = 1024 * 1024
"""Bytes that are read at a time."""

_QUESTIONS = 200
"""Questions that are written at once: their answers fit into a pipe."""

_BATCH = 50
"""Commits whose changes are read by a git process: one or two screens."""


class CommitChange(NamedTuple):
    """A file that a commit changed, with its object ids; None means no file.

    `path` is from the workspace's root. A merge changed a file that differs from all parents;
    `before` is then the object id in the first parent.
    """

    path: str
    before: str | None
    after: str | None


class Commit(NamedTuple):
    """A commit and what it changed below the workspace."""

    oid: str
    parents: tuple[str, ...]
    author: str
    email: str
    authored_at: datetime
    subject: str
    changes: tuple[CommitChange, ...] = ()
    boundary: bool = False
    """Whether its parents are missing (a shallow clone), so that its changes are unknown."""

    @property
    def short_id(self) -> str:
        """The first ten digits of its id."""
        return self.oid[:10]


def walk_commits_changing_paths(
    repository: Repository,
    revision: str,
    paths: Sequence[str] = (),
    limit: int | None = None,
    *,
    unmerged: bool = False,
) -> Iterator[Commit]:
    """Yield the commits reachable from `revision`, a commit id, that change `paths`, newest first.

    `paths` are literal paths from the workspace's root; without them the whole workspace counts.
    With `unmerged`, commits whose changes a merge left out are yielded too, and that merge.

    Raises:
        GitError: an object is missing or damaged.
    """
    below = [repository.prefix + path for path in paths] or [repository.prefix or "."]
    count = [] if limit is None else [f"--max-count={limit}"]
    sides = ["--full-history"] if unmerged else []
    words = ["rev-list", *count, *sides, revision, "--", *_literal_pathspecs(below)]
    listed = run_git(repository.root, words).stdout.split()
    edge = list_shallow_commits(repository)
    for start in range(0, len(listed), _BATCH):
        batch = listed[start : start + _BATCH]
        for commit in _read_commits_with_changes(repository, batch, below):
            known = commit.oid not in edge
            yield commit if known else commit._replace(changes=(), boundary=True)


def _read_commits_with_changes(
    repository: Repository, commits: Sequence[bytes], paths: Sequence[str]
) -> Iterator[Commit]:
    words = ["diff-tree", "--stdin", "--root", "--always", "-r", "-z", "--raw", "-c"]
    words += ["--no-abbrev", "--no-renames", "--no-ext-diff", f"--format={_FORMAT}", "--"]
    asked = b"\n".join(commits) + b"\n"
    out = run_git(repository.root, [*words, *_literal_pathspecs(paths)], data=asked).stdout
    tokens = iter(out.split(b"\0"))
    records: list[tuple[Commit, list[CommitChange]]] = []
    for token in tokens:
        token = token.removeprefix(b"\n")  # noqa: PLW2901  # git puts one before the first record
        if token.startswith(_MARK):
            records.append((_parse_commit_head(token), []))
        elif token.startswith(b":"):
            records[-1][1].append(_parse_raw_change(token, next(tokens), repository.prefix))
    for head, changes in records:
        yield head._replace(changes=tuple(changes))


def _parse_commit_head(token: bytes) -> Commit:
    words = token[1:].decode("utf-8", "replace").split("\n", 5)
    oid, parents, author, email, authored_at, subject = words
    return Commit(
        oid, tuple(parents.split()), author, email, parse_time_or_epoch(authored_at), subject
    )


def _parse_raw_change(raw: bytes, path: bytes, prefix: str) -> CommitChange:
    """Parse a raw record: a colon for each parent, modes, object ids, letters."""
    colons = len(raw) - len(raw.lstrip(b":"))
    oids = raw.decode("ascii").split()[colons + 1 : 2 * colons + 2]
    before, after = (oid if oid.strip("0") else None for oid in (oids[0], oids[-1]))
    name = path.decode("utf-8", "surrogateescape").removeprefix(prefix)
    return CommitChange(name, before, after)


def _literal_pathspecs(paths: Sequence[str]) -> list[str]:
    return [f":(top,literal){path}" if path != "." else "." for path in paths]


def list_shallow_commits(repository: Repository) -> frozenset[str]:
    """Return the commits whose parents a shallow clone lacks; empty for a full clone."""
    path = find_path_in_git_folder(repository.root, "shallow")
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()


def list_times_of_last_commit_and_parents(root: Path) -> list[datetime]:
    """Return the committer's times of the last commit and its parents; empty without a commit."""
    repository = Repository.find_repository(root)
    seconds = repository.head_and_parent_commit_seconds() if repository is not None else []
    return [datetime.fromtimestamp(second, CHINA) for second in seconds]


def find_path_in_git_folder(root: Path, name: str) -> Path:
    """Return the path of `name` in git's folder for this working tree, also a linked one."""
    folders = find_reusable_git_folders(root)
    if folders is not None and name in folders.paths:
        return folders.paths[name]
    out = run_git(root, ["rev-parse", "--git-path", name]).stdout
    return root / out.decode("utf-8", "surrogateescape").removesuffix("\n")


class ObjectContent(NamedTuple):
    """An object of git: its id and its bytes."""

    oid: str
    data: bytes


class AnyObject(NamedTuple):
    """An object of git: its id, its kind, and its bytes, None if there are too many."""

    oid: str
    kind: str
    data: bytes | None


class ObjectReader:
    """A `cat-file` process that reads many objects; close it, or use it in `with`.

    A method returns None if the object does not exist.
    """

    def __init__(self, repository: Repository) -> None:
        self._root = repository.root
        self._process = start_process(
            make_git_command_line(["cat-file", "--batch-command"]),
            repository.root,
            make_git_environment(),
            errors=subprocess.DEVNULL,
            data=True,
        )
        self._into, self._out = _require_pipes(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(BrokenPipeError):
            self._into.close()
        self._out.close()
        self._process.wait()

    def find_blob_within_limit(self, oid: str, most: int = MOST_OUTPUT) -> bytes | None:
        """Return the bytes of a file by its object id, None if it has more than `most`."""
        content = self.read_object("blob", oid, most)
        return None if content is None else content.data

    def resolve_object_name(self, name: str) -> str | None:
        """Return the id of the object that a git name means, None without one."""
        head = self._ask_object_head(b"info", name) if "\n" not in name else None
        return head[0] if head else None

    def find_object_id(self, kind: str, name: str) -> str | None:
        """Return the id of the object that a git name means, None without one of this kind."""
        head = self._ask_object_head(b"info", name) if "\n" not in name else None
        return head[0] if head and head[1] == kind else None

    def read_object(self, kind: str, name: str, most: int = MOST_OUTPUT) -> ObjectContent | None:
        """Return the object that a git name means, None without one of this kind.

        Raises:
            MisnamedObjectError: its bytes are not those of its id.
        """
        read = self.read_any_object(name, most) if "\n" not in name else None
        if read is None or read.kind != kind or read.data is None:
            return None
        return ObjectContent(read.oid, read.data)

    def read_any_object(self, name: str, most: int = MOST_OUTPUT) -> AnyObject | None:
        """Return the object that a git name means, None if it is missing.

        Its bytes are held against its id also where there are more than `most`.

        Raises:
            MisnamedObjectError: its bytes are not those of its id.
        """
        head = self._ask_object_head(b"contents", name)
        if head is None:
            return None
        oid, kind, size = head[0], head[1], int(head[2])
        hashed = start_object_hash(oid, kind, size)
        parts = []
        for part in self._read_parts(size):
            hashed.update(part)
            if size <= most:
                parts.append(part)
        self._out.read(1)
        refuse_other_object_id(oid, hashed)
        return AnyObject(oid, kind, b"".join(parts) if size <= most else None)

    def _read_parts(self, left: int) -> Iterator[bytes]:
        while left and (part := self._out.read(min(left, _PART))):
            left -= len(part)
            yield part

    def object_size(self, oid: str) -> int | None:
        """Return the size of an object in bytes, None if it is missing."""
        head = self._ask_object_head(b"info", oid)
        return int(head[2]) if head else None

    def object_sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return the sizes of objects in bytes, without those that are missing."""
        heads: list[list[str] | None] = []
        for start in range(0, len(oids), _QUESTIONS):
            heads += self._ask_object_heads(oids[start : start + _QUESTIONS])
        return {head[0]: int(head[2]) for head in heads if head}

    def _ask_object_head(self, verb: bytes, name: str) -> list[str] | None:
        """Return id, kind and size of an object, None if it is missing."""
        self._write_questions(verb + b" " + os.fsencode(name) + b"\n")
        self._wait_for_answer()
        return _parse_object_head(self._out.readline())

    def _ask_object_heads(self, names: Sequence[str]) -> list[list[str] | None]:
        """Return id, kind and size of several objects, whose answers must fit into a pipe."""
        self._write_questions(b"".join(b"info " + os.fsencode(name) + b"\n" for name in names))
        answers = b""
        while answers.count(b"\n") < len(names):
            self._wait_for_answer()
            part = os.read(self._out.fileno(), _PART)
            if not part:
                break
            answers += part
        return [_parse_object_head(line) for line in answers.split(b"\n")[: len(names)]]

    def _write_questions(self, questions: bytes) -> None:
        try:
            self._into.write(questions)
            self._into.flush()
        except BrokenPipeError as error:
            raise _make_ended_early_error() from error

    def _wait_for_answer(self) -> None:
        """Wait for an answer within the time limit: an object's file may be a pipe."""
        watch = ProcessWatch(LocalTimeLimit(self._root, LOCAL).find_stop_reason)
        try:
            wait_for_output(self._process, self._out, watch)
        except StoppedError as error:
            raise make_ended_or_not_started_error(
                ended_git_text(["cat-file"], error.reason, error.seconds)
            ) from error


def _parse_object_head(line: bytes) -> list[str] | None:
    """Return id, kind and size of an object from a line of `cat-file`, None if it is missing.

    Raises:
        UnreadableObjectError: there is no answer.
    """
    words = line.decode("utf-8", "surrogateescape").split()
    if not words:
        raise _make_ended_early_error()
    return None if words[-1] in ("missing", "ambiguous", "submodule") else words


def _make_ended_early_error() -> UnreadableObjectError:
    return UnreadableObjectError("git cat-file ended too early", "assess doctor; git fsck")


def _require_pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:  # pragma: no cover  # both were asked for
        raise GitError("git has no pipes")
    return process.stdin, process.stdout
