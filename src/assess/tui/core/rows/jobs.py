"""Jobs of a screen of rows: they read and write files off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assess.errors import AssessError, FilesError
from assess.harmless import escape_as_single_line
from assess.tui.core.screen_context import ScreenContext
from assess.workspace import Workspace

T = TypeVar("T")


class ScreenJobs:
    """Runs jobs off the event loop, and shows their errors."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._count = 0

    @property
    def is_job_running(self) -> bool:
        """Whether a job is running: keys wait until it ends."""
        return self._count > 0

    def run_job(
        self, job: Callable[[], T], done: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Run `job` off the event loop after all saves; then call `done` with its result.

        On an error the screen shows it and does not call `done`.
        """
        self._count += 1
        # Closing the screen must not cancel the job.
        self._context.start_background_job(self._run_job_and_show_errors(job, done))

    async def _run_job_and_show_errors(
        self, job: Callable[[], T], done: Callable[[T], None]
    ) -> None:
        shell = self._context.shell
        try:
            await shell.saver.wait_until_written()
            result = await asyncio.to_thread(job)
        except FilesError as error:
            shell.navigation.show_problems(error)
        except AssessError as error:
            self._context.show_message(escape_as_single_line(str(error)))
        else:
            done(result)
        finally:
            self._count -= 1

    def run_on_workspace(self, job: Callable[[Workspace], T], done: Callable[[T], None]) -> None:
        """Run a job that leaves all sheets as they are, while nothing else is written."""
        self.run_job(lambda: self._context.shell.session.run_job_exclusively(job), done)

    def write_shared_files_and_reread(
        self, job: Callable[[Workspace], T], done: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Write files that sheets depend on, then read them again on all screens."""
        shell = self._context.shell

        def show_written(result: T) -> None:
            shell.navigation.reread_screens()
            done(result)

        self.run_job(
            lambda: shell.session.run_job_exclusively(job, forget_sheets=True), show_written
        )
