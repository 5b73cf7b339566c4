"""The files of a sheet or a report, watched for changes by other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assess import locations
from assess.i18n import Lang
from assess.store.folder_walk import walk_readable_files_and_folders
from assess.store.shipped_files import find_shipped_folder
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


def path_of_sheet_file(workspace: Workspace, round_id: str, name: SheetName) -> Path:
    """Return the path of the file with a sheet's answers."""
    return workspace.root / locations.sheet_path(round_id, str(name))


def shared_files_of_sheet(workspace: Workspace, name: SheetName) -> list[Path]:
    """Return the other files of a sheet: assess.yaml, checklist, register, findings."""
    paths = (
        locations.CONFIG,
        locations.checklist_path(name.checklist),
        locations.REGISTER,
        locations.FINDINGS,
    )
    return [workspace.root / path for path in paths]


def list_report_sources(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files and folders from which reports are made, those of the program included."""
    return (
        *(workspace.root / part for part in locations.INPUTS),
        find_shipped_folder(locations.TEMPLATES),
    )


def list_files_below(path: Path, lang: Lang) -> Iterator[Path]:
    """Yield the files in a folder and in the folders below it; for a file, its path.

    Raises:
        FilesError: folders are nested too deep.
    """
    if path.is_file():
        yield path
        return
    for entry in walk_readable_files_and_folders(path.parent, path.name, lang):
        if not entry.is_folder:
            yield path.parent / entry.path
