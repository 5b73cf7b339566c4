"""What merges left undecided: both sides beside each other, settled by a key."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, line, plain, rule
from assess.display.text.wrap import fit
from assess.display.walk.sides import READING, Pair, beside, field_text, person_name
from assess.model.item import Item
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.rows_screen import RowsScreen
from assess.workspace.core.unfinished_merge import next_step
from assess.workspace.sharing.settle_conflict import Sides, decide, sides


class ConflictsScreen(RowsScreen):
    """Shows the conflicts of all files of the workspace; below, both sides of the chosen one."""

    SCOPE: ClassVar[Scope] = "conflicts"
    SHARE: ClassVar[float] = 0.6
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("conflicts")]

    def __init__(self) -> None:
        super().__init__()
        self._sides: list[Sides] = []
        self._next = ""
        """The command that comes after the last decision."""

    def load(self) -> None:
        """Read the conflicts."""
        self._sides = self.shell.session.do(sides)
        self._next = self.shell.session.do(lambda here: next_step(here.root, here.lang))

    def heading(self) -> tuple[str, str]:
        """Return what this is, and how many are left."""
        left = self._("{count} left").format(count=len(self._sides))
        return self._("Left undecided by a merge"), left

    def count(self) -> int:
        """Return how many conflicts there are."""
        return len(self._sides)

    def rows(self, width: int) -> Drawn:
        """Return a line for each conflict."""
        if not self._sides:
            left = self._("nothing is left to settle; next: {command}")
            return Drawn([line(" " + left.format(command=self._next), "good")])
        lines: list[Line] = []
        for index, one in enumerate(self._sides):
            chosen = index == self.cursor
            words = one_line(f"{one.item_id}  {one.field}  {one.standing.file}")
            text = fit(("> " if chosen else "  ") + words.strip(), width)
            lines.append(line(text, "cursor" if chosen else "plain"))
        return Drawn(lines, self.cursor)

    def details(self, width: int) -> Drawn:
        """Return both sides of the chosen conflict."""
        if not self._sides:
            return Drawn(())
        return Drawn([rule(width), *self._beside(self._sides[self.cursor], width)])

    def _beside(self, one: Sides, width: int) -> list[Line]:
        people = self.shell.session.people
        when = one.their_at.strftime("%Y-%m-%d %H:%M") if one.their_at else ""
        left = [self._("1  as it stands here"), person_name(one.our_by, people)]
        right = [self._("2  from the other side"), person_name(one.their_by, people), when]
        heads = tuple(one_line("  ".join(part for part in side if part)) for side in (left, right))
        item = self._item(one)
        texts = (
            field_text(one.field, side, item, people, self.lang) for side in (one.ours, one.theirs)
        )
        pairs = [Pair(one.field, *texts)]
        return beside((heads[0], heads[1]), pairs, width)

    def _item(self, one: Sides) -> Item | None:
        for opened in self.shell.session.opened.values():
            if one.item_id in (items := opened.desk.checklist.items()):
                return items[one.item_id]
        return None

    def action_read(self) -> None:
        """Read both sides of the chosen conflict in full."""
        if self._sides:
            one = self._sides[self.cursor]
            self.shell.read_text(f"{one.item_id} {one.field}", plain(self._beside(one, READING)))

    def action_ours(self) -> None:
        """Keep what stands."""
        self._decide(theirs=False)

    def action_theirs(self) -> None:
        """Take what the other side wrote."""
        self._decide(theirs=True)

    def _decide(self, *, theirs: bool) -> None:
        if self._sides:
            chosen = self._sides[self.cursor]
            self.change(partial(decide, chosen=chosen, theirs=theirs))
