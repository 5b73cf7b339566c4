"""Jobs that change a round: after all saves, off the event loop, with refusals shown in full."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assess.errors import AssessError
from assess.i18n import translator
from assess.tui.core.screen_context import ScreenContext
from assess.workspace import Workspace

T = TypeVar("T")


async def run_job_or_show_refusal(
    context: ScreenContext, job: Callable[[Workspace], T]
) -> T | None:
    """Run a job off the event loop; on refusal show the reason and return None."""
    shell = context.shell
    await shell.saver.wait_until_written()
    try:
        return await asyncio.to_thread(shell.session.run_job_exclusively, job, forget_sheets=True)
    except AssessError as error:
        _ = translator(shell.session.lang)
        shell.dialogs.show_text(_("This could not be done"), str(error))
        return None
