"""Opening of the screens of a roll-up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from textual.app import App

from assess.display.rollup.table_lines import arrange_for_screen, make_rollup_grid
from assess.errors import AssessError
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.tui.app.screen_stack import push_full_screen
from assess.tui.commands.registry import Scope
from assess.tui.core.widgets.frame import FramedScreen
from assess.tui.dialogs.confirm import ReadingScreen
from assess.tui.dialogs.help import HelpScreen
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.findings_screen import FindingsScreen
from assess.tui.rollup.places import RollUpPlaces, UseTables
from assess.tui.rollup.table_screen import ChosenTable, RollUpTableScreen
from assess.tui.rollup.units_screen import UnitsScreen

_UNITS_LEVEL = 2
"""Screens that are open where the units are on top: Textual's own, and theirs."""


class RollUpNavigation(RollUpPlaces):
    """Opens the screens of `app`; the units are the first one."""

    def __init__(self, app: App[None], data: CampaignData) -> None:
        self._app = app
        self._data = data
        self._awaited: UseTables | None = None
        self._running = 0

    @property
    def is_working(self) -> bool:
        """Whether tables are being made: keys wait."""
        return self._running > 0

    def open_first_screen(self) -> None:
        """Show the units, as the first screen."""
        push_full_screen(self._app, UnitsScreen(self._data, self))

    def go_back(self) -> None:
        """Close the screen on top."""
        self._app.pop_screen()

    def show_units(self) -> None:
        """Show the units."""
        while len(self._app.screen_stack) > _UNITS_LEVEL:
            self._app.pop_screen()

    def show_unit(self, unit_id: str) -> None:
        """Show the problems of a unit."""
        entry = self._data.find_entry(unit_id)
        if entry is not None:
            push_full_screen(self._app, FindingsScreen(self._data, self, entry))

    def show_help(self, scope: Scope) -> None:
        """Show the keys of a screen."""
        self._app.push_screen(HelpScreen(scope))

    def show_text(self, title: str, text: str) -> None:
        """Show a text over the screen."""
        self._app.push_screen(ReadingScreen(title, text))

    def use_tables(self, use_tables: UseTables) -> None:
        """Make the tables off the event loop and call `use_tables`, once all units are read."""
        if self._data.unread:
            self._awaited = use_tables
            _ = translator(self._data.lang)
            self.show_message(_("it comes as soon as all units are read; any key stops that"))
            return
        self._start_job(self._make_and_use_tables(use_tables))

    async def _make_and_use_tables(self, use_tables: UseTables) -> None:
        use_tables(await asyncio.to_thread(self._data.make_tables))

    def use_awaited_tables(self) -> None:
        """Do what was asked for before all units were read, if it is still wanted."""
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self.show_message("")
            self.use_tables(awaited)

    def forget_awaited_tables(self) -> None:
        """Forget what was to be done once all units are read."""
        self._awaited = None

    def show_table(self, index: int) -> None:
        """Show a table of all units by its index."""
        self._start_job(self._make_and_show_table(index))

    async def _make_and_show_table(self, index: int) -> None:
        tables = await asyncio.to_thread(self._data.make_tables)
        table = arrange_for_screen(tables[index])
        texts = await asyncio.to_thread(make_rollup_grid, table)
        self.show_units()
        chosen = ChosenTable(index, len(tables), table, texts)
        push_full_screen(self._app, RollUpTableScreen(self._data, self, chosen))

    def _start_job(self, job: Coroutine[Any, Any, None]) -> None:
        self._running += 1
        self._app.run_worker(self._run_job(job), group="tables")

    async def _run_job(self, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except AssessError as error:
            self.show_message(escape_as_single_line(str(error)))
        finally:
            self._running -= 1

    def show_message(self, message: str) -> None:
        """Show a message on the screen on top."""
        screen = self._app.screen
        if isinstance(screen, FramedScreen):
            screen.show_message(message)
