"""Answers on their way to disk: written one after another, kept until they are there."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import msgspec

from assess.errors import AssessError
from assess.model.answer import Answer
from assess.tui.core.answer_change import Attachment, Change
from assess.tui.core.session import Opened, Session
from assess.workspace import REMOVE, SheetName

Job = Change | Attachment


def change_of(job: Job) -> Change:
    """Return the change that a job is about."""
    return job.change if isinstance(job, Attachment) else job


class Saver:
    """Writes jobs in a thread, in their order; stops at one that fails, keeps it and the rest."""

    def __init__(
        self,
        session: Session,
        saved: Callable[[Change, Opened], None],
        failed: Callable[[Change, AssessError], None],
        crashed: Callable[[Exception], None],
    ) -> None:
        self._session = session
        self._saved = saved
        self._failed = failed
        self._crashed = crashed
        self._jobs: deque[Job] = deque()
        self._running: asyncio.Task[None] | None = None
        self.error: AssessError | None = None

    @property
    def waiting(self) -> int:
        """How many jobs are not on disk yet."""
        return len(self._jobs)

    def submit(self, job: Job) -> None:
        """Take a job; it is written as soon as those before it are."""
        self._jobs.append(job)
        if self.error is None:
            self._start()

    def retry(self) -> None:
        """Write the job that failed again, over what is on disk now, then the rest."""
        self.error = None
        self._start(reread=True)

    def drop(self) -> None:
        """Give up the job that failed, then write the rest."""
        self._jobs.popleft()
        self.retry()

    def answer(self, sheet: SheetName, item_id: str, on_disk: Answer) -> Answer:
        """Return an answer as it will be once all jobs are written (status, value and note)."""
        for job in self._jobs:
            change = change_of(job)
            if (change.sheet, change.item_id) == (sheet, item_id):
                on_disk = changed(on_disk, change)
        return on_disk

    def touched(self, sheet: SheetName) -> set[str]:
        """Return the items of a sheet with jobs under way."""
        changes = map(change_of, self._jobs)
        return {change.item_id for change in changes if change.sheet == sheet}

    async def finish(self) -> bool:
        """Wait until all is written; False where something could not be."""
        while self._running is not None:
            await asyncio.shield(self._running)
        return not self._jobs

    def _start(self, *, reread: bool = False) -> None:
        if self._running is None and (self._jobs or reread):
            self._running = asyncio.get_running_loop().create_task(self._run(reread=reread))

    async def _run(self, *, reread: bool) -> None:
        try:
            if reread and self._jobs:
                await asyncio.to_thread(self._session.reread, change_of(self._jobs[0]).sheet)
            while self._jobs:
                job = self._jobs[0]
                opened = await asyncio.to_thread(self._write, job)
                self._jobs.popleft()
                self._saved(change_of(job), opened)
        except AssessError as error:
            self.error = error
            self._failed(change_of(self._jobs[0]), error)
        except Exception as error:  # noqa: BLE001  # a task has no caller: the app ends with it
            self._crashed(error)
        finally:
            self._running = None

    def _write(self, job: Job) -> Opened:
        if isinstance(job, Attachment):
            return self._session.attach(job)
        return self._session.write(job)


def changed(answer: Answer, change: Change) -> Answer:
    """Return an answer with status, value and note as a change will make them, for showing."""
    fields: dict[str, Any] = {
        name: None if value is REMOVE else value
        for name, value in change.fields.items()
        if name in ("status", "value", "note")
    }
    if "status" in fields or "value" in fields:
        fields = {"status": None, "value": None, **fields}
    return msgspec.structs.replace(answer, **fields)
