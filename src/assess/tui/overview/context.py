"""What the parts of the overview share: the round as far as it is read, and the chosen line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from assess.display.overview.todo import format_counting_progress
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.item import Item
from assess.tui.core.screen_context import ScreenContext
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.overview.git_state import GitState
from assess.workspace import SheetName


class RoundState:
    """The round as far as it is read, and the line at the cursor."""

    def __init__(self) -> None:
        self.config: Config | None = None
        """None until assess.yaml is read."""
        self.names: Sequence[SheetName] = ()
        """The sheets of the round, in its order."""
        self.without_system: Sequence[Checklist] = ()
        """Checklists of systems that have no sheet, for no system is entered."""
        self.opened: dict[SheetName, AssessedSheet] = {}
        self.unwritable = ""
        """The folder that can't be written; '' where all can be."""
        self.git = GitState()
        self.changed_sources: Sequence[tuple[SheetName, Item]] = ()
        """Items whose answers were taken over from something that is another now."""
        self.takeable: Mapping[SheetName, int] = {}
        """How many unanswered items of a sheet can take something over; as far as it is known."""
        self.cursor = 0
        """The index of the chosen line: sheets, then open work."""

    @property
    def are_all_sheets_read(self) -> bool:
        """Whether all sheets are read."""
        return self.config is not None and all(name in self.opened for name in self.names)

    @property
    def sheets_read(self) -> dict[SheetName, AssessedSheet]:
        """The sheets of the round that are read already, in its order."""
        return {name: self.opened[name] for name in self.names if name in self.opened}

    @property
    def chosen_sheet(self) -> SheetName | None:
        """The sheet at the cursor, or else the last one; None without sheets."""
        return self.names[min(self.cursor, len(self.names) - 1)] if self.names else None

    def find_sheet_nearest_to_cursor(self, names: Collection[SheetName]) -> SheetName:
        """Return the name in `names` whose row is nearest to the cursor; the upper of two."""
        rows = (index for index, name in enumerate(self.names) if name in names)
        return self.names[min(rows, key=lambda index: abs(index - self.cursor))]

    def sheet_names_from_index_wrapped(self, start: int) -> list[SheetName]:
        """Return the sheets from an index on, then those before it."""
        return [*self.names[start:], *self.names[:start]]


class OverviewContext(ScreenContext):
    """The state of the overview, and the services of its screen."""

    def __init__(self, screen: AppScreen, state: RoundState, draw_all: Callable[[], None]) -> None:
        super().__init__(screen)
        self.state = state
        self.draw_all = draw_all
        """Draws the whole screen again."""

    def show_counting_progress(self) -> None:
        """Show the message that the sheets are still being counted."""
        state = self.state
        self.show_message(
            format_counting_progress(len(state.sheets_read), len(state.names), self.lang)
        )
