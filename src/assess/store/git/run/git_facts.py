"""The folders and settings of a repository, read from git once during a command.

Within `reuse_git_answers` an answer of git is reused as long as nothing can have changed it: no git
command was started since that may have run a program, and the files behind the answer are the same,
with the same times and sizes. Outside of `reuse_git_answers` each call starts a git command.
"""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple

from assess.store.git.run import plumbing as git
from assess.store.git.run.given_settings import INERT
from assess.store.git.run.known_settings import is_listed_or_assumed_answer
from assess.store.git.run.setting_files import (
    SettingRow,
    list_setting_files_with_includes,
    list_user_and_machine_setting_files,
)
from assess.store.git.run.starts import count_recorded_git_starts
from assess.store.git.run.strange_files import find_git_data_folders

_BASICS: Final = ("--absolute-git-dir", "--git-common-dir", "--show-toplevel", "--show-prefix")

GIT_PATHS: Final = (
    "config",
    "config.worktree",
    "hooks",
    "HEAD",
    "index",
    "index.lock",
    "objects",
    "refs/remotes",
    "shallow",
    "info/attributes",
    "logs/HEAD",
    "rebase-merge",
    "rebase-apply",
    "ORIG_HEAD",
    "AUTO_MERGE",
    "MERGE_HEAD",
    "MERGE_MSG",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
)
"""Files of git's folder whose paths a command may need."""

_DECIDING: Final = ("config", "config.worktree", "commondir", "gitdir", "HEAD")
"""Files of git's folder that decide about its folders and settings."""


class GitFolders(NamedTuple):
    """The folders that git uses for a workspace, as git prints them."""

    folder: Path
    """Git's folder for this working tree."""
    common: Path
    """Git's folder that linked working trees share; the same as `folder` without them."""
    top: Path
    """The top of the working tree."""
    prefix: str
    """The workspace's path inside the working tree, '' or ending in '/'."""
    paths: Mapping[str, Path]
    """The paths of `GIT_PATHS`, whose files may be missing."""


class GitQuestion(NamedTuple):
    """A git command whose answer depends only on settings and some variables."""

    words: tuple[str, ...]
    environ: tuple[tuple[str, str], ...]
    options: tuple[str, ...]

    def run_git_command(self, root: Path) -> subprocess.CompletedProcess[bytes]:
        """Run the command and return its result."""
        environ = dict(self.environ)
        return git.run_git(root, self.words, check=False, options=self.options, environ=environ)


class GitFacts:
    """The answers of git about a repository that are still valid."""

    def __init__(self, root: Path, harmless: Mapping[str, str]) -> None:
        self.root = root
        self._harmless = harmless
        self._starts = count_recorded_git_starts()
        self._had_programs = True
        self._answers: dict[GitQuestion, subprocess.CompletedProcess[bytes]] = {}
        self._stamp: tuple[object, ...] = ()
        self._common = frozenset(list_user_and_machine_setting_files())
        self._origins: frozenset[Path] = frozenset()
        self._folders: GitFolders | None = None
        self._has_asked_folders = False
        self._settings: subprocess.CompletedProcess[bytes] | None = None

    def find_git_folders(self) -> GitFolders | None:
        """Return git's folders, None if git opens no repository or prints ambiguous paths."""
        self._forget_facts_if_changed()
        if not self._has_asked_folders:
            self._folders, self._has_asked_folders = _ask_git_folders(self.root), True
        return self._folders

    def list_or_reuse_settings(self) -> subprocess.CompletedProcess[bytes]:
        """Return the result of the git command that lists the settings."""
        self._forget_facts_if_changed()
        if self._settings is None:
            done = _run_settings_list(self.root)
            self._origins = list_setting_files_with_includes(
                _parse_settings_list(done), _folder_and_parents_up_to_git(self.root)
            )
            self._settings, self._stamp = done, self._deciding_files_stamp()
            self._had_programs = self._may_git_start_programs()
        return self._settings

    def find_or_ask_answer(self, question: GitQuestion) -> subprocess.CompletedProcess[bytes]:
        """Return the answer to a question, which is reused as long as it is valid."""
        self._forget_facts_if_changed()
        if question not in self._answers:
            self._answers[question] = question.run_git_command(self.root)
        return self._answers[question]

    def _forget_facts_if_changed(self) -> None:
        stamp, starts = self._deciding_files_stamp(), count_recorded_git_starts()
        ran = starts != self._starts and (self._had_programs or self._may_git_start_programs())
        self._starts = starts
        if ran or stamp != self._stamp:
            self._stamp, self._folders, self._settings = stamp, None, None
            self._has_asked_folders = False
            self._had_programs = True
            self._answers.clear()

    def _may_git_start_programs(self) -> bool:
        """Return whether the repository names a program that git may run; True if unknown."""
        if self._settings is None:
            return True
        rows = _parse_settings_list(self._settings)
        named = (
            is_listed_or_assumed_answer(row.name, "asked")
            for row in rows
            if row.scope in ("local", "worktree") and self._harmless.get(row.name) != row.value
        )
        return any(named) or any(map(_has_hooks, self._possible_hook_folders()))

    def _possible_hook_folders(self) -> Iterable[Path]:
        """Return the folders of hooks; a setting of another folder counts as naming a program."""
        if self._folders is not None:
            return [self._folders.paths["hooks"]]
        return [folder / "hooks" for folder in find_git_data_folders(self.root)]

    def _deciding_files_stamp(self) -> tuple[object, ...]:
        """Return a value that changes if a deciding file changes."""
        folders = find_git_data_folders(self.root)
        files = [folder / name for folder in folders for name in _DECIDING]
        settings = self._common | self._origins
        states = (
            _file_identity_and_times(path)
            for path in (self.root / ".git", *files, *sorted(settings))
        )
        return (tuple(folders), tuple(states))


