"""Reading the round for the overview: sheet by sheet, then the state of git."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from assess.errors import FilesError
from assess.harmless import escape_non_utf8_path_bytes
from assess.model.item import Item
from assess.tui.core.proposal_reading import (
    count_unanswered_with_proposal,
    find_items_with_changed_source,
    has_answers_taken_over,
)
from assess.tui.core.session import AssessedSheet
from assess.tui.overview.context import OverviewContext
from assess.tui.overview.git_state import read_git_state
from assess.workspace import SheetName
from assess.workspace.core.write_access import find_unwritable_folder
from assess.workspace.rounds.missing_answers import list_checklists_without_system

_IN_SIGHT = 20
"""Rows on each side of the cursor whose sheets are drawn as soon as they are read."""

_SLICE = 10
"""The number of further sheets that are read between two drawings."""


class RoundReader:
    """Reads the round off the event loop, and draws what is read so far.

    The sheets that are nearest to the cursor come first. No sheet is begun while a key waits.
    """

    def __init__(self, context: OverviewContext) -> None:
        self._context = context
        self._counted_proposals: dict[SheetName, tuple[AssessedSheet, int]] = {}
        """By sheet: the state in which it was counted, and how much can be taken over."""

    def start_reading(self, *, anew: bool = False) -> None:
        """Read the round; `anew` reads all sheets from disk."""
        self._context.start_worker(
            self._read_round_and_git_state(anew=anew), "read", exclusive=True
        )

    def start_reading_git_state(self) -> None:
        """Read the state of git, once the round is read."""
        if self._context.state.config is not None:
            self._context.start_worker(self.read_and_show_git_state(), "git", exclusive=True)

    async def _read_round_and_git_state(self, *, anew: bool) -> None:
        context, state = self._context, self._context.state
        session = context.shell.session
        try:
            config = await asyncio.to_thread(session.workspace.read_config)
            names = await asyncio.to_thread(session.workspace.list_sheets, session.round_id)
            unwritable = await asyncio.to_thread(
                find_unwritable_folder, session.workspace.root, session.round_id
            )
            state.unwritable = escape_non_utf8_path_bytes(str(unwritable)) if unwritable else ""
            state.without_system = await asyncio.to_thread(
                list_checklists_without_system, session.workspace, config
            )
            # Both are set together: with one of them missing, the round would look empty to keys.
            state.config, state.names = config, names
            session.people = config.people
            state.cursor = max(0, min(state.cursor, len(names) - 1))
            context.draw_all()
            await self._read_sheets_nearest_first(
                session.reread_sheet if anew else session.read_sheet_unless_cached
            )
        except FilesError as error:
            context.shell.navigation.show_problems(error)
            return
        self.start_reading_git_state()

    async def _read_sheets_nearest_first(self, read: Callable[[SheetName], AssessedSheet]) -> None:
        context, state = self._context, self._context.state
        waiting = set(state.names)
        while waiting:
            await context.shell.wait_until_keys_done()
            name = state.find_sheet_nearest_to_cursor(waiting)
            waiting.remove(name)
            state.opened[name] = await asyncio.to_thread(read, name)
            is_in_sight = abs(state.names.index(name) - state.cursor) <= _IN_SIGHT
            if is_in_sight or len(waiting) % _SLICE == 0:
                context.draw_all()

    async def read_chosen_sheet(self) -> None:
        """Read the sheet at the cursor now, if it is not read yet."""
        context, state = self._context, self._context.state
        name = state.chosen_sheet
        if name is None or name in state.opened:
            return
        try:
            state.opened[name] = await asyncio.to_thread(
                context.shell.session.read_sheet_unless_cached, name
            )
        except FilesError as error:
            context.shell.navigation.show_problems(error)

    async def read_and_show_git_state(self) -> None:
        """Read the state of git, and show it."""
        context = self._context
        workspace = context.shell.session.workspace
        context.state.git = await asyncio.to_thread(read_git_state, workspace, context.lang)
        context.draw_all()
        await self._update_items_with_changed_source()
        await self._update_proposal_counts()

    async def _update_items_with_changed_source(self) -> None:
        """Compare what was taken over with its sources, one sheet after another."""
        context, session = self._context, self._context.shell.session
        changed: list[tuple[SheetName, Item]] = []
        for name, opened in context.state.sheets_read.items():
            if has_answers_taken_over(opened.open_sheet.sheet.answers.values()):
                await context.shell.wait_until_keys_done()
                items = await asyncio.to_thread(find_items_with_changed_source, session, name)
                changed += [(name, item) for item in items]
        if context.state.changed_sources != changed:
            context.state.changed_sources = changed
            context.draw_all()

    async def _update_proposal_counts(self) -> None:
        """Count what can be taken over, one sheet after another, where a round goes before.

        A sheet is counted once for each state in which it was read.
        """
        context, session = self._context, self._context.shell.session
        config = context.state.config
        # The session may be in another round already, which this configuration does not have.
        shown = config.rounds.get(session.round_id) if config else None
        takeable = {}
        if shown is not None and shown.state == "open" and shown.from_ is not None:
            for name, opened in context.state.sheets_read.items():
                if opened.summary.counts.open:
                    takeable[name] = await self._count_unanswered_with_proposal(name, opened)
        if context.state.takeable != takeable:
            context.state.takeable = takeable
            context.draw_all()

    async def _count_unanswered_with_proposal(self, name: SheetName, opened: AssessedSheet) -> int:
        counted = self._counted_proposals.get(name)
        if counted is not None and counted[0] is opened:
            return counted[1]
        context = self._context
        await context.shell.wait_until_keys_done()
        count = await asyncio.to_thread(count_unanswered_with_proposal, context.shell.session, name)
        self._counted_proposals[name] = opened, count
        return count
