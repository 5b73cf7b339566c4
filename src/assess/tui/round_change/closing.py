"""Closing the round that is shown: what is left undone is named, then it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from assess.display.rounds.closing_words import (
    closing_question_and_state,
    closing_refusal_text,
    round_closed_title_and_question,
)
from assess.engine.rounds import RoundClosing
from assess.i18n import translator
from assess.tui.core.screen_context import ScreenContext
from assess.tui.round_change.jobs import run_job_or_show_refusal
from assess.tui.round_change.starting import offer_next_round
from assess.workspace import Workspace
from assess.workspace.rounds.close import ClosedRound, check_round_before_closing, close_round
from assess.workspace.sharing.actor import author_environment


class RoundCloser:
    """Closes the round of the session, as `assess round close` does."""

    def __init__(self, context: ScreenContext, save_version: Callable[[], None]) -> None:
        """`save_version` asks for the commit without which no round is closed."""
        self._context = context
        self._save_version = save_version

    def start_closing_round(self) -> None:
        """Check the round beside the keys, then ask."""
        self._context.start_awaited_worker(self._check_round_and_ask())

    async def _check_round_and_ask(self) -> None:
        context, session = self._context, self._context.shell.session

        def check_open_round(workspace: Workspace) -> RoundClosing | Literal["closed"]:
            if workspace.read_config().rounds[session.round_id].state == "closed":
                return "closed"
            return check_round_before_closing(workspace, session.round_id, session.today)

        closing = await run_job_or_show_refusal(context, check_open_round)
        if closing == "closed":
            _ = translator(context.lang)
            context.show_message(_("this round is closed already; N begins the next one"))
        elif closing is not None:
            self._confirm_or_refuse_closing(closing)

    def _confirm_or_refuse_closing(self, closing: RoundClosing) -> None:
        context, round_id = self._context, self._context.shell.session.round_id
        dialogs, lang = context.shell.dialogs, context.lang
        _ = translator(lang)
        reasons = closing.reasons_against_closing
        if reasons == ("uncommitted",):
            dialogs.ask_confirmation(
                _("Save a version first?"), closing_refusal_text(closing, lang), self._save_version
            )
        elif reasons:
            title = _("Round {round} can't be closed yet").format(round=round_id)
            dialogs.show_text(title, closing_refusal_text(closing, lang))
        else:
            dialogs.ask_confirmation(
                *closing_question_and_state(round_id, closing, lang),
                lambda: context.start_awaited_worker(self._close_round()),
            )

    async def _close_round(self) -> None:
        context, session = self._context, self._context.shell.session

        def run_closing(workspace: Workspace) -> ClosedRound:
            environ = author_environment(workspace.root, workspace.read_config(), session.person)
            return close_round(
                workspace,
                session.round_id,
                today=session.today,
                now=session.now(),
                by=session.person,
                environ=environ,
            )

        closed = await run_job_or_show_refusal(context, run_closing)
        if closed is None:
            return
        context.shell.navigation.reread_screens()
        title, text = round_closed_title_and_question(
            closed.tag, session.round_id, closed.closing, context.lang
        )
        context.shell.dialogs.ask_confirmation(title, text, lambda: offer_next_round(context))
