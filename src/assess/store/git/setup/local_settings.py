"""Set up what git needs to merge and show the workspace's files: attributes and local settings.

Attributes travel with the repository, settings do not: a clone without them merges line by line
(docs/decisions/0007-merge.md), so every clone is asked for them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import WriteError
from assess.i18n import N_, Lang, translator
from assess.store.file_types import FILE_TYPES
from assess.store.files import write_atomic
from assess.store.git.run import plumbing as git
from assess.store.git.run.flushed_writes import write_settings
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.read_once import find_git_folders, list_settings, setting_value
from assess.store.git.setup.attribute_lines import lacking_merge_lines, read_lines, with_merge_lines
from assess.store.git.trust import attribute_files as attributes
from assess.store.git.trust.boundary import refuse_outside
from assess.store.git.trust.trusted_programs import keeping_trust

_MISSING: Final = N_("git cannot start assess here, so this file was not merged: assess git setup")

CLASH: Final = 65
"""What the driver is told to exit with on a conflict: no code that a shell, a broken script or an
interpreter without `assess` gives by itself."""

DRIVER: Final = (
    """sh -c 'try() { "$@"; case $? in """
    f"""0) exit 0;; {CLASH}) exit 1;; 1|126|127) ;; *) exit 130;; esac; }}; """
    f"""command -v assess >/dev/null && try assess merge-driver --conflict {CLASH} "$@"; """
    """python=$(git config merge.assess.python); """
    f"""[ -x "$python" ] && try "$python" -P -m assess merge-driver --conflict {CLASH} "$@"; """
    f"""echo "{_MISSING}" >&2; exit 130' -- %O %A %B %P"""
)
"""The `assess` of the PATH, else the interpreter that set git up; where neither starts, git stops.

Git takes every code up to 128 for a conflict in what stands in ours. A program that did not start
(1, 126, 127) would so pass for one without a marker, and `git add` would drop theirs."""

PYTHON: Final = "merge.assess.python"
"""The setting that holds the interpreter; it differs between machines, so it is none of SETTINGS.
"""

_HUNK_HEADER: Final = "^ *- id: (.*)$\n^  ([A-Za-z0-9][A-Za-z0-9.-]*):( |$)"
"""Sections and items of checklists, answers, people, rows: what a hunk of a diff is about."""

SETTINGS: Final = {
    "merge.assess.name": "merge by meaning (assess)",
    "merge.assess.driver": DRIVER,
    "diff.assess.xfuncname": _HUNK_HEADER,
}

_SYSTEM_WIDE: Final = Path("/etc/gitattributes")

CURE: Final = "assess git setup"
"""The one command that mends it."""

_BY_LINES: Final = N_("a plain `git pull` here merges by lines, not by meaning")
_STOPS: Final = N_("a plain `git pull` here finds no `assess` and stops at each merge")


class Setup(NamedTuple):
    """What is there in a workspace."""

    repository: bool
    """Whether it stands in a git repository; nothing is needed where it does not."""
    driver: bool
    """Whether git here calls the merge driver, and guarded."""
    attributes: bool
    """Whether .gitattributes says which files are merged by meaning."""
    program: bool
    """Whether the driver finds an `assess` to start."""

    @property
    def complete(self) -> bool:
        """Whether two people's changes will be merged by meaning here."""
        return not self.repository or (self.driver and self.attributes and self.program)

    def lack(self, lang: Lang) -> str:
        """Return what will go wrong at the next merge, '' where nothing will; CURE mends it."""
        if self.complete:
            return ""
        by_lines = not (self.driver and self.attributes)
        return translator(lang)(_BY_LINES if by_lines else _STOPS)


def state(root: Path) -> Setup:
    """Return what is set up. Runs git up to three times.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    found = setting_value(root, "merge.assess.driver")
    if found != DRIVER and git.Repository.find(root) is None:
        return Setup(repository=False, driver=False, attributes=False, program=False)
    from shutil import which  # noqa: PLC0415  # 2 ms at every start

    return Setup(
        repository=True,
        driver=found == DRIVER,
        attributes=_has_attributes(root) and _by_meaning(root),
        program=which("assess") is not None or os.access(setting_value(root, PYTHON), os.X_OK),
    )


def own() -> dict[str, str]:
    """Return the settings that this program writes on this machine."""
    return {**SETTINGS, PYTHON: sys.executable}


def outdated_settings(root: Path) -> list[str]:
    """Return the names of the settings that are not as this program writes them."""
    values = {row.name: row.value for row in list_settings(root)}
    return [name for name, value in own().items() if values.get(name) != value]


def set_up(root: Path, lang: Lang) -> list[str]:
    """Write what is missing, and return the names of what was written.

    A repository that was trusted stays so: the change of its settings is ours.

    Raises:
        EnvironmentLacksError: git is not installed.
        WriteError: .gitattributes or the settings can't be written; git would write outside of the
            workspace's folder.
    """
    refuse_outside(root, lang)
    written = _write_attributes(root, lang)
    with keeping_trust(root, own(), lang):
        lacking = outdated_settings(root)
        try:
            write_settings(root, {name: own()[name] for name in lacking}, lang)
        except GitError as error:
            raise _refused(error, lang) from error
    return written + lacking


def _refused(error: GitError, lang: Lang) -> WriteError:
    _ = translator(lang)
    text = error.message
    hint = _("look whether .git may be written, and whether .git/config.lock was left behind")
    return WriteError(_("git can't write its settings: {reason}").format(reason=text), hint)


def _write_attributes(root: Path, lang: Lang) -> list[str]:
    path = root / attributes.NAME
    text = read_lines(path, root, lang)
    whole = with_merge_lines(text)
    if whole == text:
        return []
    write_atomic(path, whole.encode("utf-8", "surrogateescape"), lang)
    return [attributes.NAME]


def _has_attributes(root: Path) -> bool:
    try:
        return not lacking_merge_lines(read_lines(root / attributes.NAME, root, "en"))
    except WriteError:
        return False


def _by_meaning(root: Path) -> bool:
    """Return whether git will merge the files that are here by meaning, whatever else says how.

    A line in a folder's own .gitattributes or in .git/info/attributes is nearer, a macro renames.
    """
    globs = [row.pattern for row in FILE_TYPES if row.merge == "meaning"]
    own = sorted(path for part in globs for path in root.glob(part))
    below = (path.parents[: len(path.relative_to(root).parts)] for path in own)
    folders = {*attributes.around(root), *chain.from_iterable(below)}
    if not all(attributes.ordinary(folder / attributes.NAME) for folder in folders):
        return False  # git would wait for a pipe
    if _is_told_here_alone(root, folders):
        return True
    names = [path.relative_to(root).as_posix() for path in own]
    found = git.run(root, ["check-attr", "-z", "merge", "--", *names], check=False).stdout
    return set(found.split(b"\0")[2::3]) <= {b"assess"}


def _is_told_here_alone(root: Path, folders: Iterable[Path]) -> bool:
    """Return whether only the workspace's own .gitattributes says how its files are merged.

    The lines of the program, which it has, are then what git follows. False where it is not known
    without asking git: there are other files of attributes, or names for several (`[attr]`).
    """
    git_folders = find_git_folders(root)
    if git_folders is None or setting_value(root, "core.attributesfile"):
        return False
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111  # no error where nobody is at home
    others = [git_folders.paths["info/attributes"], Path(home, "git", "attributes"), _SYSTEM_WIDE]
    others += [folder / attributes.NAME for folder in folders if folder != root]
    text = read_lines(root / attributes.NAME, root, "en")
    return "[attr]" not in text and not any(map(os.path.lexists, others))
