"""The app: it shows screens, saves answers, and ends without losing any."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.keys import _character_to_key
from textual.scrollbar import ScrollBar, ScrollBarRender

from assess.display.text.forms import Values
from assess.display.walk.filters import FilterName
from assess.errors import AssessError, ChangedOnDiskError, FilesError, UsageError
from assess.i18n import Lang, translator
from assess.tui.app.external_changes import ExternalChanges
from assess.tui.app.file_watch import EVERY
from assess.tui.app.settings import SettingsFile
from assess.tui.commands.registry import Scope
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.resume_drafts import (
    draft_warning,
    drafts_notice,
    unwritten_draft_error,
    waiting_drafts,
)
from assess.tui.core.save_queue import Saver
from assess.tui.core.session import AssessedSheet, Session
from assess.tui.core.widgets.frame import AppModal, AppScreen
from assess.workspace import SheetName, Workspace


class PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole cells: the signs for parts of a cell have an ambiguous width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class _SettledDraft(NamedTuple):
    """A draft whose values became a change: its file is removed once the change is on disk."""

    change: AnswerChange
    draft: DraftKey
    values: Values


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


class AssessApp(ExternalChanges, inherit_bindings=False):
    """The terminal interface over one round of a workspace.

    With `start` the app opens that sheet at its first unanswered item. Without it the app shows the
    overview.
    """

    CSS_PATH = "../styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it as an instance variable
        (0, "-narrow"),
        (72, "-normal"),
        (120, "-wide"),
        (160, "-vast"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "interrupt", show=False, priority=True)
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
        self._opening = opening or Opening()
        super().__init__(self._opening.settings or SettingsFile(), fine=self._opening.fine)
        self.animation_level = "none"
        self.session = Session(workspace, round_id, person, today, now, lang)
        self.saver = Saver(
            self.session, self._show_saved, self._handle_failed, self._handle_exception
        )
        self.drafts = Drafts(workspace.root)
        self.saved_at: datetime | None = None
        self._start = start
        self._settled: list[_SettledDraft] = []
        self._warned: set[DraftKey] = set()
        """Drafts for which the user has seen the warning that quitting loses them."""
        self._signals: list[int] = []

    async def on_mount(self) -> None:
        """Handle the signals that end the program, read the drafts, open the first screen."""
        ScrollBar.renderer = PlainScrollBar
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended_from_outside)
            self._signals.append(number)
        await asyncio.to_thread(self.drafts.load)
        self.start_over()
        self.start_watching()
        self.set_interval(EVERY, self.retry_drafts)
        self._show_start(await waiting_drafts(self))

    def _show_start(self, drafts: list[DraftKey]) -> None:
        """Show the first messages, ask who acts, and process the keys typed before the start."""
        notices = [self._opening.notice] if self._opening.notice else []
        notices += [drafts_notice(drafts, self.session.lang)] if drafts else []
        if notices:
            self.call_after_refresh(self._screens[-1].show_message, "  ".join(notices))
        if self._opening.ask_who:
            self.run_worker(self.ask_who(), group="who")
        for char in self._opening.typed:
            key = {"\r": "enter", "\n": "enter"}.get(char) or _character_to_key(char)
            self.post_message(events.Key(key, char))

    def on_unmount(self) -> None:
        """Remove the signal handlers."""
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.remove_signal_handler(number)

    def start_over(self) -> None:
        """Open the first screen again and read all files."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if self._start:
            self.show_sheet(self._start)
        else:
            self.show_overview()

    # Screens are imported when they are shown, so that the first one appears at once.

    def show_sheet(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
    ) -> None:
        """Show a sheet at an item, or at its first open item, or only the items of a filter."""
        from assess.tui.walk.screen import WalkScreen  # noqa: PLC0415  # see above

        self.push_screen(WalkScreen(name, item_id, wanted, form))

    def show_overview(self) -> None:
        """Show the overview."""
        from assess.tui.overview.screen import OverviewScreen  # noqa: PLC0415  # see above

        self.push_screen(OverviewScreen())

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""
        from assess.tui.dialogs.help import HelpScreen  # noqa: PLC0415  # see above

        self.push_screen(HelpScreen(scope))

    def show_problems(self, error: FilesError) -> None:
        """Show the problems of the files that could not be read."""
        from assess.tui.dialogs.problems import ProblemsScreen  # noqa: PLC0415  # see above

        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(ProblemsScreen(error))

    # Saving

    def settle_draft(self, change: AnswerChange, draft: DraftKey, values: Values) -> None:
        """Remove a draft's file once its change is on disk."""
        self._settled.append(_SettledDraft(change, draft, values))

    def sync_draft(self, draft: DraftKey) -> None:
        """Write the draft in memory to its file, off the event loop."""
        self.run_worker(self._write_draft(draft), group="drafts")

    async def _write_draft(self, draft: DraftKey) -> None:
        await asyncio.to_thread(self.drafts.write_draft, draft)
        self._show_drafts()

    async def retry_drafts(self) -> None:
        """Try again to write the drafts that are in memory only."""
        if self.drafts.troubles:
            await asyncio.to_thread(self.drafts.write_again)
            self._show_drafts()

    def _show_drafts(self) -> None:
        """Update on all screens whether a draft is in memory only."""
        for screen in self.screen_stack:
            if isinstance(screen, AppModal):
                screen.show_draft_trouble()
            elif isinstance(screen, AppScreen):
                screen.show_saving()

    def _take_settled(self, change: AnswerChange) -> list[_SettledDraft]:
        matching = [settled for settled in self._settled if settled.change is change]
        self._settled = [settled for settled in self._settled if settled.change is not change]
        return matching

    def _show_saved(self, change: AnswerChange, opened: AssessedSheet) -> None:
        self.saved_at = self.session.now()
        for settled in self._take_settled(change):
            self.sync_draft(settled.draft)
        for screen in self._screens:
            screen.show_saved(change.sheet, opened)

    def _handle_failed(self, change: AnswerChange, error: AssessError) -> None:
        if isinstance(error, ChangedOnDiskError):
            self.run_worker(self._ask_version(change, error), group="meet")
        else:
            self._show_failed(change, error)

    async def _ask_version(self, change: AnswerChange, error: ChangedOnDiskError) -> None:
        for screen in self._screens:
            screen.show_saving()
        if not await self.ask_version(change, error):
            self._show_failed(change, error)

    def _show_failed(self, change: AnswerChange, error: AssessError) -> None:
        from assess.tui.dialogs.save_error import Decision, SaveErrorScreen  # noqa: PLC0415  # see above

        if isinstance(error, UsageError):
            self._give_back_draft(change, error)
            return

        def take_decision(decision: Decision | None) -> None:
            if decision == "retry":
                self.saver.retry()
            elif decision == "theirs":
                self.saver.drop_failed()
            elif decision == "abandon":
                self.exit()

        for screen in self._screens:
            screen.show_saving()
        self.push_screen(SaveErrorScreen(change.item_id, error), take_decision)

    def _give_back_draft(self, change: AnswerChange, error: UsageError) -> None:
        """Turn the refused input into a draft again: a second write would be refused too."""
        for settled in self._take_settled(change):
            self.drafts.set_values(settled.draft, settled.values)
        self.saver.drop_failed()
        for screen in self._screens:
            screen.show_saving()
        self.show_message(str(error))

    @property
    def _screens(self) -> list[AppScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, AppScreen)]

    def save_pending(self) -> None:
        """Save what is typed or ticked on any screen."""
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.save_pending()

    async def leave_app(self) -> None:
        """Save everything and end.

        The app stays and shows a message where something can't be saved. A second call ends it
        without a draft that can't be written.
        """
        self.save_pending()
        if await self._stays_for_drafts():
            return
        if self.saver.error is not None:
            self.saver.retry()
        if await self.saver.wait_until_written():
            self.exit()

    async def _stays_for_drafts(self) -> bool:
        """Return whether a draft is in memory only and the user has not been warned yet."""
        await asyncio.to_thread(self.drafts.write_again)
        if not self.drafts.troubles or self._warned == self.drafts.troubles.keys():
            return False
        self._warned = set(self.drafts.troubles)
        lang = self.session.lang
        _ = translator(lang)
        trouble = draft_warning(next(iter(self.drafts.troubles.values())), lang)
        self.show_message(_("{trouble}; once more quits without it").format(trouble=trouble))
        return True

    async def action_interrupt(self) -> None:
        """Save everything and end on any screen, without a question."""
        self.save_pending()
        await self.saver.wait_until_written()
        self.exit()

    def _ended_from_outside(self) -> None:
        self.run_worker(self.action_interrupt(), group="end", exclusive=True)

    @property
    def crash(self) -> BaseException | None:
        """The exception that ended the app."""
        error = self._exception
        return getattr(error, "error", error)

    @property
    def lost(self) -> AssessError | None:
        """The error about a draft that could not be written, shown at the end."""
        unwritten = next(iter(self.drafts.troubles.items()), None)
        return unwritten_draft_error(*unwritten, self.session.lang) if unwritten else None

    def _fatal_error(self) -> None:
        """End without printing: Textual's traceback shows local variables, and so answers."""
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """End without printing, for the same reason."""
        self._close_messages_no_wait()

    def run_to_end(self, *, headless: bool = False, size: tuple[int, int] | None = None) -> None:
        """Run until the user leaves the app.

        Raises:
            AssessError: an answer that could not be written when the program ended.
            Exception: any other failure inside the app; the caller handles it.
        """
        gc.freeze()  # imported modules stay: the collector can skip them
        # A key must not wait while a thread saves a large sheet.
        sys.setswitchinterval(0.0005)
        self.run(mouse=False, headless=headless, size=size)
        if self.crash is not None:
            raise self.crash
        if self.saver.waiting and self.saver.error is not None:
            raise self.saver.error
        if self.lost is not None:
            raise self.lost
