"""The overview: the sheets of the round, and the sections of the chosen one."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.overview.summary import SheetRow, section_lines, sheet_lines
from assess.display.overview.todo import (
    Todo,
    list_recent,
    recent_text,
    todo_lines,
    uncommitted_text,
)
from assess.display.text.styled import Drawn, rule_line, styled_line
from assess.display.text.wrap import fit_width
from assess.display.walk.filters import awaits_review
from assess.errors import FilesError
from assess.harmless import one_line
from assess.i18n import N_
from assess.model.base import pick_text
from assess.model.config import Config
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.screen_context import ScreenContext
from assess.tui.core.session import AssessedSheet
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.tui.overview.closed_rounds import offer_actions
from assess.tui.overview.git_state import GitState, read_git_state, renew_files, set_up_merging
from assess.tui.overview.open_work import list_open_work
from assess.tui.search.searching import ask_item_id, search_everything
from assess.workspace import SheetName

_STATES = {"open": N_("open"), "closed": N_("closed")}


class OverviewScreen(AppScreen):
    """Shows the progress of each sheet and the open work, and opens them."""

    SCOPE: ClassVar[Scope] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("overview")]

    def __init__(self) -> None:
        super().__init__()
        self._config: Config | None = None
        self._names: list[SheetName] = []
        self._opened: dict[SheetName, AssessedSheet] = {}
        self._cursor = 0
        self._git = GitState()
        self.sheets = LinesView(id="sheets", grows=True)
        self.todo = LinesView(id="todo", grows=True)
        self.last = LinesView(id="last", grows=True)
        self.sections = LinesView(id="sections")

    def compose(self) -> ComposeResult:
        """Lay out head, sheets, open work, sections and footer."""
        yield self.head
        yield self.sheets
        yield self.todo
        yield self.last
        yield self.sections
        yield self.foot

    def on_mount(self) -> None:
        """Read the round off the event loop."""
        self.draw_foot()
        self._start_reading(reread=False)

    def on_screen_resume(self) -> None:
        """Ask git again: the screen above may have changed files."""
        if self._config is not None:
            self.run_worker(self._read_git(), group="git", exclusive=True)

    def _start_reading(self, *, reread: bool) -> None:
        self.run_worker(self._read_sheets(reread=reread), group="read", exclusive=True)

    async def _read_sheets(self, *, reread: bool) -> None:
        session = self.shell.session
        read = session.reread_sheet if reread else session.read_sheet
        try:
            config = await asyncio.to_thread(session.workspace.read_config)
            names = await asyncio.to_thread(session.workspace.list_sheets, session.round_id)
            # Both are set together: with one of them missing, the round would look empty to keys.
            self._config, self._names = config, names
            session.people = config.people
            self._cursor = max(0, min(self._cursor, len(self._names) - 1))
            self.draw_all()
            for name in self._names:
                self._opened[name] = await asyncio.to_thread(read, name)
                self.draw_all()
        except FilesError as error:
            self.shell.navigation.show_problems(error)
            return
        self.run_worker(self._read_git(), group="git", exclusive=True)

    async def _read_git(self) -> None:
        self._git = await asyncio.to_thread(read_git_state, self.shell.session.workspace, self.lang)
        self.draw_all()

    @property
    def ready(self) -> bool:
        """Whether all sheets are read: keys wait until then."""
        return self._config is not None and len(self._opened) >= len(self._names)

    def read_again(self) -> None:
        """Read the round again, because another screen changed it."""
        self._start_reading(reread=False)

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk."""
        if sheet in self._names:
            self._opened[sheet] = opened
            self.draw_all()

    @property
    def _row_count(self) -> int:
        """The number of lines of the cursor: sheets, then open work."""
        return len(self._names) + len(self._list_todos())

    @property
    def _sheets_read(self) -> dict[SheetName, AssessedSheet]:
        """The sheets of the round that are read already, in its order."""
        return {name: self._opened[name] for name in self._names if name in self._opened}

    def _list_todos(self) -> list[Todo]:
        shell = self.shell
        drafts = shell.drafts.list_waiting(shell.session.round_id, self._names)
        return list_open_work(shell.session, self._config, self._sheets_read, drafts, self._git)

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        if self._config is not None:
            self._draw_head(self._config)
        rows = [
            SheetRow(str(name), sheet.assessment if (sheet := self._opened.get(name)) else None)
            for name in self._names
        ]
        self.sheets.draw_lines(lambda width: sheet_lines(rows, self._cursor, self.lang, width))
        if not rows:
            hint = self._("no checklist in this round yet: assess checklist add ID")
            self.sections.draw_lines(lambda _width: Drawn([styled_line(" " + hint)]))
            return
        self._draw_todo(len(rows))
        chosen = rows[min(self._cursor, len(rows) - 1)].assessment
        self.sections.draw_lines(
            lambda width: Drawn(section_lines(chosen, self.lang, width) if chosen else ())
        )

    def _draw_todo(self, above: int) -> None:
        entries = self._list_todos()
        chosen = self._cursor - above if self._cursor >= above else None
        assessments = [sheet.assessment for sheet in self._sheets_read.values()]
        self.todo.draw_lines(
            lambda width: Drawn(
                [rule_line(width), *todo_lines(entries, chosen, self.lang, width)],
                None if chosen is None else chosen + 2,
            )
        )
        people = self._config.people if self._config else {}
        last = list_recent(assessments)

        def status_texts(width: int) -> tuple[str, str]:
            activity_text = recent_text(last, people, self.lang, width - 2)
            git = self._git
            return activity_text, git.unfinished or uncommitted_text(git.uncommitted, self.lang)

        self.last.draw_lines(
            lambda width: Drawn(
                [
                    styled_line(fit_width(f"  {one_line(text)}", width), "dim")
                    for text in status_texts(width)
                    if text
                ]
            )
        )

    def _draw_head(self, config: Config) -> None:
        session = self.shell.session
        current_round = config.rounds.get(session.round_id)
        names = [pick_text(current_round.title, self.lang) if current_round else session.round_id]
        names.append(pick_text(config.organization.name, self.lang))
        notice = self._("Unclassified use only: no state or work secrets")
        self.draw_head(names, [session.who], notice)

    def action_next_row(self) -> None:
        """Move to the next line."""
        self._cursor = max(0, min(self._row_count - 1, self._cursor + 1))
        self.draw_all()

    def action_previous_row(self) -> None:
        """Move to the line before."""
        self._cursor = max(0, self._cursor - 1)
        self.draw_all()

    async def action_open(self) -> None:
        """Open the chosen sheet at its first open item, or run the chosen line."""
        index = self._cursor - len(self._names)
        if self._names and index < 0:
            self.shell.navigation.show_sheet(self._names[self._cursor])
        elif self._names:
            await self.action_todo(str(index + 1))

    async def action_todo(self, key: str) -> None:
        """Run a line of the open work, by its number."""
        entries = self._list_todos()
        if int(key) > len(entries):
            self.show_message(self._("there is no line {key} here").format(key=key))
            return
        entry = entries[int(key) - 1]
        if entry.sheet is not None:
            self.shell.navigation.show_sheet(entry.sheet, entry.item_id, entry.filter)
        elif entry.kind in ("closed", "late"):
            await offer_actions(ScreenContext(self))
        elif entry.kind == "facts":
            self.shell.navigation.show_profile()
        elif entry.kind == "drafts":
            await self.action_command("drafts")
        elif entry.kind == "conflicts":
            self.shell.navigation.show_conflicts()
        elif entry.kind == "merging":
            self.show_message(
                await asyncio.to_thread(set_up_merging, self.shell.session.workspace, self.lang)
            )
            await self._read_git()
        elif entry.kind == "outdated":
            self.show_message(
                await asyncio.to_thread(renew_files, self.shell.session.workspace, self.lang)
            )
            await self._read_git()
        else:
            self.shell.navigation.show_evidence()

    @property
    def _chosen(self) -> SheetName | None:
        return self._names[min(self._cursor, len(self._names) - 1)] if self._names else None

    async def action_review(self) -> None:
        """Review the chosen sheet, or else the next that has answers to review."""
        await self.shell.saver.wait_until_written()
        order = [*self._names[self._cursor :], *self._names[: self._cursor]]
        for name in order:
            states = self._opened[name].assessment.items
            if any(awaits_review(state, state.result) for state in states if state.applies != "no"):
                self.shell.navigation.show_review(name)
                return
        self.show_message(self._("everything is reviewed"))

    def action_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        self.shell.navigation.show_conflicts()

    async def action_search(self) -> None:
        """Search in the whole round, and open the chosen item."""
        if (chosen := self._chosen) is not None:
            await search_everything(self.shell, chosen, self.shell.navigation.show_sheet)

    def action_go_to(self) -> None:
        """Ask for an item's id and open it; items of the chosen sheet come first."""
        known: dict[str, tuple[SheetName, str]] = {}
        for name in sorted(self._opened, key=lambda name: name != self._chosen):
            for state in self._opened[name].assessment.items:
                if state.applies != "no":
                    known.setdefault(state.item.id, (name, state.item.id))
        ask_item_id(self.shell, known, self.shell.navigation.show_sheet)

    async def action_round(self) -> None:
        """Switch to another round."""
        if self._config is None:
            return
        await self.shell.saver.wait_until_written()
        rounds = self._config.rounds
        words = {
            key: "  ".join(
                (pick_text(listed_round.title, self.lang), key, self._(_STATES[listed_round.state]))
            )
            for key, listed_round in sorted(rounds.items(), reverse=True)
        }

        def find_rows(typed: str) -> list[ListRow]:
            return [
                ListRow(key, text) for key, text in words.items() if typed.lower() in text.lower()
            ]

        def take_row(key: str | None) -> None:
            if key is not None and key != self.shell.session.round_id:
                self.shell.session.switch_round(key)
                self.shell.navigation.start_over()

        self.shell.dialogs.pick_row(self._("Round"), find_rows, take_row)

    async def action_language(self) -> None:
        """Switch to the other language."""
        await self.shell.saver.wait_until_written()
        self.shell.preferences.switch_language("en" if self.lang == "zh" else "zh")

    async def action_next_unanswered(self) -> None:
        """Open the next sheet that has an unanswered item, from the chosen one on."""
        await self.shell.saver.wait_until_written()
        start = self._names.index(self._chosen) if self._chosen else 0
        for name in [*self._names[start:], *self._names[:start]]:
            opened = self._opened.get(name)
            if opened is not None and opened.assessment.counts.open:
                self._cursor = self._names.index(name)
                self.draw_all()
                self.shell.navigation.show_sheet(name)
                return
        self.show_message(self._("everything is answered"))

    def action_reread(self) -> None:
        """Read the files again."""
        self._start_reading(reread=True)

    async def action_leave(self) -> None:
        """Quit."""
        await self.shell.leave_app()
