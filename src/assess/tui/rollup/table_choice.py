"""Commands that open the tables of a roll-up: by the digit of a sheet, or by name."""

from __future__ import annotations

from assess.display.rollup.screen_words import name_table
from assess.display.rollup.sheets import SHEETS, find_first_table
from assess.harmless import escape_as_single_line
from assess.model.rollup import RollUpTable
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.rollup.screen import RollUpScreen


class TableChoice:
    """Opens tables from a screen."""

    def __init__(self, screen: RollUpScreen) -> None:
        self._screen = screen

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"show_sheet": self._show_sheet, "pick_table": self._pick_table}

    def _show_sheet(self, key: str) -> None:
        """Show the first table of the sheet with a digit."""
        screen, digit = self._screen, int(key)

        def show_first_table(tables: tuple[RollUpTable, ...]) -> None:
            index = find_first_table(tables, digit)
            if index is not None:
                screen.places.show_table(index)
                return
            text = screen._("this campaign has no table for: {name}")
            screen.show_message(text.format(name=screen._(SHEETS[digit - 1].name)))

        screen.places.use_tables(show_first_table)

    def _pick_table(self) -> None:
        """Let the user pick a table by its name."""
        screen = self._screen

        def ask_for_table(tables: tuple[RollUpTable, ...]) -> None:
            rows = [
                ListRow(str(index), escape_as_single_line(name_table(table)))
                for index, table in enumerate(tables)
            ]

            def show_picked_table(value: str | None) -> None:
                if value is not None:
                    screen.places.show_table(int(value))

            screen.shell.dialogs.pick_row(
                screen._("All tables"), make_row_search(rows), show_picked_table
            )

        screen.places.use_tables(ask_for_table)
