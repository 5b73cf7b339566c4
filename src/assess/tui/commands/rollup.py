"""Commands of the screens of a roll-up: the units, a unit's findings, the tables of the sheets."""

from __future__ import annotations

from assess.i18n import N_
from assess.tui.commands.command import ScreenCommand

# A table: three lines for a command are easier to read than nine.
# fmt: off
ROLLUP_COMMANDS: tuple[ScreenCommand, ...] = (
    ScreenCommand("open_unit", ("enter",), N_("problems"),
            N_("Show the problems of the unit in the row"),
            ("rollup",), "Enter", footer=True),
    ScreenCommand("open_row", ("enter",), N_("details"),
            N_("Show the problems of the unit in the row; a row of no single unit in full"),
            ("rollup_table",), "Enter", footer=True),
    ScreenCommand("read_row", ("enter",), N_("in full"),
            N_("Show the problem in full"),
            ("rollup_unit",), "Enter", footer=True),
    ScreenCommand("show_sheet", tuple("123456789"), N_("tables"),
            N_("Show a group of tables: who handed in, scores, places, problems and so on"),
            ("rollup", "rollup_unit", "rollup_table"), "1-9", footer=True, takes_key=True),
    ScreenCommand("show_units", ("0", "f12"), N_("units"),
            N_("Go back to the units"),
            ("rollup_unit", "rollup_table"), "0 F12", footer=True),
    ScreenCommand("search", ("/", "ctrl+f"), N_("find"),
            N_("Find a row by words, or by the first letters of their pinyin"),
            ("rollup", "rollup_unit", "rollup_table"), "/ Ctrl+F", footer=True),
    ScreenCommand("next_table", ("]", "tab"), N_("next table"),
            N_("Go to the next table"),
            ("rollup_table",), "] Tab", footer=True),
    ScreenCommand("previous_table", ("[",), N_("table before"),
            N_("Go to the table before"),
            ("rollup_table",), "[", footer=True),
    ScreenCommand("pick_table", ("g", "f7"), N_("go to"),
            N_("Go to one of all tables by its name"),
            ("rollup", "rollup_table"), "g F7", footer=True),
    ScreenCommand("column_left", ("left",), N_("column before"),
            N_("Go one column to the left"),
            ("rollup", "rollup_unit", "rollup_table"), "Left"),
    ScreenCommand("column_right", ("right",), N_("column after"),
            N_("Go one column to the right"),
            ("rollup", "rollup_unit", "rollup_table"), "Right"),
    ScreenCommand("first_row", ("home",), N_("first row"),
            N_("Go to the first row"),
            ("rollup", "rollup_unit", "rollup_table"), "Home"),
    ScreenCommand("last_row", ("end",), N_("last row"),
            N_("Go to the last row"),
            ("rollup", "rollup_unit", "rollup_table"), "End"),
)
# fmt: on
