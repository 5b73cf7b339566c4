"""The panes of the overview: sheets, open work, last activity, sections of the chosen sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from assess.display.overview.risk_picture import (
    RiskPicture,
    select_worst_sections_and_dues,
    worst_section_and_due_lines,
)
from assess.display.overview.sheet_summary import SheetSummary
from assess.display.overview.summary import SheetRow, section_lines, sheet_lines
from assess.display.overview.todo import (
    counting_progress_lines,
    list_recent_activity,
    recent_activity_text,
    todo_lines,
    uncommitted_files_text,
)
from assess.display.text.styled import DrawnLines, StyledLine, styled_line
from assess.display.text.wrap import fit_width
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.widgets.lines import ColumnDivider, LinesView
from assess.tui.overview.context import OverviewContext
from assess.tui.overview.open_work import OpenWork


class OverviewView:
    """Draws the panes of the overview."""

    def __init__(self, context: OverviewContext, work: OpenWork) -> None:
        self._context = context
        self._work = work
        self._sheets = LinesView(id="sheets", grows=True)
        self._todo = LinesView(id="todo", grows=True)
        self._last = LinesView(id="last", grows=True)
        self._sections = LinesView(id="sections")
        self._divider = ColumnDivider()
        self._picture = LinesView(id="picture")
        self._picture.resized = self._draw_risk_picture
        self._pictured: Sequence[SheetSummary] = ()
        self._risk = RiskPicture((), ())

    def panes(self) -> Iterator[Widget]:
        """Return the sheets, and below them the open work with the picture beside it."""
        yield self._sheets
        work = Vertical(self._todo, self._last, self._sections, id="work")
        yield Horizontal(work, self._divider, self._picture, id="below")

    def draw_panes(self) -> None:
        """Draw all panes again."""
        state, lang = self._context.state, self._context.lang
        rows = self._sheet_rows()
        self._sheets.draw_lines(lambda width: sheet_lines(rows, state.cursor, lang, width))
        if not rows:
            _ = translator(lang)
            hint = _("no checklist in this round yet: assess checklist add ID")
            self._sections.draw_lines(lambda _width: DrawnLines([styled_line(" " + hint)]))
            return
        self._draw_todo()
        self._draw_risk_picture()
        self._draw_activity_and_git()
        self._draw_sections(rows[min(state.cursor, len(rows) - 1)].summary)

    def _sheet_rows(self) -> list[SheetRow]:
        """Return a row for each sheet; one that is not read yet has its names without figures."""
        state, lang = self._context.state, self._context.lang
        titles = {name.checklist: sheet.summary.title for name, sheet in state.opened.items()}
        systems = state.config.systems if state.config else {}
        rows = []
        for name in state.names:
            sheet, system = state.opened.get(name), systems.get(name.system or "")
            if sheet is not None:
                row = SheetRow(sheet.summary.title, sheet.summary.scope, sheet.summary)
            else:
                scope = pick_text(system.name, lang) if system else name.system or ""
                row = SheetRow(titles.get(name.checklist, name.checklist), scope, None)
            rows.append(row)
        return rows

    def _draw_todo(self) -> None:
        state, lang = self._context.state, self._context.lang
        if not state.are_all_sheets_read:
            counted, count = len(state.sheets_read), len(state.names)
            self._todo.draw_lines(
                lambda width: DrawnLines(
                    [(), *counting_progress_lines(counted, count, lang, width)]
                )
            )
            return
        entries, above = self._work.list_todos(), len(state.names)
        chosen = state.cursor - above if state.cursor >= above else None
        self._todo.draw_lines(
            lambda width: DrawnLines(
                [(), *todo_lines(entries, chosen, lang, width)],
                None if chosen is None else chosen + 2,
            )
        )

    def _draw_activity_and_git(self) -> None:
        self._last.draw_lines(lambda width: DrawnLines(list(self._activity_and_git_lines(width))))

    def _activity_and_git_lines(self, width: int) -> Iterator[StyledLine]:
        """Return the last activity, and what git says."""
        state, lang = self._context.state, self._context.lang
        people = state.config.people if state.config else {}
        summaries = (sheet.summary for sheet in state.sheets_read.values())
        last = list_recent_activity(summaries) if state.are_all_sheets_read else ()
        git_text = state.git.unfinished or uncommitted_files_text(state.git.uncommitted, lang)
        for text in (recent_activity_text(last, people, lang, width - 2), git_text):
            if text:
                yield styled_line(fit_width(f"  {escape_as_single_line(text)}", width), "dim")

    def _draw_risk_picture(self) -> None:
        """Draw the picture where there is room; it is made anew only when a sheet has changed."""
        if not self._picture.size.width:
            return
        context = self._context
        summaries = [sheet.summary for sheet in context.state.sheets_read.values()]
        if [*map(id, summaries)] != [*map(id, self._pictured)]:
            self._pictured, self._risk = summaries, select_worst_sections_and_dues(summaries)
        today, height = context.shell.session.today, self._picture.size.height
        self._picture.draw_lines(
            lambda width: DrawnLines(
                worst_section_and_due_lines(self._risk, today, context.lang, width, height)
            )
        )

    def _draw_sections(self, chosen: SheetSummary | None) -> None:
        lang = self._context.lang
        self._sections.draw_lines(
            lambda width: DrawnLines([(), *section_lines(chosen, lang, width)] if chosen else ())
        )
