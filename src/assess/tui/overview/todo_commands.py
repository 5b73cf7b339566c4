"""Commands of the overview that open the chosen line: a sheet, or a line of the open work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from assess.display.overview.todo import Todo
from assess.i18n import Lang, translator
from assess.tui.core.handlers import CommandHandlers, Handler
from assess.tui.overview.closed_rounds import offer_closed_round_actions
from assess.tui.overview.context import OverviewContext
from assess.tui.overview.git_state import set_up_merging, update_outdated_files
from assess.tui.overview.open_work import OpenWork
from assess.tui.overview.reading import RoundReader
from assess.workspace import Workspace


class TodoCommands:
    """Opens sheets, and runs the lines of the open work."""

    def __init__(
        self,
        context: OverviewContext,
        work: OpenWork,
        reader: RoundReader,
        continue_draft: Handler,
        open_review: Handler,
        show_finish: Handler,
    ) -> None:
        self._context = context
        self._work = work
        self._reader = reader
        self._actions: CommandHandlers = {
            "closed": lambda: offer_closed_round_actions(context),
            "late": lambda: offer_closed_round_actions(context),
            "unwritable": self._explain_unwritable_folder,
            "facts": self._show_form_of_missing_facts,
            "systems": lambda: context.shell.navigation.show_profile("new_system"),
            "drafts": continue_draft,
            "review": open_review,
            "conflicts": self._show_conflicts,
            "merging": lambda: self._change_workspace_and_show_message(set_up_merging),
            "outdated": lambda: self._change_workspace_and_show_message(update_outdated_files),
            "proposals": self._show_proposals,
            "waiting": self._ask_acting_person,
            "complete": show_finish,
            "expiring": self._show_evidence,
        }
        """What the lines without a sheet and without a finding do, by their kind."""

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "open": self._open_line_at_cursor,
            "todo": self._run_todo_by_number,
            "conflicts": self._show_conflicts,
        }

    async def _open_line_at_cursor(self) -> None:
        """Open the chosen sheet at its first open item, or run the chosen line."""
        state = self._context.state
        index = state.cursor - len(state.names)
        if state.names and index < 0:
            self._context.shell.navigation.show_sheet(state.names[state.cursor])
        elif state.names:
            await self._run_todo_by_number(str(index + 1))

    async def _run_todo_by_number(self, number: str) -> None:
        """Run a line of the open work, by its number."""
        if not self._context.state.are_all_sheets_read:
            self._context.show_counting_progress()
            return
        entries = self._work.list_todos()
        if int(number) > len(entries):
            _ = translator(self._context.lang)
            self._context.show_message(_("there is no line {key} here").format(key=number))
            return
        await self._run_entry(entries[int(number) - 1])

    async def _run_entry(self, entry: Todo) -> None:
        shell = self._context.shell
        if entry.sheet is not None:
            shell.navigation.show_sheet(entry.sheet, entry.item_id, entry.filter)
        elif entry.finding_id:
            shell.navigation.show_board(entry.finding_id)
        else:
            work = self._actions[entry.kind]()
            if work is not None:
                await work

    def _show_evidence(self) -> None:
        self._context.shell.navigation.show_evidence()

    def _show_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        self._context.shell.navigation.show_conflicts()

    async def _ask_acting_person(self) -> None:
        """Ask who acts: the reviewer takes the seat of whoever fills in."""
        await self._context.shell.preferences.ask_acting_person()

    def _show_proposals(self) -> None:
        """Go through the proposals of the first sheet that has some."""
        takeable = self._context.state.takeable
        self._context.shell.navigation.show_proposals(
            next(name for name, count in takeable.items() if count)
        )

    def _explain_unwritable_folder(self) -> None:
        """Say what to do about a folder that can't be written."""
        _ = translator(self._context.lang)
        self._context.show_message(
            _("read only: have whoever keeps the folder let you write there, or work on a copy")
        )

    def _show_form_of_missing_facts(self) -> None:
        """Show the form of the profile that lacks facts."""
        self._context.shell.navigation.show_profile(self._work.find_form_name_of_unanswered_facts())

    async def _change_workspace_and_show_message(
        self, change: Callable[[Workspace, Lang], str]
    ) -> None:
        """Change files or settings of the workspace; show the message that comes of it."""
        context = self._context
        workspace = context.shell.session.workspace
        context.show_message(await asyncio.to_thread(change, workspace, context.lang))
        await self._reader.read_and_show_git_state()
