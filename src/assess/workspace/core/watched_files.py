"""The files of a sheet, watched for changes by other programs."""

from __future__ import annotations

from pathlib import Path

from assess.store import layout
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


def answers_file(workspace: Workspace, round_id: str, name: SheetName) -> Path:
    """Return the path of the file with a sheet's answers."""
    return workspace.root / layout.sheet_path(round_id, str(name))


def base_files(workspace: Workspace, name: SheetName) -> list[Path]:
    """Return the paths of the other files of a sheet: assess.yaml, checklist, register."""
    paths = (layout.CONFIG, layout.checklist_path(name.checklist), layout.REGISTER)
    return [workspace.root / path for path in paths]
