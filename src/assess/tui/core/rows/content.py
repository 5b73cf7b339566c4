"""What a screen of rows is given: the content that it shows, and what its commands do."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple, Protocol

from assess.display.text.styled import DrawnLines, LinePart
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.session import AssessedSheet
from assess.workspace import SheetName


class RowsContent(Protocol):
    """The data of a screen of rows, as texts and lines."""

    def load_data(self) -> None:
        """Read the data; called off the event loop."""

    def update_rows_and_cursor(self) -> None:
        """Make the rows from the data, before they are drawn. It may move the cursor."""

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return where one is, and the numbers of the head line."""

    def count_rows(self) -> int:
        """Return the number of rows."""

    def row_lines(self, width: int) -> DrawnLines:
        """Return the lines of the rows."""

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the lines about the chosen row."""


def _ignore_saved_sheet(_sheet: SheetName, _opened: AssessedSheet) -> None:
    """Show no change: the content does not depend on single sheets."""


def _ignore_form(_form: str) -> None:
    """Open nothing: the screen has no forms with drafts."""


class RowsPage(NamedTuple):
    """A content with its commands, and what happens at some moments of the screen."""

    content: RowsContent
    handlers: CommandHandlers = MappingProxyType({})
    """What the commands of the screen do, beside those of all screens of rows."""
    share: float = 0.42
    """Maximum share of the screen's height for the details."""
    open_form: Callable[[str], None] = _ignore_form
    """Opens the form of this name, once the data is read."""
    take_saved_sheet: Callable[[SheetName, AssessedSheet], None] = _ignore_saved_sheet
    """Called with a sheet as it is now on disk."""
    on_resume: Callable[[], None] = lambda: None
    """Called when the screen is shown, also when the screen above it was closed."""
    is_ready: Callable[[], bool] = lambda: True
    """Whether the next key can be processed, as far as the content decides it."""
