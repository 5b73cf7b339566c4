"""The conflicts left by merges: both sides next to each other, decided by a key."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, plain_text, rule_line, styled_line
from assess.display.text.wrap import fit_width
from assess.display.walk.sides import READING, Pair, field_text, pair_lines, person_name
from assess.model.item import Item
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.rows_screen import RowsScreen
from assess.workspace.core.unfinished_merge import next_command
from assess.workspace.sharing.settle_conflict import (
    ConflictSides,
    decide_conflict,
    list_conflict_sides,
)


class ConflictsScreen(RowsScreen):
    """The conflicts of all files of the workspace; below, both sides of the chosen one."""

    SCOPE: ClassVar[Scope] = "conflicts"
    SHARE: ClassVar[float] = 0.6
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("conflicts")]

    def __init__(self) -> None:
        super().__init__()
        self._sides: list[ConflictSides] = []
        self._next = ""
        """The command to type after the last decision."""

    def load_data(self) -> None:
        """Read the conflicts."""
        self._sides = self.shell.session.run_job(list_conflict_sides)
        self._next = self.shell.session.run_job(
            lambda workspace: next_command(workspace.root, workspace.lang)
        )

    def head_texts(self) -> tuple[str, str]:
        """Return the screen's name, and the number of conflicts."""
        left = self._("{count} left").format(count=len(self._sides))
        return self._("Left undecided by a merge"), left

    def count_rows(self) -> int:
        """Return the number of conflicts."""
        return len(self._sides)

    def row_lines(self, width: int) -> Drawn:
        """Return a line for each conflict."""
        if not self._sides:
            left = self._("nothing is left to settle; next: {command}")
            return Drawn([styled_line(" " + left.format(command=self._next), "good")])
        lines: list[Line] = []
        for index, conflict in enumerate(self._sides):
            chosen = index == self.cursor
            words = one_line(f"{conflict.item_id}  {conflict.field}  {conflict.file_conflict.file}")
            text = fit_width(("> " if chosen else "  ") + words.strip(), width)
            lines.append(styled_line(text, "cursor" if chosen else "plain"))
        return Drawn(lines, self.cursor)

    def detail_lines(self, width: int) -> Drawn:
        """Return both sides of the chosen conflict."""
        if not self._sides:
            return Drawn(())
        return Drawn([rule_line(width), *self._side_lines(self._sides[self.cursor], width)])

    def _side_lines(self, conflict: ConflictSides, width: int) -> list[Line]:
        people = self.shell.session.people
        when = conflict.their_at.strftime("%Y-%m-%d %H:%M") if conflict.their_at else ""
        left = [self._("1  as it stands here"), person_name(conflict.our_by, people)]
        right = [self._("2  from the other side"), person_name(conflict.their_by, people), when]
        heads = tuple(one_line("  ".join(part for part in side if part)) for side in (left, right))
        item = self._conflict_item(conflict)
        texts = (
            field_text(conflict.field, side, item, people, self.lang)
            for side in (conflict.ours, conflict.theirs)
        )
        pairs = [Pair(conflict.field, *texts)]
        return pair_lines((heads[0], heads[1]), pairs, width)

    def _conflict_item(self, conflict: ConflictSides) -> Item | None:
        for opened in self.shell.session.opened.values():
            if conflict.item_id in (items := opened.open_sheet.checklist.items()):
                return items[conflict.item_id]
        return None

    def action_read(self) -> None:
        """Show both sides of the chosen conflict in full."""
        if self._sides:
            conflict = self._sides[self.cursor]
            self.shell.read_text(
                f"{conflict.item_id} {conflict.field}",
                plain_text(self._side_lines(conflict, READING)),
            )

    def action_ours(self) -> None:
        """Keep our side."""
        self._decide_side(theirs=False)

    def action_theirs(self) -> None:
        """Take the other side."""
        self._decide_side(theirs=True)

    def _decide_side(self, *, theirs: bool) -> None:
        if self._sides:
            chosen = self._sides[self.cursor]
            self.change_workspace(partial(decide_conflict, chosen=chosen, theirs=theirs))
