"""The rows of the profile: reading and drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.profile.lines import (
    ProfileGroup,
    ProfileRow,
    defined_facts,
    facts_lines,
    group_rows,
    hint_lines,
    profile_lines,
)
from assess.display.text.styled import Drawn
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import AssessedSheet
from assess.workspace import Edit, SheetName, Workspace

DropDraft = Callable[[], None]
"""Drops the draft of a form, to be called once its values are written."""


class ProfileData(NamedTuple):
    """The data of the workspace."""

    config: Config
    checklists: Mapping[str, Checklist]
    opened: Mapping[SheetName, AssessedSheet]


class ProfileRows(RowsScreen):
    """Shows assess.yaml as rows."""

    def __init__(self) -> None:
        super().__init__()
        self.data: ProfileData | None = None
        self._groups: list[ProfileGroup] = []

    def load_data(self) -> None:
        """Read assess.yaml, the pinned checklists and the sheets."""
        session = self.shell.session
        opened = session.read_all_sheets()

        def read_data(workspace: Workspace) -> ProfileData:
            config = workspace.read_config()
            pinned = {name: workspace.read_checklist(name) for name in config.checklists}
            return ProfileData(config, pinned, opened)

        self.data = session.run_job(read_data)

    # Drawing

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        if self.data is not None:
            data = self.data
            self._groups = group_rows(data.config, data.checklists, tuple(data.opened), self.lang)
        super().draw_all()

    def head_texts(self) -> tuple[str, str]:
        """Return the screen's name and the acting person."""
        return self._("Profile"), self.shell.session.who

    @property
    def lines(self) -> list[ProfileRow]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def row(self) -> ProfileRow:
        """The row at the cursor."""
        rows = self.lines
        return rows[self.cursor] if rows else ProfileRow("", "", "")

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def row_lines(self, width: int) -> Drawn:
        """Return the rows."""
        return profile_lines(self._groups, self.cursor, width)

    def detail_lines(self, width: int) -> Drawn:
        """Return the facts of a row about facts, or else the rest of its text."""
        data, row = self.data, self.row
        if data is None or row.kind != "facts":
            return Drawn(hint_lines(row, width))
        defined, profile = self.scope_facts(data, row.id)
        return Drawn(facts_lines(defined, profile, self.lang, width))

    def scope_facts(self, data: ProfileData, system_id: str) -> tuple[Any, Mapping[str, Any]]:
        """Return the defined facts of the unit or of a system, and its profile."""
        profile = data.config.systems[system_id].profile if system_id else data.config.profile
        return defined_facts(data.checklists, system=bool(system_id)), profile

    def write_edits(self, edits: Sequence[Edit], drop_draft: DropDraft) -> None:
        """Write edits of assess.yaml."""
        self.change_workspace(
            lambda workspace: workspace.edit_config(edits), lambda _none: drop_draft()
        )
