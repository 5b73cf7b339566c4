"""A queue that writes changes one after another and keeps them until they are on disk."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from assess.errors import AssessError
from assess.model.answer import Answer, Remediation
from assess.tui.core.answer_change import AnswerChange, EvidenceAttachment
from assess.tui.core.session import AssessedSheet, InterfaceSession
from assess.workspace import REMOVE, SheetName

SaveJob = AnswerChange | EvidenceAttachment


def get_change(job: SaveJob) -> AnswerChange:
    """Return the change of a job."""
    return job.change if isinstance(job, EvidenceAttachment) else job


class AnswerSaver:
    """Writes jobs in a thread, in order; at a failure it stops and keeps the rest."""

    def __init__(
        self,
        session: InterfaceSession,
        saved: Callable[[AnswerChange, AssessedSheet], None],
        failed: Callable[[AnswerChange, AssessError], None],
        crashed: Callable[[Exception], None],
    ) -> None:
        self._session = session
        self._saved = saved
        self._failed = failed
        self._crashed = crashed
        self._jobs: deque[SaveJob] = deque()
        self._running: asyncio.Task[None] | None = None
        self.error: AssessError | None = None
        self.saved_at: datetime | None = None
        """The time of the last write; None before the first."""

    @property
    def unwritten_job_count(self) -> int:
        """The number of jobs that are not on disk yet."""
        return len(self._jobs)

    @property
    def today(self) -> date:
        """The day of the session."""
        return self._session.today

    def add_job(self, job: SaveJob) -> None:
        """Add a job to the queue."""
        self._jobs.append(job)
        if self.error is None:
            self._start_writing()

    def retry_failed_job(self) -> None:
        """Write the failed job again, over what is on disk now, then the rest."""
        self.error = None
        self._start_writing(reread=True)

    def drop_failed_job(self) -> None:
        """Drop the failed job, then write the rest."""
        self._jobs.popleft()
        self.retry_failed_job()

    def pending_answer(self, sheet: SheetName, item_id: str, on_disk: Answer) -> Answer:
        """Return an answer with status, value, note and remediation as all jobs will make them."""
        for job in self._jobs:
            change = get_change(job)
            if (change.sheet, change.item_id) == (sheet, item_id):
                on_disk = preview_answer(on_disk, change)
        return on_disk

    def pending_items(self, sheet: SheetName) -> set[str]:
        """Return the items of a sheet that have jobs in the queue."""
        changes = map(get_change, self._jobs)
        return {change.item_id for change in changes if change.sheet == sheet}

    def pending_fields(self, sheet: SheetName, item_id: str) -> frozenset[str]:
        """Return the fields of an answer that the queue will write."""
        changes = map(get_change, self._jobs)
        return frozenset(
            field
            for change in changes
            if (change.sheet, change.item_id) == (sheet, item_id)
            for field in change.fields
        )

    def pending_proofs(self, sheet: SheetName, item_id: str) -> frozenset[str]:
        """Return the proofs of an item for which the queue will attach evidence."""
        return frozenset(
            job.proof
            for job in self._jobs
            if isinstance(job, EvidenceAttachment)
            and (job.change.sheet, job.change.item_id) == (sheet, item_id)
        )

    async def wait_until_written(self) -> bool:
        """Wait until all jobs are written; return False if one failed."""
        while self._running is not None:
            await asyncio.shield(self._running)
        return not self._jobs

    def _start_writing(self, *, reread: bool = False) -> None:
        if self._running is None and (self._jobs or reread):
            self._running = asyncio.get_running_loop().create_task(self._write_jobs(reread=reread))

    async def _write_jobs(self, *, reread: bool) -> None:
        try:
            if reread and self._jobs:
                await asyncio.to_thread(self._session.reread_sheet, get_change(self._jobs[0]).sheet)
            while self._jobs:
                job = self._jobs[0]
                opened = await asyncio.to_thread(self._write_job, job)
                self._jobs.popleft()
                self.saved_at = self._session.now()
                self._saved(get_change(job), opened)
        except AssessError as error:
            self.error = error
            self._failed(get_change(self._jobs[0]), error)
        except Exception as error:  # noqa: BLE001  # a task has no caller: the app ends
            self._crashed(error)
        finally:
            self._running = None

    def _write_job(self, job: SaveJob) -> AssessedSheet:
        if isinstance(job, EvidenceAttachment):
            return self._session.attach_evidence(job)
        return self._session.write_change(job)


def preview_answer(answer: Answer, change: AnswerChange) -> Answer:
    """Return an answer with status, value, note and remediation as a change will make them."""
    fields: dict[str, Any] = {
        name: None if value is REMOVE else value
        for name, value in change.fields.items()
        if name in ("status", "value", "note")
    }
    if "remediation" in change.fields:
        plan = change.fields["remediation"]
        fields["remediation"] = None if plan is REMOVE else msgspec.convert(plan, Remediation)
    elif answer.remediation is not None:
        fields["remediation"] = _change_plan_parts(answer.remediation, change.fields)
    if "status" in fields or "value" in fields:
        fields = {"status": None, "value": None, **fields}
    return msgspec.structs.replace(answer, **fields)


def _change_plan_parts(plan: Remediation, fields: Mapping[str, Any]) -> Remediation:
    """Return a remediation with the fields of it that a change names as `remediation.FIELD`."""
    prefix = "remediation."
    changed = {
        name.removeprefix(prefix): value
        for name, value in fields.items()
        if name.startswith(prefix)
    }
    values = msgspec.to_builtins(plan) | changed
    return msgspec.convert(
        {name: value for name, value in values.items() if value is not REMOVE}, Remediation
    )
