"""A table that is moved through: the titles of its columns, its rows, and the cell in focus."""

from __future__ import annotations

from collections.abc import Callable

from assess.display.table.grid import GridPlace, GridTexts, draw_grid_head, draw_grid_rows
from assess.display.text.styled import DrawnLines, styled_line
from assess.display.text.wrap import wrap_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.widgets.lines import LinesView

_NO_TEXTS = GridTexts((), (), (), (), ())


class GridPane:
    """Draws a table and moves its focus; `on_move` is called after the focus has moved."""

    def __init__(self, on_move: Callable[[], None]) -> None:
        self.heads = LinesView(id="grid-head")
        self.view = LinesView(id="rows")
        self.view.resized = self._draw_heads
        self.place = GridPlace()
        self.texts = _NO_TEXTS
        self._on_move = on_move
        self._empty_text = ""

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "previous_row": lambda: self._move_by(-1, 0),
            "next_row": lambda: self._move_by(1, 0),
            "page_up": lambda: self._move_by(-self._page_row_count, 0),
            "page_down": lambda: self._move_by(self._page_row_count, 0),
            "first_row": lambda: self.move_to_row(0),
            "last_row": lambda: self.move_to_row(len(self.texts.cells)),
            "column_left": lambda: self._move_by(0, -1),
            "column_right": lambda: self._move_by(0, 1),
        }

    @property
    def _page_row_count(self) -> int:
        return max(1, self.view.size.height - 1)

    @property
    def focused_row(self) -> int | None:
        """The index of the row in focus; None in a table without rows."""
        return self.place.row if self.texts.cells else None

    def show_texts(self, texts: GridTexts, empty_text: str) -> None:
        """Show a table; `empty_text` stands in the place of rows where there are none."""
        self.texts, self._empty_text = texts, empty_text
        self._set_place(self.place)
        self._draw()

    def move_to_row(self, row: int) -> None:
        """Move the focus to a row, or to the end that it is beyond."""
        self._move_by(row - self.place.row, 0)

    def _move_by(self, rows: int, columns: int) -> None:
        place = self.place
        self._set_place(GridPlace(place.row + rows, place.column + columns))
        self._draw()
        self._on_move()

    def _set_place(self, place: GridPlace) -> None:
        self.place = GridPlace(
            max(0, min(place.row, len(self.texts.cells) - 1)),
            max(0, min(place.column, len(self.texts.titles) - 1)),
        )

    def _draw(self) -> None:
        self.view.draw_lines(self._row_lines)
        self._draw_heads()

    def _row_lines(self, width: int) -> DrawnLines:
        if not self.texts.cells:
            pieces = wrap_text(self._empty_text, width - 1)
            return DrawnLines([styled_line(f" {piece}", "dim") for piece in pieces])
        return draw_grid_rows(self.texts, self.place, width)

    def _draw_heads(self) -> None:
        width = self.view.lines_width
        if not self.texts.cells or width <= 0:
            self.heads.draw_lines(lambda _width: DrawnLines(()))
            return
        self.heads.draw_lines(
            lambda _width: DrawnLines([draw_grid_head(self.texts, self.place, width)])
        )
