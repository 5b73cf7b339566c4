"""The content of Finish: gaps, narrative, report and commit as rows."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.finish.lines import (
    FinishGroup,
    FinishRow,
    finish_lines,
    gap_item_lines,
    group_finish_rows,
    limited_list_lines,
    made_report_lines,
    missing_people_lines,
    rendering_progress_lines,
    text_preview_lines,
    version_meaning_and_message_lines,
)
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, styled_line
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.session import AssessedSheet
from assess.tui.finish.data import FinishData, read_finish_data
from assess.tui.finish.report_state import ReportState
from assess.workspace import SheetName


class FinishContent:
    """Shows what is left to do until the round is finished."""

    def __init__(self, context: RowsContext, report: ReportState) -> None:
        self._context = context
        self.report = report
        self.data: FinishData | None = None
        self._groups: list[FinishGroup] = []
        self._outdated = False
        """Whether another screen wrote answers since the round was read."""

    def load_data(self) -> None:
        """Read the round, and the files that a commit would take."""
        self.data = read_finish_data(self._context.shell.session)

    def mark_answers_changed(self, _sheet: SheetName, _opened: AssessedSheet) -> None:
        """Read the round again before it is shown the next time."""
        self._outdated = True

    def reread_if_answers_changed(self) -> None:
        """Read the round again if another screen wrote answers."""
        if self._outdated or self._context.shell.saver.unwritten_job_count:
            self._outdated = False
            self._context.read_again()

    def update_rows_and_cursor(self) -> None:
        """Make the rows from the data."""
        if self.data is not None:
            self._groups = group_finish_rows(self.data.facts, self._context.lang)

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the round and the screen."""
        context, data = self._context, self.data
        session, _ = context.shell.session, translator(context.lang)
        current_round = data.config.rounds.get(session.round_id) if data else None
        title = pick_text(current_round.title, context.lang) if current_round else session.round_id
        return [title, _("Finish")], []

    @property
    def rows(self) -> list[FinishRow]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def chosen_row(self) -> FinishRow:
        """The row at the cursor."""
        rows = self.rows
        return rows[self._context.cursor] if rows else FinishRow("", "")

    def index_of_row(self, key: str) -> int | None:
        """Return the index of the row of a key; None if there is none."""
        keys = [row.key for row in self.rows]
        return keys.index(key) if key in keys else None

    def count_rows(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def row_lines(self, width: int) -> DrawnLines:
        """Return the rows."""
        return finish_lines(self._groups, self._context.cursor, width)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the progress of the report, or else the details of the chosen row."""
        data = self.data
        if data is None:
            return DrawnLines(())
        if self.report.rendering is not None:
            items = sum(assessment.counts.applicable for assessment in data.sheets.values())
            return DrawnLines(
                rendering_progress_lines(self.report.step, items, self._context.lang, width)
            )
        return DrawnLines(self._row_details(data, self.chosen_row.key, width))

    def _row_details(self, data: FinishData, key: str, width: int) -> Sequence[StyledLine]:
        lang, made = self._context.lang, self.report.made
        if key.startswith("gap:"):
            return gap_item_lines(data.find_gap(key), data.titles, lang, width)
        listed = {"profile": data.facts.open_questions, "systems": data.facts.without_system}
        if key in listed:
            texts = [styled_line(escape_as_single_line(text)) for text in listed[key]]
            return limited_list_lines(texts, lang, width)
        if key == "people":
            return missing_people_lines(data.facts, lang, width)
        if key in ("work", "suggestions"):
            return text_preview_lines(data.narrative_text(key, lang), width)
        if key == "report" and made is not None:
            return made_report_lines(made, lang, width)
        proposal = data.facts.proposal if key == "commit" else None
        return version_meaning_and_message_lines(proposal.message, lang, width) if proposal else ()
