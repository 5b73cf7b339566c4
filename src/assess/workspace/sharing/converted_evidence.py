"""Registered evidence of which git changed the line ends as it laid the files out.

An attribute (`*.csv text eol=crlf`) makes git do so. Without the attribute the file counts as
changed, and a commit would give everybody a file that nobody registered.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from assess import locations
from assess.errors import FilesError
from assess.file_bytes import read_regular_file
from assess.harmless import escape_undecodable_path_bytes
from assess.i18n import translator
from assess.model.evidence import EvidenceFile
from assess.problem import Problem
from assess.store.evidence import MAX_SIZE
from assess.store.files import write_atomic
from assess.store.git.state.repository_state import open_repository
from assess.store.inner_paths import resolve_path_inside
from assess.workspace.core.workspace import Workspace


def restore_converted_evidence_with_warnings(workspace: Workspace) -> tuple[Problem, ...]:
    """Restore the registered bytes from the last commit; return a warning for each file.

    A file that differs in more than its line ends is not touched.

    Raises:
        WriteError, GitError: a file can't be written, or an object can't be read.
    """
    files = _find_files_of_another_size(workspace)
    repository = open_repository(workspace.root, workspace.lang)
    head = repository.resolve_head_commit() if files else None
    if head is None:
        return ()
    _ = translator(workspace.lang)
    message = _("git had changed the line ends of the file; it is put back as it was registered")
    blobs = repository.list_files(head, (locations.EVIDENCE,))
    warnings = []
    for path, file in files.items():
        blob = blobs.get(path)
        data = repository.read_blob(blob.oid) if blob is not None else b""
        if _has_registered_digest(data, file) and _has_same_lines(workspace.root / path, data):
            write_atomic(workspace.root / path, data, workspace.lang)
            name = escape_undecodable_path_bytes(path)
            warnings.append(Problem(name, "put-back", message, "", "warning", line=1, column=1))
    return tuple(warnings)


def _find_files_of_another_size(workspace: Workspace) -> dict[str, EvidenceFile]:
    """Return the registered files whose size is not the registered one, by path."""
    try:
        rows = workspace.read_register_or_empty().evidence.values()
    except FilesError:
        return {}
    folder = workspace.root / locations.EVIDENCE
    files = (row.file for row in rows if row.file is not None)
    return {
        f"{locations.EVIDENCE}/{file.path}": file
        for file in files
        if (path := resolve_path_inside(folder, file.path)) is not None
        and path.is_file()
        and path.stat().st_size not in (0, file.size)
    }


def _has_registered_digest(data: bytes, file: EvidenceFile) -> bool:
    return hashlib.sha256(data).hexdigest() == file.sha256


def _has_same_lines(path: Path, data: bytes) -> bool:
    """Return whether a file differs from `data` in its line ends alone."""
    with contextlib.suppress(OSError):
        present = read_regular_file(path, MAX_SIZE, os.O_NOFOLLOW)
        return _with_unix_line_ends(present) == _with_unix_line_ends(data)
    return False


def _with_unix_line_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
