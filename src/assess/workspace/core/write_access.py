"""Whether the folders of a workspace can be written, before somebody types an answer."""

from __future__ import annotations

import os
from os import W_OK
from os import access as is_allowed
from pathlib import Path

from assess import locations


def find_unwritable_folder(root: Path, round_id: str) -> Path | None:
    """Return the first folder of a workspace that can't be written; None where all can be.

    It blocks. Folders that are not there yet are made by whoever can write the one above.
    """
    folders = (root, root / locations.ANSWERS, root / locations.round_path(round_id))
    return next((path for path in folders if path.is_dir() and not is_allowed(path, W_OK)), None)


def find_first_unwritable_folder(root: Path) -> Path | None:
    """Return the first folder of a workspace or of its repository that this user can't write.

    None where all can be written. It looks at every folder, and follows no link.
    """
    parts = (*locations.OWN, locations.PRIVATE, ".git")
    folders = (folder for part in parts for folder, _below, _files in os.walk(root / part))
    paths = (root, *map(Path, folders))
    return next((path for path in paths if not is_allowed(path, W_OK)), None)
