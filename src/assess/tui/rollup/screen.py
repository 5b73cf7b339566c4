"""The base of the screens of a roll-up: a table, what stands above it, and its row in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from textual.app import ComposeResult

from assess.display.rollup.table_lines import find_grid_rows, join_cells_in_full
from assess.display.table.grid import GridTexts
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    count_lines_below,
    styled_line,
)
from assess.tui.core.shell import ListRow, list_row_in_columns
from assess.tui.core.widgets.frame import FramedScreen
from assess.tui.core.widgets.lines import LinesView
from assess.tui.rollup.campaign import CampaignData
from assess.tui.rollup.grid_pane import GridPane
from assess.tui.rollup.places import RollUpPlaces

_LEAST_ROWS: Final = 4
"""Rows of the table that the full text of a row leaves in sight."""

_BARS: Final = 4
"""Lines of the head, of the titles of the columns, and of the footer."""

_SHOWN_CELLS: Final = 3
"""Cells that a row of the search shows beside its first one."""


class ShownTable(NamedTuple):
    """What a screen of a roll-up shows."""

    crumbs: Sequence[str]
    """Where one is."""
    facts: Sequence[LinePart]
    """What stands at the right of the head line."""
    lines_above: Callable[[int], Sequence[StyledLine]]
    """Returns what stands above the table, for a width."""
    texts: GridTexts
    empty_text: str
    """What stands in the place of rows where there are none."""
    lines_below: Callable[[int, int], Sequence[StyledLine]]
    """Returns what stands below the table, for a row in focus and a width."""


class RollUpScreen(FramedScreen):
    """A screen with a table; each sort of it has its own commands."""

    def __init__(
        self,
        data: CampaignData,
        places: RollUpPlaces,
        make_shown_table: Callable[[], ShownTable],
    ) -> None:
        """`make_shown_table` returns what the screen shows, each time it is drawn anew."""
        super().__init__()
        self._make_shown_table = make_shown_table
        self.data = data
        self.places = places
        self.above = LinesView(id="above", grows=True)
        self.detail = LinesView(id="detail", grows=True)
        self.grid = GridPane(self._draw_below)
        self.grid.view.scrolled = self.draw_footer
        self.shown: ShownTable | None = None
        self.handlers = {
            **self.handlers,
            **self.grid.handlers(),
            "search": self._search_rows,
            "leave": self.places.go_back,
            "step_back": self.places.go_back,
            "show_units": self.places.show_units,
        }

    async def action_command(self, command_id: str, *keys: str) -> None:
        """Carry out a command; a table that was to be shown later is not wanted any more."""
        self.places.forget_awaited_tables()
        await super().action_command(command_id, *keys)

    @property
    def ready(self) -> bool:
        """Whether the next key can be processed: keys wait while tables are made."""
        return not self.places.is_working

    def compose(self) -> ComposeResult:
        """Lay out head, what stands above the table, the table, the row in full, and footer."""
        yield self.head
        yield self.above
        yield self.grid.heads
        yield self.grid.view
        yield self.detail
        yield self.foot

    def on_mount(self) -> None:
        """Draw the table."""
        self.draw_all()

    def draw_all(self) -> None:
        """Make the table anew, and draw the whole screen."""
        self.shown = shown = self._make_shown_table()
        self.draw_head(shown.crumbs, shown.facts)
        self.above.draw_lines(lambda width: DrawnLines(shown.lines_above(width)))
        self.grid.show_texts(shown.texts, shown.empty_text)
        self._draw_below()

    def on_resize(self) -> None:
        """Show as much of the row as fits now."""
        if self.shown is not None:
            self.call_after_refresh(self._draw_below)

    def _draw_below(self) -> None:
        """Draw as much of the row in focus as fits."""
        self.detail.draw_lines(lambda width: DrawnLines(self._fitting_lines_below(width)))
        self.draw_footer()

    def _fitting_lines_below(self, width: int) -> Sequence[StyledLine]:
        row = self.grid.focused_row
        if self.shown is None or row is None:
            return ()
        lines = self.shown.lines_below(row, width)
        most = max(1, self.size.height - self.above.size.height - _BARS - _LEAST_ROWS)
        return lines if len(lines) <= most else [*lines[: most - 1], styled_line(" ..", "dim")]

    def footer_notice(self) -> LinePart:
        """Return how many rows are below those that show."""
        return count_lines_below(self.grid.view.hidden_lines.below, self.lang)

    def show_row_in_full(self) -> None:
        """Show all cells of the row in focus, however long they are."""
        row = self.grid.focused_row
        if row is not None:
            texts = self.grid.texts
            self.places.show_text(texts.cells[row][0], join_cells_in_full(texts, row, self.lang))

    def _search_rows(self) -> None:
        """Let the user pick a row by its words, and go there."""
        texts = self.grid.texts

        def find_rows(words: str) -> list[ListRow]:
            matches, count = find_grid_rows(texts, words)
            rows = [_make_list_row(texts, index) for index in matches]
            if count > len(matches):
                more = self._("... {count} more: type more").format(count=count - len(matches))
                rows.append(ListRow("", more))
            return rows

        def go_to_row(value: str | None) -> None:
            if value:
                self.grid.move_to_row(int(value))

        title = self._("Find a row: words, or first letters of pinyin")
        self.shell.dialogs.pick_row(title, find_rows, go_to_row, tall=True)


def _make_list_row(texts: GridTexts, index: int) -> ListRow:
    """Return a row of the list: the first cell, and those of the next columns."""
    first, *others = texts.cells[index]
    return list_row_in_columns(
        str(index), LinePart(first), *(LinePart(cell, "dim") for cell in others[:_SHOWN_CELLS])
    )
