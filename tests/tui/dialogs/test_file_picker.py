"""Choosing a file: where one may look, and what is said at the edge of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from assess.i18n import Lang
from tui.driver import SIZE
from tui.full_workspace import driving_full_workspace

EDGE: dict[Lang, str] = {
    "en": "Listed: home folder, workspace, drives",
    "zh": "只列出个人目录、工作区和 U 盘",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [SIZE, (60, 20)])
async def test_the_edge_says_why_there_is_no_way_up(
    tmp_path: Path, own_home: Path, lang: Lang, size: tuple[int, int]
) -> None:
    """At the top a line says what is listed and what to do about files elsewhere; below, `../`."""
    (own_home / "docs").mkdir()
    async with driving_full_workspace(tmp_path / "w", "v", lang, size=size) as driver:
        await driver.press("+")
        assert EDGE[lang] in driver.screen
        assert "../" not in driver.screen
        await driver.press(*"docs", "enter")
        assert EDGE[lang] not in driver.screen
        assert "../" in driver.screen


async def test_enter_goes_on_in_a_folder_and_not_back(tmp_path: Path, own_home: Path) -> None:
    """In a folder the first row is the way up, in words; the cursor stands below it."""
    (own_home / "docs").mkdir()
    (own_home / "docs" / "gate.png").write_bytes(b"x")
    async with driving_full_workspace(tmp_path / "w", "v", "zh") as driver:
        await driver.press("+")
        assert "键入文字可查找" in driver.screen
        await driver.press(*"docs", "enter")
        assert "../（上一级）" in driver.screen
        await driver.press("enter")
        chosen = driver.app.screen.query(Input).first().value
        assert chosen == str(own_home / "docs" / "gate.png")


async def test_a_path_that_leads_elsewhere_is_refused_with_words(
    tmp_path: Path, own_home: Path
) -> None:
    """A typed path outside, or to nothing, is not taken in silence; the next key takes it away."""
    (own_home / "docs").mkdir()
    async with driving_full_workspace(tmp_path / "w", "v") as driver:
        for path in ("/etc/passwd", "~/none"):
            await driver.press("+", *path, "enter")
            assert "not there, or outside" in driver.screen
            await driver.press("x")
            assert "not there, or outside" not in driver.screen
            await driver.press("escape")
