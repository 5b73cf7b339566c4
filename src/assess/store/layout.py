"""Where things stand in a workspace; what each type of file is, says store.file_types."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from assess.i18n import Lang
from assess.store.folder_walk import walk_entries

CONFIG = "assess.yaml"
REGISTER = "evidence/register.yaml"
PRIVATE = ".assess"
"""Drafts and locks; ignored by git."""

TEMPORARY = ".*.[0-9]*-????????.tmp"
"""What `store.files` names a file until it is whole; a killed program leaves one."""

INPUTS = (CONFIG, "checklists", "answers", "evidence", "templates")
"""What a report is made from."""

OWN = (*INPUTS, "reports", ".gitattributes", ".gitignore")
"""What a commit takes."""


def find_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that holds an assess.yaml."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    return None


def leading_out(root: Path) -> list[str]:
    """Return the workspace's folders, and those right inside them, that are links out of it.

    What is written there would land elsewhere, and what is read come from there. A link into
    `.git` counts: what git keeps there is no part of the workspace. So does a link to what is not
    there, where a folder may be meant: nothing could be written there.
    """
    tops = [root / part for part in (*OWN, PRIVATE)]
    inner = [path for top in tops if top.is_dir() for path in top.iterdir()]
    links = (path for path in (*tops, *inner) if path.is_symlink() and _is_folder(path))
    return [path.relative_to(root).as_posix() for path in links if not _stays(path, root.resolve())]


def _is_folder(path: Path) -> bool:
    """Return whether a link leads to a folder, or nowhere and its name is one of a folder."""
    if path.is_dir():
        return True
    return not path.exists() and not path.suffix and not path.name.startswith(".git")


def _stays(path: Path, root: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real.is_relative_to(root) and not real.is_relative_to(root / ".git")


def checklist_path(checklist_id: str) -> str:
    """Return where a checklist is pinned."""
    return f"checklists/{checklist_id}.yaml"


def sheet_path(round_id: str, sheet: str) -> str:
    """Return where a sheet's answers stand."""
    return f"answers/{round_id}/{sheet}.yaml"


def report_path(round_id: str, sheet: str, template: str, lang: str, suffix: str = "pdf") -> str:
    """Return where a report is written unless told otherwise."""
    return f"reports/{round_id}/{sheet}-{template}-{lang}.{suffix}"


def files_of(root: Path, lang: Lang, parts: tuple[str, ...] = INPUTS) -> Iterator[str]:
    """Yield the files of the workspace under `parts`, by path from its root, sorted.

    No links, and nothing that a killed program left half written.

    Raises:
        FilesError: folders are nested too deep, or the disk can't be read.
    """
    for part in parts:
        top = root / part
        if top.is_symlink():
            continue
        if top.is_file():
            yield part
        elif top.is_dir():
            files = [one.path for one in walk_entries(root, part, lang) if not one.is_folder]
            yield from sorted(path for path in files if not _is_half_written(path))


def _is_half_written(path: str) -> bool:
    return fnmatchcase(path.rpartition("/")[2], TEMPORARY)
