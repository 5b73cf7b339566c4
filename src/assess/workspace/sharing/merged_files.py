"""What becomes of evidence and reports in a merge: both sides stay, and the register says where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from assess.engine.merge.trees import CONFLICT
from assess.errors import FilesError
from assess.i18n import Lang, translator
from assess.model.evidence import EvidenceFile, Register
from assess.problem import Problem
from assess.store import layout, open_file
from assess.store.evidence import hashed_name
from assess.store.files import inside, sha256
from assess.store.git.state.repository_state import shown
from assess.store.git.sync import both_sides
from assess.store.git.sync.both_sides import Kept
from assess.store.git.trust.boundary import refuse_outside
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import Edit
from assess.workspace.core.workspace import Workspace


def keep_both(here: Workspace, *, fresh: bool) -> tuple[Kept, ...]:
    """Decide evidence and reports in the merge in progress, and mend the register's paths.

    Nothing happens while the register can't be read: its rows would name other files. `fresh`: git
    has merged just now.

    Raises:
        WriteError: git would write outside of the workspace's folder.
        GitError: git can't write.
        ChangedOnDiskError, LockedError, WriteError: the register can't be saved.
    """
    try:
        register = _register(here)
    except FilesError:
        return ()
    refuse_outside(here.root, here.lang)
    settled = both_sides.take_whole(here.root, fresh=fresh)
    if register is not None:
        edits = list(_mended(here, register, settled.moved))
        if edits:
            register.save(edits, here.acting)
            both_sides.stage_merged(here.root, layout.REGISTER)
    return settled.kept


def told(kept: Kept, lang: Lang) -> Problem:
    """Return what happened to a file, as a warning."""
    _ = translator(lang)
    words = {"path": shown(kept.path), "copy": shown(kept.copy or "")}
    if kept.copy:
        message = _("both sides have another file of this name; theirs is now {copy}")
    elif kept.made and not kept.again:
        message = _("both sides have this report; theirs can be made again, so only ours stays")
    elif kept.made:
        message = _("both sides made this report; ours stays: render it again")
    else:
        message = _("one side removed the file, the other changed it; it stays")
    hint = "assess report" if kept.again else ""
    return Problem(
        words["path"], "kept", message.format(**words), hint, "warning", line=1, column=1
    )


def _register(here: Workspace) -> OpenFile[Register] | None:
    path = here.root / layout.REGISTER
    return open_file.read(path, "register", here.root, here.lang) if path.is_file() else None


def _mended(
    here: Workspace, register: OpenFile[Register], moved: Mapping[str, str]
) -> Iterator[Edit]:
    """Yield the edits that give rows the paths at which their files stand now."""
    rows = {key: row.file for key, row in register.value.evidence.items() if row.file is not None}
    shared = Counter(file.path for file in rows.values())
    for row_id, file in rows.items():
        doubtful = shared[file.path] > 1 or file.sha256 in moved
        path = _new_path(here, file, moved) if doubtful else None
        if path is not None:
            yield Edit(("evidence", row_id, "file", "path"), path)
    for where, conflicts in register.loaded.tree.conflicts.items():
        raw = [_with_new_path(row, moved) for row in conflicts]
        if raw != conflicts:
            yield Edit((*where, CONFLICT), raw)


def _new_path(here: Workspace, file: EvidenceFile, moved: Mapping[str, str]) -> str | None:
    """Return where a row's file stands, None where it stands at its path or nowhere."""
    if _holds(here, file.path, file):
        return None
    parent = PurePosixPath(file.path).parent
    usual = (parent / hashed_name(PurePosixPath(file.path).name, file.sha256)).as_posix()
    places = (moved.get(file.sha256, "").removeprefix("evidence/"), usual)
    return next((path for path in places if path and _holds(here, path, file)), None)


def _holds(here: Workspace, path: str, file: EvidenceFile) -> bool:
    place = inside(here.root / "evidence", path)
    if place is None or not place.is_file() or place.stat().st_size != file.size:
        return False
    return sha256(place) == file.sha256


def _with_new_path(row: Mapping[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of `conflict:` whose side names its file where that stands now."""
    theirs = row.get("theirs")
    if not isinstance(theirs, Mapping):
        return dict(row)
    file = theirs if row.get("field") == "file" else theirs.get("file")
    place = moved.get(str(file.get("sha256"))) if isinstance(file, Mapping) else None
    if place is None or not isinstance(file, Mapping):
        return dict(row)
    new = {**file, "path": place.removeprefix("evidence/")}
    return {**row, "theirs": new if file is theirs else {**theirs, "file": new}}
