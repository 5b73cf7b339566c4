"""An assess.yaml that can't be read is repaired before the interface starts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from assess.errors import FilesError
from assess.tui.app.settings import InterfaceSettings
from assess.tui.start.repair import RepairApp
from tui.sample import make_workspace

BAD = "format: assess/config/1\norganization: [\n"


@asynccontextmanager
async def running(root: Path) -> AsyncIterator[tuple[RepairApp, Pilot[None], Path]]:
    """Run the repair of a workspace whose assess.yaml is not YAML."""
    workspace = make_workspace(root, "en")
    path = root / "assess.yaml"
    good = path.read_text("utf-8")
    path.write_text(BAD, "utf-8")
    with pytest.raises(FilesError) as caught:
        workspace.read_config()
    app = RepairApp(workspace, caught.value, "en", InterfaceSettings(), fine=False)
    path.with_suffix(".good").write_text(good, "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield app, pilot, path


async def press(app: RepairApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until all is done."""
    for key in keys:
        app.post_message(Key(key, None))
    for _again in range(2):
        while not app.keys_done and app.is_running:
            await pilot.pause(0.005)
        await app.workers.wait_for_complete()
        await pilot.pause()


def shown(app: RepairApp) -> str:
    """Return what stands on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def test_reading_again_ends_once_the_file_is_good(tmp_path: Path) -> None:
    """F5 reads again: the problems stay while the file is bad, then the app ends."""
    async with running(tmp_path / "w") as (app, pilot, path):
        assert "assess.yaml:" in shown(app)
        await press(app, pilot, "f5")
        assert "assess.yaml:" in shown(app)
        assert app.is_running
        path.write_text(path.with_suffix(".good").read_text("utf-8"), "utf-8")
        await press(app, pilot, "f5")
        assert app.repaired
        assert not app.is_running


async def test_help_stays_while_the_files_are_read_again(tmp_path: Path) -> None:
    """Help that was opened during the reading stays; below it stand the problems of now."""
    async with running(tmp_path / "w") as (app, pilot, path):
        path.write_text("format: assess/config/1\nx: {\n", "utf-8")
        await press(app, pilot, "f5", "f1")
        assert "Keys" in shown(app)
        await press(app, pilot, "escape")
        assert "assess.yaml:3:1" in shown(app)
        assert len(app.screen_stack) == len(["default", "problems"])


async def test_help_and_quitting(tmp_path: Path) -> None:
    """F1 shows the keys; F10 ends the app without a repair."""
    async with running(tmp_path / "w") as (app, pilot, _path):
        await press(app, pilot, "f1")
        assert "Keys" in shown(app)
        await press(app, pilot, "escape", "f10")
        assert not app.is_running
        assert not app.repaired
