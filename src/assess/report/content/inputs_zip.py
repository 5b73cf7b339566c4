"""The ZIP of everything that a document was made from: its form, its limits, its bytes.

It holds the files of the workspace by their paths, those of earlier rounds that the document shows
below `rounds/ID/`, thumbnails of evidence in `pictures/`, and in `repository.json` what else only
the repository has (`repository_facts`). Members are stored, not packed: the bytes depend on the
files alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.workspace.core.arriving_zip import is_portable_printable_path, make_stored_zip

INPUTS_ZIP: Final = "inputs.zip"
"""Its name inside a PDF."""

EARLIER: Final = "rounds"
"""The folder of earlier rounds."""

PICTURES: Final = "pictures"
"""The folder of thumbnails of evidence, each by the id of its row."""

FACTS: Final = "repository.json"
"""What only the repository can tell."""

MOST_FILES: Final = 2000
MOST_OF_A_FILE: Final = 16 << 20
"""Bytes; no YAML file of a workspace may have more."""
MOST_IN_ALL: Final = 64 << 20
"""Bytes of all files, unpacked."""

PICTURE_END: Final = ".jpg"
_PICTURE_PARTS: Final = 2
_FOLDERS: Final = (locations.CHECKLISTS, locations.ANSWERS, locations.TEMPLATES)


def is_allowed_input_path(path: str) -> bool:
    """Return whether a ZIP of inputs may hold a file of this path.

    The path stays inside the folder in which the files are laid out, and is one that a document is
    made from: settings, checklists, answers, register, templates, the same of earlier rounds,
    thumbnails, and the facts of the repository.
    """
    parts = path.split("/")
    if parts[0] == PICTURES and len(parts) == _PICTURE_PARTS:
        return is_portable_printable_path(path) and path.endswith(PICTURE_END)
    if parts[0] == EARLIER:
        parts = parts[2:]
    inner_path = "/".join(parts)
    return is_portable_printable_path(path) and (
        path == FACTS
        or inner_path in (locations.CONFIG, locations.REGISTER, locations.FINDINGS)
        or (len(parts) > 1 and parts[0] in _FOLDERS)
    )


def make_inputs_zip(files: Mapping[str, bytes], lang: Lang) -> bytes:
    """Return the ZIP of files by path; the same files give the same bytes.

    Raises:
        UsageError: these are too many, too large, or one has a path that no reader takes.
    """
    _refuse_bad_paths_and_large_files(files, lang)
    return make_stored_zip(files)


def _refuse_bad_paths_and_large_files(files: Mapping[str, bytes], lang: Lang) -> None:
    _ = translator(lang)
    hint = "--attachments inputs"
    for path, data in sorted(files.items()):
        if not is_allowed_input_path(path):
            message = _("{path} can't stand in a ZIP: rename it").format(path=path)
            raise UsageError(message, hint)
        if len(data) > MOST_OF_A_FILE:
            message = _("{path} is larger than {limit} MB, too large for a ZIP of inputs")
            raise UsageError(message.format(path=path, limit=MOST_OF_A_FILE >> 20), hint)
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_IN_ALL:
        message = _("a ZIP of inputs holds at most {count} files and {limit} MB")
        raise UsageError(message.format(count=MOST_FILES, limit=MOST_IN_ALL >> 20), hint)
