"""How each screen looks: an SVG with pinned fonts of each, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from assess.i18n import Lang
from assess.tui.app.settings import InterfaceSettings
from assess.tui.commands.registry import OFFICE_SCOPES, Scope
from assess.tui.start.first_start import FirstApp
from assess.workspace import Workspace
from examples import some_always
from tui import snapshots
from tui.keys.stage import on_stage, own_files
from tui.keys.stages import STAGES
from tui.sample import NOW

SCOPES: tuple[Scope, ...] = tuple(scope for scope in get_args(Scope) if scope not in OFFICE_SCOPES)
"""The screens of a workspace; those of an office are in tests/tui/rollup/."""
CHINESE, ENGLISH = ("zh", (80, 24)), ("en", (60, 20))
PICTURES = [(scope, *look) for scope in SCOPES for look in (CHINESE, ENGLISH)]
QUICK = [
    *((scope, *CHINESE) for scope in SCOPES),
    *((scope, *ENGLISH) for scope in ("overview", "walk", "form", "board")),
]
"""The pictures of every run: each screen in Chinese, one of each sort in English."""


@pytest.mark.parametrize(("scope", "lang", "size"), some_always(PICTURES, *QUICK))
async def test_each_screen_looks_as_before(
    tmp_path: Path,
    scope: Scope,
    lang: Lang,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A screen that looks otherwise than its kept picture was changed on purpose, or by mistake."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", NOW.isoformat())
    async with on_stage(tmp_path / "w", STAGES[scope], lang, size) as driver:
        await driver.open(own_files(driver.workspace.root))
        svg = await snapshots.taken(driver.app, driver.pilot)
        snapshots.compare(f"{scope}-{lang}-{size[0]}x{size[1]}", svg)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_first_start_looks_as_before(lang: Lang) -> None:
    """The three questions, before there is a workspace."""

    def make(folder: Path, unit: str, person: str) -> Workspace:
        raise NotImplementedError

    app = FirstApp(Path("/home/wang/self-check"), make, lang, InterfaceSettings(), fine=False)
    async with app.run_test(size=(80, 24)) as pilot:
        svg = await snapshots.taken(app, pilot)
        snapshots.compare(f"first-{lang}-80x24", svg)


def test_a_picture_that_differs_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines that differ are named, and the new picture lies beside the kept one."""
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    monkeypatch.delenv("ASSESS_SNAPSHOTS", raising=False)
    picture = '<text fill="a" x="0" y="20">已填</text><text x="30" y="20"> 3</text>'
    (tmp_path / "walk.svg").write_text(picture, "utf-8")
    snapshots.compare("walk", picture)
    with pytest.raises(AssertionError, match="- 已填 3\n\\+ 已填 4"):
        snapshots.compare("walk", picture.replace("3<", "4<"))
    assert (tmp_path / "walk.new.svg").exists()
    with pytest.raises(AssertionError, match="colours or styles differ"):
        snapshots.compare("walk", picture.replace('"a"', '"b"'))
    monkeypatch.setenv("ASSESS_SNAPSHOTS", "update")
    snapshots.compare("walk", picture.replace("3<", "4<"))
    assert not (tmp_path / "walk.new.svg").exists()
