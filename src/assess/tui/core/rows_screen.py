"""What the screens of lines share: a cursor, scrolling, work off the event loop, the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult

from assess.display.text.forms import Form, Values
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, line
from assess.display.text.wrap import WIDEST
from assess.errors import AssessError, FilesError
from assess.tui.core.drafts import DraftKey
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.workspace import Workspace

T = TypeVar("T")
Done = Callable[[Values, Callable[[], None]], None]
"""Gets what was typed, and what to call once it is kept."""


class RowsScreen(AppScreen):
    """A full screen of rows with a cursor; what reads or writes files is `work`."""

    SHARE: ClassVar[float] = 0.42
    """Part of the screen's height that details may take."""

    def __init__(self) -> None:
        super().__init__()
        self.unfinished = ""
        """A form with a draft, by name: it is opened once all is read."""
        self.view = LinesView(id="rows")
        self.detail = LinesView(id="detail", grows=True)
        self.cursor = 0
        self._busy = 0
        self._read_once = False

    def compose(self) -> ComposeResult:
        """Lay out head, rows, details of the chosen one, and footer."""
        yield self.head
        yield self.view
        yield self.detail
        yield self.foot

    def on_mount(self) -> None:
        """Read off the event loop."""
        self.draw_foot()
        self.read()

    # What a screen says of itself

    def heading(self) -> tuple[str, str]:
        """Return the left and the right of the head line."""
        raise NotImplementedError

    def count(self) -> int:
        """Return how many rows the cursor goes through."""
        raise NotImplementedError

    def rows(self, width: int) -> Drawn:
        """Return the lines of the rows."""
        raise NotImplementedError

    def details(self, width: int) -> Drawn:
        """Return the lines about the chosen row. There are none, here."""
        return Drawn(())

    def load(self) -> None:
        """Read what is shown; called off the event loop."""
        raise NotImplementedError

    def go_on_with(self, form: str) -> None:
        """Open the form of this name. There is none, here."""

    # Working

    @property
    def ready(self) -> bool:
        """Whether all is read and nothing is being written: keys wait until then."""
        return self._read_once and not self._busy

    def work(self, job: Callable[[], T], done: Callable[[T], None] = lambda _result: None) -> None:
        """Do `job` off the event loop, after what is being saved; then call `done` with its result.

        What goes wrong is said, and `done` not called.
        """
        self._busy += 1
        # The app owns it: leaving the screen must not cut it short.
        self.app.run_worker(self._work(job, done), group="work")

    async def _work(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        try:
            await self.shell.saver.finish()
            result = await asyncio.to_thread(job)
        except FilesError as error:
            self.shell.show_problems(error)
        except AssessError as error:
            self.say(one_line(str(error)))
        else:
            done(result)
        finally:
            self._busy -= 1

    def change(
        self, job: Callable[[Workspace], T], done: Callable[[T], None] = lambda _result: None
    ) -> None:
        """Write what sheets stand on, then let all screens read it again."""

        def written(result: T) -> None:
            self.shell.outdated()
            done(result)

        self.work(lambda: self.shell.session.do(job, forget=True), written)

    def ask(
        self, form: Form, name: str, done: Callable[[Values, Callable[[], None]], None]
    ) -> None:
        """Show a form with a draft; `done` gets what was typed, and what to call once it is kept.

        Until then it stays a draft.
        """
        draft = DraftKey(self.shell.session.round_id, "", self.SCOPE, name)

        def kept() -> None:
            self.shell.drafts.drop(draft)
            self.shell.forget(draft)

        def typed(values: Values | None) -> None:
            if values is not None:
                self.shell.drafts.keep(draft, values)
                done(values, kept)

        self.shell.ask(form, draft, typed)

    def action_reread(self) -> None:
        """Read the files again, those of the sheets too."""
        self.work(self._load_anew, lambda _none: self._loaded())

    def _load_anew(self) -> None:
        self.shell.session.forget()
        self.load()

    def read(self) -> None:
        """Read what is shown, sheets only where they are not known as they stand on disk."""
        self.work(self.load, lambda _none: self._loaded())

    def outdated(self) -> None:
        """Read again."""
        self.read()

    def _loaded(self) -> None:
        self._read_once = True
        self.draw_all()
        form, self.unfinished = self.unfinished, ""
        if form:
            self.go_on_with(form)

    # Drawing

    def draw_all(self) -> None:
        """Show everything anew."""
        self.cursor = max(0, min(self.cursor, self.count() - 1))
        left, right = self.heading()
        self.draw_head([left], [right])
        self.view.draw(lambda width: self.rows(min(width, WIDEST)))
        self.draw_details()

    def draw_details(self) -> None:
        """Show what is about the chosen row, as much as there is room for."""
        most = int(self.size.height * self.SHARE)

        def some(width: int) -> Drawn:
            lines = self.details(width).lines
            return Drawn(lines if len(lines) <= most else [*lines[: most - 1], line(" ..", "dim")])

        self.detail.draw(some)

    def on_resize(self) -> None:
        """Show as much of the details as there is room for now."""
        if self._read_once:
            self.call_after_refresh(self.draw_details)

    def action_next_row(self) -> None:
        """Go one row down."""
        self.cursor += 1
        self.draw_all()

    def action_previous_row(self) -> None:
        """Go one row up."""
        self.cursor -= 1
        self.draw_all()

    def action_scroll_down(self) -> None:
        """Go a screen down."""
        self.cursor += max(1, self.view.size.height - 1)
        self.draw_all()

    def action_scroll_up(self) -> None:
        """Go a screen up."""
        self.cursor -= max(1, self.view.size.height - 1)
        self.draw_all()

    # The way back

    def action_step_back(self) -> None:
        """Go back to the screen below."""
        self.app.pop_screen()

    def action_leave(self) -> None:
        """Go back to the screen below."""
        self.action_step_back()
