"""Whether the folders of a workspace can be written, before somebody types an answer."""

from __future__ import annotations

from os import W_OK
from os import access as is_allowed
from pathlib import Path

from assess import locations


def find_unwritable_folder(root: Path, round_id: str) -> Path | None:
    """Return the first folder of a workspace that can't be written; None where all can be.

    It blocks. Folders that are not there yet are made by whoever can write the one above.
    """
    folders = (root, root / locations.ANSWERS, root / locations.round_folder_path(round_id))
    return next((path for path in folders if path.is_dir() and not is_allowed(path, W_OK)), None)
