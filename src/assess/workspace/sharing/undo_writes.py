"""Undoing the writes of a command after git refuses its commit.

A hook may take minutes. Changes that other processes save meanwhile into the same files stay. What
git has committed stays too: a hook or the disk may fail, and Ctrl+C come, after the commit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.errors import (
    AssessError,
    ChangedOnDiskError,
    LockedError,
    NotTakenBackError,
    WriteError,
)
from assess.i18n import translator
from assess.merging.texts import Versions, merge_bytes_by_meaning_or_lines
from assess.model.config import Config
from assess.store.file_types import is_merged_by_meaning
from assess.store.files import write_atomic
from assess.store.git.commit.made_commits import HeadWatch
from assess.store.git.run.plumbing import Repository
from assess.store.lock import workspace_lock
from assess.store.open_file import OpenFile
from assess.workspace.core.workspace import Workspace


class WrittenFile(NamedTuple):
    """A file that a command wrote: its text before and after the command's change."""

    path: str
    before: str
    after: str
    was_there: bool = True
    is_removed: bool = False
    """Whether the command removed it."""


def texts_before_and_after_config_save(saved: OpenFile[Config]) -> WrittenFile:
    """Return the texts of assess.yaml before and after a save."""
    before = saved.text if saved.replaced is None else saved.replaced
    return WrittenFile(locations.CONFIG, before, saved.text)


@contextlib.contextmanager
def undo_writes_on_failure(workspace: Workspace, files: Sequence[WrittenFile]) -> Iterator[None]:
    """Undo the changes of `files` that git has not committed when the body of the `with` fails.

    Raises:
        ChangedOnDiskError: another program changed the same entries meanwhile; holds the reason of
            the failure, and names the files that stay changed.
        NotTakenBackError: a file can't be written; holds the reason of the failure too.
    """
    watch = HeadWatch(workspace.root)
    try:
        yield
    except BaseException as error:
        left = _undo_writes_and_list_failed(
            workspace, _select_uncommitted_files(workspace, files, watch), error
        )
        if left and isinstance(error, AssessError):
            _ = translator(workspace.lang)
            message = _("{reason}; {files} was changed by another program meanwhile and stays so")
            hint = _("look at it: {command}").format(command="assess diff")
            words = {"reason": error.message, "files": ", ".join(left)}
            raise ChangedOnDiskError(message.format(**words), hint) from error
        raise


def _select_uncommitted_files(
    workspace: Workspace, files: Sequence[WrittenFile], watch: HeadWatch
) -> list[WrittenFile]:
    """Return the files whose change is not in a commit that git made since the watch began."""
    commit = watch.find_new_head()
    # As for the watch, the repository of an open snapshot may not answer any more.
    repository = Repository.find_repository_without_cache(workspace.root)
    if commit is None or repository is None:
        return list(files)
    blobs = repository.list_files(commit, [file.path for file in files])

    def is_committed(file: WrittenFile) -> bool:
        blob = blobs.get(file.path)
        if file.is_removed:
            return blob is None
        return blob is not None and repository.read_blob(blob.oid) == _encode_text(file.after)

    return [file for file in files if not is_committed(file)]


def _encode_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _undo_writes_and_list_failed(
    workspace: Workspace, files: Sequence[WrittenFile], failure: BaseException
) -> list[str]:
    """Undo the changes; return the files in which others changed the same entries meanwhile.

    Raises:
        NotTakenBackError: a file can't be written.
    """
    try:
        with workspace_lock(workspace.root, workspace.acting, workspace.lang):
            return [file.path for file in files if not _undo_write_of_file(workspace, file)]
    except (LockedError, WriteError) as error:
        _ = translator(workspace.lang)
        reason = failure.message if isinstance(failure, AssessError) else type(failure).__name__
        message = _("{reason}; what was written already can't be taken back: {why}")
        hint = _(
            "mend that; look at what stands in the files: {command}; then the same command again"
        )
        raise NotTakenBackError(
            message.format(reason=reason, why=error.message), hint.format(command="assess diff")
        ) from error


def _undo_write_of_file(workspace: Workspace, file: WrittenFile) -> bool:
    """Undo the change of a file, keep the changes of others, and return whether that succeeded."""
    path = workspace.root / file.path
    before, after = _encode_text(file.before), _encode_text(file.after)
    now = path.read_bytes() if path.exists() else b""
    if now == after:
        _write_or_remove(path, before if file.was_there else None, workspace)
    elif now != before:
        return _undo_by_merging(workspace, file.path, Versions(after, now, before))
    return True


def _undo_by_merging(workspace: Workspace, path: str, versions: Versions) -> bool:
    """Undo the change in a file that others changed since; return whether that succeeded."""
    if not (is_merged_by_meaning(path) and versions.ours):
        return False
    outcome = merge_bytes_by_meaning_or_lines(versions, path, workspace.lang)
    if not outcome.unsettled:
        write_atomic(workspace.root / path, outcome.data, workspace.lang)
    return not outcome.unsettled


def _write_or_remove(path: Path, data: bytes | None, workspace: Workspace) -> None:
    if data is not None:
        write_atomic(path, data, workspace.lang)
    else:
        path.unlink(missing_ok=True)
