"""Where the library of checklists and the report templates stand.

One locator for a checkout (also an editable install of it) and an installed wheel: the wheel
carries both folders inside the package, a checkout has them at its root.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from assess.errors import EnvironmentLacksError

PACKAGE = Path(__file__).resolve().parent.parent

Share = Literal["checklists", "templates"]


def share(name: Share) -> Path:
    """Return the folder of the library (`checklists`) or of the report `templates`.

    Raises:
        EnvironmentLacksError: where the installation is not whole.
    """
    for base in (PACKAGE / "_share", PACKAGE.parent.parent):
        if (base / name).is_dir():
            return base / name
    raise EnvironmentLacksError(f"the folder {name} is missing", "install assess again")


def library() -> dict[str, Path]:
    """Return the library's checklist files by id (the file's name), sorted."""
    return {path.stem: path for path in sorted(share("checklists").glob("*.yaml"))}
