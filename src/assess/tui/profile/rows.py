"""The profile as rows: what is read, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.profile.lines import (
    Group,
    Row,
    facts_defined,
    facts_lines,
    groups_of,
    hint_lines,
    profile_lines,
)
from assess.display.text.styled import Drawn
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import Opened
from assess.workspace import Edit, SheetName, Workspace

Kept = Callable[[], None]
"""To be called once what was typed is kept."""


class Read(NamedTuple):
    """What was read from the workspace."""

    config: Config
    checklists: Mapping[str, Checklist]
    opened: Mapping[SheetName, Opened]


class ProfileRows(RowsScreen):
    """Shows assess.yaml as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Read | None = None
        self._groups: list[Group] = []

    def load(self) -> None:
        """Read assess.yaml, the pinned checklists and the sheets."""
        session = self.shell.session
        opened = session.everything()

        def read(here: Workspace) -> Read:
            config = here.config()
            pinned = {name: here.checklist(name) for name in config.checklists}
            return Read(config, pinned, opened)

        self.seen = session.do(read)

    # Drawing

    def draw_all(self) -> None:
        """Show everything anew."""
        if self.seen is not None:
            read = self.seen
            self._groups = groups_of(read.config, read.checklists, tuple(read.opened), self.lang)
        super().draw_all()

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen, and who acts."""
        return self._("Profile"), self.shell.session.who

    @property
    def lines(self) -> list[Row]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def row(self) -> Row:
        """The row that the cursor is at."""
        rows = self.lines
        return rows[self.cursor] if rows else Row("", "", "")

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.lines)

    def rows(self, width: int) -> Drawn:
        """Return the rows."""
        return profile_lines(self._groups, self.cursor, width)

    def details(self, width: int) -> Drawn:
        """Return the facts, where the row is about them; else what it has no room for."""
        read, row = self.seen, self.row
        if read is None or row.kind != "facts":
            return Drawn(hint_lines(row, width))
        defined, held = self.facts(read, row.id)
        return Drawn(facts_lines(defined, held, self.lang, width))

    def facts(self, read: Read, system_id: str) -> tuple[Any, Mapping[str, Any]]:
        """Return the facts that are asked of the unit or of a system, and what is said to them."""
        held = read.config.systems[system_id].profile if system_id else read.config.profile
        return facts_defined(read.checklists, system=bool(system_id)), held

    def write(self, edits: Sequence[Edit], kept: Kept) -> None:
        """Write edits of assess.yaml."""
        self.change(lambda here: here.edit_config(edits), lambda _none: kept())
