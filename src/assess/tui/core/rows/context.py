"""What the parts of a screen of rows share: the cursor, jobs, forms, and the screen's services."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from assess.display.text.forms import FormValues, InputForm
from assess.i18n import translator
from assess.tui.core.drafts import DraftKey
from assess.tui.core.rows.jobs import ScreenJobs
from assess.tui.core.screen_context import ScreenContext
from assess.tui.core.widgets.frame import AppScreen

DropDraft = Callable[[], None]
"""Drops the draft of a form, to be called once its values are written."""


class Redraw(NamedTuple):
    """How a screen of rows is drawn anew."""

    everything: Callable[[], None]
    """Makes the rows from the data, and draws them."""
    rows: Callable[[], None]
    """Draws the rows and the details of the chosen one."""
    details: Callable[[], None]
    """Draws the details of the chosen row."""


class RowsContext(ScreenContext):
    """The cursor of a screen of rows, and the services of the screen."""

    def __init__(self, screen: AppScreen, redraw: Redraw) -> None:
        super().__init__(screen)
        self.cursor = 0
        """The index of the chosen row."""
        self.jobs = ScreenJobs(self)
        self.redraw = redraw

    def move_cursor_to(self, index: int) -> None:
        """Move the cursor to a row, or to the end that it is beyond."""
        self.cursor = index
        self.redraw.rows()

    def ask_form_with_draft(
        self, form: InputForm, name: str, done: Callable[[FormValues, DropDraft], None]
    ) -> None:
        """Show a form with a draft.

        `done` gets the typed values, and a function that drops the draft, to be called once the
        values are written.
        """
        shell = self.shell
        draft = DraftKey(shell.session.round_id, "", self._screen.SCOPE, name)

        def drop_draft() -> None:
            shell.drafts.drop_values_from_memory(draft)
            shell.draft_writer.write_draft_in_background(draft)

        def take_values(values: FormValues | None) -> None:
            if values is not None:
                shell.drafts.set_values_in_memory(draft, values)
                done(values, drop_draft)
            elif shell.drafts.get_values(draft) is not None:
                _ = translator(self.lang)
                self.show_message(_("not saved; what was typed stays as a draft for this form"))

        shell.dialogs.ask_form(form, draft, take_values)
