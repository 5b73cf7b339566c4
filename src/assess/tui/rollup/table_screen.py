"""A table of all units, as it also stands in the workbook of `assess rollup make`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from assess.display.rollup.screen_words import list_table_facts, name_table
from assess.display.rollup.table_lines import flow_labelled_texts, list_cells_in_full
from assess.display.table.grid import GridTexts
from assess.display.text.styled import StyledLine, styled_line
from assess.display.text.wrap import wrap_text
from assess.model.rollup import RollUpTable
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.places import RollUpPlaces
from assess.tui.rollup.screen import RollUpScreen, ShownTable
from assess.tui.rollup.table_choice import TableChoice


class ChosenTable(NamedTuple):
    """A table with its texts, made off the event loop, and its place among all tables."""

    place: int
    among: int
    table: RollUpTable
    """The table with its columns in the order of the screen."""
    texts: GridTexts


class RollUpTableScreen(RollUpScreen):
    """One of the tables of a roll-up."""

    SCOPE: ClassVar[Scope] = "rollup_table"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("rollup_table")]

    def __init__(self, data: CampaignData, places: RollUpPlaces, chosen: ChosenTable) -> None:
        super().__init__(data, places, self._show_table)
        self._chosen = chosen
        self.handlers = {
            **self.handlers,
            **TableChoice(self).handlers(),
            "open_row": self._open_row,
            "next_table": lambda: self._show_neighbour(1),
            "previous_table": lambda: self._show_neighbour(-1),
        }

    def _show_table(self) -> ShownTable:
        """Return the table."""
        data, chosen = self.data, self._chosen
        return ShownTable(
            [data.records.campaign.title, name_table(chosen.table)],
            list_table_facts(chosen.place, chosen.among, len(chosen.table.rows), data.lang),
            self._note_lines,
            chosen.texts,
            self._("There is nothing in this table."),
            lambda row, width: flow_labelled_texts(list_cells_in_full(chosen.texts, row), width),
        )

    def _note_lines(self, width: int) -> Sequence[StyledLine]:
        """Return what is to be known in order to read the table."""
        note = self._chosen.table.note
        pieces = wrap_text(note, width - 1) if note else ()
        return [styled_line(f" {piece}", "dim") for piece in pieces]

    def _open_row(self) -> None:
        """Show the problems of the unit in the row; a row of no single unit in full."""
        unit_id = self._find_unit_of_row()
        if unit_id is None or self.data.find_entry(unit_id) is None:
            self.show_row_in_full()
        else:
            self.places.show_unit(unit_id)

    def _find_unit_of_row(self) -> str | None:
        row, table = self.grid.focused_row, self._chosen.table
        ids = [column.id for column in table.columns]
        if row is None or "unit_id" not in ids:
            return None
        cell = table.rows[row][ids.index("unit_id")]
        return cell if isinstance(cell, str) else None

    def _show_neighbour(self, step: int) -> None:
        """Show the table beside this one; after the last one comes the first."""
        self.places.show_table((self._chosen.place + step) % self._chosen.among)
