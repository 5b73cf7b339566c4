"""Writing of drafts to their files: off the event loop, and once their changes are on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from assess.display.text.forms import FormValues
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey, Drafts


class _SettledDraft(NamedTuple):
    """A draft whose values became a change: its file is removed once the change is on disk."""

    change: AnswerChange
    draft: DraftKey
    values: FormValues


class DraftWriter:
    """Writes `drafts`; `start_worker` runs a coroutine, `show_written` shows what is on disk."""

    def __init__(
        self,
        drafts: Drafts,
        start_worker: Callable[[Coroutine[Any, Any, None]], object],
        show_written: Callable[[], None],
    ) -> None:
        self._drafts = drafts
        self._start_worker = start_worker
        self._show_written = show_written
        self._settled: list[_SettledDraft] = []

    def remove_draft_when_saved(
        self, change: AnswerChange, draft: DraftKey, values: FormValues
    ) -> None:
        """Remove a draft's file once its change is on disk."""
        self._settled.append(_SettledDraft(change, draft, values))

    def write_draft_in_background(self, draft: DraftKey) -> None:
        """Write the draft in memory to its file, off the event loop."""
        self._start_worker(self._write_draft(draft))

    def remove_draft_files_of_change(self, change: AnswerChange) -> None:
        """Remove the files of the drafts that became a change: the change is on disk."""
        for settled in self._pop_drafts_of_change(change):
            self.write_draft_in_background(settled.draft)

    def restore_drafts_of_change(self, change: AnswerChange) -> None:
        """Turn the values of a change that was refused into drafts again."""
        for settled in self._pop_drafts_of_change(change):
            self._drafts.set_values_in_memory(settled.draft, settled.values)

    async def retry_failed_drafts(self) -> None:
        """Try again to write the drafts that are in memory only."""
        if self._drafts.troubles:
            await asyncio.to_thread(self._drafts.retry_failed_writes)
            self._show_written()

    async def _write_draft(self, draft: DraftKey) -> None:
        await asyncio.to_thread(self._drafts.write_or_remove_draft_file, draft)
        self._show_written()

    def _pop_drafts_of_change(self, change: AnswerChange) -> list[_SettledDraft]:
        matching = [settled for settled in self._settled if settled.change is change]
        self._settled = [settled for settled in self._settled if settled.change is not change]
        return matching
