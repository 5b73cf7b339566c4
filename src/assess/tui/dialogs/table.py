"""The rows of a table: looked at, added, changed, deleted; kept as a draft until they are saved."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from assess.display.text.forms import Values
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, line
from assess.display.text.wrap import fit
from assess.display.walk.item_form import row_form, row_from, row_text
from assess.engine.kinds.values import check_value
from assess.i18n import translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Table
from assess.tui.commands.registry import Scope, bindings, footer
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import Rows
from assess.tui.core.table_rows import rows_of, rows_text
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView


class TableScreen(AppModal[Rows | None]):
    """Gives the rows once nothing is wrong with them, None where they were put down."""

    SCOPE: ClassVar[Scope] = "table"
    _draft: DraftKey
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("table")]

    def __init__(self, table: Table, answer: Answer, draft: DraftKey) -> None:
        super().__init__()
        self._table = table
        self._draft = draft
        held = answer.value if isinstance(answer.value, list | tuple) else ()
        self._rows: Rows = [dict(row) for row in held]
        self._cursor = 0
        self.view = LinesView(id="rows")

    def compose(self) -> ComposeResult:
        """Lay out title, rows, what is wrong, and the keys."""
        lang = self.shell.session.lang
        with Vertical(classes="box tall"):
            title = f"{self._table.id} {pick(self._table.title, lang)}"
            yield Static(one_line(title), markup=False)
            yield self.view
            yield Static("", id="error", classes="error", markup=False)
            yield self.draft_line()
            yield Static(footer("table", lang, 74), classes="hints", markup=False)

    def on_mount(self) -> None:
        """Show the rows, those of a draft first."""
        held = self.shell.drafts.get(self._draft)
        if held is not None:
            self._rows = rows_of(held["rows"])
        self._draw()

    def _draw(self) -> None:
        self.view.draw(self._drawn)

    def _drawn(self, width: int) -> Drawn:
        lang = self.shell.session.lang
        if not self._rows:
            _ = translator(lang)
            return Drawn([line(_("no rows yet: + or 2 adds one"), "dim")])
        lines = []
        for index, row in enumerate(self._rows):
            chosen = index == self._cursor
            text = one_line(f"{index + 1}. {row_text(self._table, row, lang)}")
            lines.append(
                line(
                    fit(f"{'>' if chosen else ' '} {text}", width), "cursor" if chosen else "plain"
                )
            )
        return Drawn(lines, self._cursor)

    def action_row_up(self) -> None:
        """Go one row up."""
        self._cursor = max(0, self._cursor - 1)
        self._draw()

    def action_row_down(self) -> None:
        """Go one row down."""
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor + 1))
        self._draw()

    def action_add_row(self) -> None:
        """Ask for a new row."""
        self._ask(len(self._rows))

    def action_edit_row(self) -> None:
        """Ask for changes of the row; for a first one where there is none."""
        self._ask(self._cursor)

    def _ask(self, index: int) -> None:
        session = self.shell.session
        held = self._rows[index] if index < len(self._rows) else {}

        def done(values: Values | None) -> None:
            if values is not None:
                self._rows[index : index + 1] = [row_from(self._table, values)]
                self._cursor = index
                self._keep()
                self.shell.forget(draft)

        form = row_form(self._table, held, session.today, session.lang)
        draft = self._draft._replace(form=f"value row {index + 1}")
        self.shell.ask(form, draft, done)

    def action_drop_row(self) -> None:
        """Delete the row."""
        del self._rows[self._cursor : self._cursor + 1]
        self._cursor = max(0, min(len(self._rows) - 1, self._cursor))
        self._keep()

    def _keep(self) -> None:
        self.shell.drafts.keep(self._draft, {"rows": rows_text(self._rows)})
        self.shell.forget(self._draft)
        self._draw()

    def action_save(self) -> None:
        """Give the rows, or say what is wrong with them."""
        session = self.shell.session
        problems = check_value(self._table, self._rows, session.today, session.lang)
        label = self.query_one("#error", Static)
        label.set_class(bool(problems), "shown")
        label.update("\n".join("! " + one_line(problem.message) for problem in problems[:3]))
        if not problems:
            self.shell.drafts.drop(self._draft)
            self.dismiss(self._rows)

    def action_put_down(self) -> None:
        """Close; the rows stay as a draft."""
        self.dismiss(None)
