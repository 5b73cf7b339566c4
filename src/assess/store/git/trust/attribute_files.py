"""What stands where git reads attributes and is no file.

Git takes nothing from a link or a folder, and waits for ever for what a pipe will say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from assess.errors import WriteError
from assess.harmless import typed
from assess.i18n import Lang, translator
from assess.store import layout
from assess.store.folder_walk import walk_entries
from assess.store.git.run.strange_files import is_ordinary

NAME: Final = ".gitattributes"
_IGNORED: Final = ".gitignore"

MOST_BYTES: Final = 1024 * 1024
"""Bytes of either; git reads them whole, several times a command."""


def refuse_strange(root: Path, lang: Lang) -> None:
    """Refuse what is no file where git looks for attributes of the workspace's own files.

    Raises:
        WriteError: names the first one, and how to move it away.
        FilesError: folders are nested too deep.
    """
    for folder in (*around(root), *_below(root, lang)):
        if not ordinary(folder / NAME):
            raise strange(folder / NAME, root, lang)
        # Git passes over a link or a folder of this name.
        if not is_ordinary(folder / _IGNORED, MOST_BYTES):
            raise strange(folder / _IGNORED, root, lang)


def strange(path: Path, root: Path, lang: Lang) -> WriteError:
    """Return what is wrong with one of them, and how to move it away."""
    _ = translator(lang)
    message = _("{path} is a link, a folder or a pipe; git needs a file of its own there")
    if path.is_file() and not path.is_symlink():
        message = _("{path} is larger than a file of settings is; git would read it whole")
    name = os.path.relpath(path, root)
    then = " && assess git setup" if path.parent == root else ""
    aside = name.removesuffix(path.name) + path.name.removeprefix(".") + ".old"
    hint = f"mv {typed(name)} {typed(aside)}{then}"
    return WriteError(message.format(path=typed(name)), hint)


def ordinary(path: Path) -> bool:
    """Return whether git can read the file, or there is none."""
    if not os.path.lexists(path):
        return True
    return path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES


def around(root: Path) -> list[Path]:
    """Return the workspace's folder and those above it in its repository."""
    above = (root, *root.parents)
    tops = [at for at, folder in enumerate(above) if (folder / ".git").exists()]
    return list(above[: min(tops, default=0) + 1])


def _below(root: Path, lang: Lang) -> Iterator[Path]:
    for part in layout.OWN:
        if (root / part).is_dir():
            yield root / part
            entries = walk_entries(root, part, lang)
            yield from (root / entry.path for entry in entries if entry.is_folder)
