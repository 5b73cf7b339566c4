"""The content of the profile: assess.yaml as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.profile.lines import (
    ProfileGroup,
    ProfileRow,
    fact_definitions_of_round,
    fact_value_lines,
    full_hint_lines_if_cut,
    group_profile_rows,
    profile_lines,
)
from assess.display.text.styled import DrawnLines, LinePart
from assess.i18n import translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.tui.core.rows.context import DropDraft, RowsContext
from assess.tui.core.session import AssessedSheet
from assess.workspace import FieldEdit, SheetName, Workspace


class ProfileData(NamedTuple):
    """The data of the workspace."""

    config: Config
    checklists: Mapping[str, Checklist]
    opened: Mapping[SheetName, AssessedSheet]

    def defined_facts_and_profile(self, system_id: str) -> tuple[Any, Mapping[str, Any]]:
        """Return the defined facts of the unit or of a system, and its profile."""
        profile = self.config.systems[system_id].profile if system_id else self.config.profile
        defined = fact_definitions_of_round(
            self.checklists, self.opened, for_systems=bool(system_id)
        )
        return defined, profile


class ProfileContent:
    """Shows assess.yaml as rows."""

    def __init__(self, context: RowsContext) -> None:
        self._context = context
        self.data: ProfileData | None = None
        self._groups: list[ProfileGroup] = []

    def load_data(self) -> None:
        """Read assess.yaml, the pinned checklists and the sheets."""
        session = self._context.shell.session
        opened = session.read_all_sheets()

        def read_data(workspace: Workspace) -> ProfileData:
            config = workspace.read_config()
            pinned = {name: workspace.read_checklist(name) for name in config.checklists}
            return ProfileData(config, pinned, opened)

        self.data = session.run_job_exclusively(read_data)

    def update_rows_and_cursor(self) -> None:
        """Make the rows from the data."""
        if (data := self.data) is not None:
            names = tuple(data.opened)
            self._groups = group_profile_rows(
                data.config, data.checklists, names, self._context.lang
            )

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the screen."""
        _ = translator(self._context.lang)
        return [_("Profile")], []

    @property
    def rows(self) -> list[ProfileRow]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def chosen_row(self) -> ProfileRow:
        """The row at the cursor."""
        rows = self.rows
        return rows[self._context.cursor] if rows else ProfileRow("", "", "")

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def row_lines(self, width: int) -> DrawnLines:
        """Return the rows."""
        return profile_lines(self._groups, self._context.cursor, width)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the facts of a row about facts, or else the rest of its text."""
        data, row = self.data, self.chosen_row
        if data is None or row.kind != "facts":
            return DrawnLines(full_hint_lines_if_cut(row, width))
        defined, profile = data.defined_facts_and_profile(row.id)
        return DrawnLines(fact_value_lines(defined, profile, self._context.lang, width))


def write_config_edits(
    context: RowsContext, edits: Sequence[FieldEdit], drop_draft: DropDraft
) -> None:
    """Write edits of assess.yaml, then drop the draft of the form that they come from."""
    context.jobs.write_shared_files_and_reread(
        lambda workspace: workspace.edit_config(edits), lambda _none: drop_draft()
    )
