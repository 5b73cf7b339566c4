"""First start: three questions make a workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from assess.i18n import Lang
from assess.tui.app.settings import InterfaceSettings
from assess.tui.core.pasting import parse_paste_bytes
from assess.tui.core.terminal_input import TextPaste
from assess.tui.start.first_start import FirstApp
from assess.workspace import Workspace
from assess.workspace.setup.new_workspace import make_first_workspace

pytestmark = pytest.mark.usefixtures("painted")


@asynccontextmanager
async def asking(
    folder: Path,
    lang: Lang = "en",
    size: tuple[int, int] = (80, 24),
    before: tuple[Path, ...] = (),
) -> AsyncIterator[tuple[FirstApp, Pilot[None]]]:
    """Run First start, proposing a folder."""

    def make(where: Path, unit: str, person: str) -> Workspace:
        return make_first_workspace(
            where, organization=unit, person=person, today=date(2026, 6, 1), lang=lang
        )

    app = FirstApp(folder, make, lang, InterfaceSettings(), fine=False, before=before)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def press(app: FirstApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until all is done."""
    for key in keys:
        char = key if len(key) == 1 else None
        app.post_message(Key(_character_to_key(key) if char else key, char))
    for _again in range(2):
        while not app.keys_done and app.is_running:
            await pilot.pause(0.005)
        await app.workers.wait_for_complete()
        await pilot.pause()


def screen(app: FirstApp) -> str:
    """Return what stands on the screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Unclassified use only", "1. Name of the unit", "2. Who fills in", "3. Folder"]),
        ("zh", ["不涉密，不得填写国家秘密和工作秘密", "1. 单位名称", "2. 填报人", "3. 文件夹"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_asks_three_questions(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """The notice and the three questions fit on the screen."""
    async with asking(tmp_path / "w", lang, size) as (app, _pilot):
        for word in words:
            assert word in screen(app)


async def test_enter_through_the_fields_makes_it(tmp_path: Path) -> None:
    """Unit, person, folder: the workspace has the basic checklist and who fills in."""
    async with asking(tmp_path / "w", "zh") as (app, pilot):
        await press(app, pilot, *"青溪区数据局", "enter", *"王敏", "enter", "enter")
        assert app.made is not None
        config = app.made.read_config()
        assert config.organization.name == "青溪区数据局"
        assert [(key, person.name) for key, person in config.people.items()] == [("wm", "王敏")]
        assert list(config.checklists) == ["egov-network"]
        assert app.made.list_uncommitted_report_inputs() == []


async def test_a_paste_is_text_there_too(tmp_path: Path) -> None:
    """Of two lines with an escape it makes one; nothing is made before it is asked for."""
    async with asking(tmp_path / "w") as (app, pilot):
        app.post_message(TextPaste(parse_paste_bytes(b"unit \x1b[0m\r\n2\r\n")))
        await press(app, pilot)
        assert "unit \\u001b[0m 2" in screen(app)
        assert app.made is None


async def test_what_does_not_work_is_said_and_asked_again(tmp_path: Path) -> None:
    """A folder with something in it is refused; the answers stand there still."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    async with asking(tmp_path / "full") as (app, pilot):
        await press(app, pilot, "ctrl+s")
        assert "this is needed" in screen(app)
        await press(app, pilot, "A", "tab", "tab", "ctrl+s")
        assert "isnotempty;nameanewfolder" in "".join(screen(app).split())
        await press(app, pilot, "tab", "tab", "2", "ctrl+s")
        assert app.made is not None
        assert app.made.root == tmp_path / "full2"
        assert app.made.read_config().people == {}


async def test_leaving_makes_nothing(tmp_path: Path) -> None:
    """Esc, or Ctrl+C, leaves the folder as it was."""
    for key in ("escape", "ctrl+c"):
        async with asking(tmp_path / "w") as (app, pilot):
            await press(app, pilot, "A", key)
            assert app.made is None
            assert not app.is_running
    assert not (tmp_path / "w").exists()


async def test_what_was_opened_before_is_offered_first(tmp_path: Path) -> None:
    """Enter opens the last one; the last row makes a new one; Esc leaves."""
    before = (tmp_path / "zicha 2026", tmp_path / "old")
    async with asking(tmp_path / "w", "zh", before=before) as (app, pilot):
        assert "按 Enter 打开上次的工作区" in screen(app)
        assert "zicha 2026" in screen(app)
        await press(app, pilot, "enter")
        assert app.made is not None
        assert app.made.root == tmp_path / "zicha 2026"
    async with asking(tmp_path / "w", before=before) as (app, pilot):
        await press(app, pilot, "down", "down", "enter")
        assert "1. Name of the unit" in screen(app)
    async with asking(tmp_path / "w", before=before) as (app, pilot):
        await press(app, pilot, "escape")
        assert app.made is None
        assert not app.is_running
