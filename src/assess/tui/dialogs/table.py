"""The rows of a table as a grid: changed, pasted, taken from the profile; a draft keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from assess.display.table.cell_faults import fault_text
from assess.display.table.grid import (
    draw_grid_head,
    draw_grid_rows,
    draw_grid_totals,
    focused_cell_text,
    make_grid_texts,
)
from assess.display.table.paste_plan import plan_paste
from assess.display.table.profile_rows import list_rows_with_new_first_cell
from assess.display.table.row_reading import find_row_faults
from assess.display.text.forms import FormValues
from assess.display.text.styled import DrawnLines, styled_line
from assess.display.text.wrap import wrap_text
from assess.display.walk.kinds.table import parse_row, row_form, row_text
from assess.harmless import escape_as_single_line
from assess.i18n import plural_translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Table
from assess.tui.commands.registry import Scope, footer_chips, make_bindings
from assess.tui.core.drafts import DraftKey
from assess.tui.core.pasting import ParsedPaste
from assess.tui.core.shell import Rows
from assess.tui.core.table_rows import rows_from_text, rows_to_text
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.frame import AppModal
from assess.tui.core.widgets.lines import LinesView
from assess.tui.dialogs.edited_rows import EditedRows

_SHOWN_FAULTS: Final = 3
"""Number of faults that are shown below the grid; each stands in its cell, too."""


class TableScreen(AppModal[Rows | None]):
    """Returns the rows once they have no errors; None if the dialog was closed."""

    SCOPE: ClassVar[Scope] = "table"
    _draft: DraftKey
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("table")]

    def __init__(
        self,
        table: Table,
        answer: Answer,
        draft: DraftKey,
        profile_rows: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__()
        self._table = table
        self._draft = draft
        self._profile_rows = profile_rows
        self.edited = EditedRows(len(table.columns))
        self.edited.load_rows(answer.value if isinstance(answer.value, list | tuple) else ())
        self.heads = LinesView(id="grid-head")
        self.view = LinesView(id="rows")
        self.totals = LinesView(id="grid-totals")
        self.cell = LinesView(id="cell", grows=True)
        self.view.resized = self._draw_heads_and_totals
        self.handlers = {
            "row_up": lambda: self._move_by(-1, 0),
            "row_down": lambda: self._move_by(1, 0),
            "page_up": lambda: self._move_by(-self._page_row_count, 0),
            "page_down": lambda: self._move_by(self._page_row_count, 0),
            "column_left": lambda: self._move_by(0, -1),
            "column_right": lambda: self._move_by(0, 1),
            "add_row": lambda: self._ask_row(len(self.edited.rows)),
            "edit_row": lambda: self._ask_row(self.edited.row),
            "drop_row": self._delete_focused_row,
            "add_profile_rows": self._offer_profile_rows,
            "undo": self._undo_step,
            "save": self._close_with_rows_if_valid,
            "put_down": self._close_with_draft,
        }

    def compose(self) -> ComposeResult:
        """Lay out title, grid, the focused cell, errors, and the keys."""
        title = f"{self._table.id} {pick_text(self._table.title, self.lang)}"
        with DialogBox(title, footer_chips("table", self.lang), classes="tall wide"):
            yield self.heads
            yield self.view
            if any(column.total for column in self._table.columns):
                yield self.totals
            yield self.cell
            yield Static("", id="error", classes="error", markup=False)
            yield self.make_draft_warning_widget()

    def on_mount(self) -> None:
        """Show the rows of the draft, or else those of the answer."""
        stored = self.shell.drafts.get_values(self._draft)
        if stored is not None:
            self.edited.load_rows(rows_from_text(stored["rows"]))
        self._remake_texts_and_draw()

    @property
    def _page_row_count(self) -> int:
        return max(1, self.view.size.height - 1)

    def _remake_texts_and_draw(self) -> None:
        """Make the texts of the rows anew, and draw them."""
        session = self.shell.session
        self._texts = make_grid_texts(self._table, self.edited.rows, session.today, self.lang)
        self._draw_grid()

    def _draw_grid(self) -> None:
        """Draw the rows and the focused cell; a message stands until then."""
        self.show_message("")
        self.view.draw_lines(self._grid_lines)
        self._draw_heads_and_totals()
        self.cell.draw_lines(self._focused_cell_lines)

    def _grid_lines(self, width: int) -> DrawnLines:
        if not self.edited.rows:
            text = self._("no rows yet: + or 2 adds one; rows of a spreadsheet can be pasted here")
            return DrawnLines([styled_line(text, "dim")])
        return draw_grid_rows(self._texts, self.edited.focused_cell, width)

    def _focused_cell_lines(self, width: int) -> DrawnLines:
        if not self._texts.cells:
            return DrawnLines(())
        text = focused_cell_text(self._texts, self.edited.focused_cell, self.lang)
        return DrawnLines([styled_line(line, "label") for line in wrap_text(text, width)])

    def _draw_heads_and_totals(self) -> None:
        width = self.view.scrollable_content_region.width
        self.heads.draw_lines(
            lambda _: DrawnLines([draw_grid_head(self._texts, self.edited.focused_cell, width)])
        )
        self.totals.draw_lines(
            lambda _: draw_grid_totals(self._texts, self.edited.focused_cell, width)
        )

    def _move_by(self, rows: int, columns: int) -> None:
        self.edited.move_focus_by(rows, columns)
        self._draw_grid()

    def _ask_row(self, index: int) -> None:
        """Ask for changes of a row, at the focused column; after the last row, for a new one."""
        edited, session = self.edited, self.shell.session
        is_new = index >= len(edited.rows)
        row = {} if is_new else edited.rows[index]

        def take_values(values: FormValues | None) -> None:
            if values is not None:
                edited.replace_or_append_row(index, parse_row(self._table, values))
                self._store_draft_and_draw()
                self.shell.draft_writer.write_draft_in_background(draft)

        start_at = "" if is_new else self._table.columns[edited.column].id
        form = row_form(self._table, row, session.today, session.lang, start_at)
        draft = self._draft._replace(form=f"value row {index + 1}")
        self.shell.dialogs.ask_form(form, draft, take_values)

    def _delete_focused_row(self) -> None:
        """Delete the row."""
        self.edited.delete_focused_row()
        self._store_draft_and_draw()

    def _add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows as one step, and say so."""
        self.edited.add_rows(rows)
        self._store_draft_and_draw()
        text = self._("rows added: {count}; u takes them back, Ctrl+S or F8 saves")
        self.show_message(text.format(count=len(rows)))

    def _undo_step(self) -> None:
        """Take the last step back."""
        if self.edited.undo_step():
            self._store_draft_and_draw()
        else:
            self.show_message(self._("there is nothing to take back here"))

    def _offer_profile_rows(self) -> None:
        """Offer the systems, or people, of the profile that have no row yet."""
        rows = list_rows_with_new_first_cell(self._profile_rows, self.edited.rows, self._table)
        if not rows:
            text = self._("the profile has no system or person for this table that is not in it")
            self.show_message(text)
            return
        _n = plural_translator(self.lang)
        title = _n(
            "Add {count} row from the profile?", "Add {count} rows from the profile?", len(rows)
        ).format(count=len(rows))
        text = "\n".join(
            escape_as_single_line(row_text(self._table, row, self.lang)) for row in rows
        )
        note = self._("What the profile does not know stays empty.")
        dialogs = self.shell.dialogs
        dialogs.ask_confirmation(title, f"{text}\n{note}", lambda: self._add_rows(rows))

    def accept_or_refuse_paste(self, pasted: ParsedPaste) -> str | None:
        """Take the rows of a spreadsheet: at once, by a question, or not, with their faults."""
        if pasted.fate == "left":
            return None
        if pasted.fate != "whole":
            self.show_message(self._("the paste did not come whole: nothing was taken"))
            return None
        session, rows = self.shell.session, self.edited.rows
        plan = plan_paste(self._table, pasted.text, rows, session.today, self.lang)
        if plan.way == "take":
            self._add_rows(plan.rows)
        elif plan.way == "ask":
            dialogs = self.shell.dialogs
            dialogs.ask_confirmation(plan.title, plan.text, lambda: self._add_rows(plan.rows))
        else:
            self.shell.dialogs.show_text(plan.title, plan.text)
        return None

    def _store_draft_and_draw(self) -> None:
        """Keep the rows as a draft, and draw them."""
        self.shell.drafts.set_values_in_memory(
            self._draft, {"rows": rows_to_text(self.edited.rows)}
        )
        self.shell.draft_writer.write_draft_in_background(self._draft)
        self.query_one("#error", Static).set_class(False, "shown")
        self._remake_texts_and_draw()

    def _close_with_rows_if_valid(self) -> None:
        """Return the rows; or go to the first cell with an error, and show the errors."""
        rows, session = self.edited.rows, self.shell.session
        numbers = range(1, len(rows) + 1)
        faults = find_row_faults(self._table, rows, numbers, session.today, self.lang)
        if not faults:
            self.shell.drafts.drop_values_from_memory(self._draft)
            self.dismiss(rows)
            return
        lines = [
            "! " + escape_as_single_line(fault_text(fault, self.lang))
            for fault in faults[:_SHOWN_FAULTS]
        ]
        if len(faults) > _SHOWN_FAULTS:
            more = self._("and {count} more").format(count=len(faults) - _SHOWN_FAULTS)
            lines.append(more)
        label = self.query_one("#error", Static)
        label.set_class(True, "shown")
        label.update("\n".join(lines))
        columns = [column.id for column in self._table.columns]
        first = next((fault for fault in faults if fault.column in columns), None)
        if first is not None:
            self.edited.row, self.edited.column = first.row - 1, columns.index(first.column)
        self._draw_grid()

    def _close_with_draft(self) -> None:
        """Close; the rows stay as a draft."""
        self.dismiss(None)
