"""Where each key is pressed: the screens, each over a workspace in which its keys can do something.

One app serves all keys of a screen; after each of them files, drafts and screen are what they were.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from assess.i18n import Lang
from assess.tui.app.app import AssessApp
from assess.tui.core.undo import UndoHistory
from assess.workspace import Workspace
from tui.driver import Driver, driving

Maker = Callable[[Path, Lang], Workspace]


KEPT = (
    *("_cursor", "message", "state.cursor", "context.cursor", "content.ticked", "content.order"),
    *("context.written_item", "context.reasoned_item", "answers.refused_key"),
)
"""Attributes of screens and of their parts that keys change and that no file holds."""


def owner_of(screen: Screen[Any], name: str) -> tuple[object, str]:
    """Return the object that has an attribute of `KEPT`, and the attribute's own name."""
    part, _, attribute = name.rpartition(".")
    return (getattr(screen, part, None) if part else screen), attribute


class Stage(NamedTuple):
    """How one gets to a screen: the workspace, the keys, or what is asked of the app."""

    make: Maker
    keys: tuple[str, ...] = ()
    ask: Callable[[QuickDriver], None] | None = None
    person: str = "li-jian"


class Home:
    """A screen as it was when one came to it."""

    def __init__(self, screen: Screen[Any]) -> None:
        self.screen = screen
        self._kept = {
            name: copy(getattr(*owner_of(screen, name)))
            for name in KEPT
            if hasattr(*owner_of(screen, name))
        }
        place = getattr(screen, "walk_state", None)
        self._walk = place.walk if place is not None else None

    def restore(self) -> None:
        """Let the screen be so again."""
        for name, value in self._kept.items():
            setattr(*owner_of(self.screen, name), copy(value))
        place = getattr(self.screen, "walk_state", None)
        if place is not None:
            # Another object: what was asked once at a place is asked again.
            place.walk, place.filter = copy(self._walk), "all"
            place.ticks.clear()
            place.declined.clear()
        for view in self.screen.query("LinesView"):
            view.scroll_home(animate=False, immediate=True)
        draw = getattr(self.screen, "draw_all", getattr(self.screen, "_draw_rows", None))
        if draw is not None:
            draw()


class QuickDriver(Driver):
    """A driver that waits for no idle processor: a thousand keys are to be pressed."""

    PAUSE = 0
    stage: Stage
    lang: Lang
    results: list[Any]
    """What dialogs gave."""
    home: Home | None = None

    @property
    def top(self) -> Screen[Any]:
        """The screen on top."""
        return self.app.screen

    async def open(self, files: dict[Path, bytes]) -> None:
        """Go to the stage as it was at the start: files, memory, and where one is on it."""
        self.results = []
        self.app.session.undo = UndoHistory()
        self.app.drafts._known.clear()
        same = not self._restored(files) and self.app.session.lang == self.lang
        if same and self.home is not None and self.home.screen in self.app.screen_stack:
            while self.top is not self.home.screen:
                self.app.pop_screen()
            self.home.restore()
        else:
            self.app.session.set_language_and_forget_sheets(self.lang)
            self.app.navigation.reopen_first_screen()
            await self.settle()
            for key in self.stage.keys:  # a message that comes late would stand otherwise
                await self.press(key)
            self.home = Home(self.top)
        await self.settle()
        if self.stage.ask is not None:
            self.stage.ask(self)
            await self.settle()

    def _restored(self, files: dict[Path, bytes]) -> bool:
        """Make the files what they were at the start; whether any was not."""
        now = own_files(self.workspace.root)
        for path in now.keys() - files.keys():
            path.unlink()
        for path, data in files.items():
            if now.get(path) != data:
                path.write_bytes(data)
        return now != files


def own_files(root: Path) -> dict[Path, bytes]:
    """Return the files of a workspace, those of git apart."""
    parts = (root / name for name in ("answers", "checklists", "evidence", ".assess/drafts"))
    paths = [root / "assess.yaml", *(path for part in parts for path in part.rglob("*.*"))]
    return {path: path.read_bytes() for path in paths if path.is_file()}


@asynccontextmanager
async def on_stage(
    root: Path, stage: Stage, lang: Lang, size: tuple[int, int]
) -> AsyncIterator[QuickDriver]:
    """Run the app over the workspace of a stage."""
    workspace = stage.make(root, lang)
    async with driving(
        root, lang, start=None, size=size, workspace=workspace, person=stage.person
    ) as driver:
        quick = QuickDriver(driver.pilot, driver.app, workspace)
        quick.stage, quick.lang, quick.results = stage, lang, []
        yield quick


class Seen(NamedTuple):
    """What stood there before a key."""

    app: AssessApp
    top: Screen[Any]
    item: str
    state: dict[str, Any]
    files: dict[Path, bytes]


WATCHED = (
    *(
        "_cursor",
        "edited.rows",
        "edited.row",
        "edited.column",
        "_problems",
        "ticked",
        "state.cursor",
        "state.opened",
        "context.cursor",
    ),
    *("content.ticked", "content.order", "content.opened", "content.pieces", "content.data"),
    *("content.versions", "content.conflicts"),
)
"""Attributes of screens and of their parts that say where one is, and what was read."""


def seen(driver: QuickDriver) -> Seen:
    """Return what stands there now."""
    top = driver.top
    owners = {name: owner_of(top, name) for name in WATCHED}
    state = {owner[1]: _kept(getattr(*owner)) for owner in owners.values() if hasattr(*owner)}
    state["scroll"] = {str(view.id): view.scroll_y for view in top.query("LinesView")}
    state["focus"] = driver.app.focused.id if driver.app.focused else ""
    place = getattr(top, "walk_state", None)
    if place is not None:
        state |= {"position": place.walk.position, "section": place.walk.current_section}
        state["sheet"] = place.opened
    return Seen(driver.app, top, driver.item, state, own_files(driver.workspace.root))


def _kept(value: Any) -> Any:
    """Return what tells a value from another: of what was read, which object it is."""
    if isinstance(value, dict):
        return {str(key): id(part) for key, part in value.items()}
    return set(value) if isinstance(value, set) else value
