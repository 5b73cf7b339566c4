"""A dialog with two versions side by side; the user chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.text.styled import DrawnLines
from assess.display.walk.sides import TextPair, side_by_side_lines
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.shell import ChosenSide
from assess.tui.core.text_scroll import TextScroll
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class SidesScreen(AppModal[ChosenSide | None]):
    """Returns the chosen side; None for later."""

    SCOPE: ClassVar[Scope] = "sides"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("sides")]

    def __init__(
        self, title: str, heads: tuple[str, str], pairs: Sequence[TextPair], *, both: bool
    ) -> None:
        super().__init__()
        self._title = title
        self._heads = heads
        self._pairs = pairs
        self._both = both
        self.view = LinesView(id="rows")
        self.handlers = {
            **TextScroll(self.view).handlers(),
            "ours": lambda: self._choose_side("mine"),
            "theirs": lambda: self._choose_side("theirs"),
            "both": self._choose_both,
            "later": lambda: self._choose_side(None),
        }

    def compose(self) -> ComposeResult:
        """Lay out title, both sides, and the keys."""
        omitted = "" if self._both else "both"
        chips = footer_chips("sides", self.lang, omitted_command=omitted)
        with DialogBox("! " + self._title, chips, classes="tall"):
            yield self.view
        self.view.draw_lines(
            lambda width: DrawnLines(side_by_side_lines(self._heads, self._pairs, width))
        )

    def _choose_side(self, side: ChosenSide | None) -> None:
        self.dismiss(side)

    def _choose_both(self) -> None:
        """Keep both texts, one after the other."""
        if self._both:
            self.dismiss("both")
