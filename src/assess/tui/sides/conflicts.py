"""The conflicts left by merges: both sides next to each other, decided by a key."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from assess.china_time import format_china_time
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
    TextPair,
    conflict_field_label,
    field_text,
    person_name,
    side_by_side_lines,
)
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.item import Item
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.content import RowsPage
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.rows.screen import RowsScreen
from assess.workspace.core.unfinished_merge import next_command_after_conflicts
from assess.workspace.sharing.settle_conflict import (
    ConflictSides,
    decide_conflict,
    list_conflict_sides,
)


class ConflictsContent:
    """The conflicts of all files of the workspace; below, both sides of the chosen one."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context
        self.conflicts: list[ConflictSides] = []
        self._next = ""
        """The command to type after the last decision."""

    def load_data(self) -> None:
        """Read the conflicts."""
        session = self._context.shell.session
        self.conflicts = session.run_job_exclusively(list_conflict_sides)
        self._next = session.run_job_exclusively(
            lambda workspace: next_command_after_conflicts(workspace.root, workspace.lang)
        )

    def update_rows_and_cursor(self) -> None:
        """Do nothing: each conflict is a row."""

    @property
    def chosen_conflict(self) -> ConflictSides | None:
        """The conflict at the cursor; None without conflicts."""
        return self.conflicts[self._context.cursor] if self.conflicts else None

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the screen, and the number of conflicts."""
        _ = translator(self._context.lang)
        left = _("{count} left").format(count=len(self.conflicts))
        return [_("Left undecided by a merge")], [LinePart(left, "warn")]

    def count_rows(self) -> int:
        """Return the number of conflicts."""
        return len(self.conflicts)

    def row_lines(self, width: int) -> DrawnLines:
        """Return a line for each conflict."""
        if not self.conflicts:
            _ = translator(self._context.lang)
            left = _("nothing is left to settle; next: {command}")
            return DrawnLines([styled_line(" " + left.format(command=self._next), "good")])
        lines: list[StyledLine] = []
        for index, conflict in enumerate(self.conflicts):
            chosen = index == self._context.cursor
            words = "  ".join(
                (conflict.item_id, self._field_label(conflict), conflict.file_conflict.file)
            )
            lines.append(
                row_line(styled_line(escape_as_single_line(words).strip()), width, focused=chosen)
            )
        return DrawnLines(lines, self._context.cursor)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return both sides of the chosen conflict."""
        if self.chosen_conflict is None:
            return DrawnLines(())
        return DrawnLines([dash_line(width), *self.side_lines(self.chosen_conflict, width)])

    def side_lines(self, conflict: ConflictSides, width: int) -> list[StyledLine]:
        """Return both sides of a conflict next to each other."""
        lang, people = self._context.lang, self._context.shell.session.people
        _ = translator(lang)
        when = format_china_time(conflict.their_at) if conflict.their_at else ""
        left = [_("1  as it stands here"), person_name(conflict.our_by, people)]
        right = [_("2  from the other side"), person_name(conflict.their_by, people), when]
        heads = tuple(
            escape_as_single_line("  ".join(part for part in side if part))
            for side in (left, right)
        )
        item = self._conflict_item(conflict)
        texts = (
            field_text(conflict.field, side, item, people, lang)
            for side in (conflict.ours, conflict.theirs)
        )
        pairs = [TextPair(self._field_label(conflict), *texts)]
        return side_by_side_lines((heads[0], heads[1]), pairs, width)

    def _field_label(self, conflict: ConflictSides) -> str:
        return conflict_field_label(
            conflict.field, self._conflict_item(conflict), self._context.lang
        )

    def _conflict_item(self, conflict: ConflictSides) -> Item | None:
        for opened in self._context.shell.session.opened.values():
            if conflict.item_id in (items := opened.open_sheet.checklist.items()):
                return items[conflict.item_id]
        return None


class ConflictCommands:
    """Shows and decides the chosen conflict."""

    def __init__(self, context: RowsContext, content: ConflictsContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "read": self._show_sides_in_full,
            "ours": lambda: self._settle_chosen_conflict(theirs=False),
            "theirs": lambda: self._settle_chosen_conflict(theirs=True),
        }

    def _show_sides_in_full(self) -> None:
        """Show both sides of the chosen conflict in full."""
        if (conflict := self._content.chosen_conflict) is not None:
            self._context.shell.dialogs.show_text(
                f"{conflict.item_id} {conflict.field}",
                join_lines_without_styles(self._content.side_lines(conflict, READING)),
            )

    def _settle_chosen_conflict(self, *, theirs: bool) -> None:
        if (conflict := self._content.chosen_conflict) is not None:
            self._context.jobs.write_shared_files_and_reread(
                partial(decide_conflict, chosen=conflict, theirs=theirs)
            )


def make_conflicts_page(context: RowsContext) -> RowsPage:
    """Return the parts of the screen of conflicts."""
    content = ConflictsContent(context)
    return RowsPage(content, ConflictCommands(context, content).handlers(), share=0.6)


class ConflictsScreen(RowsScreen):
    """The conflicts left by merges."""

    SCOPE: ClassVar[Scope] = "conflicts"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("conflicts")]

    def __init__(self) -> None:
        super().__init__(make_conflicts_page)
