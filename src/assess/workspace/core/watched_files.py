"""Which files a sheet is read from: for noticing that another program changed one."""

from __future__ import annotations

from pathlib import Path

from assess.store import layout
from assess.workspace.core.names import SheetName
from assess.workspace.core.workspace import Workspace


def answers_file(here: Workspace, round_id: str, name: SheetName) -> Path:
    """Return the file that holds a sheet's answers."""
    return here.root / layout.sheet_path(round_id, str(name))


def base_files(here: Workspace, name: SheetName) -> list[Path]:
    """Return the files that a sheet stands on: assess.yaml, its checklist, the register."""
    paths = (layout.CONFIG, layout.checklist_path(name.checklist), layout.REGISTER)
    return [here.root / path for path in paths]
