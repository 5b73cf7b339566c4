"""Taking back what a command wrote, where git then refuses the commit, and nothing else.

A hook may take minutes. What other processes save meanwhile into the same files stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from assess.errors import (
    AssessError,
    ChangedOnDiskError,
    LockedError,
    NotTakenBackError,
    WriteError,
)
from assess.i18n import translator
from assess.merging.texts import Versions, merge_bytes
from assess.model.config import Config
from assess.store import layout
from assess.store.file_types import merged_by_meaning
from assess.store.files import write_atomic
from assess.store.lock import locked
from assess.store.open_file import OpenFile
from assess.workspace.core.workspace import Workspace


class Written(NamedTuple):
    """A file that a command wrote: its text without what the command wrote, and with it."""

    path: str
    before: str
    after: str
    was_there: bool = True


def written_config(saved: OpenFile[Config]) -> Written:
    """Return what a save of assess.yaml wrote."""
    before = saved.text if saved.replaced is None else saved.replaced
    return Written(layout.CONFIG, before, saved.text)


@contextlib.contextmanager
def taking_back(here: Workspace, files: Sequence[Written]) -> Iterator[None]:
    """Take the changes of `files` back where something fails inside.

    Raises:
        ChangedOnDiskError: another program changed the same entries meanwhile; holds the reason of
            the failure, and names the files that stay as they are.
        NotTakenBackError: a file can't be written; holds the reason of the failure too.
    """
    try:
        yield
    except BaseException as error:
        left = _taken_back(here, files, error)
        if left and isinstance(error, AssessError):
            _ = translator(here.lang)
            message = _("{reason}; {files} was changed by another program meanwhile and stays so")
            hint = _("look at it: {command}").format(command="assess diff")
            words = {"reason": error.message, "files": ", ".join(left)}
            raise ChangedOnDiskError(message.format(**words), hint) from error
        raise


def _taken_back(here: Workspace, files: Sequence[Written], failure: BaseException) -> list[str]:
    """Return the files whose change others have changed meanwhile; of all others it is taken back.

    Raises:
        NotTakenBackError: a file can't be written.
    """
    try:
        with locked(here.root, here.acting, here.lang):
            return [file.path for file in files if not _take_back(here, file)]
    except (LockedError, WriteError) as error:
        _ = translator(here.lang)
        reason = failure.message if isinstance(failure, AssessError) else type(failure).__name__
        message = _("{reason}; what was written already can't be taken back: {why}")
        hint = _(
            "mend that; look at what stands in the files: {command}; then the same command again"
        )
        raise NotTakenBackError(
            message.format(reason=reason, why=error.message), hint.format(command="assess diff")
        ) from error


def _take_back(here: Workspace, file: Written) -> bool:
    """Return whether the change of a file was taken back; others' changes stay in it."""
    path = here.root / file.path
    before, after = (text.encode("utf-8", "surrogateescape") for text in (file.before, file.after))
    now = path.read_bytes() if path.exists() else b""
    if now == after:
        _put(path, before if file.was_there else None, here)
    elif now != before:
        return _is_merged(here, file.path, Versions(after, now, before))
    return True


def _is_merged(here: Workspace, path: str, versions: Versions) -> bool:
    """Return whether the change could be taken out of what others made of the file since."""
    if not (merged_by_meaning(path) and versions.ours):
        return False
    outcome = merge_bytes(versions, path, here.lang)
    if not outcome.unsettled:
        write_atomic(here.root / path, outcome.data, here.lang)
    return not outcome.unsettled


def _put(path: Path, data: bytes | None, here: Workspace) -> None:
    if data is not None:
        write_atomic(path, data, here.lang)
    else:
        path.unlink(missing_ok=True)
