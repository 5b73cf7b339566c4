"""The overview: the sheets of the round, and the sections of the chosen one."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from assess.errors import FilesError
from assess.model.base import pick
from assess.model.config import Config
from assess.tui.commands import Scope, bindings
from assess.tui.lines import Drawn, line
from assess.tui.safe_text import one_line
from assess.tui.session import Opened
from assess.tui.summary import SheetRow, section_lines, sheet_lines
from assess.tui.widgets.frame import AppScreen
from assess.tui.widgets.lines import LinesView
from assess.workspace import SheetName


class OverviewScreen(AppScreen):
    """Shows how far each sheet is, and opens it."""

    SCOPE: ClassVar[Scope] = "overview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("overview")]

    def __init__(self) -> None:
        super().__init__()
        self._config: Config | None = None
        self._names: list[SheetName] = []
        self._opened: dict[SheetName, Opened] = {}
        self._cursor = 0
        self.sheets = LinesView(id="sheets", grows=True)
        self.sections = LinesView(id="sections")

    def compose(self) -> ComposeResult:
        """Lay out head, sheets, sections and footer."""
        yield self.head
        yield self.sheets
        yield self.sections
        yield self.foot

    def on_mount(self) -> None:
        """Read the round off the event loop."""
        self.draw_foot()
        self._start_reading(anew=False)

    def _start_reading(self, *, anew: bool) -> None:
        self.run_worker(self._read(anew=anew), group="read", exclusive=True)

    async def _read(self, *, anew: bool) -> None:
        session = self.shell.session
        read = session.reread if anew else session.read
        try:
            self._config = await asyncio.to_thread(session.workspace.config)
            session.people = self._config.people
            self._names = await asyncio.to_thread(session.workspace.sheets, session.round_id)
            self._cursor = max(0, min(self._cursor, len(self._names) - 1))
            self._draw()
            for name in self._names:
                self._opened[name] = await asyncio.to_thread(read, name)
                self._draw()
        except FilesError as error:
            self.shell.show_problems(error)

    @property
    def ready(self) -> bool:
        """Whether all sheets are read: keys wait until then."""
        return self._config is not None and len(self._opened) >= len(self._names)

    def outdated(self) -> None:
        """Read the round again: what it stands on was changed on another screen."""
        self._start_reading(anew=False)

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Show a sheet as it is now on disk."""
        self._opened[sheet] = opened
        self._draw()

    def _draw(self) -> None:
        if self._config is not None:
            self._draw_head(self._config)
        rows = [
            SheetRow(str(name), seen.assessment if (seen := self._opened.get(name)) else None)
            for name in self._names
        ]
        self.sheets.draw(
            lambda width: Drawn(sheet_lines(rows, self._cursor, self.lang, width), self._cursor + 1)
        )
        if not rows:
            hint = self._("no checklist in this round yet: assess checklist add ID")
            self.sections.draw(lambda _width: Drawn([line(" " + hint)]))
        elif (chosen := rows[self._cursor].assessment) is not None:
            self.sections.draw(lambda width: Drawn(section_lines(chosen, self.lang, width)))
        else:
            self.sections.draw(lambda _width: Drawn(()))

    def _draw_head(self, config: Config) -> None:
        session = self.shell.session
        this = config.rounds.get(session.round_id)
        names = [pick(config.organization.name, self.lang)]
        names.append(pick(this.title, self.lang) if this else session.round_id)
        notice = self._("Unclassified use only: no state or work secrets")
        right = [notice, session.who]
        self.draw_head(one_line(" / ".join(names)), one_line("  ".join(right)).rstrip())

    def action_next_row(self) -> None:
        """Go to the next sheet."""
        self._cursor = max(0, min(len(self._names) - 1, self._cursor + 1))
        self._draw()

    def action_previous_row(self) -> None:
        """Go to the sheet before."""
        self._cursor = max(0, self._cursor - 1)
        self._draw()

    def action_open(self) -> None:
        """Open the chosen sheet at its first unanswered item."""
        if self._names:
            self.shell.show_sheet(self._names[self._cursor])

    async def action_next_unanswered(self) -> None:
        """Open the first sheet from the chosen one on that has an unanswered item."""
        await self.shell.saver.finish()
        order = [*self._names[self._cursor :], *self._names[: self._cursor]]
        for name in order:
            opened = self._opened.get(name)
            if opened is not None and opened.assessment.counts.unanswered:
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
