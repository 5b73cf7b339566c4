"""Reading what the units handed in, off the event loop: the rows are there before it is done."""

from __future__ import annotations

import asyncio
from typing import Final

from assess.engine.rollup.records import UnitEntry
from assess.errors import AssessError
from assess.harmless import escape_as_single_line
from assess.tui.rollup.screen import RollUpScreen

_LEAST: Final = 10
"""Minimum number of units that are read between two drawings."""

_DRAWINGS: Final = 20
"""Maximum number of drawings while all units are read."""


class CampaignReading:
    """Reads the units for a screen, which draws what is read so far.

    No unit is begun while a key waits.
    """

    def __init__(self, screen: RollUpScreen) -> None:
        self._screen = screen

    def start_reading(self, *, anew: bool = False) -> None:
        """Read the units that are unread; `anew` reads the files of the office first."""
        self._screen.run_worker(self._read_all(anew=anew), group="read", exclusive=True)

    async def _read_all(self, *, anew: bool) -> None:
        if anew and not await self._read_office_again():
            return
        data = self._screen.data
        unread = [entry.id for entry in data.records.units if entry.id in data.unread]
        slice_size = max(_LEAST, len(unread) // _DRAWINGS)
        read: list[UnitEntry] = []
        for unit_id in unread:
            await self._screen.shell.wait_until_keys_done()
            read.append(await asyncio.to_thread(data.reader.read_unit, unit_id))
            if len(read) >= slice_size:
                self._show_read_entries(read)
                read = []
        self._show_read_entries(read)
        self._screen.places.use_awaited_tables()

    async def _read_office_again(self) -> bool:
        """Read the files of the office; show an error, and return whether there was none."""
        try:
            await asyncio.to_thread(self._screen.data.read_office_again)
        except AssessError as error:
            self._screen.show_message(escape_as_single_line(str(error)))
            return False
        self._screen.draw_all()
        return True

    def _show_read_entries(self, read: list[UnitEntry]) -> None:
        self._screen.data.set_read_entries(read)
        self._screen.draw_all()

    async def read_unit_now(self, unit_id: str) -> None:
        """Read a unit before its turn, if it is unread."""
        data = self._screen.data
        if unit_id in data.unread:
            self._show_read_entries([await asyncio.to_thread(data.reader.read_unit, unit_id)])