class _FactsCache:
    """The facts of a workspace and of the other repositories that a command uses."""

    def __init__(self, root: Path, harmless: Mapping[str, str]) -> None:
        self.root = root
        self._harmless = harmless
        self._facts: dict[Path, GitFacts] = {}

    def facts_of_repository(self, root: Path) -> GitFacts:
        """Return the facts of a repository."""
        if root not in self._facts:
            self._facts[root] = GitFacts(root, self._harmless)
        return self._facts[root]


_FACTS_CACHE: ContextVar[_FactsCache | None] = ContextVar("facts", default=None)


@contextlib.contextmanager
def reuse_git_answers(root: Path, harmless_values_by_setting: Mapping[str, str]) -> Iterator[None]:
    """Reuse git's answers about the workspace at `root` as long as they are valid.

    Its answers about settings of other repositories are reused too. The settings in
    `harmless_values_by_setting` name programs which change no settings.
    """
    token = _FACTS_CACHE.set(_FactsCache(root, harmless_values_by_setting))
    try:
        yield
    finally:
        _FACTS_CACHE.reset(token)


def find_reusable_git_folders(root: Path) -> GitFolders | None:
    """Return git's folders, None if git opens no repository or prints ambiguous paths.

    For another workspace than that of `reuse_git_answers` the result is None, and the caller runs a
    simpler git command.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    cache = _FACTS_CACHE.get()
    return (
        cache.facts_of_repository(root).find_git_folders()
        if cache is not None and cache.root == root
        else None
    )


def find_workspace_prefix(root: Path) -> str:
    """Return the workspace's path inside the working tree, '' or ending in '/'.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git opens no repository.
    """
    if folders := find_reusable_git_folders(root):
        return folders.prefix
    out = git.run_git(root, ["rev-parse", "--show-prefix"]).stdout
    return os.fsdecode(out).removesuffix("\n")


def list_settings(root: Path, *, check: bool = False) -> list[SettingRow]:
    """Return all settings that git uses in the repository, in git's order.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git can't read the settings, and `check` is set.
    """
    cache = _FACTS_CACHE.get()
    done = (
        cache.facts_of_repository(root).list_or_reuse_settings()
        if cache is not None
        else _run_settings_list(root)
    )
    if check and done.returncode:
        raise git.make_failed_git_error(_LIST, done)
    return _parse_settings_list(done)


def find_setting_value(root: Path, name: str) -> str:
    """Return the value of a setting that is used, '' if it is not set.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    values = [row.value for row in list_settings(root) if row.name == name]
    return values[-1] if values else ""


def ask_git_or_reuse_answer(
    root: Path,
    words: Sequence[str],
    *,
    check: bool = False,
    options: Iterable[str] = INERT,
    environ: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Return git's answer to a question that depends only on settings and `environ`.

    Raises:
        EnvironmentLacksError: git is not installed.
        GitError: git exits with another code than 0, and `check` is set.
    """
    question = GitQuestion(tuple(words), tuple(sorted((environ or {}).items())), tuple(options))
    cache = _FACTS_CACHE.get()
    done = (
        cache.facts_of_repository(root).find_or_ask_answer(question)
        if cache is not None
        else question.run_git_command(root)
    )
    if check and done.returncode:
        raise git.make_failed_git_error(words, done)
    return done


_LIST: Final = ("config", "--list", "--show-scope", "--show-origin", "-z")


def _run_settings_list(root: Path) -> subprocess.CompletedProcess[bytes]:
    return git.run_git(root, _LIST, check=False)


def _parse_settings_list(done: subprocess.CompletedProcess[bytes]) -> list[SettingRow]:
    words = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    rows = zip(words[::3], words[1::3], words[2::3], strict=False)
    return [
        SettingRow(scope, origin, name, value if newline else "true")
        for scope, origin, text in rows
        for name, newline, value in [text.partition("\n")]
    ]


def _ask_git_folders(root: Path) -> GitFolders | None:
    words = ["rev-parse", *_BASICS, *(word for name in GIT_PATHS for word in ("--git-path", name))]
    # Without the inert settings, which change the hooks' folder. rev-parse starts no program.
    done = git.run_git(root, words, check=False, options=())
    lines = os.fsdecode(done.stdout).split("\n")[:-1]
    if done.returncode or len(lines) != len(_BASICS) + len(GIT_PATHS):
        return None
    return _parse_git_folders(root, lines)


def _parse_git_folders(root: Path, lines: Sequence[str]) -> GitFolders:
    folder, common, top, prefix, *paths = lines
    named = {name: root / path for name, path in zip(GIT_PATHS, paths, strict=True)}
    return GitFolders(root / folder, root / common, root / top, prefix, named)


def _folder_and_parents_up_to_git(root: Path) -> list[Path]:
    """Return the folder and its parents up to the one with `.git`."""
    above = (root, *root.parents)
    depth = next((n for n, top in enumerate(above) if os.path.lexists(top / ".git")), 0)
    return list(above[: depth + 1])


def _has_hooks(folder: Path) -> bool:
    """Return whether the hooks' folder has an entry that is no sample."""
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.endswith(".sample") for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _file_identity_and_times(path: Path) -> tuple[int, ...] | None:
    """Return the identity of a file or folder, and size and times of a file; None without one."""
    try:
        state = os.stat(path)  # noqa: PTH116  # half the time, for some twenty calls
    except (OSError, ValueError):  # no file has a name with a NUL in it
        return None
    file = (state.st_dev, state.st_ino, state.st_mode)
    if stat.S_ISDIR(state.st_mode):
        return file  # git makes files in its folder all the time
    return (*file, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
