"""The first screen of a roll-up: the units of the campaign with their states and scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from assess.display.rollup.screen_words import (
    describe_reading,
    draw_state_counts,
    list_campaign_crumbs,
    list_campaign_facts,
)
from assess.display.rollup.sheets import list_sheet_chips
from assess.display.rollup.table_lines import (
    flow_labelled_texts,
    list_cells_in_full,
    make_rollup_grid,
)
from assess.display.rollup.unit_tables import make_overview_table, make_single_unit_table
from assess.display.text.bars import key_lines
from assess.display.text.styled import LinePart, StyledLine
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.places import RollUpPlaces
from assess.tui.rollup.reading import CampaignReading
from assess.tui.rollup.screen import RollUpScreen, ShownTable
from assess.tui.rollup.table_choice import TableChoice

_NOT_IN_FULL: Final = ("unit_id", "category", "state", "versions", "signed_by")
"""Columns of the table of units that stand in the row already, or only in that table."""


class UnitsScreen(RollUpScreen):
    """The units of a campaign."""

    SCOPE: ClassVar[Scope] = "rollup"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("rollup")]

    def __init__(self, data: CampaignData, places: RollUpPlaces) -> None:
        super().__init__(data, places, self._show_units)
        self.reading = CampaignReading(self)
        self.handlers = {
            **self.handlers,
            **TableChoice(self).handlers(),
            "open_unit": self._open_unit,
            "reread": self._read_again,
            "leave": self._leave_app,
        }

    def on_mount(self) -> None:
        """Show the units, and begin to read what they handed in."""
        super().on_mount()
        self.reading.start_reading()

    def _read_again(self) -> None:
        self.reading.start_reading(anew=True)

    def _show_units(self) -> ShownTable:
        """Return the units."""
        data, records = self.data, self.data.records
        return ShownTable(
            list_campaign_crumbs(records),
            list_campaign_facts(records, data.lang),
            lambda width: draw_state_counts(records, data.lang, width),
            make_rollup_grid(make_overview_table(data.source, data.unread)),
            self._("The campaign has no units."),
            self._lines_below,
        )

    def _lines_below(self, row: int, width: int) -> Sequence[StyledLine]:
        """Return what is known of a unit, and the digits of the tables."""
        data = self.data
        table = make_single_unit_table(data.source, data.records.units[row])
        ids = [column.id for column in table.columns]
        left_out = {ids.index(key) for key in _NOT_IN_FULL}
        pairs = list_cells_in_full(make_rollup_grid(table), 0, left_out)
        chips = key_lines(list_sheet_chips(data.lang), width)
        return [*flow_labelled_texts(pairs, width), (), *chips]

    def footer_notice(self) -> LinePart:
        """Return how far the reading is, and how many rows are below."""
        data, count = self.data, len(self.data.records.units)
        reading = describe_reading(count - len(data.unread), count, data.lang)
        below = super().footer_notice()
        return below._replace(text="  ".join(filter(None, (reading, below.text))))

    async def _open_unit(self) -> None:
        """Show the problems of the unit in focus; its file is read now if it was not yet."""
        row = self.grid.focused_row
        if row is not None:
            unit_id = self.data.records.units[row].id
            await self.reading.read_unit_now(unit_id)
            self.places.show_unit(unit_id)

    def _leave_app(self) -> None:
        self.app.exit()
