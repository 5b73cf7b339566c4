"""Conflicts that stand in the files of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.i18n import Lang
from assess.model.conflict import Conflict
from assess.store import layout
from assess.store.decode import FileKind, decode
from assess.store.files import read_text


class Standing(NamedTuple):
    """A conflict and the file it stands in, by path from the workspace's root."""

    file: str
    conflict: Conflict


def conflicts(root: Path, lang: Lang) -> list[Standing]:
    """Return the conflicts of all files, in their order.

    Only files that hold the word are decoded: a workspace without conflicts costs reading it.

    Raises:
        FilesError: a file is no text.
    """
    found = []
    for path, kind in _files(root):
        name = path.relative_to(root).as_posix()
        text = read_text(path, lang, name)
        if "conflict" in text:
            found += [Standing(name, one) for one in decode(text, kind, name, lang).conflicts]
    return found


def _files(root: Path) -> list[tuple[Path, FileKind]]:
    files: list[tuple[Path, FileKind]] = [
        (root / layout.CONFIG, "config"),
        (root / layout.REGISTER, "register"),
        *((path, "checklist") for path in sorted((root / "checklists").glob("*.yaml"))),
        *((path, "sheet") for path in sorted((root / "answers").glob("*/*.yaml"))),
    ]
    return [(path, kind) for path, kind in files if path.is_file()]
