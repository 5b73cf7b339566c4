"""What git says of a repository's folders and settings, read once a command.

Within `facts_kept` an answer of git is taken again as long as nothing can have changed it: no git
was started since that may have run a program, and the files that the answer comes from are the same
files, with the same times and sizes. Outside of it each question starts a git.
"""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple

from assess.store.git.run import plumbing as git
from assess.store.git.run.known_settings import has_answer
from assess.store.git.run.starts import count_program_starts
from assess.store.git.run.strange_files import git_folders

_BASICS: Final = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel", "--show-prefix")

GIT_PATHS: Final = (
    "config",
    "config.worktree",
    "hooks",
    "HEAD",
    "index",
    "index.lock",
    "objects",
    "shallow",
    "info/attributes",
    "logs/HEAD",
    "rebase-merge",
    "rebase-apply",
    "MERGE_HEAD",
    "MERGE_MSG",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
)
"""Files of git's own folder that a command may ask for."""

_DECIDING: Final = ("config", "config.worktree", "commondir", "gitdir", "HEAD")
"""Files of git's own folder that decide about its folders and settings."""


class SettingRow(NamedTuple):
    """A value of a setting, as git lists it; of several values of a name the last one wins."""

    scope: str
    """`system`, `global`, `local`, `worktree` or `command`."""
    origin: str
    """`file:` and a path from where git works, or something else that is no file."""
    name: str
    """Section and variable in lower case, what stands between them as it is written."""
    value: str


class GitFolders(NamedTuple):
    """Where git works for a workspace."""

    folder: Path
    """Git's own folder for this working tree."""
    common: Path
    """Git's folder that linked working trees share; else the same."""
    top: Path
    """The top of the working tree."""
    prefix: str
    """The workspace's path inside the working tree, '' or ending in '/'."""
    paths: Mapping[str, Path]
    """The files of `GIT_PATHS`, there or not."""


