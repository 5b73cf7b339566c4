"""The folders of the checklist library and of the report templates.

An installed wheel has both folders inside the package. A checkout, and an editable install of it,
has them at its root.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from assess import locations
from assess.errors import EnvironmentLacksError

PACKAGE = Path(__file__).resolve().parent.parent

ShippedFolder = Literal["checklists", "templates"]


def find_shipped_folder(name: ShippedFolder) -> Path:
    """Return the folder of the library (`checklists`) or of the report `templates`.

    Raises:
        EnvironmentLacksError: the folder is missing from the installation.
    """
    for base in (PACKAGE / "_share", PACKAGE.parent.parent):
        if (base / name).is_dir():
            return base / name
    raise EnvironmentLacksError(f"the folder {name} is missing", "install assess again")


def list_library_files_by_id() -> dict[str, Path]:
    """Return the library's checklist files by id, which is the file's name, sorted."""
    return {
        path.stem: path for path in sorted(find_shipped_folder(locations.CHECKLISTS).glob("*.yaml"))
    }
