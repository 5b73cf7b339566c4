"""The overview: the sheets of the round, and the sections of the chosen one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.text.styled import LinePart
from assess.model.base import pick_text
from assess.model.config import Config
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.overview.context import OverviewContext, RoundState
from assess.tui.overview.open_work import OpenWork
from assess.tui.overview.reading import RoundReader
from assess.tui.overview.round_commands import RoundCommands
from assess.tui.overview.sheet_commands import SheetCommands
from assess.tui.overview.todo_commands import TodoCommands
from assess.tui.overview.view import OverviewView
from assess.workspace import SheetName


class OverviewScreen(AppScreen):
    """Shows the progress of each sheet and the open work, and opens them."""

    SCOPE: ClassVar[Scope] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("overview")]

    def __init__(self) -> None:
        super().__init__()
        self.state = RoundState()
        self.context = context = OverviewContext(self, self.state, self.draw_all)
        self._work = OpenWork(context)
        self._view = OverviewView(context, self._work)
        self._reader = RoundReader(context)
        sheets = SheetCommands(context, self._reader).handlers()
        rounds = RoundCommands(context).handlers()
        todo = TodoCommands(
            context,
            self._work,
            self._reader,
            self.handlers["drafts"],
            sheets["review"],
            self.handlers["show_finish"],
        )
        self.handlers = {
            **self.handlers,
            **todo.handlers(),
            **sheets,
            **rounds,
            **self._screen_handlers(),
        }

    def _screen_handlers(self) -> CommandHandlers:
        return {
            "next_row": lambda: self._move_by(1),
            "previous_row": lambda: self._move_by(-1),
            "reread": lambda: self._reader.start_reading(anew=True),
            "leave": self._leave_app,
        }

    def compose(self) -> ComposeResult:
        """Lay out head, sheets, open work, sections and footer."""
        yield self.head
        yield from self._view.panes()
        yield self.foot

    def on_mount(self) -> None:
        """Read the round off the event loop."""
        self.draw_footer()
        self._reader.start_reading()

    def on_screen_resume(self) -> None:
        """Ask git again: the screen above may have changed files."""
        self._reader.start_reading_git_state()

    @property
    def ready(self) -> bool:
        """Whether the list of sheets is read: keys wait until then, not for each sheet."""
        return self.state.config is not None and not self.context.is_awaiting_worker

    def read_again(self) -> None:
        """Read the round again, because another screen changed it."""
        self._reader.start_reading()

    def show_saved_sheet(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk."""
        if sheet in self.state.names:
            self.state.opened[sheet] = opened
            self.draw_all()

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        if self.state.config is not None:
            self._draw_head(self.state.config)
        self._view.draw_panes()

    def _draw_head(self, config: Config) -> None:
        session = self.shell.session
        current_round = config.rounds.get(session.round_id)
        title = pick_text(current_round.title, self.lang) if current_round else session.round_id
        self.draw_head([pick_text(config.organization.name, self.lang), title], [])

    def footer_notice(self) -> LinePart:
        """Return the limit of what may be recorded."""
        return LinePart(self._("Unclassified use only: no state or work secrets"), "warn")

    def _move_by(self, step: int) -> None:
        """Move the cursor: through the sheets, then through the open work."""
        count = len(self.state.names) + len(self._work.list_todos())
        self.state.cursor = max(0, min(count - 1, self.state.cursor + step))
        self.draw_all()

    async def _leave_app(self) -> None:
        await self.shell.leave_app_once_saved()
