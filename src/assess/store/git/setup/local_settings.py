"""The attributes and local settings by which git merges and shows the workspace's files.

A clone has the attributes, but not the settings. Without them it merges line by line
(docs/decisions/0007-merge.md), so the settings are checked in every clone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.errors import WriteError
from assess.i18n import N_, Lang, translator
from assess.store.file_types import FILE_TYPES
from assess.store.files import write_atomic
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import (
    remove_repository_settings,
    write_repository_settings,
)
from assess.store.git.run.git_facts import (
    find_reusable_git_folders,
    find_setting_value,
    list_settings,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.attribute_lines import (
    add_merge_lines,
    list_missing_or_overridden_merge_lines,
    read_attribute_file,
)
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.trust import attribute_files as attributes
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.git.trust.trusted_programs import keep_trust_while_setting

_MISSING: Final = N_("git cannot start assess here, so this file was not merged: assess git setup")

CLASH: Final = 65
"""The exit code of the driver for a conflict. No shell, broken script or interpreter without
`assess` exits with this code."""

DRIVER: Final = (
    """sh -c 'try() { "$@"; case $? in """
    f"""0) exit 0;; {CLASH}) exit 1;; 1|126|127) ;; *) exit 130;; esac; }}; """
    f"""command -v assess >/dev/null && try assess merge-driver --conflict {CLASH} "$@"; """
    """python=$(git config merge.assess.python); """
    f"""[ -x "$python" ] && try "$python" -P -m assess merge-driver --conflict {CLASH} "$@"; """
    f"""echo "{_MISSING}" >&2; exit 130' -- %O %A %B %P"""
)
"""The driver runs the `assess` of the PATH, else the interpreter that ran `assess git setup`. If
neither starts, git stops.

Git reads every exit code up to 128 as a conflict in our file. So a program that did not start
(1, 126, 127) would count as a conflict without markers, and `git add` would drop theirs."""

PYTHON: Final = "merge.assess.python"
"""The setting with the interpreter; it differs between machines, so it is not in SETTINGS."""

_HUNK_HEADER: Final = "^ *- id: (.*)$\n^  ([A-Za-z0-9][A-Za-z0-9.-]*):( |$)"
"""The pattern of lines that head a hunk of a diff: sections, items, answers, people, rows."""

SETTINGS: Final = {
    "merge.assess.name": "merge by meaning (assess)",
    "merge.assess.driver": DRIVER,
    "diff.assess.xfuncname": _HUNK_HEADER,
}

_SYSTEM_WIDE: Final = Path("/etc/gitattributes")

CURE: Final = "assess git setup"
"""The command that sets up a clone."""

_BY_LINES: Final = N_("a plain `git pull` here merges by lines, not by meaning")
_STOPS: Final = N_("a plain `git pull` here finds no `assess` and stops at each merge")


class MergeSetup(NamedTuple):
    """The parts of git's setup that a workspace has."""

    repository: bool
    """Whether the workspace is in a git repository; without one nothing is needed."""
    driver: bool
    """Whether git's settings have the current merge driver."""
    attributes: bool
    """Whether .gitattributes says which files are merged by meaning."""
    program: bool
    """Whether the driver finds an `assess` to start."""

    @property
    def is_complete_or_not_needed(self) -> bool:
        """Whether changes of two people will be merged by meaning here."""
        return not self.repository or (self.driver and self.attributes and self.program)

    def explain_what_is_missing(self, lang: Lang) -> str:
        """Return what will go wrong at the next merge, '' if the setup is complete."""
        if self.is_complete_or_not_needed:
            return ""
        by_lines = not (self.driver and self.attributes)
        return translator(lang)(_BY_LINES if by_lines else _STOPS)


