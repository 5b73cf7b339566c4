"""Writes findings of others from the board, off the event loop, so that undo knows the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assess.i18n import translator
from assess.tui.core.rows.context import RowsContext
from assess.workspace import Workspace
from assess.workspace.core.outside_findings import FindingAuthor, OutsideFindingChange

OutsideJob = Callable[[Workspace, FindingAuthor], Sequence[OutsideFindingChange]]
"""Writes findings, and returns what was changed."""


def write_outside_findings(
    context: RowsContext,
    job: OutsideJob,
    done_message: str,
    on_written: Callable[[], None] = lambda: None,
    batch: int = 0,
) -> None:
    """Write changes, then read the board again and say what was done.

    `batch` is the number of the changes that are taken back as one step.
    """
    session = context.shell.session
    author = FindingAuthor(session.person, session.now())

    def write_and_record(workspace: Workspace) -> None:
        session.undo.record_outside_changes(job(workspace, author), batch)

    def show_written(_result: None) -> None:
        on_written()
        _ = translator(context.lang)
        context.show_message(_("{done}   u undo").format(done=done_message))

    context.jobs.write_shared_files_and_reread(write_and_record, show_written)
