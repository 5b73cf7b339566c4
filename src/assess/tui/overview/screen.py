"""The overview: the sheets of the round, and the sections of the chosen one."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.overview.closed_rounds import closed_todos
from assess.display.overview.summary import SheetRow, section_lines, sheet_lines
from assess.display.overview.todo import (
    Todo,
    recent,
    recent_text,
    todo_lines,
    todos,
    uncommitted_text,
)
from assess.display.profile.lines import facts_lacking
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, line, rule
from assess.display.text.wrap import fit
from assess.display.walk.filters import to_review
from assess.errors import FilesError
from assess.i18n import N_
from assess.model.base import pick
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.resume_drafts import draft_name
from assess.tui.core.session import Opened
from assess.tui.core.shell import ListRow
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.tui.overview.closed_rounds import offer_ways
from assess.tui.overview.git_state import GitHere, look, renew, set_up
from assess.tui.search.searching import ask_where, search_everything
from assess.workspace import SheetName

_STATES = {"open": N_("open"), "closed": N_("closed")}


class OverviewScreen(AppScreen):
    """Shows how far each sheet is and what is to be done, and opens it."""

    SCOPE: ClassVar[Scope] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("overview")]

    def __init__(self) -> None:
        super().__init__()
        self._config: Config | None = None
        self._names: list[SheetName] = []
        self._opened: dict[SheetName, Opened] = {}
        self._cursor = 0
        self._git = GitHere()
        self.sheets = LinesView(id="sheets", grows=True)
        self.todo = LinesView(id="todo", grows=True)
        self.last = LinesView(id="last", grows=True)
        self.sections = LinesView(id="sections")

    def compose(self) -> ComposeResult:
        """Lay out head, sheets, what is to be done, sections and footer."""
        yield self.head
        yield self.sheets
        yield self.todo
        yield self.last
        yield self.sections
        yield self.foot

    def on_mount(self) -> None:
        """Read the round off the event loop."""
        self.draw_foot()
        self._start_reading(anew=False)

    def on_screen_resume(self) -> None:
        """Ask git anew what is not committed: one comes back from where it changes."""
        if self._config is not None:
            self.run_worker(self._ask_git(), group="git", exclusive=True)

    def _start_reading(self, *, anew: bool) -> None:
        self.run_worker(self._read(anew=anew), group="read", exclusive=True)

    async def _read(self, *, anew: bool) -> None:
        session = self.shell.session
        read = session.reread if anew else session.read
        try:
            config = await asyncio.to_thread(session.workspace.config)
            names = await asyncio.to_thread(session.workspace.sheets, session.round_id)
            # Both at once: with the one and not the other, keys would think the round empty.
            self._config, self._names = config, names
            session.people = config.people
            self._cursor = max(0, min(self._cursor, len(self._names) - 1))
            self._draw()
            for name in self._names:
                self._opened[name] = await asyncio.to_thread(read, name)
                self._draw()
        except FilesError as error:
            self.shell.show_problems(error)
            return
        self.run_worker(self._ask_git(), group="git", exclusive=True)

    async def _ask_git(self) -> None:
        self._git = await asyncio.to_thread(look, self.shell.session.workspace, self.lang)
        self._draw()

    @property
    def ready(self) -> bool:
        """Whether all sheets are read: keys wait until then."""
        return self._config is not None and len(self._opened) >= len(self._names)

    def outdated(self) -> None:
        """Read the round again: what it stands on was changed on another screen."""
        self._start_reading(anew=False)

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Show a sheet as it is now on disk."""
        if sheet in self._names:
            self._opened[sheet] = opened
            self._draw()

    @property
    def _rows(self) -> int:
        """How many lines the cursor goes through: sheets, then what is to be done."""
        return len(self._names) + len(self._todos())

    @property
    def _read_yet(self) -> dict[SheetName, Opened]:
        """The sheets of the round that are read already, in its order."""
        return {name: self._opened[name] for name in self._names if name in self._opened}

    def _todos(self) -> list[Todo]:
        opened = self._read_yet
        register = next((one.desk.register for one in opened.values()), None)
        seen = {name: one.assessment for name, one in opened.items()}
        left = [_conflict_name(one) for each in opened.values() for one in each.desk.conflicts]
        session = self.shell.session
        drafts = self.shell.drafts.waiting(session.round_id, self._names)
        names = [draft_name(one, self.lang) for one in drafts]
        asked = {name: one.desk.checklist for name, one in opened.items()}
        facts = facts_lacking(self._config, asked, self.lang) if self._config else ()
        git = self._git
        first = (
            closed_todos(self._config, session.round_id, self._git.late, self.lang)
            if self._config
            else ()
        )
        return [
            *first,
            *todos(
                seen,
                register,
                left,
                names,
                session.today,
                self.lang,
                git.lack,
                facts,
                git.outdated,
            ),
        ]

    def _draw(self) -> None:
        if self._config is not None:
            self._draw_head(self._config)
        rows = [
            SheetRow(str(name), seen.assessment if (seen := self._opened.get(name)) else None)
            for name in self._names
        ]
        self.sheets.draw(lambda width: sheet_lines(rows, self._cursor, self.lang, width))
        if not rows:
            hint = self._("no checklist in this round yet: assess checklist add ID")
            self.sections.draw(lambda _width: Drawn([line(" " + hint)]))
            return
        self._draw_todo(len(rows))
        chosen = rows[min(self._cursor, len(rows) - 1)].assessment
        self.sections.draw(
            lambda width: Drawn(section_lines(chosen, self.lang, width) if chosen else ())
        )

    def _draw_todo(self, above: int) -> None:
        found = self._todos()
        chosen = self._cursor - above if self._cursor >= above else None
        seen = [one.assessment for one in self._read_yet.values()]
        self.todo.draw(
            lambda width: Drawn(
                [rule(width), *todo_lines(found, chosen, self.lang, width)],
                None if chosen is None else chosen + 2,
            )
        )
        people = self._config.people if self._config else {}
        last = recent(seen)

        def texts(width: int) -> tuple[str, str]:
            told = recent_text(last, people, self.lang, width - 2)
            git = self._git
            return told, git.unfinished or uncommitted_text(git.uncommitted, self.lang)

        self.last.draw(
            lambda width: Drawn(
                [line(fit(f"  {one_line(one)}", width), "dim") for one in texts(width) if one]
            )
        )

    def _draw_head(self, config: Config) -> None:
        session = self.shell.session
        this = config.rounds.get(session.round_id)
        names = [pick(this.title, self.lang) if this else session.round_id]
        names.append(pick(config.organization.name, self.lang))
        notice = self._("Unclassified use only: no state or work secrets")
        self.draw_head(names, [session.who], notice)

    def action_next_row(self) -> None:
        """Go to the next line."""
        self._cursor = max(0, min(self._rows - 1, self._cursor + 1))
        self._draw()

    def action_previous_row(self) -> None:
        """Go to the line before."""
        self._cursor = max(0, self._cursor - 1)
        self._draw()

    async def action_open(self) -> None:
        """Open the chosen sheet at what is to be done first; do what the chosen line says."""
        at = self._cursor - len(self._names)
        if self._names and at < 0:
            self.shell.show_sheet(self._names[self._cursor])
        elif self._names:
            await self.action_todo(str(at + 1))

    async def action_todo(self, key: str) -> None:
        """Go to what is to be done, by its number."""
        found = self._todos()
        if int(key) > len(found):
            self.say(self._("there is no line {key} here").format(key=key))
            return
        one = found[int(key) - 1]
        if one.sheet is not None:
            self.shell.show_sheet(one.sheet, one.item_id, one.filter)
        elif one.kind in ("closed", "late"):
            await offer_ways(self)
        elif one.kind == "facts":
            self.shell.show_profile()
        elif one.kind == "drafts":
            await self.action_drafts()
        elif one.kind == "conflicts":
            self.shell.show_conflicts()
        elif one.kind == "merging":
            self.say(await asyncio.to_thread(set_up, self.shell.session.workspace, self.lang))
            await self._ask_git()
        elif one.kind == "outdated":
            self.say(await asyncio.to_thread(renew, self.shell.session.workspace, self.lang))
            await self._ask_git()
        else:
            self.shell.show_evidence()

    @property
    def _chosen(self) -> SheetName | None:
        return self._names[min(self._cursor, len(self._names) - 1)] if self._names else None

    async def action_review(self) -> None:
        """Go through what waits for a review in the chosen sheet, else in the next that has any."""
        await self.shell.saver.finish()
        order = [*self._names[self._cursor :], *self._names[: self._cursor]]
        for name in order:
            states = self._opened[name].assessment.items
            if any(to_review(state, state.result) for state in states if state.applies != "no"):
                self.shell.show_review(name)
                return
        self.say(self._("everything is reviewed"))

    def action_conflicts(self) -> None:
        """Settle what a merge left undecided."""
        self.shell.show_conflicts()

    async def action_search(self) -> None:
        """Search in everything; open what is taken."""
        if (chosen := self._chosen) is not None:
            await search_everything(self.shell, chosen, self.shell.show_sheet)

    def action_go_to(self) -> None:
        """Ask for the id of an item and open its sheet there; one of the chosen sheet first."""
        known: dict[str, tuple[SheetName, str]] = {}
        for name in sorted(self._opened, key=lambda name: name != self._chosen):
            for state in self._opened[name].assessment.items:
                if state.applies != "no":
                    known.setdefault(state.item.id, (name, state.item.id))
        ask_where(self.shell, known, self.shell.show_sheet)

    async def action_round(self) -> None:
        """Look at another round."""
        if self._config is None:
            return
        await self.shell.saver.finish()
        rounds = self._config.rounds
        words = {
            key: "  ".join((pick(one.title, self.lang), key, self._(_STATES[one.state])))
            for key, one in sorted(rounds.items(), reverse=True)
        }

        def found(typed: str) -> list[ListRow]:
            return [ListRow(key, one) for key, one in words.items() if typed.lower() in one.lower()]

        def taken(key: str | None) -> None:
            if key is not None and key != self.shell.session.round_id:
                self.shell.session.turn_to(key)
                self.shell.start_over()

        self.shell.pick(self._("Round"), found, taken)

    async def action_language(self) -> None:
        """Go on in the other language."""
        await self.shell.saver.finish()
        self.shell.speak("en" if self.lang == "zh" else "zh")

    async def action_next_unanswered(self) -> None:
        """Open the first sheet from the chosen one on that has an unanswered item."""
        await self.shell.saver.finish()
        at = self._names.index(self._chosen) if self._chosen else 0
        for name in [*self._names[at:], *self._names[:at]]:
            opened = self._opened.get(name)
            if opened is not None and opened.assessment.counts.open:
                self._cursor = self._names.index(name)
                self._draw()
                self.shell.show_sheet(name)
                return
        self.say(self._("everything is answered"))

    def action_reread(self) -> None:
        """Read the files again."""
        self._start_reading(anew=True)

    async def action_leave(self) -> None:
        """Quit."""
        await self.shell.leave()


def _conflict_name(one: Conflict) -> str:
    """Return the item that a conflict is in, else the field it is about."""
    path = one.path
    return str(path[1]) if path[:1] == ("answers",) and len(path) > 1 else one.row.field
