"""The rows of a table: shown, added, changed, deleted; a draft keeps them until saved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from assess.display.text.forms import FormValues
from assess.display.text.styled import DrawnLines, row_line, styled_line
from assess.display.walk.kinds.table import parse_row, row_form, row_text
from assess.engine.kinds.values import check_value
from assess.harmless import one_line
from assess.i18n import translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Table
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import Rows
from assess.tui.core.table_rows import rows_from_text, rows_to_text
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class TableScreen(AppModal[Rows | None]):
    """Returns the rows once they have no errors; None if the dialog was closed."""

    SCOPE: ClassVar[Scope] = "table"
    _draft: DraftKey
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("table")]

    def __init__(self, table: Table, answer: Answer, draft: DraftKey) -> None:
        super().__init__()
        self._table = table
        self._draft = draft
        stored_rows = answer.value if isinstance(answer.value, list | tuple) else ()
        self._rows: Rows = [dict(row) for row in stored_rows]
        self._cursor = 0
        self.view = LinesView(id="rows")
        self.handlers = {
            "row_up": lambda: self._move_by(-1),
            "row_down": lambda: self._move_by(1),
            "add_row": lambda: self._ask_row(len(self._rows)),
            "edit_row": lambda: self._ask_row(self._cursor),
            "drop_row": self._drop_row,
            "save": self._save_rows,
            "put_down": self._close_with_draft,
        }

    def compose(self) -> ComposeResult:
        """Lay out title, rows, errors, and the keys."""
        lang = self.shell.session.lang
        title = f"{self._table.id} {pick_text(self._table.title, lang)}"
        with DialogBox(title, footer_chips("table", lang), classes="tall"):
            yield self.view
            yield Static("", id="error", classes="error", markup=False)
            yield self.draft_line()

    def on_mount(self) -> None:
        """Show the rows of the draft, or else those of the answer."""
        stored = self.shell.drafts.get_values(self._draft)
        if stored is not None:
            self._rows = rows_from_text(stored["rows"])
        self._draw_rows()

    def _draw_rows(self) -> None:
        self.view.draw_lines(self._drawn_rows)

    def _drawn_rows(self, width: int) -> DrawnLines:
        lang = self.shell.session.lang
        if not self._rows:
            _ = translator(lang)
            return DrawnLines([styled_line(_("no rows yet: + or 2 adds one"), "dim")])
        lines = []
        for index, row in enumerate(self._rows):
            words = styled_line(one_line(f"{index + 1}. {row_text(self._table, row, lang)}"))
            lines.append(row_line(words, width, focused=index == self._cursor))
        return DrawnLines(lines, self._cursor)

    def _move_by(self, step: int) -> None:
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor + step))
        self._draw_rows()

    def _ask_row(self, index: int) -> None:
        """Ask for changes of a row; after the last row, for a new one."""
        session = self.shell.session
        row = self._rows[index] if index < len(self._rows) else {}

        def take_values(values: FormValues | None) -> None:
            if values is not None:
                self._rows[index : index + 1] = [parse_row(self._table, values)]
                self._cursor = index
                self._store_rows_as_draft()
                self.shell.draft_writer.write_draft_in_background(draft)

        form = row_form(self._table, row, session.today, session.lang)
        draft = self._draft._replace(form=f"value row {index + 1}")
        self.shell.dialogs.ask_form(form, draft, take_values)

    def _drop_row(self) -> None:
        """Delete the row."""
        del self._rows[self._cursor : self._cursor + 1]
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor))
        self._store_rows_as_draft()

    def _store_rows_as_draft(self) -> None:
        self.shell.drafts.set_values(self._draft, {"rows": rows_to_text(self._rows)})
        self.shell.draft_writer.write_draft_in_background(self._draft)
        self._draw_rows()

    def _save_rows(self) -> None:
        """Return the rows, or show their errors."""
        session = self.shell.session
        problems = check_value(self._table, self._rows, session.today, session.lang)
        label = self.query_one("#error", Static)
        label.set_class(bool(problems), "shown")
        label.update("\n".join("! " + one_line(problem.message) for problem in problems[:3]))
        if not problems:
            self.shell.drafts.drop_values(self._draft)
            self.dismiss(self._rows)

    def _close_with_draft(self) -> None:
        """Close; the rows stay as a draft."""
        self.dismiss(None)
