"""The dialog for an answer that could not be written. Nothing is lost."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from assess.errors import AssessError, FilesError
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import translator
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal

SaveErrorDecision = Literal["retry", "theirs", "later", "abandon"]


class SaveErrorScreen(AppModal[SaveErrorDecision]):
    """Returns what to do with the answer."""

    SCOPE: ClassVar[Scope] = "save_error"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("save_error")]

    def __init__(self, item_id: str, error: AssessError) -> None:
        super().__init__()
        self._item_id = item_id
        self._error = error
        self.handlers = {
            "retry": lambda: self._close_with_decision("retry"),
            "theirs": lambda: self._close_with_decision("theirs"),
            "later": lambda: self._close_with_decision("later"),
            "abandon": lambda: self._close_with_decision("abandon"),
        }

    def compose(self) -> ComposeResult:
        """Lay out the error, its positions, and the keys."""
        _ = translator(self.lang)
        title = _("The answer to {item} is not on disk yet")
        chips = footer_chips("save_error", self.lang)
        with DialogBox(title.format(item=self._item_id), chips):
            yield Static(escape_and_replace_tabs(self._error.message), markup=False)
            yield Static(escape_and_replace_tabs(self._error.hint), markup=False)
            if isinstance(self._error, FilesError):
                problems = "\n".join(
                    escape_as_single_line(str(problem)) for problem in self._error.problems[:5]
                )
                yield Static(problems, markup=False)
            yield Static(_("It is kept here; try again or choose:"), markup=False)

    def _close_with_decision(self, decision: SaveErrorDecision) -> None:
        self.dismiss(decision)
