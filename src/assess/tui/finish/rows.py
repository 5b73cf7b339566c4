"""The rows of Finish: gaps, narrative, report and commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess.display.finish.lines import (
    FinishFacts,
    FinishGroup,
    FinishRow,
    finish_lines,
    first_lines,
    gap_item_lines,
    group_rows,
    made_report_lines,
    people_lines,
    progress_lines,
    text_lines,
)
from assess.display.finish.report_steps import MadeReport, RenderStep
from assess.display.profile.lines import missing_questions
from assess.display.text.styled import Drawn, Line
from assess.errors import AssessError
from assess.model.base import pick
from assess.model.config import Config
from assess.model.results import Assessment
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import AssessedSheet
from assess.tui.finish.report_job import Rendering
from assess.workspace import SheetName, Workspace
from assess.workspace.rounds import missing_answers
from assess.workspace.rounds.missing_answers import GapItems


class FinishData(NamedTuple):
    """The data of the workspace."""

    config: Config
    sheets: Mapping[SheetName, Assessment]
    facts: FinishFacts
    templates: tuple[str, ...]
    titles: Mapping[str, str]


class FinishRows(RowsScreen):
    """Shows what is left to do until the round is finished."""

    def __init__(self) -> None:
        super().__init__()
        self.data: FinishData | None = None
        self._groups: list[FinishGroup] = []
        self.rendering: Rendering | None = None
        self.step = RenderStep("start")
        self.made: MadeReport | None = None
        self._outrun = False
        """Whether another screen wrote answers since the round was read."""

    def load_data(self) -> None:
        """Read the round, and the files that a commit would take."""
        session = self.shell.session
        opened = session.read_all_sheets()
        self.data = session.run_job(lambda workspace: self._collect_data(workspace, opened))

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Read the round again before it is shown the next time."""
        del sheet, opened
        self._outrun = True

    def on_screen_resume(self) -> None:
        """Read the round again if another screen wrote answers."""
        if self._outrun or self.shell.saver.waiting:
            self._outrun = False
            self.start_reading()

    def _collect_data(
        self, workspace: Workspace, opened: Mapping[SheetName, AssessedSheet]
    ) -> FinishData:
        session, config = self.shell.session, workspace.read_config()
        sheets = {name: sheet.assessment for name, sheet in opened.items()}
        proposal, refused = None, ""
        try:
            proposal = missing_answers.propose_commit(workspace, session.today)
        except AssessError as error:
            refused = str(error)
        facts = FinishFacts(
            missing_answers.list_missing(sheets, _conflict_items(opened)),
            missing_answers.list_absent_people(
                {name: sheet.open_sheet.sheet for name, sheet in opened.items()}
            ),
            config.rounds[session.round_id],
            proposal,
            refused,
            missing_questions(
                config,
                {name: sheet.open_sheet.checklist for name, sheet in opened.items()},
                self.lang,
            ),
        )
        titles = {
            state.item.id: pick(state.item.title, self.lang)
            for assessment in sheets.values()
            for state in assessment.items
        }
        return FinishData(
            config, sheets, facts, tuple(missing_answers.list_templates(workspace)), titles
        )

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        if self.data is not None:
            self._groups = group_rows(self.data.facts, self.lang)
        super().draw_all()

    def head_texts(self) -> tuple[str, str]:
        """Return the screen's name and the round, and the acting person."""
        session, data = self.shell.session, self.data
        current_round = data.config.rounds.get(session.round_id) if data else None
        title = pick(current_round.title, self.lang) if current_round else session.round_id
        return self._("Finish") + "  " + title, session.who

    @property
    def lines(self) -> list[FinishRow]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def row(self) -> FinishRow:
        """The row at the cursor."""
        rows = self.lines
        return rows[self.cursor] if rows else FinishRow("", "")

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def row_lines(self, width: int) -> Drawn:
        """Return the rows."""
        return finish_lines(self._groups, self.cursor, width)

    def detail_lines(self, width: int) -> Drawn:
        """Return the progress of the report, or else the details of the chosen row."""
        data = self.data
        if data is None:
            return Drawn(())
        if self.rendering is not None:
            items = sum(assessment.counts.applicable for assessment in data.sheets.values())
            return Drawn(progress_lines(self.step, items, self.lang, width))
        return Drawn(self._row_details(data, self.row.key, width))

    def _row_details(self, data: FinishData, key: str, width: int) -> Sequence[Line]:
        if key.startswith("gap:"):
            return gap_item_lines(self.find_gap(data, key), data.titles, self.lang, width)
        if key == "profile":
            return first_lines(data.facts.open_questions, self.lang, width)
        if key == "people":
            return people_lines(data.facts, self.lang, width)
        if key in ("work", "suggestions"):
            return text_lines(self.narrative_text(data, key), width)
        if key == "report" and self.made is not None:
            return made_report_lines(self.made, self.lang, width)
        proposal = data.facts.proposal if key == "commit" else None
        return text_lines(proposal.message, width) if proposal else ()

    def find_gap(self, data: FinishData, key: str) -> GapItems:
        """Return the gap of a row."""
        return next(missing for missing in data.facts.missing if f"gap:{missing.gap}" == key)

    def narrative_text(self, data: FinishData, field: str) -> str:
        """Return a text of the narrative."""
        return pick(getattr(data.facts.round.narrative, field), self.lang)


def _conflict_items(opened: Mapping[SheetName, AssessedSheet]) -> dict[SheetName, frozenset[str]]:
    """Return the items of each sheet that have a conflict."""
    return {
        name: frozenset(
            str(conflict.path[1])
            for conflict in sheet.open_sheet.conflicts
            if len(conflict.path) > 1
        )
        for name, sheet in opened.items()
    }
