"""The file of a piece of evidence: read as text, or opened in the desktop's program.

These functions block: call them off the event loop.
"""

from __future__ import annotations

import os
from pathlib import Path

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.evidence import EvidenceRow
from assess.tui.core.desktop_open import open_in_desktop_program
from assess.workspace import Workspace
from assess.workspace.evidence import register_view

_MAX_TEXT_BYTES = 256 * 1024
"""Maximum number of bytes of a text file that are shown."""


def find_evidence_file_path(workspace: Workspace, row: EvidenceRow, lang: Lang) -> Path:
    """Return the path of the file of a piece.

    Raises:
        UsageError: the file is missing.
    """
    path = register_view.find_registered_file_path(workspace, row.file)
    if path is None:
        _ = translator(lang)
        raise UsageError(_("the file is missing"))
    return path


def read_start_of_evidence_text(workspace: Workspace, row: EvidenceRow, lang: Lang) -> str:
    """Return the beginning of a text file.

    Raises:
        UsageError: the file is missing.
    """
    with find_evidence_file_path(workspace, row, lang).open("rb") as stream:
        return stream.read(_MAX_TEXT_BYTES).decode("utf-8", "replace")


def open_evidence_copy_on_desktop(workspace: Workspace, row: EvidenceRow, lang: Lang) -> str:
    """Open a copy of the file in the desktop's program; return what is to be said.

    Raises:
        UsageError: the file is missing.
        EnvironmentLacksError: there is no desktop.
    """
    path = find_evidence_file_path(workspace, row, lang)
    copy = register_view.make_read_only_copy(workspace, path)
    open_in_desktop_program(copy, path, os.environ, lang)
    name = Path(row.file.path_without_hash).name if row.file else path.name
    _ = translator(lang)
    return _("opened: {path}").format(path=name)