def read_merge_setup(root: Path) -> MergeSetup:
    """Return the parts that are set up; this runs git up to three times.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    driver = find_setting_value(root, "merge.assess.driver")
    if driver != DRIVER and git.Repository.find_repository(root) is None:
        return MergeSetup(repository=False, driver=False, attributes=False, program=False)
    from shutil import which  # noqa: PLC0415  # 2 ms at every start

    return MergeSetup(
        repository=True,
        driver=driver == DRIVER,
        attributes=_are_merge_lines_effective(root) and _will_git_merge_by_meaning(root),
        program=which("assess") is not None or os.access(find_setting_value(root, PYTHON), os.X_OK),
    )


def git_settings_to_write() -> dict[str, str]:
    """Return the settings that this program writes on this machine."""
    return {**SETTINGS, PYTHON: sys.executable}


def list_outdated_settings(root: Path) -> list[str]:
    """Return the names of the settings that are not as this program writes them."""
    values = {row.name: row.value for row in list_settings(root)}
    return [name for name, value in git_settings_to_write().items() if values.get(name) != value]


def write_merge_attributes_and_settings(root: Path, lang: Lang) -> list[str]:
    """Write the missing attributes and settings, and return the names of those written.

    A trusted repository stays trusted.

    Raises:
        EnvironmentLacksError: git is not installed.
        WriteError: .gitattributes or the settings can't be written; git would write outside of the
            workspace's folder.
    """
    refuse_git_writing_outside(root, lang)
    return _write_missing_merge_lines(root, lang) + write_merge_settings(root, lang)


def write_merge_settings(root: Path, lang: Lang) -> list[str]:
    """Write the missing settings, and return their names; .gitattributes stays as it is.

    A trusted repository stays trusted.

    Raises:
        EnvironmentLacksError: git is not installed.
        WriteError: the settings can't be written; git would write outside of the folder.
    """
    refuse_git_writing_outside(root, lang)
    with keep_trust_while_setting(root, git_settings_to_write(), lang):
        lacking = list_outdated_settings(root)
        try:
            write_repository_settings(
                root, {name: git_settings_to_write()[name] for name in lacking}, lang
            )
        except GitError as error:
            raise _make_settings_error(error, root, lang) from error
    return lacking


def remove_merge_settings(root: Path, lang: Lang) -> list[str]:
    """Remove the settings that this program wrote in a clone, and return their names.

    The attributes stay: they belong to the repository, and without the settings git merges by
    lines. A trusted repository stays trusted.

    Raises:
        EnvironmentLacksError: git is not installed.
        WriteError: the settings can't be written; git would write outside of the workspace's
            folder.
    """
    refuse_git_writing_outside(root, lang)
    values = {row.name: row.value for row in list_settings(root) if row.scope == "local"}
    names = [name for name in git_settings_to_write() if name in values]
    with keep_trust_while_setting(root, git_settings_to_write(), lang):
        try:
            remove_repository_settings(root, names, lang)
        except GitError as error:
            raise _make_settings_error(error, root, lang) from error
    return names


def _make_settings_error(error: GitError, root: Path, lang: Lang) -> WriteError:
    _ = translator(lang)
    explained = explain_git_error(error, root, lang)
    if explained.hint:
        return WriteError(explained.message, explained.hint)
    text = error.message
    hint = _("look whether .git may be written, and whether .git/config.lock was left behind")
    return WriteError(_("git can't write its settings: {reason}").format(reason=text), hint)


def _write_missing_merge_lines(root: Path, lang: Lang) -> list[str]:
    path = root / attributes.NAME
    text = read_attribute_file(path, root, lang)
    whole = add_merge_lines(text)
    if whole == text:
        return []
    write_atomic(path, whole.encode("utf-8", "surrogateescape"), lang)
    return [attributes.NAME]


def _are_merge_lines_effective(root: Path) -> bool:
    try:
        return not list_missing_or_overridden_merge_lines(
            read_attribute_file(root / attributes.NAME, root, "en")
        )
    except WriteError:
        return False


def _will_git_merge_by_meaning(root: Path) -> bool:
    """Return whether git will merge the existing files by meaning, by all its attributes.

    A line in the .gitattributes of a subfolder, a line in .git/info/attributes, or a macro may
    override those of the workspace's .gitattributes.
    """
    globs = [row.pattern for row in FILE_TYPES if row.merge == "meaning"]
    paths = sorted(path for part in globs for path in root.glob(part))
    below = (path.parents[: len(path.relative_to(root).parts)] for path in paths)
    folders = {*attributes.list_folders_up_to_worktree_top(root), *chain.from_iterable(below)}
    if not all(attributes.is_small_file_or_absent(folder / attributes.NAME) for folder in folders):
        return False  # git would wait for a pipe
    if _are_only_workspace_attributes_used(root, folders):
        return True
    names = [path.relative_to(root).as_posix() for path in paths]
    output = git.run_git(root, ["check-attr", "-z", "merge", "--", *names], check=False).stdout
    return set(output.split(b"\0")[2::3]) <= {b"assess"}


def _are_only_workspace_attributes_used(root: Path, folders: Iterable[Path]) -> bool:
    """Return whether only the .gitattributes of the workspace decides how its files are merged.

    Git then follows the lines of the program in it. The result is False if git must be asked,
    because there are other files of attributes, or macros (`[attr]`).
    """
    git_folders = find_reusable_git_folders(root)
    if git_folders is None or find_setting_value(root, "core.attributesfile"):
        return False
    others = [
        git_folders.paths["info/attributes"],
        locations.user_git_settings_folder() / "attributes",
        _SYSTEM_WIDE,
    ]
    others += [folder / attributes.NAME for folder in folders if folder != root]
    text = read_attribute_file(root / attributes.NAME, root, "en")
    return "[attr]" not in text and not any(map(os.path.lexists, others))
