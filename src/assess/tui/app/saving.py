"""What follows a written or a failed change: screens, drafts, and the question what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import App

from assess.display.walk.sides import pair_change_with_answer
from assess.errors import AssessError, ChangedOnDiskError, UsageError
from assess.i18n import translator
from assess.model.answer import Answer
from assess.tui.app.screen_stack import ScreenStack
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.draft_writer import DraftWriter
from assess.tui.core.save_queue import AnswerSaver
from assess.tui.core.session import AssessedSheet, InterfaceSession
from assess.tui.core.shell import ChosenSide, Dialogs


class SaveOutcomes:
    """Has a queue of changes, and follows what becomes of each of them.

    `crashed` gets an exception that ends the app.
    """

    def __init__(
        self,
        app: App[None],
        session: InterfaceSession,
        stack: ScreenStack,
        dialogs: Dialogs,
        draft_writer: DraftWriter,
        crashed: Callable[[Exception], None],
    ) -> None:
        self.saver = AnswerSaver(
            session, self._remove_drafts_and_show_saved, self._ask_about_failed_save, crashed
        )
        self._app = app
        self._session = session
        self._stack = stack
        self._dialogs = dialogs
        self._draft_writer = draft_writer

    def _remove_drafts_and_show_saved(self, change: AnswerChange, opened: AssessedSheet) -> None:
        self._draft_writer.remove_draft_files_of_change(change)
        self._stack.show_saved_sheet(change.sheet, opened)

    def _ask_about_failed_save(self, change: AnswerChange, error: AssessError) -> None:
        if isinstance(error, ChangedOnDiskError):
            self._app.run_worker(self._ask_version_or_show_error(change, error), group="meet")
        else:
            self._restore_draft_or_ask_decision(change, error)

    async def _ask_version_or_show_error(
        self, change: AnswerChange, error: ChangedOnDiskError
    ) -> None:
        self._stack.redraw_saving_state()
        if not await self._ask_mine_or_disk_version(change, error):
            self._restore_draft_or_ask_decision(change, error)

    async def _ask_mine_or_disk_version(
        self, change: AnswerChange, error: ChangedOnDiskError
    ) -> bool:
        """Show a change beside what another program wrote; False if that can't be read."""
        try:
            opened = await asyncio.to_thread(self._session.reread_sheet, change.sheet)
        except AssessError:
            return False
        lang = self._session.lang
        _ = translator(lang)
        answer = opened.open_sheet.sheet.answers.get(change.item_id, Answer())
        item = opened.open_sheet.checklist.items()[change.item_id]
        self._dialogs.choose_side(
            error.message,
            (_("Mine, not written yet"), _("On disk now")),
            pair_change_with_answer(change.fields, answer, item, lang),
            self._retry_or_drop_failed_save,
        )
        return True

    def _retry_or_drop_failed_save(self, side: ChosenSide | None) -> None:
        if side == "mine":
            self.saver.retry_failed_job()
        elif side == "theirs":
            self.saver.drop_failed_job()

    def _restore_draft_or_ask_decision(self, change: AnswerChange, error: AssessError) -> None:
        from assess.tui.dialogs.save_error import SaveErrorDecision, SaveErrorScreen  # noqa: PLC0415  # imported when shown

        if isinstance(error, UsageError):
            self._turn_refused_change_into_draft(change, error)
            return

        def take_decision(decision: SaveErrorDecision | None) -> None:
            if decision == "retry":
                self.saver.retry_failed_job()
            elif decision == "theirs":
                self.saver.drop_failed_job()
            elif decision == "abandon":
                self._app.exit()

        self._stack.redraw_saving_state()
        self._app.push_screen(SaveErrorScreen(change.item_id, error), take_decision)

    def _turn_refused_change_into_draft(self, change: AnswerChange, error: UsageError) -> None:
        """Turn the refused input into a draft again: a second write would be refused too."""
        self._draft_writer.restore_drafts_of_change(change)
        self.saver.drop_failed_job()
        self._stack.redraw_saving_state()
        self._stack.show_message(str(error))
