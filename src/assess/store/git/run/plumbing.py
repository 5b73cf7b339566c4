"""Run git's plumbing commands with all settings off by which a repository could run programs.

The settings of a repository may name programs (fsmonitor, hooks, textconv, filters, external diff,
gpg, ssh). Reading uses commands that don't use the index or the working tree, with settings that
turn these programs off. Lazy fetching of a partial clone is off, since it starts a transport.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import DamagedError, RepositoryError
from assess.store.git.run.commit_times import parse_seconds_or_zero
from assess.store.git.run.file_ids import ContentComparison, is_large_file
from assess.store.git.run.git_command import make_git_command_line, make_git_environment
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.object_ids import verify_object_id
from assess.store.git.run.process import (
    MOST_OUTPUT,
    TOO_MUCH,
    OutputListener,
    ProcessWatch,
    StoppedError,
    run_program_within_limits,
)
from assess.store.git.run.starts import record_git_start_unless_harmless
from assess.store.git.run.strange_files import find_reason_not_to_start_git
from assess.store.git.run.time_limits import (
    LOCAL,
    PROGRAMS,
    LocalTimeLimit,
    ended_git_text,
    reason_of_recent_stall,
    remember_stall,
    transport_stop_reason,
)

_BESIDE = ("error: failed to push", "hint: ", "To ", " ! [", "Not committing merge; ")
"""Starts of the lines that git prints after its reason, or after that of a hook."""


class GitError(RepositoryError):
    """Git failed; `message` is the line with git's reason, `output` is all that git printed."""

    output = ""
    code = ""
    """The code in JSON output, '' without one."""
    has_words_of_others = False
    """Whether a server, or a hook of it, may have printed some of it."""


class BrokenHeadError(GitError, DamagedError):
    """The newest commit can't be read: the branch, or an object of the commit, is damaged."""

    code = "head-broken"

    def __init__(self, message: str, hint: str = "", oid: str = "") -> None:
        super().__init__(message, hint)
        self.oid = oid
        """The id of the commit, '' if the id can't be read."""


class UnreadableObjectError(GitError, DamagedError):
    """An object of the repository is missing or damaged."""


class AmbiguousCommitError(UnreadableObjectError):
    """A commit is written as git never writes one, so that git itself reads it in two ways."""

    def __init__(self, oid: str, message: str = "", hint: str = "") -> None:
        super().__init__(message or f"commit {oid} can be read in two ways", hint)
        self.oid = oid


class Blob(NamedTuple):
    """A file of a commit: its mode, object id and path from the workspace's root."""

    mode: str
    oid: str
    path: str


