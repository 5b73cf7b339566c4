"""A dialog with two versions side by side; the user chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assess.display.text.styled import Drawn
from assess.display.walk.sides import Pair, pair_lines
from assess.harmless import one_line
from assess.tui.commands.registry import Scope, footer_text, make_bindings
from assess.tui.core.shell import Side
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class SidesScreen(AppModal[Side | None]):
    """Returns the chosen side; None for later."""

    SCOPE: ClassVar[Scope] = "sides"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("sides")]

    def __init__(
        self, title: str, heads: tuple[str, str], pairs: Sequence[Pair], *, both: bool
    ) -> None:
        super().__init__()
        self._title = title
        self._heads = heads
        self._pairs = pairs
        self._both = both
        self.view = LinesView(id="rows")

    def compose(self) -> ComposeResult:
        """Lay out title, both sides, and the keys."""
        with Vertical(classes="box tall"):
            yield Static("! " + one_line(self._title), markup=False)
            yield self.view
            yield Static(self._hints_text(), classes="hints", markup=False)
        self.view.draw_lines(lambda width: Drawn(pair_lines(self._heads, self._pairs, width)))

    def _hints_text(self) -> str:
        both = f"  3 {self._('both')}"
        text = footer_text("sides", self.lang, 74)
        return text if self._both else text.replace(both, "")

    def action_line_up(self) -> None:
        """Scroll up."""
        self.view.scroll_page_up(animate=False)

    def action_line_down(self) -> None:
        """Scroll down."""
        self.view.scroll_page_down(animate=False)

    def action_ours(self) -> None:
        """Keep the left side."""
        self.dismiss("mine")

    def action_theirs(self) -> None:
        """Take the right side."""
        self.dismiss("theirs")

    def action_both(self) -> None:
        """Keep both texts, one after the other."""
        if self._both:
            self.dismiss("both")

    def action_later(self) -> None:
        """Decide later."""
        self.dismiss(None)
