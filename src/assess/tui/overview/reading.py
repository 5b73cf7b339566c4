"""Reading the round for the overview: sheet by sheet, then the state of git."""

from __future__ import annotations

import asyncio

from assess.errors import FilesError
from assess.model.item import Item
from assess.tui.core.proposal_reading import find_changed_sources, has_answers_taken_over
from assess.tui.overview.context import OverviewContext
from assess.tui.overview.git_state import read_git_state
from assess.workspace import SheetName


class RoundReader:
    """Reads the round off the event loop, and draws what is read so far."""

    def __init__(self, context: OverviewContext) -> None:
        self._context = context

    def start_reading(self, *, anew: bool = False) -> None:
        """Read the round; `anew` reads all sheets from disk."""
        self._context.start_worker(self._read_sheets(anew=anew), "read", exclusive=True)

    def start_reading_git_state(self) -> None:
        """Read the state of git, once the round is read."""
        if self._context.state.config is not None:
            self._context.start_worker(self.read_and_show_git_state(), "git", exclusive=True)

    async def _read_sheets(self, *, anew: bool) -> None:
        context, state = self._context, self._context.state
        session = context.shell.session
        read = session.reread_sheet if anew else session.read_sheet
        try:
            config = await asyncio.to_thread(session.workspace.read_config)
            names = await asyncio.to_thread(session.workspace.list_sheets, session.round_id)
            # Both are set together: with one of them missing, the round would look empty to keys.
            state.config, state.names = config, names
            session.people = config.people
            state.cursor = max(0, min(state.cursor, len(names) - 1))
            context.draw_all()
            for name in names:
                state.opened[name] = await asyncio.to_thread(read, name)
                context.draw_all()
        except FilesError as error:
            context.shell.navigation.show_problems(error)
            return
        self.start_reading_git_state()

    async def read_and_show_git_state(self) -> None:
        """Read the state of git, and show it."""
        context = self._context
        workspace = context.shell.session.workspace
        context.state.git = await asyncio.to_thread(read_git_state, workspace, context.lang)
        context.draw_all()
        await self._read_changed_sources()

    async def _read_changed_sources(self) -> None:
        """Compare what was taken over with its sources, one sheet after another."""
        context, session = self._context, self._context.shell.session
        changed: list[tuple[SheetName, Item]] = []
        for name, opened in context.state.sheets_read.items():
            if has_answers_taken_over(opened.open_sheet.sheet.answers.values()):
                items = await asyncio.to_thread(find_changed_sources, session, name)
                changed += [(name, item) for item in items]
        if context.state.changed_sources != changed:
            context.state.changed_sources = changed
            context.draw_all()
