"""Where one can go from a screen of a roll-up: no screen imports another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assess.model.rollup import RollUpTable

UseTables = Callable[[tuple[RollUpTable, ...]], None]
"""Does something with the tables of all units."""


class RollUpPlaces(Protocol):
    """Opens the screens of a roll-up."""

    @property
    def is_working(self) -> bool:
        """Whether tables are being made: keys wait."""

    def go_back(self) -> None:
        """Close the screen on top."""

    def show_units(self) -> None:
        """Show the units."""

    def show_unit(self, unit_id: str) -> None:
        """Show the problems of a unit."""

    def use_tables(self, use_tables: UseTables) -> None:
        """Make the tables off the event loop and call `use_tables`, once all units are read."""

    def use_awaited_tables(self) -> None:
        """Do what was asked for before all units were read, if it is still wanted."""

    def forget_awaited_tables(self) -> None:
        """Forget what was to be done once all units are read."""

    def show_table(self, index: int) -> None:
        """Show a table of all units by its index."""

    def show_text(self, title: str, text: str) -> None:
        """Show a text over the screen."""
