"""The base of screens with rows: cursor, scrolling, jobs off the event loop, going back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult

from assess.display.text.forms import InputForm, Values
from assess.display.text.styled import Drawn, styled_line
from assess.display.text.wrap import WIDEST
from assess.errors import AssessError, FilesError
from assess.harmless import one_line
from assess.tui.core.drafts import DraftKey
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.workspace import Workspace

T = TypeVar("T")
Done = Callable[[Values, Callable[[], None]], None]
"""Gets the typed values, and a function to call once they are written."""


class RowsScreen(AppScreen):
    """A full screen of rows with a cursor; `run_job` reads and writes files."""

    SHARE: ClassVar[float] = 0.42
    """Maximum share of the screen's height for the details."""

    def __init__(self) -> None:
        super().__init__()
        self.unfinished = ""
        """The name of a form with a draft, which is opened once all data is read."""
        self.view = LinesView(id="rows")
        self.detail = LinesView(id="detail", grows=True)
        self.cursor = 0
        self._busy = 0
        self._read_once = False

    def compose(self) -> ComposeResult:
        """Lay out head, rows, details of the chosen row, and footer."""
        yield self.head
        yield self.view
        yield self.detail
        yield self.foot

    def on_mount(self) -> None:
        """Read off the event loop."""
        self.draw_foot()
        self.start_reading()

    # Defined by each screen

    def head_texts(self) -> tuple[str, str]:
        """Return the left and the right part of the head line."""
        raise NotImplementedError

    def count_rows(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def row_lines(self, width: int) -> Drawn:
        """Return the lines of the rows."""
        raise NotImplementedError

    def detail_lines(self, width: int) -> Drawn:
        """Return the lines about the chosen row. By default there are none."""
        return Drawn(())

    def load_data(self) -> None:
        """Read the data of the screen; called off the event loop."""
        raise NotImplementedError

    def open_form(self, form: str) -> None:
        """Open the form of this name. By default there is none."""

    # Working

    @property
    def ready(self) -> bool:
        """Whether the data is read and no job is running: keys wait until then."""
        return self._read_once and not self._busy

    def run_job(
        self, job: Callable[[], T], done: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Run `job` off the event loop after all saves; then call `done` with its result.

        On an error the screen shows it and does not call `done`.
        """
        self._busy += 1
        # The app runs it: closing the screen must not cancel it.
        self.app.run_worker(self._await_job(job, done), group="work")

    async def _await_job(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        try:
            await self.shell.saver.wait_until_written()
            result = await asyncio.to_thread(job)
        except FilesError as error:
            self.shell.navigation.show_problems(error)
        except AssessError as error:
            self.show_message(one_line(str(error)))
        else:
            done(result)
        finally:
            self._busy -= 1

    def change_workspace(
        self, job: Callable[[Workspace], T], done: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Write files that sheets depend on, then read them again on all screens."""

        def show_written(result: T) -> None:
            self.shell.navigation.reread_screens()
            done(result)

        self.run_job(lambda: self.shell.session.run_job(job, forget=True), show_written)

    def ask_with_draft(
        self, form: InputForm, name: str, done: Callable[[Values, Callable[[], None]], None]
    ) -> None:
        """Show a form with a draft.

        `done` gets the typed values, and a function that drops the draft, to be called once the
        values are written.
        """
        draft = DraftKey(self.shell.session.round_id, "", self.SCOPE, name)

        def drop_draft() -> None:
            self.shell.drafts.drop_values(draft)
            self.shell.draft_writer.sync_draft(draft)

        def take_values(values: Values | None) -> None:
            if values is not None:
                self.shell.drafts.set_values(draft, values)
                done(values, drop_draft)

        self.shell.dialogs.ask_form(form, draft, take_values)

    def action_reread(self) -> None:
        """Read all files again, also those of the sheets."""
        self.run_job(self._load_anew, lambda _none: self._show_loaded())

    def _load_anew(self) -> None:
        self.shell.session.forget_sheets()
        self.load_data()

    def start_reading(self) -> None:
        """Read the data; sheets only if they changed on disk."""
        self.run_job(self.load_data, lambda _none: self._show_loaded())

    def read_again(self) -> None:
        """Read again."""
        self.start_reading()

    def _show_loaded(self) -> None:
        self._read_once = True
        self.draw_all()
        form, self.unfinished = self.unfinished, ""
        if form:
            self.open_form(form)

    # Drawing

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        self.cursor = max(0, min(self.cursor, self.count_rows() - 1))
        left, right = self.head_texts()
        self.draw_head([left], [right])
        self.view.draw_lines(lambda width: self.row_lines(min(width, WIDEST)))
        self.draw_details()

    def draw_details(self) -> None:
        """Draw as many details of the chosen row as fit."""
        most = int(self.size.height * self.SHARE)

        def fitting_lines(width: int) -> Drawn:
            lines = self.detail_lines(width).lines
            return Drawn(
                lines if len(lines) <= most else [*lines[: most - 1], styled_line(" ..", "dim")]
            )

        self.detail.draw_lines(fitting_lines)

    def on_resize(self) -> None:
        """Draw as many details as fit now."""
        if self._read_once:
            self.call_after_refresh(self.draw_details)

    def action_next_row(self) -> None:
        """Move one row down."""
        self.cursor += 1
        self.draw_all()

    def action_previous_row(self) -> None:
        """Move one row up."""
        self.cursor -= 1
        self.draw_all()

    def action_scroll_down(self) -> None:
        """Move one page down."""
        self.cursor += max(1, self.view.size.height - 1)
        self.draw_all()

    def action_scroll_up(self) -> None:
        """Move one page up."""
        self.cursor -= max(1, self.view.size.height - 1)
        self.draw_all()

    # Going back

    def action_step_back(self) -> None:
        """Go back to the screen below."""
        self.app.pop_screen()

    def action_leave(self) -> None:
        """Go back to the screen below."""
        self.action_step_back()
