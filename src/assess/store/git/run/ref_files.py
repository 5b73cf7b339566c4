"""The files of branches and tags, read without starting git."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.file_bytes import read_start_of_regular_file
from assess.store.git.run.git_facts import find_reusable_git_folders, list_settings

_SYMBOLIC: Final = b"ref:"
_MOST_REF: Final = 1000
"""Bytes of a ref's file that are read."""


def is_surely_not_symbolic_ref(root: Path, name: str) -> bool:
    """Return whether a ref does not stand for another ref; False if git must be asked.

    A missing ref stands for none.
    """
    folders = find_reusable_git_folders(root)
    # Git reads where refs are from the repository's own file alone: an included file says nothing.
    rows = [row for row in list_settings(root) if row.name == "extensions.refstorage"]
    if folders is None or any(row.value != "files" for row in rows):
        return False
    path = folders.common / name
    if not os.path.lexists(path):
        return True
    try:
        return not read_start_of_regular_file(path, _MOST_REF, os.O_NOFOLLOW).startswith(_SYMBOLIC)
    except OSError:
        return False
