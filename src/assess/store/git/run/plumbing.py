"""Git by plumbing only, with everything switched off by which a strange folder could run code.

A repository's own configuration may name programs (fsmonitor, hooks, textconv, filters, external
diff, gpg, ssh). Reading uses commands that never look at the index or the working tree, and is told
besides not to run any of these. Lazy fetching of a partial clone is off: it starts a transport.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import AssessError, DamagedError
from assess.store.git.run.commit_times import seconds_of
from assess.store.git.run.file_ids import Comparison, is_large
from assess.store.git.run.given_settings import INERT, NOTHING, RELIED_ON
from assess.store.git.run.process import (
    MOST_OUTPUT,
    TOO_MUCH,
    Heard,
    StoppedError,
    Watch,
    run_watched,
)
from assess.store.git.run.starts import note_start
from assess.store.git.run.strange_files import strange_name
from assess.store.git.run.time_limits import (
    LOCAL,
    PROGRAMS,
    LocalPatience,
    remember_stall,
    stall_of,
    stall_text,
    transport_complaint,
)

_BESIDE = ("error: failed to push", "hint: ", "To ", " ! [", "Not committing merge; ")
"""How lines begin with which git goes on after it, or a hook, has said why."""

_USERS_OWN = re.compile(
    r"GIT_("
    r"(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)"
    r"|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|ATTR_NOSYSTEM|TEMPLATE_DIR|DEFAULT_HASH|DEFAULT_REF_FORMAT"
    r"|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH"
    r"|SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND"
    r"|SSL_\w+|PROXY_SSL_\w+|HTTP_\w+"
    r"|TEST_\w+"
    r")"
)
"""Variables for git that stay: who commits, the user's own settings and installation, the way to
the other side. All others are taken out: they name other places, files to write traces to, other
meanings of paths."""


class GitError(AssessError):
    """Git said no; `message` is its own last line, `said` all that it wrote about it."""

    said = ""
    code = ""
    """What JSON says of it, where there is a word for it."""


class BrokenHeadError(GitError, DamagedError):
    """The newest commit can't be read: the branch is empty, or objects of the commit are."""

    code = "head-broken"

    def __init__(self, message: str, hint: str = "", oid: str = "") -> None:
        super().__init__(message, hint)
        self.oid = oid
        """The commit that is named; '' where the name itself can't be read."""


class Blob(NamedTuple):
    """A file of a commit: its mode, object id and path from the workspace's root."""

    mode: str
    oid: str
    path: str


class Repository:
    """The git repository that a workspace stands in, read only."""

    def __init__(self, root: Path, prefix: str) -> None:
        self.root = root
        """The workspace's root folder."""
        self.prefix = prefix
        """The workspace's path inside the repository, '' or ending in '/'."""

    @classmethod
    def find(cls, root: Path) -> Repository | None:
        """Return the repository around `root`, None where there is none.

        Raises:
            EnvironmentLacksError: git is not installed.
        """
        finder = FINDER.get()
        return finder[1]() if finder is not None and finder[0] == root else cls.look_up(root)

    @classmethod
    def look_up(cls, root: Path) -> Repository | None:
        """Return the repository around `root`, asked of git anew, None where there is none."""
        done = run(root, ["rev-parse", "--show-prefix"], check=False)
        if done.returncode:
            return None
        return cls(root, done.stdout.decode("utf-8", "surrogateescape").rstrip("\n"))

    def head(self) -> str | None:
        """Return the id of the commit that is checked out, None before the first commit.

        Raises:
            BrokenHeadError: there is one, but it can't be read.
        """
        return self.resolve("HEAD") or self._unborn_head()

    def _unborn_head(self) -> str | None:
        """Return None before the first commit; the commit where another git made it meanwhile."""
        words = ["rev-parse", "--verify", "--quiet", "HEAD"]
        named = run(self.root, words, check=False).stdout.decode("ascii").strip()
        if named:
            commit = self.resolve(named)
            if commit is None:
                raise BrokenHeadError("the newest commit is missing or empty", oid=named)
            return commit
        if run(self.root, ["symbolic-ref", "--quiet", "HEAD"], check=False).returncode > 1:
            raise BrokenHeadError("the branch is empty or damaged")
        return None

    def resolve(self, revision: str) -> str | None:
        """Return the commit id that `revision` names, None where there is none."""
        if revision.startswith("-"):
            return None
        words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        done = run(self.root, words, check=False)
        return done.stdout.decode("ascii").strip() or None if not done.returncode else None

    def tree(self, commit: str, folders: Sequence[str] = ()) -> dict[str, Blob]:
        """Return the files of a commit below the workspace, by path from its root.

        Raises:
            BrokenHeadError: the newest commit can't be read.
            GitError: another commit can't be read.
        """
        words = ["ls-tree", "-r", "-z", "--full-tree", commit, "--"]
        below = [self.prefix + folder for folder in folders] or [self.prefix or "."]
        blobs = {}
        try:
            out = run(self.root, [*words, *(b for b in below if b != ".")], most=MOST_NAMES).stdout
        except GitError as error:
            if TOO_MUCH not in error.said and commit == self.resolve("HEAD"):
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

    def read(self, oid: str) -> bytes:
        """Return the bytes of an object."""
        return run(self.root, ["cat-file", "blob", oid]).stdout

    def commit_time(self, commit: str) -> int:
        """Return the committer's time of a commit, in seconds since the epoch."""
        raw = run(self.root, ["cat-file", "commit", commit]).stdout
        for line in raw.split(b"\n"):
            if line.startswith(b"committer "):
                return seconds_of(line.rsplit(b" ", 2)[1])
        raise GitError(f"commit {commit} has no committer")

    def last_seconds(self) -> list[int]:
        """Return the committer's times of the last commit and of its parents."""
        words = ["rev-list", "--no-walk=unsorted", "--timestamp", "HEAD", "HEAD^@", "--"]
        done = run(self.root, words, check=False)
        rows = done.stdout.split(b"\n") if not done.returncode else []
        return [seconds_of(row.split()[0]) for row in rows if row]

    def changed(self, paths: Iterable[str], blobs: Mapping[str, Blob]) -> list[str]:
        """Return those of the workspace's files that a commit's `blobs` hold otherwise.

        Compares object ids, so no filter, textconv or index is involved.
        """
        paths = list(paths)
        whole = {path: self.root / path for path in paths}
        sizes = self.sizes(
            [blobs[path].oid for path in paths if path in blobs and is_large(whole[path])]
        )
        compared = Comparison(sizes)
        return [path for path in paths if not _same(whole[path], blobs.get(path), compared)]

    def sizes(self, oids: Sequence[str]) -> dict[str, int]:
        """Return how many bytes each of some objects has; those that are missing are left out."""
        if not oids:
            return {}
        words = ["cat-file", "--batch-check=%(objectname) %(objectsize)"]
        out = run(self.root, words, data="\n".join(oids).encode()).stdout.decode("ascii")
        rows = (line.partition(" ") for line in out.splitlines())
        return {oid: int(size) for oid, _blank, size in rows if size.isdigit()}


