"""Finish: gaps, narrative, report and commit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from assess.display.finish.forms import (
    commit_form,
    narrative_form,
    people_form,
    report_form,
    report_from_values,
)
from assess.display.finish.report_steps import RenderStep, WantedReport
from assess.display.text.forms import Values
from assess.engine.walk import list_unanswered_items
from assess.errors import AssessError, UsageError
from assess.harmless import one_line
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.desktop_open import open_file
from assess.tui.core.shell import ListRow
from assess.tui.finish.report_job import CancelledError, Rendering
from assess.tui.finish.rows import FinishData, FinishRows
from assess.tui.overview.closed_rounds import offer_actions
from assess.workspace import Workspace
from assess.workspace.evidence import register_view
from assess.workspace.rounds import missing_answers
from assess.workspace.rounds.missing_answers import GapItems
from assess.workspace.sharing import actor, commit


class FinishScreen(FinishRows):
    """Runs the actions that finish the round."""

    SCOPE: ClassVar[Scope] = "finish"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("finish")]

    # The actions of the rows

    def open_form(self, form: str) -> None:
        """Open the form of a row; do nothing if the row is gone."""
        keys = [row.key for row in self.lines]
        if form in keys:
            self.cursor = keys.index(form)
            self.draw_all()
            self.action_act()

    def action_act(self) -> None:
        """Run the action of the chosen row."""
        data, key = self.data, self.row.key
        if data is None:
            return
        if key.startswith("gap:"):
            self._go_to_gap(self.find_gap(data, key), data.titles)
        elif key == "profile":
            self.shell.show_profile()
        elif key == "people":
            self._ask_people(data)
        elif key in ("work", "suggestions"):
            self._ask_words(data, key)
        elif key == "report":
            self.action_make()
        elif key == "commit":
            self.action_keep()
        elif key == "round":
            self.run_worker(offer_actions(self), group="ways", exclusive=True)

    def _go_to_gap(self, missing: GapItems, titles: Mapping[str, str]) -> None:
        """Open the item that has a gap; the user picks one of several."""
        if len(missing.items) == 1:
            self.shell.show_sheet(*missing.items[0])
            return
        rows = [
            ListRow(str(index), f"{where.item_id} {titles.get(where.item_id, '')}")
            for index, where in enumerate(missing.items)
        ]

        def find_rows(words: str) -> list[ListRow]:
            return [row for row in rows if words.strip().lower() in row.words.lower()]

        def take_row(value: str | None) -> None:
            if value is not None:
                self.shell.show_sheet(*missing.items[int(value)])

        self.shell.pick_row(self.row.text, find_rows, take_row)

    def action_next_unanswered(self) -> None:
        """Open the first sheet of the round with an unanswered item."""
        for name, assessment in self.data.sheets.items() if self.data else ():
            if list_unanswered_items(assessment):
                self.shell.show_sheet(name)
                return
        self.show_message(self._("everything is answered"))

    def _ask_people(self, data: FinishData) -> None:
        round_id = self.shell.session.round_id

        def write_values(values: Values, drop_draft: Callable[[], None]) -> None:
            def write_people(workspace: Workspace) -> None:
                for name, roles in data.facts.people:
                    named = {role: values[role] for role in roles if values[role]}
                    if named:
                        missing_answers.write_people(workspace, round_id, [name], named)

            self.change_workspace(write_people, lambda _none: drop_draft())

        self.ask_with_draft(people_form(data.config.people, self.lang), "people", write_values)

    def _ask_words(self, data: FinishData, field: str) -> None:
        session = self.shell.session

        def write_values(values: Values, drop_draft: Callable[[], None]) -> None:
            text = values["text"].strip()
            self.change_workspace(
                lambda workspace: missing_answers.write_narrative(
                    workspace, session.round_id, field, text, self.lang
                ),
                lambda _none: drop_draft(),
            )

        self.ask_with_draft(
            narrative_form(field, self.narrative_text(data, field), self.lang), field, write_values
        )

    # The report

    def action_make(self) -> None:
        """Ask which report, then make it."""
        if self.data is None or self.rendering is not None:
            return
        if not self.data.sheets:
            self.show_message(self._("no checklist in this round yet: assess checklist add ID"))
            return
        form = report_form(self.data.sheets, self.data.templates, self.data.config, self.lang)

        def start_report(values: Values | None) -> None:
            if values is not None:
                self._start_report(report_from_values(values, self.shell.session.round_id))

        self.shell.ask_form(form, None, start_report)

    def _start_report(self, report: WantedReport) -> None:
        root = self.shell.session.workspace.root
        self.rendering = Rendering(root, report, self.lang)
        self.step = RenderStep("start")
        self.cursor = next(i for i, row in enumerate(self.lines) if row.key == "report")
        self.draw_all()
        self.run_worker(self._make_report(self.rendering), group="report", exclusive=True)

    async def _make_report(self, rendering: Rendering) -> None:
        try:
            await self.shell.saver.wait_until_written()
            loop = asyncio.get_running_loop()

            def pass_step(step: RenderStep) -> None:
                loop.call_soon_threadsafe(self._show_step, step)

            self.made = await asyncio.to_thread(rendering.make_report, pass_step)
            self.show_message(
                self._("made: {path}").format(path=one_line(str(self.made.path.name)))
            )
        except CancelledError:
            self.show_message(self._("cancelled; nothing was written"))
        except AssessError as error:
            self.shell.read_text(self._("The report could not be made"), str(error))
        finally:
            rendering.cancel()
            self.rendering = None
            if self.is_attached:
                self.start_reading()

    def _show_step(self, step: RenderStep) -> None:
        self.step = step
        self.draw_details()

    def action_view(self) -> None:
        """Show the report in the desktop's program."""
        made = self.made
        if made is None:
            self.show_message(self._("no report was made here yet: 2 makes it"))
            return

        def open_copy() -> str:
            copy = register_view.make_view_copy(self.shell.session.workspace, made.path)
            open_file(copy, made.path, os.environ, self.lang)
            return self._("opened: {path}").format(path=made.path.name)

        self.run_job(open_copy, self.show_message)

    def action_step_back(self) -> None:
        """Cancel the report in progress, or else go back."""
        if self.rendering is not None:
            self.rendering.cancel()
        else:
            super().action_step_back()

    # The commit

    def action_keep(self) -> None:
        """Ask for the message of a commit, then make the commit."""
        data = self.data
        if data is None:
            return
        if data.facts.proposal is None:
            self.show_message(one_line(data.facts.refused))
            return
        if not data.facts.proposal.files:
            self.show_message(self._("everything is committed"))
            return
        session = self.shell.session
        person = data.config.people.get(session.person or "")
        address = commit.choose_commit_address(data.config, session.person)
        form = commit_form(data.facts.proposal, person, address, self.lang)

        def write_values(values: Values, drop_draft: Callable[[], None]) -> None:
            def show_commit(oid: str) -> None:
                drop_draft()
                self.show_message(self._("committed: {id}").format(id=oid[:10]))

            self.run_job(
                lambda: session.run_job(lambda workspace: self._make_commit(workspace, values)),
                show_commit,
            )

        self.ask_with_draft(form, "commit", write_values)

    def _make_commit(self, workspace: Workspace, values: Values) -> str:
        session = self.shell.session
        if "email" in values:
            address = values["email"].strip() or commit.choose_commit_address(
                workspace.read_config(), session.person
            )
            commit.write_identity(workspace, values["name"], address)
        if values.get("trust") == "yes":
            commit.trust_repository(workspace)
        author = actor.author_environment(workspace.root, workspace.read_config(), session.person)
        message = values["message"].strip()
        made = commit.commit_workspace(
            workspace, today=session.today, custom_message=message, environ=author
        )
        if made.oid is None:
            raise UsageError(self._("everything is committed"))
        self.app.call_from_thread(self.start_reading)
        return made.oid
