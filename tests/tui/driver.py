"""Drives the app in a test: keys in, what the screen shows out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from assess.display.text.bars import MESSAGE_EDGE
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.tui.app.app import AssessApp
from assess.tui.app.key_queue import OrderedKeysApp
from assess.tui.core.pasting import END, START, PasteFilter
from assess.tui.core.terminal_input import TextPaste
from assess.tui.core.widgets.frame import AppScreen
from assess.workspace import SheetName, Workspace
from tui.sample import SHEET, app, make_workspace

SIZE = (80, 24)


AppType = TypeVar("AppType", bound=OrderedKeysApp)


class KeyDriver(Generic[AppType]):
    """A running app: keys in, what the screen shows out."""

    PAUSE: ClassVar[float | None] = None
    """Seconds of each wait for messages; None waits until the processor is idle."""

    def __init__(self, pilot: Pilot[None], running: AppType) -> None:
        self.pilot = pilot
        self.app = running

    @property
    def screen(self) -> str:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def head(self) -> str:
        """The first line of the screen."""
        return self.screen.splitlines()[0]

    async def press(self, *keys: str) -> None:
        """Press keys as fast as a terminal sends them; wait until all is on disk and shown."""
        for key in keys:
            char = key if len(key) == 1 else None
            self.app.post_message(Key(_character_to_key(key) if char else key, char))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, sign by sign, as fast as a terminal sends it."""
        await self.press(*text)

    async def send(self, sent: bytes) -> None:
        """Send bytes as a terminal does: through the filter and Textual's parser, to the app."""
        paste_filter, parser = PasteFilter(), XTermParser()
        passed = paste_filter.filter_input(sent, 0)
        while (until := paste_filter.deadline) is not None:
            passed += paste_filter.filter_after_silence(until)
        pastes = iter(paste_filter.pastes)
        for message in parser.feed(passed.decode()):
            whole = TextPaste(next(pastes)) if isinstance(message, Paste) else message
            self.app.post_message(whole)
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text."""
        await self.send(START + text.encode() + END)

    async def settle(self) -> None:
        """Wait until twice in a row nothing is being read, saved or drawn.

        A worker may start another one at its end, as carrying answers over starts reading.
        """
        quiet = 0
        while quiet < 2:
            while not self.app.keys_done and self.app.is_running:
                await self.pilot.pause(0.001)
            busy = any(not worker.is_finished for worker in self.app.workers)
            with suppress(WorkerCancelled):  # reading that a later reading overtook
                await self.app.workers.wait_for_complete()
            await self.wait_until_written()
            await self.pilot.pause(self.PAUSE)
            quiet = 0 if busy else quiet + 1

    async def wait_until_written(self) -> None:
        """Wait until nothing is being saved; an app that only shows saves nothing."""


class Driver(KeyDriver[AssessApp]):
    """A running app with its workspace."""

    def __init__(self, pilot: Pilot[None], running: AssessApp, workspace: Workspace) -> None:
        super().__init__(pilot, running)
        self.workspace = workspace

    async def wait_until_written(self) -> None:
        """Wait until all is on disk."""
        await self.app.saver.wait_until_written()

    @property
    def foot(self) -> str:
        """The message, as one line; the keys where there is none."""
        top, lines = self.app.screen, self.screen.splitlines()
        if not isinstance(top, AppScreen) or not top.message:
            return lines[-1]
        shown = lines[-top.foot.size.height : -1]
        return " " + " ".join(line[MESSAGE_EDGE:].strip() for line in shown)

    def on_disk(self, item_id: str, sheet: SheetName = SHEET) -> Answer:
        """Return an answer as a fresh reader finds it."""
        return self.workspace.open_sheet(sheet, "2026").sheet.answers.get(item_id, Answer())

    @property
    def item(self) -> str:
        """The id of the item that the walk is at."""
        places = [getattr(screen, "walk_state", None) for screen in self.app.screen_stack]
        states = [place for place in places if place is not None]
        return states[-1].item_id if states else ""


@asynccontextmanager
async def driving(
    root: Path,
    lang: Lang = "en",
    *,
    start: SheetName | None = SHEET,
    size: tuple[int, int] = SIZE,
    workspace: Workspace | None = None,
    person: str = "wang-min",
) -> AsyncIterator[Driver]:
    """Run the app over a workspace, a fresh one unless one is given."""
    workspace = workspace or make_workspace(root, lang)
    running = app(workspace, lang, start, person)
    async with running.run_test(size=size) as pilot:
        driver = Driver(pilot, running, workspace)
        await driver.settle()
        yield driver
