"""The app: it is made of its parts, shows the first screen, and ends without losing answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from assess.i18n import Lang
from assess.tui.app.app_exit import AppExit
from assess.tui.app.dialogs import AppDialogs
from assess.tui.app.external_changes import ExternalChanges
from assess.tui.app.file_watch import EVERY
from assess.tui.app.harmless_app import HarmlessApp
from assess.tui.app.navigation import AppNavigation
from assess.tui.app.preferences import AppPreferences
from assess.tui.app.saving import SaveOutcomes
from assess.tui.app.screen_stack import ScreenStack
from assess.tui.app.settings import SettingsFile
from assess.tui.app.workspace_reading import WorkspaceReading
from assess.tui.core.draft_writer import DraftWriter
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.resume_drafts import (
    drafts_notice,
    list_drafts_of_session,
    unread_drafts_notice,
)
from assess.tui.core.session import InterfaceSession
from assess.workspace import SheetName, Workspace


class Opening(NamedTuple):
    """Options of the start of the interface."""

    settings: SettingsFile | None = None
    """None: the settings of a new user, in memory only."""
    fine: bool = False
    """Whether the terminal draws finer marks and borders."""
    typed: str = ""
    """The keys that were typed before the interface started."""
    ask_who: bool = False
    """Whether the app first asks which person acts."""
    notice: str = ""
    """The message on the first screen."""


class AssessApp(HarmlessApp, inherit_bindings=False):
    """The terminal interface over one round of a workspace; its parts make a `Shell`.

    With `start` the app opens that sheet at its first unanswered item. Without it the app shows the
    overview.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "show_copy_hint_or_end", show=False, priority=True),
        Binding("ctrl+q", "save_and_end", show=False, priority=True),
    ]

    def __init__(
        self,
        workspace: Workspace,
        round_id: str,
        person: str | None,
        today: date,
        now: Callable[[], datetime],
        lang: Lang,
        start: SheetName | None = None,
        opening: Opening | None = None,
    ) -> None:
        super().__init__()
        self._opening = opening or Opening()
        self.session = InterfaceSession(workspace, round_id, person, today, now, lang)
        self.drafts = Drafts(workspace.root)
        self._stack = ScreenStack(self)
        self.navigation = AppNavigation(self, self._stack, start)
        reading = WorkspaceReading(self.session, self.navigation)
        self.dialogs = AppDialogs(self, self.session, self.drafts, reading)
        self.preferences = AppPreferences(
            self,
            self.session,
            self._opening.settings or SettingsFile(),
            self.dialogs,
            self.navigation,
            reading,
            can_be_fine=self._opening.fine,
        )
        self.preferences.apply_theme()
        self._create_saving_and_exit_parts()

    def _create_saving_and_exit_parts(self) -> None:
        self.draft_writer = DraftWriter(
            self.drafts, partial(self.run_worker, group="drafts"), self._stack.show_unwritten_drafts
        )
        self.saver = SaveOutcomes(
            self, self.session, self._stack, self.dialogs, self.draft_writer, self._handle_exception
        ).saver
        self.external_changes = ExternalChanges(self.session, self._stack)
        self.app_exit = AppExit(self, self.session, self.saver, self.drafts, self._stack)

    async def on_mount(self) -> None:
        """Handle the signals that end the program, read the drafts, open the first screen."""
        self.app_exit.install_signal_handlers()
        await asyncio.to_thread(self.drafts.load_draft_files)
        self.navigation.reopen_first_screen()
        self.set_interval(EVERY, self.external_changes.show_file_changes_unless_checking)
        self.set_interval(EVERY, self.draft_writer.retry_failed_drafts)
        self._show_notices_and_replay_keys(await list_drafts_of_session(self))

    def _show_notices_and_replay_keys(self, drafts: list[DraftKey]) -> None:
        """Show the first messages, ask who acts, and process the keys typed before the start."""
        notices = [self._opening.notice] if self._opening.notice else []
        lang, unread = self.session.lang, self.drafts.unread
        notices += [drafts_notice(drafts, lang)] if drafts else []
        notices += [unread_drafts_notice(unread, lang)] if unread else []
        if notices:
            self.call_after_refresh(self._stack.full_screens[-1].show_message, "  ".join(notices))
        if self._opening.ask_who:
            self.run_worker(self.preferences.ask_acting_person(), group="who")
        self.type_keys(self._opening.typed)

    def on_unmount(self) -> None:
        """Remove the signal handlers."""
        self.app_exit.remove_signal_handlers()

    async def leave_app_once_saved(self) -> None:
        """Save everything and end."""
        await self.app_exit.leave_app_once_saved()

    async def action_save_and_end(self) -> None:
        """Save everything and end on any screen, without a question."""
        await self.app_exit.save_and_end()

    async def action_show_copy_hint_or_end(self) -> None:
        """Say how to copy, as Ctrl+C does elsewhere; a second time at once saves and ends."""
        await self.app_exit.show_hint_or_end_at_second_ctrl_c()

    def run_to_end(self, *, headless: bool = False, size: tuple[int, int] | None = None) -> None:
        """Run until the user leaves the app.

        Raises:
            AssessError: an answer that could not be written when the program ended.
            Exception: any other failure inside the app; the caller handles it.
        """
        super().run_to_end(headless=headless, size=size)
        if (loss := self.app_exit.error_of_unwritten_input()) is not None:
            raise loss