class Facts:
    """The answers of git about one repository that still stand."""

    def __init__(self, root: Path, harmless: Mapping[str, str]) -> None:
        self.root = root
        self._harmless = harmless
        self._starts = count_program_starts()
        self._had_programs = True
        self._answers: dict[tuple[object, ...], subprocess.CompletedProcess[bytes]] = {}
        self._stamp: tuple[object, ...] = ()
        self._origins: frozenset[Path] = frozenset()
        self._folders: GitFolders | None = None
        self._settings: subprocess.CompletedProcess[bytes] | None = None

    def folders(self) -> GitFolders | None:
        """Return where git works; None where git opens no repository, or prints no plain paths."""
        self._forget_changed()
        if self._folders is None:
            self._folders = _ask_folders(self.root)
        return self._folders

    def settings(self) -> subprocess.CompletedProcess[bytes]:
        """Return what git printed as the list of settings."""
        self.folders()
        if self._settings is None:
            done = _ask_settings(self.root)
            self._origins = self._files_of(_setting_rows(done))
            self._settings, self._stamp = done, self._new_stamp()
            self._had_programs = self._has_programs()
        return self._settings

    def answer(
        self, words: Sequence[str], environ: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """Return what git said to a question that settings alone decide."""
        self._forget_changed()
        key = (*words, *sorted(environ.items()))
        if key not in self._answers:
            self._answers[key] = git.run(self.root, words, check=False, environ=environ)
        return self._answers[key]

    def _files_of(self, rows: Sequence[SettingRow]) -> frozenset[Path]:
        """Return the files that settings come from; git may name them from the top of the tree."""
        tops = (self.root, *((self._folders.top,) if self._folders is not None else ()))
        names = {row.origin.removeprefix("file:") for row in rows}
        return frozenset(Path(top, name) for top in tops for name in names)

    def _forget_changed(self) -> None:
        stamp, starts = self._new_stamp(), count_program_starts()
        ran = starts != self._starts and (self._had_programs or self._has_programs())
        self._starts = starts
        if ran or stamp != self._stamp:
            self._stamp, self._folders, self._settings = stamp, None, None
            self._had_programs = True
            self._answers.clear()

    def _has_programs(self) -> bool:
        """Return whether a git that may run programs finds one here; so where that is not known."""
        if self._folders is None or self._settings is None:
            return True
        rows = _setting_rows(self._settings)
        named = (
            has_answer(row.name, "asked")
            for row in rows
            if row.scope in ("local", "worktree") and self._harmless.get(row.name) != row.value
        )
        return any(named) or _has_hooks(self._folders.paths["hooks"])

    def _new_stamp(self) -> tuple[object, ...]:
        """Return what is another value once a deciding file changed."""
        folders = git_folders(self.root)
        files = [folder / name for folder in folders for name in _DECIDING]
        states = (_file_state(path) for path in (self.root / ".git", *files, *self._origins))
        return (tuple(folders), tuple(states))


_FACTS: ContextVar[Facts | None] = ContextVar("facts", default=None)


@contextlib.contextmanager
def facts_kept(root: Path, harmless: Mapping[str, str]) -> Iterator[None]:
    """Take git's answers about the repository around `root` again while they stand.

    `harmless` are settings that name programs which change no settings.
    """
    token = _FACTS.set(Facts(root, harmless))
    try:
        yield
    finally:
        _FACTS.reset(token)


def find_git_folders(root: Path) -> GitFolders | None:
    """Return where git works, None where git opens no repository, or prints no plain paths.

    None also outside of `facts_kept`: a single question is put to git more plainly.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    facts = _FACTS.get()
    return facts.folders() if facts is not None and facts.root == root else None


def list_settings(root: Path, *, check: bool = False) -> list[SettingRow]:
    """Return all settings that git has here, in its order.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git can't read them, and `check` is set.
    """
    facts = _FACTS.get()
    same = facts is not None and facts.root == root
    done = facts.settings() if facts is not None and same else _ask_settings(root)
    if check and done.returncode:
        raise git.refused(_LIST, done)
    return _setting_rows(done)


def setting_value(root: Path, name: str) -> str:
    """Return the value of a setting that counts, '' where it is not set.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    values = [row.value for row in list_settings(root) if row.name == name]
    return values[-1] if values else ""


def ask_settings(
    root: Path, words: Sequence[str], environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Return what git says to a question that settings and `environ` alone decide.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    facts = _FACTS.get()
    if facts is not None and facts.root == root:
        return facts.answer(words, environ or {})
    return git.run(root, words, check=False, environ=environ)


_LIST: Final = ("config", "--list", "--show-scope", "--show-origin", "-z")


def _ask_settings(root: Path) -> subprocess.CompletedProcess[bytes]:
    return git.run(root, _LIST, check=False)


def _setting_rows(done: subprocess.CompletedProcess[bytes]) -> list[SettingRow]:
    words = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    rows = zip(words[::3], words[1::3], words[2::3], strict=False)
    return [
        SettingRow(scope, origin, name, value)
        for scope, origin, text in rows
        for name, _newline, value in [text.partition("\n")]
    ]


def _ask_folders(root: Path) -> GitFolders | None:
    words = ["rev-parse", *_BASICS, *(word for name in GIT_PATHS for word in ("--git-path", name))]
    # Without the inert settings: these say where the hooks are not. rev-parse starts nothing.
    done = git.run(root, words, check=False, options=())
    lines = os.fsdecode(done.stdout).split("\n")[:-1]
    if done.returncode or len(lines) != len(_BASICS) + len(GIT_PATHS):
        return None
    return _as_folders(root, lines)


def _as_folders(root: Path, lines: Sequence[str]) -> GitFolders:
    folder, common, top, prefix, *paths = lines
    named = {name: root / path for name, path in zip(GIT_PATHS, paths, strict=True)}
    return GitFolders(root / folder, root / common, root / top, prefix, named)


def _has_hooks(folder: Path) -> bool:
    """Return whether something stands in the hooks' folder that is no sample."""
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.endswith(".sample") for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _file_state(path: Path) -> tuple[int, ...] | None:
    """Return what tells a state of a file, or a folder, from another; None where none is there."""
    try:
        state = os.stat(path)  # noqa: PTH116  # half the time, and it is asked some twenty times
    except (OSError, ValueError):  # nothing has a name with a NUL in it
        return None
    file = (state.st_dev, state.st_ino, state.st_mode)
    if stat.S_ISDIR(state.st_mode):
        return file  # git makes files in its own folder all the time
    return (*file, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