FINDER: ContextVar[tuple[Path, Callable[[], Repository | None]] | None] = ContextVar(
    "FINDER", default=None
)
"""For which workspace the running command finds its repository in another way, and how."""

MOST_NAMES: Final = 16 * 1024 * 1024
"""Bytes of a list of a commit's files: some 150,000. A commit of some thousand bytes, whose folders
share objects, can have millions."""


def _same(path: Path, blob: Blob | None, compared: Comparison) -> bool:
    if blob is None or not path.is_file():
        return blob is None and not path.exists()
    return compared.is_same(path, blob.oid)


def run(
    folder: Path,
    words: Sequence[str],
    *,
    check: bool = True,
    options: Iterable[str] = INERT,
    environ: Mapping[str, str] | None = None,
    data: bytes | None = None,
    progress: Heard | None = None,
    most: int = MOST_OUTPUT,
) -> subprocess.CompletedProcess[bytes]:
    """Run git in `folder` with fixed environment and the inert settings, for a limited time.

    With `progress` git talks to another repository: it may take as long as it says something, and
    `progress` is given what it says. Where git's own folder holds a pipe, a device or a vast file
    in the place of one that git reads, git is not started; that counts as a refusal of git. It may
    print `most` bytes.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git exits with another code than 0, and `check` is set; it took too long.
    """
    options = tuple(options)
    if name := strange_name(folder):
        done = subprocess.CompletedProcess[bytes](words, _FATAL, b"", not_started(name).encode())
    else:
        watch = _watch(folder, options, progress)._replace(most=most)
        done = _run_watched(folder, words, command(words, options), environ, data, watch)
    if check and done.returncode:
        raise refused(words, done)
    return done


def not_started(name: str) -> str:
    """Return what is said of a file that git had better not open, as `git.meanings` reads it."""
    return f"fatal: git was not started: {name} is no ordinary file"


_FATAL: Final = 128
"""Git's own exit code where it can't go on."""


def _watch(folder: Path, options: Sequence[str], progress: Heard | None) -> Watch:
    if progress is not None:
        return Watch(transport_complaint, progress)
    seconds = LOCAL if set(INERT) <= set(options) else PROGRAMS
    return Watch(LocalPatience(folder, seconds).complaint)


def _run_watched(
    folder: Path,
    words: Sequence[str],
    line: Sequence[str],
    environ: Mapping[str, str] | None,
    data: bytes | None,
    watch: Watch,
) -> subprocess.CompletedProcess[bytes]:
    if text := stall_of(folder):
        raise stalled(text)
    note_start(words, inert=set(INERT) <= set(line))
    try:
        return run_watched(line, folder, environment(environ), data, watch)
    except StoppedError as error:
        text = stall_text(words, error.reason, error.seconds)
        if error.reason != TOO_MUCH:
            remember_stall(folder, text)
        raise stalled(text) from error


def stalled(text: str) -> GitError:
    """Return the error of a git that was ended, or not started."""
    error = GitError(text.removeprefix("fatal: "))
    error.said = text
    return error


def refused(words: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> GitError:
    """Return the error of a git that exited with another code than 0."""
    text = b"\n".join((done.stdout, done.stderr)).decode("utf-8", "replace").strip()
    error = GitError(_gist(done.stderr.decode("utf-8", "replace")) or f"git {words[0]} failed")
    error.said = text
    return error


def _gist(said: str) -> str:
    """Return the line that says why: git's first, else the last one, which is that of a hook."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(_BESIDE)]
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    return (fatal or lines[-1:] or [""])[0].removeprefix("error: ").strip()


def command(words: Sequence[str], options: Iterable[str] = INERT) -> list[str]:
    """Return the command line of git with settings, `name=value` or whole `--options`.

    The last setting of a name wins.
    """
    whole = (*RELIED_ON, *options)
    given = ([one] if one.startswith("--") else ["-c", one] for one in whole)
    return ["git", *(word for option in given for word in option), *words]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment that git runs in: the caller's, with the user's own variables only."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _USERS_OWN.fullmatch(name)
    }
    fixed = {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        # A place where nothing is: grafts give commits other parents. Git warns of an empty file.
        "GIT_GRAFT_FILE": "/dev/null/grafts",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "false",
        # A repository's protocol.ext.allow would win over protocol.allow, not over this.
        "GIT_ALLOW_PROTOCOL": "none",
        NOTHING: "",
    }
    return environ | fixed | dict(extra or {})
