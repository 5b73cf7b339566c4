"""The screen of rows: it reads and shows a content, and carries out the commands of its page."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult

from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    count_lines_below,
    styled_line,
)
from assess.display.text.wrap import WIDEST
from assess.tui.core.rows.content import RowsContent, RowsPage
from assess.tui.core.rows.context import Redraw, RowsContext
from assess.tui.core.rows.moves import RowMoves
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.workspace import SheetName


class RowsScreen(AppScreen):
    """A full screen of rows with a cursor; below them the details of the chosen row."""

    def __init__(self, make_page: Callable[[RowsContext], RowsPage], form: str = "") -> None:
        """`form` is the name of a form with a draft, which is opened once all data is read."""
        super().__init__()
        self._form = form
        self._read_once = False
        self.view = LinesView(id="rows")
        self.view.resized = self.view.scrolled = self.draw_footer
        self.detail = LinesView(id="detail", grows=True)
        redraw = Redraw(self.draw_all, self._draw_rows, self._draw_details)
        self.context = RowsContext(self, redraw)
        self._page = make_page(self.context)
        self.handlers = {
            **self.handlers,
            **RowMoves(self.context, self.view).handlers(),
            "reread": self._reread_all_files,
            "overview": self.context.show_overview,
            "step_back": self.context.close_screen,
            "leave": self.context.close_screen,
            **self._page.handlers,
        }

    @property
    def content(self) -> RowsContent:
        """What the screen shows."""
        return self._page.content

    def compose(self) -> ComposeResult:
        """Lay out head, rows, details of the chosen row, and footer."""
        yield self.head
        yield self.view
        yield self.detail
        yield self.foot

    def on_mount(self) -> None:
        """Read off the event loop."""
        self.draw_footer()
        self.read_again()

    @property
    def ready(self) -> bool:
        """Whether the data is read and no job is running: keys wait until then."""
        busy = self.context.jobs.is_job_running or self.context.is_awaiting_worker
        return self._read_once and not busy and self._page.is_ready()

    def on_screen_resume(self) -> None:
        """Let the content follow what another screen changed."""
        self._page.on_resume()

    def show_saved_sheet(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk."""
        self._page.take_saved_sheet(sheet, opened)

    # Reading

    def read_again(self) -> None:
        """Read the data; sheets only if they changed on disk."""
        self.context.jobs.run_job(
            self.content.load_data, lambda _none: self._draw_loaded_and_open_form()
        )

    def _reread_all_files(self) -> None:
        """Read all files again, also those of the sheets."""

        def load_anew() -> None:
            self.shell.session.forget_sheets()
            self.content.load_data()

        self.context.jobs.run_job(load_anew, lambda _none: self._draw_loaded_and_open_form())

    def _draw_loaded_and_open_form(self) -> None:
        self._read_once = True
        self.draw_all()
        form, self._form = self._form, ""
        if form:
            self._page.open_form(form)

    # Drawing

    def footer_notice(self) -> LinePart:
        """Return how many rows are below those that show."""
        return count_lines_below(self.view.hidden_lines.below, self.lang)

    def draw_all(self) -> None:
        """Make the rows anew, and draw the whole screen."""
        self.content.update_rows_and_cursor()
        self._draw_rows()

    def _draw_rows(self) -> None:
        content, context = self.content, self.context
        context.cursor = max(0, min(context.cursor, content.count_rows() - 1))
        self.draw_head(*content.head_crumbs_and_right_parts())
        self.view.draw_lines(lambda width: content.row_lines(min(width, WIDEST)))
        self._draw_details()

    def _draw_details(self) -> None:
        """Draw as many details of the chosen row as fit."""
        most = int(self.size.height * self._page.share)

        def fitting_lines(width: int) -> DrawnLines:
            lines = self.content.detail_lines(width).lines
            return DrawnLines(
                lines if len(lines) <= most else [*lines[: most - 1], styled_line(" ..", "dim")]
            )

        self.detail.draw_lines(fitting_lines)
        self.draw_footer()

    def on_resize(self) -> None:
        """Draw as many details as fit now."""
        if self._read_once:
            self.call_after_refresh(self._draw_details)
