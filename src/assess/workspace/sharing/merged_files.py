"""Evidence and reports in a merge: the files of both sides stay, the register names their paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from assess import locations
from assess.engine.merge.conflict_rows import CONFLICT
from assess.errors import FilesError
from assess.harmless import escape_non_utf8_path_bytes
from assess.i18n import Lang, translator
from assess.model.evidence import EvidenceFile, Register
from assess.problem import Problem
from assess.store import open_file
from assess.store.evidence import make_safe_name_with_digest
from assess.store.files import compute_file_sha256
from assess.store.git.sync import whole_file_merge
from assess.store.git.sync.whole_file_merge import FileDecision
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.inner_paths import resolve_path_inside
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.workspace import Workspace


class SettledFiles(NamedTuple):
    """What was decided about files that both sides have, and files that are not staged yet."""

    decisions: tuple[FileDecision, ...] = ()
    unstaged: tuple[str, ...] = ()


def settle_evidence_reports_and_register(
    workspace: Workspace, *, just_merged: bool
) -> SettledFiles:
    """Settle evidence and reports in the merge in progress, and correct the register's paths.

    The caller stages the register. Nothing is done while it can't be read, because its rows would
    name other files.
    `just_merged` says that git merged just now.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: git can't write.
        ChangedOnDiskError, LockedError, WriteError: the register can't be saved.
    """
    try:
        register = _read_register(workspace)
    except FilesError:
        return SettledFiles()
    refuse_git_writing_outside(workspace.root, workspace.lang)
    settled = whole_file_merge.decide_and_write_whole_files(workspace.root, just_merged=just_merged)
    edits = (
        list(_edits_of_changed_evidence_paths(workspace, register, settled.moved))
        if register is not None
        else []
    )
    if register is None or not edits:
        return SettledFiles(settled.decisions)
    register.save(edits, workspace.acting)
    return SettledFiles(settled.decisions, (locations.REGISTER,))


def describe_file_decision(file: FileDecision, lang: Lang) -> Problem:
    """Return a warning that says what happened to a file."""
    _ = translator(lang)
    words = {
        "path": escape_non_utf8_path_bytes(file.path),
        "copy": escape_non_utf8_path_bytes(file.copy or ""),
    }
    if file.copy:
        message = _("both sides have another file of this name; theirs is now {copy}")
    elif file.theirs_made and not file.ours_made:
        message = _("both sides have this report; theirs can be made again, so only ours stays")
    elif file.theirs_made:
        message = _("both sides made this report; ours stays: render it again")
    else:
        message = _("one side removed the file, the other changed it; it stays")
    hint = "assess report" if file.ours_made else ""
    return Problem(
        words["path"], "kept", message.format(**words), hint, "warning", line=1, column=1
    )


def _read_register(workspace: Workspace) -> OpenFile[Register] | None:
    path = workspace.root / locations.REGISTER
    return (
        open_file.read_valid_yaml_file(path, "register", workspace.root, workspace.lang)
        if path.is_file()
        else None
    )


def _edits_of_changed_evidence_paths(
    workspace: Workspace, register: OpenFile[Register], paths_by_sha256: Mapping[str, str]
) -> Iterator[FieldEdit]:
    """Yield the edits that give rows the present paths of their files."""
    rows = {key: row.file for key, row in register.value.evidence.items() if row.file is not None}
    shared = Counter(file.path for file in rows.values())
    for row_id, file in rows.items():
        doubtful = shared[file.path] > 1 or file.sha256 in paths_by_sha256
        path = _find_new_evidence_path(workspace, file, paths_by_sha256) if doubtful else None
        if path is not None:
            yield FieldEdit(("evidence", row_id, "file", "path"), path)
    for where, conflicts in register.loaded.tree.conflicts.items():
        raw = [_replace_evidence_path_of_theirs(row, paths_by_sha256) for row in conflicts]
        if raw != conflicts:
            yield FieldEdit((*where, CONFLICT), raw)


def _find_new_evidence_path(
    workspace: Workspace, file: EvidenceFile, paths_by_sha256: Mapping[str, str]
) -> str | None:
    """Return the new path of a row's file; None where it is at its old path, or missing."""
    if _is_evidence_file_at(workspace, file.path, file):
        return None
    parent = PurePosixPath(file.path).parent
    usual = (
        parent / make_safe_name_with_digest(PurePosixPath(file.path).name, file.sha256)
    ).as_posix()
    places = (paths_by_sha256.get(file.sha256, "").removeprefix(f"{locations.EVIDENCE}/"), usual)
    return next(
        (path for path in places if path and _is_evidence_file_at(workspace, path, file)), None
    )


def _is_evidence_file_at(workspace: Workspace, path: str, file: EvidenceFile) -> bool:
    target = resolve_path_inside(workspace.root / locations.EVIDENCE, path)
    if target is None or not target.is_file() or target.stat().st_size != file.size:
        return False
    return compute_file_sha256(target) == file.sha256


def _replace_evidence_path_of_theirs(
    conflict_row: Mapping[str, Any], paths_by_sha256: Mapping[str, str]
) -> dict[str, Any]:
    """Return a row of `conflict:` in which their side has the present path of its file."""
    theirs = conflict_row.get("theirs")
    if not isinstance(theirs, Mapping):
        return dict(conflict_row)
    file = theirs if conflict_row.get("field") == "file" else theirs.get("file")
    place = paths_by_sha256.get(str(file.get("sha256"))) if isinstance(file, Mapping) else None
    if place is None or not isinstance(file, Mapping):
        return dict(conflict_row)
    new = {**file, "path": place.removeprefix(f"{locations.EVIDENCE}/")}
    return {**conflict_row, "theirs": new if file is theirs else {**theirs, "file": new}}