class Repository:
    """The git repository around a workspace, for reading."""

    def __init__(self, root: Path, prefix: str) -> None:
        self.root = root
        """The workspace's root folder."""
        self.prefix = prefix
        """The workspace's path inside the repository, '' or ending in '/'."""

    @classmethod
    def find_repository(cls, root: Path) -> Repository | None:
        """Return the repository around `root`, None without one.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        finder = FINDER.get()
        return (
            finder[1]()
            if finder is not None and finder[0] == root
            else cls.find_repository_without_cache(root)
        )

    @classmethod
    def find_repository_without_cache(cls, root: Path) -> Repository | None:
        """Return the repository around `root` from a new git command, None without one."""
        done = run_git(root, ["rev-parse", "--show-prefix"], check=False)
        if done.returncode:
            return None
        return cls(root, done.stdout.decode("utf-8", "surrogateescape").rstrip("\n"))

    def resolve_head_commit(self) -> str | None:
        """Return the id of the checked-out commit, None before the first commit.

        Raises:
            BrokenHeadError: the newest commit can't be read.
        """
        return self.resolve_commit("HEAD") or self._resolve_head_or_refuse_broken()

    def _resolve_head_or_refuse_broken(self) -> str | None:
        """Return None before the first commit, or the commit that another git made meanwhile."""
        words = ["rev-parse", "--verify", "--quiet", "HEAD"]
        named = run_git(self.root, words, check=False).stdout.decode("ascii").strip()
        if named:
            commit = self.resolve_commit(named)
            if commit is None:
                raise BrokenHeadError("the newest commit is missing or empty", oid=named)
            return commit
        if run_git(self.root, ["symbolic-ref", "--quiet", "HEAD"], check=False).returncode > 1:
            raise BrokenHeadError("the branch is empty or damaged")
        return None

    def resolve_commit(self, revision: str) -> str | None:
        """Return the commit id that `revision` names, None without one."""
        if revision.startswith("-"):
            return None
        words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        done = run_git(self.root, words, check=False)
        return done.stdout.decode("ascii").strip() or None if not done.returncode else None

    def list_files(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        Raises:
            BrokenHeadError: the newest commit can't be read.
            GitError: another commit can't be read.
        """
        words = ["ls-tree", "-r", "-z", "--full-tree", commit, "--"]
        below = [self.prefix + folder for folder in folders] or [self.prefix or "."]
        blobs = {}
        try:
            out = run_git(
                self.root, [*words, *(b for b in below if b != ".")], most=MOST_NAMES
            ).stdout
        except GitError as error:
            if TOO_MUCH not in error.output and commit == self.resolve_commit("HEAD"):
                message = "objects of the newest commit are missing or empty"
                raise BrokenHeadError(message, oid=commit) from error
            raise
        for record in out.split(b"\0"):
            if not record:
                continue
            meta, _, raw = record.partition(b"\t")
            mode, _, oid = meta.decode("ascii").split(" ")
            path = raw.decode("utf-8", "surrogateescape").removeprefix(self.prefix)
            blobs[path] = Blob(mode, oid, path)
        return blobs

    def read_blob(self, oid: str) -> bytes:
        """Return the bytes of an object.

        Raises:
            MisnamedObjectError: its bytes are not those of its id.
        """
        data = run_git(self.root, ["cat-file", "blob", oid]).stdout
        verify_object_id(oid, "blob", data)
        return data

    def head_and_parent_commit_seconds(self) -> list[int]:
        """Return the committer's times of the last commit and of its parents."""
        words = ["rev-list", "--no-walk=unsorted", "--timestamp", "HEAD", "HEAD^@", "--"]
        done = run_git(self.root, words, check=False)
        rows = done.stdout.split(b"\n") if not done.returncode else []
        return [parse_seconds_or_zero(row.split()[0]) for row in rows if row]

    def select_changed_paths(self, paths: Iterable[str], blobs: Mapping[str, Blob]) -> list[str]:
        """Return those of the workspace's files that differ from a commit's `blobs`.

        Only object ids are compared, without filters, textconv or index.
        """
        paths = list(paths)
        whole = {path: self.root / path for path in paths}
        sizes = self.measure_object_sizes(
            [blobs[path].oid for path in paths if path in blobs and is_large_file(whole[path])]
        )
        compared = ContentComparison(sizes)
        return [
            path
            for path in paths
            if not _equals_blob_or_both_absent(whole[path], blobs.get(path), compared)
        ]

    def measure_object_sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return the sizes of objects in bytes, without those that are missing."""
        if not oids:
            return {}
        words = ["cat-file", "--batch-check=%(objectname) %(objectsize)"]
        out = run_git(self.root, words, data="\n".join(oids).encode()).stdout.decode("ascii")
        rows = (line.partition(" ") for line in out.splitlines())
        return {oid: int(size) for oid, _blank, size in rows if size.isdigit()}


FINDER: ContextVar[tuple[Path, Callable[[], Repository | None]] | None] = ContextVar(
    "FINDER", default=None
)
"""The workspace with an open snapshot, and the function that finds its repository."""

MOST_NAMES: Final = 16 * 1024 * 1024
"""Bytes of the list of a commit's files, about 150,000 names. Folders may share objects, so a
commit of a few thousand bytes can have millions of files."""


def _equals_blob_or_both_absent(path: Path, blob: Blob | None, compared: ContentComparison) -> bool:
    if blob is None or not path.is_file():
        return blob is None and not path.exists()
    return compared.has_same_content(path, blob.oid)


def run_git(
    folder: Path,
    words: Sequence[str],
    *,
    check: bool = True,
    options: Iterable[str] = INERT,
    environ: Mapping[str, str] | None = None,
    data: bytes | None = None,
    progress: OutputListener | None = None,
    most: int = MOST_OUTPUT,
) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder` with a fixed environment and the inert settings, within a time limit.

    With `progress` git uses a remote and may run as long as it prints; `progress` gets that output.
    Git is not started, which counts as its error, if a file in its folder is a pipe, a device or
    too large. Git may print `most` bytes.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git exits with another code than 0, and `check` is set; git exceeds a limit.
    """
    options = tuple(options)
    if reason := find_reason_not_to_start_git(folder):
        done = subprocess.CompletedProcess[bytes](
            words, _FATAL, b"", not_started_text(reason).encode()
        )
    else:
        watch = _make_process_watch(folder, options, progress)._replace(most=most)
        done = _run_watched_and_remember_stall(
            folder, words, make_git_command_line(words, options), environ, data, watch
        )
    if check and done.returncode:
        raise make_failed_git_error(words, done)
    return done


