"""The files and folders of a workspace on the disk; `store.file_types` has the types of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from assess import locations
from assess.file_bytes import TEMPORARY
from assess.i18n import Lang
from assess.model.formats import FileKind
from assess.store.folder_walk import walk_readable_files_and_folders


def find_workspace_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards that has an assess.yaml, None without one."""
    start_folder = start.resolve()
    for folder in (start_folder, *start_folder.parents):
        if (folder / locations.CONFIG).is_file():
            return folder
    return None


def list_folder_links_leading_out(root: Path) -> list[str]:
    """Return the workspace's folders, and their direct subfolders, that are links out of it.

    The program would write to, and read from, another place through such a link. A link into `.git`
    counts: git's files are no part of the workspace. A link to a missing target counts if its name
    is that of a folder: nothing could be written there.
    """
    tops = [root / part for part in (*locations.OWN, locations.PRIVATE)]
    inner = [path for top in tops if top.is_dir() for path in top.iterdir()]
    links = (
        path for path in (*tops, *inner) if path.is_symlink() and _link_may_stand_for_folder(path)
    )
    return [
        path.relative_to(root).as_posix()
        for path in links
        if not _is_inside_and_not_in_git(path, root.resolve())
    ]


def _link_may_stand_for_folder(path: Path) -> bool:
    """Return whether a link leads to a folder, or to nothing under the name of a folder."""
    if path.is_dir():
        return True
    return not path.exists() and not path.suffix and not path.name.startswith(".git")


def _is_inside_and_not_in_git(path: Path, root: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real.is_relative_to(root) and not real.is_relative_to(root / ".git")


def list_yaml_files(root: Path) -> list[tuple[Path, FileKind]]:
    """Return the YAML files of the workspace with their kinds: settings first, sheets last."""
    files: list[tuple[Path, FileKind]] = [
        (root / locations.CONFIG, "config"),
        (root / locations.REGISTER, "register"),
        (root / locations.FINDINGS, "findings"),
        *((path, "checklist") for path in sorted(root.glob(locations.PINNED_CHECKLISTS))),
        *((path, "sheet") for path in sorted(root.glob(locations.SHEETS))),
    ]
    return [(path, kind) for path, kind in files if path.is_file()]


def list_workspace_files(
    root: Path, lang: Lang, parts: tuple[str, ...] = locations.INPUTS
) -> Iterator[str]:
    """Yield the files of the workspace under `parts` as paths from its root, sorted.

    Links and temporary files of killed programs are left out.

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
            files = [
                entry.path
                for entry in walk_readable_files_and_folders(root, part, lang)
                if not entry.is_folder
            ]
            yield from sorted(path for path in files if not _is_leftover_of_write(path))


def _is_leftover_of_write(path: str) -> bool:
    return fnmatchcase(path.rpartition("/")[2], TEMPORARY)
