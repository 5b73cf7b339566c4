"""Writing the files of a letter into the folder of an office."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assess.store.files import make_and_flush_missing_folders, write_atomic
from assess.workspace.office.office import Office


def write_letter_to_folder(
    office: Office, find_path: Callable[[str], str], files: Mapping[str, bytes]
) -> list[str]:
    """Write a letter, its files by suffix, and return the paths in the office's folder.

    `find_path` returns the path of a file by its suffix.

    Raises:
        WriteError: a file can't be written.
    """
    paths = []
    for suffix, data in files.items():
        path = find_path(suffix)
        make_and_flush_missing_folders((office.root / path).parent, office.lang)
        write_atomic(office.root / path, data, office.lang)
        paths.append(path)
    return paths
