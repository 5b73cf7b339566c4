"""Paths where git reads attributes and that are no files.

Git reads nothing from a link or a folder, and waits for ever for a pipe.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assess import locations
from assess.errors import WriteError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.folder_walk import walk_readable_files_and_folders
from assess.store.git.run.strange_files import is_small_file_folder_or_absent

NAME: Final = ".gitattributes"
_IGNORED: Final = ".gitignore"

MOST_BYTES: Final = 1024 * 1024
"""Bytes of either file; git reads it whole, several times a command."""


def refuse_irregular_attribute_files(root: Path, lang: Lang) -> None:
    """Refuse a path that is no file where git reads attributes of the workspace's files.

    Raises:
        WriteError: a path is a link, a folder, a pipe or too large; names it and how to move it.
        FilesError: folders are nested too deep.
    """
    for folder in (*list_folders_up_to_worktree_top(root), *_list_workspace_folders(root, lang)):
        if not is_small_file_or_absent(folder / NAME):
            raise make_irregular_file_error(folder / NAME, root, lang)
        # Git ignores a link or a folder of this name.
        if not is_small_file_folder_or_absent(folder / _IGNORED, MOST_BYTES):
            raise make_irregular_file_error(folder / _IGNORED, root, lang)


def make_irregular_file_error(path: Path, root: Path, lang: Lang) -> WriteError:
    """Return the error of a path that is no regular file; its hint says how to move it."""
    _ = translator(lang)
    message = _("{path} is a link, a folder or a pipe; git needs a file of its own there")
    if path.is_file() and not path.is_symlink():
        message = _("{path} is larger than a file of settings is; git would read it whole")
    name = os.path.relpath(path, root)
    then = " && assess git setup" if path.parent == root else ""
    aside = name.removesuffix(path.name) + path.name.removeprefix(".") + ".old"
    hint = f"mv {quote_for_shell(name)} {quote_for_shell(aside)}{then}"
    return WriteError(message.format(path=quote_for_shell(name)), hint)


def is_small_file_or_absent(path: Path) -> bool:
    """Return whether the path is a file that git can read, or is absent."""
    if not os.path.lexists(path):
        return True
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES


def list_folders_up_to_worktree_top(root: Path) -> list[Path]:
    """Return the workspace's folder and its parents up to the top of its repository."""
    above = (root, *root.parents)
    tops = [index for index, folder in enumerate(above) if (folder / ".git").exists()]
    return list(above[: min(tops, default=0) + 1])


def _list_workspace_folders(root: Path, lang: Lang) -> Iterator[Path]:
    for part in locations.OWN:
        if (root / part).is_dir():
            yield root / part
            entries = walk_readable_files_and_folders(root, part, lang)
            yield from (root / entry.path for entry in entries if entry.is_folder)
