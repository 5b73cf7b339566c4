"""Finish: what is still missing, the narrative's own words, the report, the commit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import BindingType

from assess.engine.walk import begin, unanswered
from assess.errors import AssessError, UsageError
from assess.model.base import pick
from assess.model.config import Config
from assess.model.results import Assessment
from assess.tui.commands.answering import Scope, bindings
from assess.tui.forms.finish import (
    commit_form,
    people_form,
    report_form,
    wanted_from,
    words_form,
)
from assess.tui.forms.item import Values
from assess.tui.lines.finish import (
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
from assess.tui.lines.profile import facts_lacking
from assess.tui.opening import open_file
from assess.tui.rendering import CancelledError, Made, Rendering, Step, Wanted
from assess.tui.screens.rows_screen import RowsScreen
from assess.tui.session import Opened
from assess.tui.shell import ListRow
from assess.tui.text.safe import one_line
from assess.tui.text.styled import Drawn, Line
from assess.workspace import SheetName, Workspace, committing, exhibits, finishing
from assess.workspace.finishing import Missing

_MOST = 6
"""So many of the facts that are not given are named."""


class _Read(NamedTuple):
    """What was read from the workspace."""

    config: Config
    sheets: Mapping[SheetName, Assessment]
    facts: Facts
    templates: tuple[str, ...]
    titles: Mapping[str, str]


class FinishScreen(RowsScreen):
    """Shows what is to be done until the round is finished, and does it."""

    SCOPE: ClassVar[Scope] = "finish"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("finish")]

    def __init__(self) -> None:
        super().__init__()
        self._read: _Read | None = None
        self._groups: list[Group] = []
        self._rendering: Rendering | None = None
        self._step = Step("start")
        self._made: Made | None = None
        self._outrun = False
        """Whether answers were written on a screen above since the round was read."""

    # Reading and drawing

    def load(self) -> None:
        """Read the round, and what a commit would take."""
        session = self.shell.session
        opened = session.everything()
        self._read = session.do(lambda here: self._look(here, opened))

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Read the round again before it is seen the next time."""
        del sheet, opened
        self._outrun = True

    def on_screen_resume(self) -> None:
        """Show what is missing now, where answers were written on a screen above."""
        if self._outrun or self.shell.saver.waiting:
            self._outrun = False
            self.read()

    def _look(self, here: Workspace, opened: Mapping[SheetName, Opened]) -> _Read:
        session, config = self.shell.session, here.config()
        sheets = {name: one.assessment for name, one in opened.items()}
        proposal, refused = None, ""
        try:
            proposal = finishing.proposal(here, session.today)
        except AssessError as error:
            refused = str(error)
        facts = Facts(
            finishing.missing(sheets, _conflicts(opened)),
            finishing.absent_people({name: one.desk.sheet for name, one in opened.items()}),
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
        return _Read(config, sheets, facts, tuple(finishing.templates(here)), titles)

    def draw_all(self) -> None:
        """Show everything anew."""
        if self._read is not None:
            self._groups = groups_of(self._read.facts, self.lang)
        super().draw_all()

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen and the round, and who acts."""
        session, read = self.shell.session, self._read
        this = read.config.rounds.get(session.round_id) if read else None
        title = pick(this.title, self.lang) if this else session.round_id
        return self._("Finish") + "  " + title, session.who

    @property
    def _rows(self) -> list[Row]:
        return [row for group in self._groups for row in group.rows]

    @property
    def _row(self) -> Row:
        rows = self._rows
        return rows[self.cursor] if rows else Row("", "")

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def rows(self, width: int) -> Drawn:
        """Return the rows."""
        return finish_lines(self._groups, self.cursor, width)

    def details(self, width: int) -> Drawn:
        """Return the progress of the report, else more about the chosen row."""
        read = self._read
        if read is None:
            return Drawn(())
        if self._rendering is not None:
            items = sum(seen.counts.applicable for seen in read.sheets.values())
            return Drawn(progress_lines(self._step, items, self.lang, width))
        return Drawn(self._about(read, self._row.key, width))

    def _about(self, read: _Read, key: str, width: int) -> Sequence[Line]:
        if key.startswith("gap:"):
            return items_lines(self._gap(read, key), read.titles, width)
        if key == "profile":
            return some_lines(read.facts.unsaid[:_MOST], len(read.facts.unsaid), width)
        if key == "people":
            return people_lines(read.facts, self.lang, width)
        if key in ("work", "suggestions"):
            return text_lines(self._words(read, key), width)
        if key == "report" and self._made is not None:
            return made_lines(self._made, self.lang, width)
        proposal = read.facts.proposal if key == "commit" else None
        return text_lines(proposal.message, width) if proposal else ()

    def _gap(self, read: _Read, key: str) -> Missing:
        return next(one for one in read.facts.missing if f"gap:{one.gap}" == key)

    def _words(self, read: _Read, field: str) -> str:
        return pick(getattr(read.facts.round.narrative, field), self.lang)

    # Doing what a row says

    def action_act(self) -> None:
        """Do what the chosen row says."""
        read, key = self._read, self._row.key
        if read is None:
            return
        if key.startswith("gap:"):
            self._go(self._gap(read, key), read.titles)
        elif key == "profile":
            self.shell.show_profile()
        elif key == "people":
            self._ask_people(read)
        elif key in ("work", "suggestions"):
            self._ask_words(read, key)
        elif key == "report":
            self.action_make()
        elif key == "commit":
            self.action_keep()

    def _go(self, one: Missing, titles: Mapping[str, str]) -> None:
        """Go to the item that has a gap; where several do, one is chosen."""
        if len(one.items) == 1:
            self.shell.show_sheet(*one.items[0])
            return
        rows = [
            ListRow(str(index), f"{where.item_id} {titles.get(where.item_id, '')}")
            for index, where in enumerate(one.items)
        ]

        def found(words: str) -> list[ListRow]:
            return [row for row in rows if words.strip().lower() in row.words.lower()]

        def taken(value: str | None) -> None:
            if value is not None:
                self.shell.show_sheet(*one.items[int(value)])

        self.shell.pick(self._row.text, found, taken)

    def action_next_unanswered(self) -> None:
        """Go to the first item of the round that is to be answered."""
        for name, seen in self._read.sheets.items() if self._read else ():
            if (walk := begin(seen)).current in unanswered(seen):
                self.shell.show_sheet(name, walk.current)
                return
        self.say(self._("everything is answered"))

    def _ask_people(self, read: _Read) -> None:
        round_id = self.shell.session.round_id

        def done(values: Values, kept: Callable[[], None]) -> None:
            def write(here: Workspace) -> None:
                for name, roles in read.facts.people:
                    named = {role: values[role] for role in roles if values[role]}
                    if named:
                        finishing.put_people(here, round_id, [name], named)

            self.change(write, lambda _none: kept())

        self.ask(people_form(read.config.people, self.lang), "people", done)

    def _ask_words(self, read: _Read, field: str) -> None:
        session = self.shell.session

        def done(values: Values, kept: Callable[[], None]) -> None:
            text = values["text"].strip()
            self.change(
                lambda here: finishing.put_words(here, session.round_id, field, text, self.lang),
                lambda _none: kept(),
            )

        self.ask(words_form(field, self._words(read, field), self.lang), field, done)

    # The report

    def action_make(self) -> None:
        """Ask which report, then make it."""
        if self._read is None or self._rendering is not None:
            return
        if not self._read.sheets:
            self.say(self._("no checklist in this round yet: assess checklist add ID"))
            return
        form = report_form(self._read.sheets, self._read.templates, self._read.config, self.lang)

        def done(values: Values | None) -> None:
            if values is not None:
                self._start(wanted_from(values, self.shell.session.round_id))

        self.shell.ask(form, None, done)

    def _start(self, wanted: Wanted) -> None:
        root = self.shell.session.workspace.root
        self._rendering = Rendering(root, wanted, self.lang)
        self._step = Step("start")
        self.cursor = next(i for i, row in enumerate(self._rows) if row.key == "report")
        self.draw_all()
        self.run_worker(self._make(self._rendering), group="report", exclusive=True)

    async def _make(self, rendering: Rendering) -> None:
        try:
            await self.shell.saver.finish()
            loop = asyncio.get_running_loop()

            def heard(step: Step) -> None:
                loop.call_soon_threadsafe(self._heard, step)

            self._made = await asyncio.to_thread(rendering.make, heard)
            self.say(self._("made: {path}").format(path=one_line(str(self._made.path.name))))
        except CancelledError:
            self.say(self._("cancelled; nothing was written"))
        except AssessError as error:
            self.shell.read_text(self._("The report could not be made"), str(error))
        finally:
            rendering.cancel()
            self._rendering = None
            if self.is_attached:
                self.read()

    def _heard(self, step: Step) -> None:
        self._step = step
        self.draw_details()

    def action_view(self) -> None:
        """Show the report in the desktop's program."""
        made = self._made
        if made is None:
            self.say(self._("no report was made here yet: p makes it"))
            return

        def show() -> str:
            copy = exhibits.viewed_copy(self.shell.session.workspace, made.path)
            open_file(copy, made.path, os.environ, self.lang)
            return self._("opened: {path}").format(path=made.path.name)

        self.work(show, self.say)

    def action_step_back(self) -> None:
        """Cancel the report that is being made, else go back."""
        if self._rendering is not None:
            self._rendering.cancel()
        else:
            super().action_step_back()

    # The commit

    def action_keep(self) -> None:
        """Ask for the text of a commit, then make it."""
        read = self._read
        if read is None:
            return
        if read.facts.proposal is None:
            self.say(one_line(read.facts.refused))
            return
        if not read.facts.proposal.files:
            self.say(self._("everything is committed"))
            return
        session = self.shell.session
        person = read.config.people.get(session.person or "")
        address = committing.address_of(read.config, session.person)
        form = commit_form(read.facts.proposal, person, address, self.lang)

        def done(values: Values, kept: Callable[[], None]) -> None:
            def made(oid: str) -> None:
                kept()
                self.say(self._("committed: {id}").format(id=oid[:10]))

            self.work(lambda: session.do(lambda here: self._commit(here, values)), made)

        self.ask(form, "commit", done)

    def _commit(self, here: Workspace, values: Values) -> str:
        session = self.shell.session
        if "email" in values:
            address = values["email"].strip() or committing.address_of(
                here.config(), session.person
            )
            committing.identify(here, values["name"], address)
        if values.get("trust") == "yes":
            committing.trust_here(here)
        made = committing.commit(here, today=session.today, said=values["message"].strip())
        if made.oid is None:
            raise UsageError(self._("everything is committed"))
        self.app.call_from_thread(self.read)
        return made.oid


def _conflicts(opened: Mapping[SheetName, Opened]) -> dict[SheetName, frozenset[str]]:
    """Return the items of each sheet in which a merge left something undecided."""
    return {
        name: frozenset(str(one.path[1]) for one in seen.desk.conflicts if len(one.path) > 1)
        for name, seen in opened.items()
    }
