"""Walk through the workspace's folders within a limit of depth."""

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
"""Levels of nested folders; a person makes no deeper ones, and a path has a greatest length."""

_SHOWN: Final = 60
"""Characters that a message shows of a path that is too deep."""


class FolderEntry(NamedTuple):
    """A file or folder with its path from the root; a link is neither."""

    path: str
    is_folder: bool


def walk_readable_files_and_folders(root: Path, part: str, lang: Lang) -> Iterator[FolderEntry]:
    """Yield all files and folders below `part`, a folder of `root`; no link is followed.

    Folders that this user may not read, or that vanish meanwhile, are left out.

    Raises:
        FilesError: folders are nested too deep, or the disk can't be read; names the folder.
    """
    waiting = [part]
    while waiting:
        folder = waiting.pop()
        if folder.count("/") > MOST_DEEP:
            raise _make_too_deep_error(folder, lang)
        for entry in _list_readable_files_and_folders(root, folder, lang):
            if entry.is_folder:
                waiting.append(entry.path)
            yield entry


def _list_readable_files_and_folders(root: Path, folder: str, lang: Lang) -> list[FolderEntry]:
    try:
        with os.scandir(root / folder) as scan:
            return [
                FolderEntry(f"{folder}/{entry.name}", entry.is_dir(follow_symlinks=False))
                for entry in scan
                if entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
            ]
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _make_too_deep_error(folder, lang) from error
        message = error.strerror or type(error).__name__
        raise _make_folder_reading_error(
            Problem(folder, "unreadable", message, line=1, column=1)
        ) from error


def _make_too_deep_error(folder: str, lang: Lang) -> FilesError:
    _ = translator(lang)
    message = _("more than {count} folders are nested here").format(count=MOST_DEEP)
    hint = _("move what is needed out of them, and the rest elsewhere")
    name = folder if len(folder) <= _SHOWN else f"{folder[:_SHOWN]}…"
    return _make_folder_reading_error(Problem(name, "too-deep", message, hint, line=1, column=1))


def _make_folder_reading_error(problem: Problem) -> FilesError:
    return FilesError(problem.message, [problem])
