"""The screen of a roll-up in a real terminal at 80×24, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from rollup_units import copy_office_at_fixed_time, run_git
from samples import Samples

from .conftest import Open

pytestmark = pytest.mark.terminal


@pytest.fixture
def root(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an office that took in the files of five units."""
    return copy_office_at_fixed_time(tmp_path / "place", samples, monkeypatch)


def test_an_officer_looks_through_a_campaign(root: Path, terminal: Open) -> None:
    """Units, the problems of one, found by pinyin, a table, back, quit; nothing is written."""
    screen = terminal(root)
    screen.start("rollup")
    shown = screen.wait_for("2026 年自查", "2026-12-31 截止  内部", "应报 6", "未完成")
    assert "</script><img src=x" in shown
    screen.press("Enter")
    screen.wait_for("› 示例市青溪区数据局", "2026-10-01", "整改中")
    screen.press("Escape")
    screen.wait_for("应报 6")
    screen.press("/")
    screen.type("wlj")
    screen.wait_for("示例市青溪区文旅局")
    screen.press("Enter", "Enter")
    screen.wait_for("› 示例市青溪区文旅局")
    screen.press("4")
    screen.wait_for("4 共性问题", "问题单位数")
    screen.press("?")
    screen.wait_for("打开一组表")
    screen.press("Escape")  # by itself: with a key at once behind it, it would be Alt
    screen.wait_until(lambda text: "帮助 ─" not in text, "the help is closed")
    screen.press("0")
    screen.wait_for("应报 6")
    screen.press("q")
    screen.wait_for_end()
    assert run_git(root, "status", "--porcelain") == ""


def test_keys_typed_before_it_is_there_are_not_lost(root: Path, terminal: Open) -> None:
    """Who types ahead gets the table that the digit stands for."""
    screen = terminal(root)
    screen.start("rollup", "--campaign", "2026")
    screen.type("5")
    screen.wait_for("5 高风险问题")


def test_without_an_office_or_a_campaign_the_terminal_stays(root: Path, terminal: Open) -> None:
    """The message says what to do; no screen is opened."""
    for folder, words, text in (
        (root, ("--campaign", "1999"), "1999"),
        (root.parent, (), "assess office init DIR"),
    ):
        screen = terminal(folder)
        screen.start("rollup", *words)
        screen.wait_for(text)
        screen.wait_for_end()
