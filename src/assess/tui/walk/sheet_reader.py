"""Reading the sheet of the walk, and starting the walk at the item that was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from assess.display.walk.filters import FilterName
from assess.errors import FilesError
from assess.tui.core.session import AssessedSheet
from assess.tui.walk.context import WalkContext
from assess.tui.walk.position import WalkState
from assess.tui.walk.views import WalkViewCommands
from assess.workspace import SheetName


class WalkStart(NamedTuple):
    """Where a walk begins."""

    sheet: SheetName
    item_id: str | None = None
    """None: the first open item."""
    wanted: FilterName = "all"
    """The items that are shown."""
    led_by_next: bool = False
    """Whether `n` led here from another screen."""


class SheetReader:
    """Reads the sheet off the event loop."""

    def __init__(
        self,
        context: WalkContext,
        views: WalkViewCommands,
        start: WalkStart,
        show_read: Callable[[], None],
    ) -> None:
        self._context = context
        self._views = views
        self._start = start
        self._show_read = show_read
        """Called each time the sheet was read."""

    def start_reading(self, *, anew: bool = False, message: str = "") -> None:
        """Read the sheet; `anew` reads it from disk. Then show the message."""
        work = self._read_sheet(anew=anew, message=message)
        self._context.start_worker(work, "read", exclusive=True)

    async def _read_sheet(self, *, anew: bool, message: str) -> None:
        context, session = self._context, self._context.shell.session
        read = session.reread_sheet if anew else session.read_sheet_unless_cached
        try:
            opened = await asyncio.to_thread(read, self._start.sheet)
        except FilesError as error:
            context.shell.navigation.show_problems(error)
            return
        if context.state is None:
            self._start_walk(opened)
        else:
            context.state.replace_opened_sheet(opened)
        if message:
            context.show_message(message)
        self._show_read()

    def _start_walk(self, opened: AssessedSheet) -> None:
        context, start = self._context, self._start
        person = context.shell.session.person
        walk_state = WalkState(start.sheet, opened, context.shell.saver, context.lang, person)
        context.state = walk_state
        if start.item_id is not None:
            walk_state.walk = (
                walk_state.walk.go_to_applicable_item(start.item_id) or walk_state.walk
            )
        if start.wanted != "all":
            first = start.item_id or next(iter(walk_state.walk.order), "")
            walk_state.walk = walk_state.walk.go_to_applicable_item(first) or walk_state.walk
            self._views.set_filter_or_show_it_is_empty(walk_state, start.wanted)
        if start.led_by_next:
            context.led_to_item = walk_state.item_id
        context.start_worker(self._views.load_last_round_and_proposals(walk_state), "past")