def not_started_text(reason: str) -> str:
    """Return the text for the reason not to start git; `explain_git_error` reads it."""
    return f"fatal: git was not started: {reason}"


_TALKING: Final = frozenset({"clone", "fetch", "ls-remote", "push"})
"""Git's commands that pass on what the other side prints."""

_FATAL: Final = 128
"""Git's exit code after a fatal error."""


def _make_process_watch(
    folder: Path, options: Sequence[str], progress: OutputListener | None
) -> ProcessWatch:
    if progress is not None:
        return ProcessWatch(transport_stop_reason, progress)
    seconds = LOCAL if set(INERT) <= set(options) else PROGRAMS
    return ProcessWatch(LocalTimeLimit(folder, seconds).find_stop_reason)


def _run_watched_and_remember_stall(
    folder: Path,
    words: Sequence[str],
    line: Sequence[str],
    environ: Mapping[str, str] | None,
    data: bytes | None,
    watch: ProcessWatch,
) -> subprocess.CompletedProcess[bytes]:
    if text := reason_of_recent_stall(folder):
        raise make_ended_or_not_started_error(text)
    record_git_start_unless_harmless(words, inert=set(INERT) <= set(line))
    try:
        return run_program_within_limits(line, folder, make_git_environment(environ), data, watch)
    except StoppedError as error:
        text = ended_git_text(words, error.reason, error.seconds)
        if error.reason != TOO_MUCH:
            remember_stall(folder, text)
        raise make_ended_or_not_started_error(text) from error


def make_ended_or_not_started_error(text: str) -> GitError:
    """Return the error of a git that was ended, or not started."""
    error = GitError(text.removeprefix("fatal: "))
    error.output = text
    return error


def make_failed_git_error(
    words: Sequence[str], done: subprocess.CompletedProcess[bytes]
) -> GitError:
    """Return the error of a git whose exit code is not 0."""
    text = b"\n".join((done.stdout, done.stderr)).decode("utf-8", "replace").strip()
    error = GitError(
        _find_fatal_or_last_line(done.stderr.decode("utf-8", "replace")) or f"git {words[0]} failed"
    )
    error.output = text
    error.has_words_of_others = words[0] in _TALKING
    return error


def _find_fatal_or_last_line(output: str) -> str:
    """Return the line with the reason: git's first `fatal:` line, else the last line."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith(_BESIDE)]
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    return (fatal or lines[-1:] or [""])[0].removeprefix("error: ").strip()
