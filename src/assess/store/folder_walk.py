"""Walk through the workspace's folders, however many there are and however deep they are nested."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import FilesError
from assess.i18n import Lang, translator
from assess.problem import Problem

MOST_DEEP: Final = 100
"""Folders inside each other; deeper ones are no work of a person, and paths have an end."""

_SHOWN: Final = 60
"""Characters of a path that is too deep to be shown."""


class Entry(NamedTuple):
    """A file or folder by its path from the root; links are neither."""

    path: str
    is_folder: bool


def walk_entries(root: Path, part: str, lang: Lang) -> Iterator[Entry]:
    """Yield all files and folders below `part`, a folder of `root`; no link is followed.

    Folders that this user may not read are passed over, and so are those that vanish meanwhile.

    Raises:
        FilesError: folders are nested too deep, or the disk can't be read; the place is named.
    """
    waiting = [part]
    while waiting:
        folder = waiting.pop()
        if folder.count("/") > MOST_DEEP:
            raise _too_deep(folder, lang)
        for entry in _entries(root, folder, lang):
            if entry.is_folder:
                waiting.append(entry.path)
            yield entry


def _entries(root: Path, folder: str, lang: Lang) -> list[Entry]:
    try:
        with os.scandir(root / folder) as found:
            return [
                Entry(f"{folder}/{one.name}", one.is_dir(follow_symlinks=False))
                for one in found
                if one.is_dir(follow_symlinks=False) or one.is_file(follow_symlinks=False)
            ]
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _too_deep(folder, lang) from error
        message = error.strerror or type(error).__name__
        raise _refused(Problem(folder, "unreadable", message, line=1, column=1)) from error


def _too_deep(folder: str, lang: Lang) -> FilesError:
    _ = translator(lang)
    message = _("more than {count} folders are nested here").format(count=MOST_DEEP)
    hint = _("move what is needed out of them, and the rest elsewhere")
    name = folder if len(folder) <= _SHOWN else f"{folder[:_SHOWN]}…"
    return _refused(Problem(name, "too-deep", message, hint, line=1, column=1))


def _refused(problem: Problem) -> FilesError:
    return FilesError(problem.message, [problem])
