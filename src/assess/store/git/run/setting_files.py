"""The files from which git reads settings, also those that are missing or have none yet."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations

_FILE: Final = "file:"
_INCLUDE: Final = re.compile(r"include\.path|includeif\..*\.path", re.DOTALL)


class SettingRow(NamedTuple):
    """A value of a setting as git lists it; the last one of several values of a name is used."""

    scope: str
    """`system`, `global`, `local`, `worktree` or `command`."""
    origin: str
    """`file:` and a path from git's working folder, or another origin that is no file."""
    name: str
    """Section and variable in lower case, with the subsection unchanged."""
    value: str
    """`true` for a name without "=", as git takes it."""


def list_setting_files_with_includes(
    rows: Iterable[SettingRow], base_folders: Iterable[Path]
) -> frozenset[Path]:
    """Return the files of the rows and those that they include, which may be missing.

    Git prints paths from its working folder, which is one of `base_folders`.
    """
    names = {row.origin.removeprefix(_FILE) for row in rows}
    names |= {
        os.path.join(os.path.dirname(row.origin.removeprefix(_FILE)), os.path.expanduser(row.value))  # noqa: PTH111, PTH118, PTH120  # a text that may be no path
        for row in rows
        if _INCLUDE.fullmatch(row.name)
    }
    return frozenset(Path(top, name) for top in base_folders for name in names)


def list_user_and_machine_setting_files() -> Iterator[Path]:
    """Yield the files with settings of the user and of the machine, which may be missing."""
    home = os.path.expanduser("~")  # noqa: PTH111  # no error without a home folder
    program = shutil.which("git") or "/usr/bin/git"
    yield from (
        Path(home, ".gitconfig"),
        locations.user_git_folder() / "config",
        Path("/etc/gitconfig"),
    )
    named = (os.environ.get(name) for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"))
    yield from (Path(name) for name in named if name)
    yield Path(program).resolve().parent.parent / "etc" / "gitconfig"
