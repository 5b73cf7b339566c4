"""An answer that could not be written: what happened, and what can be done; nothing is lost."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assess.display.text.safe import one_line, visible
from assess.errors import AssessError, FilesError
from assess.i18n import translator
from assess.tui.commands.registry import Scope, bindings, footer
from assess.tui.core.widgets.frame import AppModal

Decision = Literal["retry", "theirs", "later", "abandon"]


class SaveErrorScreen(AppModal[Decision]):
    """Gives what is to be done with the answer."""

    SCOPE: ClassVar[Scope] = "save_error"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("save_error")]

    def __init__(self, item_id: str, error: AssessError) -> None:
        super().__init__()
        self._item_id = item_id
        self._error = error

    def compose(self) -> ComposeResult:
        """Lay out what happened, positions where there are any, and the keys."""
        _ = translator(self.lang)
        title = _("The answer to {item} is not on disk yet")
        with Vertical(classes="box"):
            yield Static(title.format(item=one_line(self._item_id)), markup=False)
            yield Static(visible(self._error.message), markup=False)
            yield Static(visible(self._error.hint), markup=False)
            if isinstance(self._error, FilesError):
                found = "\n".join(one_line(str(problem)) for problem in self._error.problems[:5])
                yield Static(found, markup=False)
            yield Static(_("It is kept here; try again or choose:"), markup=False)
            yield Static(footer("save_error", self.lang, 74), classes="hints", markup=False)

    def action_retry(self) -> None:
        """Write it again."""
        self.dismiss("retry")

    def action_theirs(self) -> None:
        """Take what is on disk."""
        self.dismiss("theirs")

    def action_later(self) -> None:
        """Go on, keep it unsaved."""
        self.dismiss("later")

    def action_abandon(self) -> None:
        """Quit without it."""
        self.dismiss("abandon")
