"""Finish as rows: what is still missing, what the report and a commit would hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assess.display.finish.lines import (
    Facts,
    Group,
    Row,
    finish_lines,
    groups_of,
    items_lines,
    made_lines,
    people_lines,
    progress_lines,
    some_lines,
    text_lines,
)
from assess.display.finish.report_steps import Made, Step
from assess.display.profile.lines import facts_lacking
from assess.display.text.styled import Drawn, Line
from assess.errors import AssessError
from assess.model.base import pick
from assess.model.config import Config
from assess.model.results import Assessment
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import Opened
from assess.tui.finish.report_job import Rendering
from assess.workspace import SheetName, Workspace
from assess.workspace.rounds import missing_answers
from assess.workspace.rounds.missing_answers import Missing


class Read(NamedTuple):
    """What was read from the workspace."""

    config: Config
    sheets: Mapping[SheetName, Assessment]
    facts: Facts
    templates: tuple[str, ...]
    titles: Mapping[str, str]


class FinishRows(RowsScreen):
    """Shows what is to be done until the round is finished."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Read | None = None
        self._groups: list[Group] = []
        self.rendering: Rendering | None = None
        self.step = Step("start")
        self.made: Made | None = None
        self._outrun = False
        """Whether answers were written on a screen above since the round was read."""

    def load(self) -> None:
        """Read the round, and what a commit would take."""
        session = self.shell.session
        opened = session.everything()
        self.seen = session.do(lambda here: self._look(here, opened))

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Read the round again before it is seen the next time."""
        del sheet, opened
        self._outrun = True

    def on_screen_resume(self) -> None:
        """Show what is missing now, where answers were written on a screen above."""
        if self._outrun or self.shell.saver.waiting:
            self._outrun = False
            self.read()

    def _look(self, here: Workspace, opened: Mapping[SheetName, Opened]) -> Read:
        session, config = self.shell.session, here.config()
        sheets = {name: one.assessment for name, one in opened.items()}
        proposal, refused = None, ""
        try:
            proposal = missing_answers.proposal(here, session.today)
        except AssessError as error:
            refused = str(error)
        facts = Facts(
            missing_answers.missing(sheets, _conflicts(opened)),
            missing_answers.absent_people({name: one.desk.sheet for name, one in opened.items()}),
            config.rounds[session.round_id],
            proposal,
            refused,
            facts_lacking(
                config, {name: one.desk.checklist for name, one in opened.items()}, self.lang
            ),
        )
        titles = {
            state.item.id: pick(state.item.title, self.lang)
            for seen in sheets.values()
            for state in seen.items
        }
        return Read(config, sheets, facts, tuple(missing_answers.templates(here)), titles)

    def draw_all(self) -> None:
        """Show everything anew."""
        if self.seen is not None:
            self._groups = groups_of(self.seen.facts, self.lang)
        super().draw_all()

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen and the round, and who acts."""
        session, read = self.shell.session, self.seen
        this = read.config.rounds.get(session.round_id) if read else None
        title = pick(this.title, self.lang) if this else session.round_id
        return self._("Finish") + "  " + title, session.who

    @property
    def lines(self) -> list[Row]:
        """All rows, in their order."""
        return [row for group in self._groups for row in group.rows]

    @property
    def row(self) -> Row:
        """The row that the cursor is at."""
        rows = self.lines
        return rows[self.cursor] if rows else Row("", "")

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.lines)

    def rows(self, width: int) -> Drawn:
        """Return the rows."""
        return finish_lines(self._groups, self.cursor, width)

    def details(self, width: int) -> Drawn:
        """Return the progress of the report, else more about the chosen row."""
        read = self.seen
        if read is None:
            return Drawn(())
        if self.rendering is not None:
            items = sum(seen.counts.applicable for seen in read.sheets.values())
            return Drawn(progress_lines(self.step, items, self.lang, width))
        return Drawn(self._about(read, self.row.key, width))

    def _about(self, read: Read, key: str, width: int) -> Sequence[Line]:
        if key.startswith("gap:"):
            return items_lines(self.gap(read, key), read.titles, self.lang, width)
        if key == "profile":
            return some_lines(read.facts.unsaid, self.lang, width)
        if key == "people":
            return people_lines(read.facts, self.lang, width)
        if key in ("work", "suggestions"):
            return text_lines(self.words(read, key), width)
        if key == "report" and self.made is not None:
            return made_lines(self.made, self.lang, width)
        proposal = read.facts.proposal if key == "commit" else None
        return text_lines(proposal.message, width) if proposal else ()

    def gap(self, read: Read, key: str) -> Missing:
        """Return the gap that a row is about."""
        return next(one for one in read.facts.missing if f"gap:{one.gap}" == key)

    def words(self, read: Read, field: str) -> str:
        """Return a text of the narrative."""
        return pick(getattr(read.facts.round.narrative, field), self.lang)


def _conflicts(opened: Mapping[SheetName, Opened]) -> dict[SheetName, frozenset[str]]:
    """Return the items of each sheet in which a merge left something undecided."""
    return {
        name: frozenset(str(one.path[1]) for one in seen.desk.conflicts if len(one.path) > 1)
        for name, seen in opened.items()
    }
