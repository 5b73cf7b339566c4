"""The end of the app: everything is saved before, on a key and on a signal."""

from __future__ import annotations

import asyncio
from time import monotonic

from textual.app import App

from assess.errors import AssessError
from assess.i18n import translator
from assess.tui.app.end_signals import EndSignals
from assess.tui.app.screen_stack import ScreenStack
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.resume_drafts import draft_warning, unwritten_draft_error
from assess.tui.core.save_queue import AnswerSaver
from assess.tui.core.session import InterfaceSession

_AT_ONCE = 2.0
"""Seconds within which a second Ctrl+C ends the program."""


class AppExit:
    """Ends `app` without losing answers of `saver` and `drafts`."""

    def __init__(
        self,
        app: App[None],
        session: InterfaceSession,
        saver: AnswerSaver,
        drafts: Drafts,
        stack: ScreenStack,
    ) -> None:
        self._app = app
        self._session = session
        self._saver = saver
        self._drafts = drafts
        self._stack = stack
        self._warned: set[DraftKey] = set()
        """Drafts for which the user has seen the warning that quitting loses them."""
        self._signals = EndSignals(self._save_and_end_on_signal)
        self._asked_before: float | None = None
        """When Ctrl+C was pressed last."""

    def install_signal_handlers(self) -> None:
        """Save everything and end at the signals that end the program."""
        self._signals.install_handlers()

    def remove_signal_handlers(self) -> None:
        """Remove the signal handlers."""
        self._signals.remove_handlers()

    def _save_and_end_on_signal(self) -> None:
        self._app.run_worker(self.save_and_end(), group="end", exclusive=True)

    async def show_hint_or_end_at_second_ctrl_c(self) -> None:
        """Show a message the first time; save everything and end the second time at once."""
        now = monotonic()
        if self._asked_before is not None and now - self._asked_before < _AT_ONCE:
            await self.save_and_end()
            return
        self._asked_before = now
        _ = translator(self._session.lang)
        text = _("copy with the keys of the terminal; to quit press Ctrl+C once more")
        self._stack.show_message(text)

    async def save_and_end(self) -> None:
        """Save everything and end, without a question."""
        self._stack.save_unsaved_input()
        await self._saver.wait_until_written()
        self._app.exit()

    async def leave_app_once_saved(self) -> None:
        """Save everything and end.

        The app stays and shows a message where something can't be saved. A second call ends it
        without a draft that can't be written.
        """
        self._stack.save_unsaved_input()
        if await self._warn_once_of_unwritten_drafts():
            return
        if self._saver.error is not None:
            self._saver.retry_failed_job()
        if await self._saver.wait_until_written():
            self._app.exit()

    async def _warn_once_of_unwritten_drafts(self) -> bool:
        """Return whether a draft is in memory only and the user has not been warned yet."""
        await asyncio.to_thread(self._drafts.retry_failed_writes)
        troubles = self._drafts.troubles
        if not troubles or self._warned == troubles.keys():
            return False
        self._warned = set(troubles)
        _ = translator(self._session.lang)
        trouble = draft_warning(next(iter(troubles.values())), self._session.lang)
        self._stack.show_message(_("{trouble}; once more quits without it").format(trouble=trouble))
        return True

    def error_of_unwritten_input(self) -> AssessError | None:
        """Return the error about an answer or a draft that could not be written; None without."""
        if self._saver.unwritten_job_count and self._saver.error is not None:
            return self._saver.error
        unwritten = next(iter(self._drafts.troubles.items()), None)
        return unwritten_draft_error(*unwritten, self._session.lang) if unwritten else None
