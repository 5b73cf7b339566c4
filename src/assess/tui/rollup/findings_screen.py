"""The problems of a unit: what, how dangerous, since when, what is done until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from assess.display.rollup.screen_words import list_campaign_facts
from assess.display.rollup.table_building import RollUpSource
from assess.display.rollup.table_lines import (
    flow_labelled_texts,
    list_cells_in_full,
    make_rollup_grid,
)
from assess.display.rollup.unit_tables import make_overview_table, make_unit_findings_table
from assess.display.text.styled import StyledLine
from assess.engine.rollup.records import UnitEntry
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.places import RollUpPlaces
from assess.tui.rollup.screen import RollUpScreen, ShownTable
from assess.tui.rollup.table_choice import TableChoice


class FindingsScreen(RollUpScreen):
    """The problems of one unit."""

    SCOPE: ClassVar[Scope] = "rollup_unit"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("rollup_unit")]

    def __init__(self, data: CampaignData, places: RollUpPlaces, entry: UnitEntry) -> None:
        super().__init__(data, places, self._show_findings)
        self._entry = entry
        self.handlers = {
            **self.handlers,
            **TableChoice(self).handlers(),
            "read_row": self.show_row_in_full,
        }

    def _show_findings(self) -> ShownTable:
        """Return the problems of the unit."""
        data, entry = self.data, self._entry
        table = make_unit_findings_table(data.source, entry)
        texts = make_rollup_grid(table)
        return ShownTable(
            [data.records.campaign.title, entry.unit.name],
            list_campaign_facts(data.records, data.lang),
            self._unit_lines,
            texts,
            table.note,
            lambda row, width: flow_labelled_texts(list_cells_in_full(texts, row), width),
        )

    def _unit_lines(self, width: int) -> Sequence[StyledLine]:
        """Return the state and the scores of the unit."""
        alone = self.data.records._replace(units=(self._entry,))
        table = make_overview_table(RollUpSource(alone, self.data.lang), ())
        pairs = list_cells_in_full(make_rollup_grid(table), 0, (0,))
        return [*flow_labelled_texts(pairs, width), ()]
