"""The history of one answer: who changed it and when, old and new side by side."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    dash_line,
    join_lines_without_styles,
    row_line,
    styled_line,
)
from assess.display.walk.sides import (
    READING,
    answer_version_line,
    old_and_new_field_pairs,
    side_by_side_lines,
)
from assess.errors import UsageError
from assess.i18n import plural_translator, translator
from assess.model.base import pick_text
from assess.model.item import Item
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen
from assess.workspace import SheetName
from assess.workspace.history.answer_history import AnswerVersion, list_answer_versions

_MOST = 50
"""Maximum number of changes in the list, the newest first."""


class HistoryContent:
    """The changes of an answer; below, the chosen one before and after."""

    def __init__(self, context: RowsContext, name: SheetName, item_id: str) -> None:
        self._context = context
        self._sheet = name
        self._item_id = item_id
        self.versions: list[AnswerVersion] = []
        self._about: Item | None = None
        self._why = ""

    def load_data(self) -> None:
        """Read the commits that changed the answer."""
        session = self._context.shell.session
        self._about = (
            session.read_sheet_unless_cached(self._sheet)
            .open_sheet.checklist.items()
            .get(self._item_id)
        )
        try:
            self.versions = list_answer_versions(
                session.workspace,
                session.round_id,
                self._sheet,
                self._item_id,
                session.now(),
                _MOST,
            )
        except UsageError as error:
            self._why = str(error)

    def update_rows_and_cursor(self) -> None:
        """Do nothing: each change is a row."""

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the item of the history, and the number of changes."""
        _ = translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        title = pick_text(self._about.title, self._context.lang) if self._about else ""
        head = _("History of {item}").format(item=f"{self._item_id} {title}")
        count = _n("{count} change", "{count} changes", len(self.versions)).format(
            count=len(self.versions)
        )
        return [head], [LinePart(count, "dim")]

    def count_rows(self) -> int:
        """Return the number of changes."""
        return len(self.versions)

    def row_lines(self, width: int) -> DrawnLines:
        """Return a line for each change."""
        context = self._context
        if not self.versions:
            _ = translator(context.lang)
            return DrawnLines(
                [styled_line(" " + (self._why or _("nothing was answered here yet")))]
            )
        people = context.shell.session.people
        lines: list[StyledLine] = []
        for index, version in enumerate(self.versions):
            chosen = index == context.cursor
            row = styled_line(answer_version_line(version, people, context.lang))
            lines.append(row_line(row, width, focused=chosen))
        return DrawnLines(lines, context.cursor)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the chosen change before and after."""
        if not self.versions:
            return DrawnLines(())
        return DrawnLines([dash_line(width), *self._change_lines(width)])

    def _change_lines(self, width: int) -> list[StyledLine]:
        context = self._context
        _ = translator(context.lang)
        version = self.versions[context.cursor]
        people = context.shell.session.people
        pairs = old_and_new_field_pairs(version.fields, self._about, people, context.lang)
        return side_by_side_lines((_("Before"), _("After")), pairs, width)

    def show_change_text(self) -> None:
        """Show the chosen change in full."""
        if self.versions:
            context = self._context
            people = context.shell.session.people
            title = answer_version_line(self.versions[context.cursor], people, context.lang)
            context.shell.dialogs.show_text(
                title, join_lines_without_styles(self._change_lines(READING))
            )


def make_history_page(context: RowsContext, name: SheetName, item_id: str) -> RowsPage:
    """Return the parts of the screen of an answer's history."""
    content = HistoryContent(context, name, item_id)
    return RowsPage(content, {"read": content.show_change_text}, share=0.6)


class HistoryScreen(RowsScreen):
    """The history of an answer."""

    SCOPE: ClassVar[Scope] = "history"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("history")]

    def __init__(self, name: SheetName, item_id: str) -> None:
        super().__init__(lambda context: make_history_page(context, name, item_id))
