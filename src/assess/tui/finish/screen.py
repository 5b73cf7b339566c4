"""Finish: the way to what is missing, the narrative's own words, the report, the commit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from assess.display.finish.forms import (
    commit_form,
    people_form,
    report_form,
    wanted_from,
    words_form,
)
from assess.display.finish.report_steps import Step, Wanted
from assess.display.text.forms import Values
from assess.display.text.safe import one_line
from assess.engine.walk import unanswered
from assess.errors import AssessError, UsageError
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.desktop_open import open_file
from assess.tui.core.shell import ListRow
from assess.tui.finish.report_job import CancelledError, Rendering
from assess.tui.finish.rows import FinishRows, Read
from assess.tui.overview.closed_rounds import offer_ways
from assess.workspace import Workspace
from assess.workspace.evidence import register_view
from assess.workspace.rounds import missing_answers
from assess.workspace.rounds.missing_answers import Missing
from assess.workspace.sharing import actor, commit


class FinishScreen(FinishRows):
    """Does what is to be done until the round is finished."""

    SCOPE: ClassVar[Scope] = "finish"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("finish")]

    # Doing what a row says

    def go_on_with(self, form: str) -> None:
        """Open the form of a row; of one that is not there any more there is none."""
        keys = [row.key for row in self.lines]
        if form in keys:
            self.cursor = keys.index(form)
            self.draw_all()
            self.action_act()

    def action_act(self) -> None:
        """Do what the chosen row says."""
        read, key = self.seen, self.row.key
        if read is None:
            return
        if key.startswith("gap:"):
            self._go(self.gap(read, key), read.titles)
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
        elif key == "round":
            self.run_worker(offer_ways(self), group="ways", exclusive=True)

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

        self.shell.pick(self.row.text, found, taken)

    def action_next_unanswered(self) -> None:
        """Go to the first item of the round that is to be answered."""
        for name, seen in self.seen.sheets.items() if self.seen else ():
            if unanswered(seen):
                self.shell.show_sheet(name)
                return
        self.say(self._("everything is answered"))

    def _ask_people(self, read: Read) -> None:
        round_id = self.shell.session.round_id

        def done(values: Values, kept: Callable[[], None]) -> None:
            def write(here: Workspace) -> None:
                for name, roles in read.facts.people:
                    named = {role: values[role] for role in roles if values[role]}
                    if named:
                        missing_answers.put_people(here, round_id, [name], named)

            self.change(write, lambda _none: kept())

        self.ask(people_form(read.config.people, self.lang), "people", done)

    def _ask_words(self, read: Read, field: str) -> None:
        session = self.shell.session

        def done(values: Values, kept: Callable[[], None]) -> None:
            text = values["text"].strip()
            self.change(
                lambda here: missing_answers.put_words(
                    here, session.round_id, field, text, self.lang
                ),
                lambda _none: kept(),
            )

        self.ask(words_form(field, self.words(read, field), self.lang), field, done)

    # The report

    def action_make(self) -> None:
        """Ask which report, then make it."""
        if self.seen is None or self.rendering is not None:
            return
        if not self.seen.sheets:
            self.say(self._("no checklist in this round yet: assess checklist add ID"))
            return
        form = report_form(self.seen.sheets, self.seen.templates, self.seen.config, self.lang)

        def done(values: Values | None) -> None:
            if values is not None:
                self._start(wanted_from(values, self.shell.session.round_id))

        self.shell.ask(form, None, done)

    def _start(self, wanted: Wanted) -> None:
        root = self.shell.session.workspace.root
        self.rendering = Rendering(root, wanted, self.lang)
        self.step = Step("start")
        self.cursor = next(i for i, row in enumerate(self.lines) if row.key == "report")
        self.draw_all()
        self.run_worker(self._make(self.rendering), group="report", exclusive=True)

    async def _make(self, rendering: Rendering) -> None:
        try:
            await self.shell.saver.finish()
            loop = asyncio.get_running_loop()

            def heard(step: Step) -> None:
                loop.call_soon_threadsafe(self._heard, step)

            self.made = await asyncio.to_thread(rendering.make, heard)
            self.say(self._("made: {path}").format(path=one_line(str(self.made.path.name))))
        except CancelledError:
            self.say(self._("cancelled; nothing was written"))
        except AssessError as error:
            self.shell.read_text(self._("The report could not be made"), str(error))
        finally:
            rendering.cancel()
            self.rendering = None
            if self.is_attached:
                self.read()

    def _heard(self, step: Step) -> None:
        self.step = step
        self.draw_details()

    def action_view(self) -> None:
        """Show the report in the desktop's program."""
        made = self.made
        if made is None:
            self.say(self._("no report was made here yet: 2 makes it"))
            return

        def show() -> str:
            copy = register_view.viewed_copy(self.shell.session.workspace, made.path)
            open_file(copy, made.path, os.environ, self.lang)
            return self._("opened: {path}").format(path=made.path.name)

        self.work(show, self.say)

    def action_step_back(self) -> None:
        """Cancel the report that is being made, else go back."""
        if self.rendering is not None:
            self.rendering.cancel()
        else:
            super().action_step_back()

    # The commit

    def action_keep(self) -> None:
        """Ask for the text of a commit, then make it."""
        read = self.seen
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
        address = commit.address_of(read.config, session.person)
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
            address = values["email"].strip() or commit.address_of(here.config(), session.person)
            commit.identify(here, values["name"], address)
        if values.get("trust") == "yes":
            commit.trust_here(here)
        author = actor.author_of(here.root, here.config(), session.person)
        said = values["message"].strip()
        made = commit.commit(here, today=session.today, said=said, environ=author)
        if made.oid is None:
            raise UsageError(self._("everything is committed"))
        self.app.call_from_thread(self.read)
        return made.oid
