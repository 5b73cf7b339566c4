"""The app: which screen is shown, saving, leaving without loss."""

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
from assess.tui.app.external_changes import Meeting
from assess.tui.app.file_watch import EVERY
from assess.tui.app.settings import SettingsFile
from assess.tui.commands.registry import Scope
from assess.tui.core.answer_change import Change
from assess.tui.core.drafts import DraftKey, Drafts
from assess.tui.core.resume_drafts import draft_trouble, notice, unwritten_draft, waiting
from assess.tui.core.save_queue import Saver
from assess.tui.core.session import Opened, Session
from assess.tui.core.widgets.frame import AppModal, AppScreen
from assess.workspace import SheetName, Workspace


class PlainScrollBar(ScrollBarRender):
    """A scrollbar of whole cells: the signs for parts of a cell are of ambiguous width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class _Settled(NamedTuple):
    """A draft that became a change: its file goes once the change is on disk."""

    change: Change
    draft: DraftKey
    values: Values


class Opening(NamedTuple):
    """How the interface begins, beside what it works on."""

    settings: SettingsFile | None = None
    """None: those of a new user, kept in memory only."""
    fine: bool = False
    """Whether the terminal draws finer marks and borders."""
    typed: str = ""
    """What was typed before the interface was there."""
    ask_who: bool = False
    """Whether who acts is asked first."""
    notice: str = ""
    """What the first screen says."""


class AssessApp(Meeting, inherit_bindings=False):
    """The terminal interface over one round of a workspace.

    `start` opens that sheet at its first unanswered item; without it the overview is shown.
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
        self.saver = Saver(self.session, self._saved, self._failed, self._handle_exception)
        self.drafts = Drafts(workspace.root)
        self.saved_at: datetime | None = None
        self._start = start
        self._settled: list[_Settled] = []
        self._warned: set[DraftKey] = set()
        """Drafts of which it was said that quitting loses them."""
        self._signals: list[int] = []

    async def on_mount(self) -> None:
        """Take the signals that end the program, read the drafts, open the first screen."""
        ScrollBar.renderer = PlainScrollBar
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended_from_outside)
            self._signals.append(number)
        await asyncio.to_thread(self.drafts.load)
        self.start_over()
        self.start_watching()
        self.set_interval(EVERY, self.retry_drafts)
        self._begin(await waiting(self))

    def _begin(self, drafts: list[DraftKey]) -> None:
        """Say what is to be said at the start, ask who acts, take what was typed ahead."""
        notices = [self._opening.notice] if self._opening.notice else []
        notices += [notice(drafts, self.session.lang)] if drafts else []
        if notices:
            self.call_after_refresh(self._screens[-1].say, "  ".join(notices))
        if self._opening.ask_who:
            self.run_worker(self.ask_who(), group="who")
        for char in self._opening.typed:
            key = {"\r": "enter", "\n": "enter"}.get(char) or _character_to_key(char)
            self.post_message(events.Key(key, char))

    def on_unmount(self) -> None:
        """Give the signals back."""
        loop = asyncio.get_running_loop()
        for number in self._signals:
            loop.remove_signal_handler(number)

    def start_over(self) -> None:
        """Open the first screen anew, reading all files."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if self._start:
            self.show_sheet(self._start)
        else:
            self.show_overview()

    # Screens are imported when they are shown: the first one is to be there at once.

    def show_sheet(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
    ) -> None:
        """Show a sheet at an item, left out: at its first one to be done; or only some items."""
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
        """Show what is wrong with the files instead of what could not be read."""
        from assess.tui.dialogs.problems import ProblemsScreen  # noqa: PLC0415  # see above

        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(ProblemsScreen(error))

    # Saving

    def settle(self, change: Change, draft: DraftKey, values: Values) -> None:
        """Remove a draft's file once the change that it became is on disk."""
        self._settled.append(_Settled(change, draft, values))

    def forget(self, draft: DraftKey) -> None:
        """Bring the file of a draft to what memory holds, off the event loop."""
        self.run_worker(self._write_draft(draft), group="drafts")

    async def _write_draft(self, draft: DraftKey) -> None:
        await asyncio.to_thread(self.drafts.write, draft)
        self._show_drafts()

    async def retry_drafts(self) -> None:
        """Try once more to write the drafts that are in memory only."""
        if self.drafts.troubles:
            await asyncio.to_thread(self.drafts.write_again)
            self._show_drafts()

    def _show_drafts(self) -> None:
        """Show, or no longer show, that a draft is in memory only."""
        for screen in self.screen_stack:
            if isinstance(screen, AppModal):
                screen.show_draft_trouble()
            elif isinstance(screen, AppScreen):
                screen.redraw()

    def _unsettle(self, change: Change) -> list[_Settled]:
        found = [one for one in self._settled if one.change is change]
        self._settled = [one for one in self._settled if one.change is not change]
        return found

    def _saved(self, change: Change, opened: Opened) -> None:
        self.saved_at = self.session.now()
        for one in self._unsettle(change):
            self.forget(one.draft)
        for screen in self._screens:
            screen.saved(change.sheet, opened)

    def _failed(self, change: Change, error: AssessError) -> None:
        if isinstance(error, ChangedOnDiskError):
            self.run_worker(self._meet(change, error), group="meet")
        else:
            self._show_failed(change, error)

    async def _meet(self, change: Change, error: ChangedOnDiskError) -> None:
        for screen in self._screens:
            screen.redraw()
        if not await self.meet(change, error):
            self._show_failed(change, error)

    def _show_failed(self, change: Change, error: AssessError) -> None:
        from assess.tui.dialogs.save_error import Decision, SaveErrorScreen  # noqa: PLC0415  # see above

        if isinstance(error, UsageError):
            self._refused(change, error)
            return

        def decided(decision: Decision | None) -> None:
            if decision == "retry":
                self.saver.retry()
            elif decision == "theirs":
                self.saver.drop()
            elif decision == "abandon":
                self.exit()

        for screen in self._screens:
            screen.redraw()
        self.push_screen(SaveErrorScreen(change.item_id, error), decided)

    def _refused(self, change: Change, error: UsageError) -> None:
        """Give what was typed back as a draft: writing it again would change nothing."""
        for one in self._unsettle(change):
            self.drafts.keep(one.draft, one.values)
        self.saver.drop()
        for screen in self._screens:
            screen.redraw()
        self.tell(str(error))

    @property
    def _screens(self) -> list[AppScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, AppScreen)]

    def hold(self) -> None:
        """Put on disk, or on the way there, whatever is typed or ticked on any screen."""
        for screen in self.screen_stack:
            if isinstance(screen, AppScreen | AppModal):
                screen.hold()

    async def leave(self) -> None:
        """Save everything and end; where something can't be saved, it is said, and the app stays.

        Asked once more, it ends without a draft that can't be written.
        """
        self.hold()
        if await self._stays_for_drafts():
            return
        if self.saver.error is not None:
            self.saver.retry()
        if await self.saver.finish():
            self.exit()

    async def _stays_for_drafts(self) -> bool:
        """Whether a draft is in memory only, which was not said yet."""
        await asyncio.to_thread(self.drafts.write_again)
        if not self.drafts.troubles or self._warned == self.drafts.troubles.keys():
            return False
        self._warned = set(self.drafts.troubles)
        lang = self.session.lang
        _ = translator(lang)
        trouble = draft_trouble(next(iter(self.drafts.troubles.values())), lang)
        self.tell(_("{trouble}; once more quits without it").format(trouble=trouble))
        return True

    async def action_interrupt(self) -> None:
        """Save everything and end, whatever is on the screen; nothing is asked."""
        self.hold()
        await self.saver.finish()
        self.exit()

    def _ended_from_outside(self) -> None:
        self.run_worker(self.action_interrupt(), group="end", exclusive=True)

    @property
    def crash(self) -> BaseException | None:
        """What ended the app though nobody asked for it."""
        error = self._exception
        return getattr(error, "error", error)

    @property
    def lost(self) -> AssessError | None:
        """What of a draft that could not be written is to be said at the end."""
        unwritten = next(iter(self.drafts.troubles.items()), None)
        return unwritten_draft(*unwritten, self.session.lang) if unwritten else None

    def _fatal_error(self) -> None:
        """End without printing: Textual's traceback shows local variables, so answers."""
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """End without printing, for the same reason."""
        self._close_messages_no_wait()

    def run_to_end(self, *, headless: bool = False, size: tuple[int, int] | None = None) -> None:
        """Run until the app is left.

        Raises:
            AssessError: an answer that could not be written when the program ended.
            Exception: whatever went wrong inside, for the caller's boundary.
        """
        gc.freeze()  # what is imported stays: collecting need not look at it each time
        # A key that comes while a big sheet is being saved in a thread must not wait for it.
        sys.setswitchinterval(0.0005)
        self.run(mouse=False, headless=headless, size=size)
        if self.crash is not None:
            raise self.crash
        if self.saver.waiting and self.saver.error is not None:
            raise self.saver.error
        if self.lost is not None:
            raise self.lost
