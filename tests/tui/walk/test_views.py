"""Search, filters, clauses, the last round, and what a wide terminal shows beside the item."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.i18n import Lang
from assess.tui.core.widgets.lines import LinesView
from tui.driver import driving
from tui.rounds import busy
from tui.sample import NOW, OTHER, SHEET, make_workspace

SIZES = [(80, 24), (60, 20)]


async def test_a_note_is_whole_where_there_is_room(tmp_path: Path) -> None:
    """A taller terminal shows all of it at once; a shorter one marks the cut."""
    async with driving(tmp_path / "w", size=(80, 24)) as driver:
        await driver.press("1", "up", "a")
        await driver.type("word " * 60)
        await driver.press("ctrl+s", "up")
        assert driver.item == "KND-01"
        assert driver.screen.count("word") < 40
        await driver.pilot.resize_terminal(80, 45)
        await driver.settle()
        assert driver.screen.count("word") == 60
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert driver.screen.count("word") < 40


async def test_hidden_sections_stay_hidden_and_lines_are_longer(tmp_path: Path) -> None:
    """The line below the question names the key; what it hides is hidden in the next sheet too."""
    async with driving(tmp_path / "w", size=(80, 16), start=None) as driver:
        await driver.press("enter")
        assert "Ctrl+B wider" in driver.screen
        await driver.press("ctrl+b")
        assert "Ctrl+B list" in driver.screen
        assert "\n. Deny by default" in driver.screen
        assert driver.app.preferences.settings.values.outline_hidden
        await driver.press("q", "down", "enter")
        assert driver.app.screen.has_class("-no-outline")
        await driver.press("ctrl+b")
        assert not driver.app.screen.has_class("-no-outline")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "typed", "item"),
    [
        ("zh", "演练", "KND-05"),
        ("zh", "clqlzq", "KND-02"),
        ("en", "telephone", "KND-06"),
        ("en", "没有清理", "KND-02"),
        ("en", "knd-07", "KND-07"),
    ],
)
async def test_search_goes_to_what_is_found(
    tmp_path: Path, lang: Lang, typed: str, item: str, size: tuple[int, int]
) -> None:
    """Words of titles and notes, ids and pinyin initials find an item; Enter goes there."""
    async with driving(
        tmp_path / "w", lang, workspace=busy(tmp_path / "w", lang), size=size
    ) as driver:
        await driver.press("/")
        await driver.type(typed)
        assert item in driver.screen
        await driver.press("enter")
        assert driver.item == item


async def test_search_reaches_other_sheets(tmp_path: Path) -> None:
    """What is found in another sheet is opened there; Esc comes back."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("、")
        await driver.type("dyzrr")
        assert "第一责任人  PLN-01  plain" in driver.screen
        await driver.press("enter")
        assert driver.item == "PLN-01"
        await driver.press("escape")
        assert driver.item == "KND-01"


async def test_search_says_how_and_that_nothing_is_there(tmp_path: Path) -> None:
    """Without words it says what to type; where nothing has them, that; taking it goes nowhere."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press("/")
        assert "拼音首字母" in driver.screen
        await driver.type("xyzzy")
        assert "没有找到" in driver.screen
        await driver.press("enter")
        assert driver.item == "KND-01"


@pytest.mark.parametrize(
    ("digit", "words", "items"),
    [
        ("2", "unanswered", {"KND-03", "KND-04"}),
        ("3", "partly met and not met", {"KND-02"}),
        ("5", "text changed since", {"KND-06"}),
        ("6", "returned", {"KND-02"}),
        ("8", "remediation overdue", {"KND-02"}),
    ],
)
async def test_filters(tmp_path: Path, digit: str, words: str, items: set[str]) -> None:
    """A filter leaves its items in the tree and says so above; the first one takes all back."""
    async with driving(
        tmp_path / "w", workspace=busy(tmp_path / "w", "en"), size=(120, 40)
    ) as driver:
        await driver.press("f", digit, "enter")
        assert f"only: {words}" in driver.head
        assert driver.item in items
        tree = driver.app.screen.query_one("#outline", LinesView).text
        assert all(item in tree for item in items)
        assert "KND-01" not in tree
        await driver.press("f", "1", "enter")
        assert "only:" not in driver.head


async def test_a_filter_with_nothing_says_so(tmp_path: Path) -> None:
    """Where no item is assigned to who acts, all stay."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("f", "7", "enter")
        assert "there are none: assigned to me" in driver.foot


async def test_mine_by_section(tmp_path: Path) -> None:
    """What is assigned to a person, item or section, is theirs; the keys stay within it."""
    workspace = busy(tmp_path / "w", "en")
    path = workspace.root / "answers" / "2026" / "kinds.yaml"
    path.write_text(path.read_text("utf-8") + "assigned: {second: wang-min, KND-09: li-jian}\n")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("f", "7", "enter")
        assert driver.item == "KND-05"
        places = []
        for key in ("down", "space", "space", "space", "up", "]", "["):
            await driver.press(key)
            places.append(driver.item)
        assert {"KND-09", "KND-01", "KND-02"}.isdisjoint(places)
        await driver.press("n")
        assert driver.item in {"KND-05", "KND-07", "KND-08"}


async def test_the_filler_sees_what_was_returned_first(tmp_path: Path) -> None:
    """The walk opens at the returned item, comment on top; once changed, `n` does not come back."""
    async with driving(tmp_path / "w", "zh", workspace=busy(tmp_path / "w", "zh")) as driver:
        assert driver.item == "KND-02"
        assert "请附清理记录" in driver.screen
        assert "李健" in driver.screen
        await driver.press("1")
        assert driver.item == "KND-03"
        await driver.press("g", *"09", "enter", "n")
        assert driver.item == "KND-03"


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_last_round_stands_beside_the_item(tmp_path: Path, lang: Lang) -> None:
    """What was answered in the round before is there: title, value, who, when, note."""
    async with driving(tmp_path / "w", lang, workspace=busy(tmp_path / "w", lang)) as driver:
        words = {"zh": ["上轮", "2025 年自查", "每年清理一次"], "en": ["Last time", "Once a year"]}
        for word in [*words[lang], "去年六月", "2026-06-01 王敏"]:
            assert word in driver.screen


async def test_a_last_round_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A broken file of the round before stops nothing."""
    workspace = busy(tmp_path / "w", "en")
    (workspace.root / "answers" / "2025" / "kinds.yaml").write_text("answers: [\n")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        assert "the last round can't be read" in driver.foot
        await driver.press("1")
        assert driver.on_disk("KND-02").value == "quarterly"


@pytest.mark.parametrize("key", ["y", ".", "。"])
async def test_clauses_open(tmp_path: Path, key: str) -> None:
    """The clauses an item stands on are shown in full; items without say so."""
    async with driving(tmp_path / "w", "zh") as driver:
        await driver.press(key)
        assert "条款 23" in driver.screen
        assert "中华人民共和国网络安全法" in driver.screen
        await driver.press("escape", "down", key)
        assert "没有列出依据" in driver.screen


async def test_a_wide_terminal_shows_more(tmp_path: Path) -> None:
    """At 200×60 the room is used: clauses, last round and review stand beside the item."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, size=(200, 60)) as driver:
        assert "Clauses" not in driver.screen
        assert driver.screen.count("Once a year") > 1
        await driver.press("g", *"01", "enter")
        assert "Clause 23" in driver.screen
        assert "网络拓扑图  档案室 3 柜  expires 2026-06-20" in driver.screen
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "Clause 23" not in driver.screen
        assert "KND-01" in driver.screen


async def test_resizing_lays_out_at_once(tmp_path: Path) -> None:
    """From 80×24 to 200×60 the side column comes without a key."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=SHEET) as driver:
        await driver.pilot.resize_terminal(200, 60)
        await driver.settle()
        assert "Self-check 2025" in driver.screen
        assert max(map(len, driver.screen.splitlines())) > 120


@pytest.mark.parametrize(("lang", "message"), [("en", "2 items were open"), ("zh", "有 2 项")])
async def test_what_the_last_round_left_is_told_and_shown(
    tmp_path: Path, lang: Lang, message: str
) -> None:
    """What was not met or not mended last time, and is not answered yet, can be gone through."""
    workspace = busy(tmp_path / "w", lang)
    last: dict[str, dict[str, Any]] = {
        "KND-01": {"status": "met"},
        "KND-05": {"value": "2025-03-01", "remediation": {"action": "x"}},
        "KND-08": {"value": ["nothing"]},
    }
    workspace.open_sheet(SHEET, "2025").write_answers(last, by="wang-min", now=NOW, lang="zh")
    async with driving(tmp_path / "w", lang, workspace=workspace) as driver:
        assert message in driver.foot
        await driver.press("f", *"11", "enter")
        assert driver.item == "KND-05"
        await driver.press("n")
        assert driver.item == "KND-08"


async def test_a_narrow_terminal_says_where_one_is(tmp_path: Path) -> None:
    """Without a list of sections the line below the question names the section; its key says why.

    How much is done stays in the head line when the state of saving comes.
    """
    async with driving(tmp_path / "w", "zh", size=(60, 20)) as driver:
        await driver.press("1")
        assert "- 1 边界防护  1/" in driver.screen
        assert "1/9" in driver.head
        assert "已存" in driver.head
        await driver.press("ctrl+b")
        assert "窗口太窄" in driver.foot


async def test_a_long_section_is_named_when_its_heading_is_out_of_sight(tmp_path: Path) -> None:
    """The list of sections scrolls to the item; the line below the question names the section."""
    workspace = make_workspace(tmp_path / "w", "zh")
    path = workspace.root / "checklists" / "plain.yaml"
    line = path.read_text("utf-8").splitlines()[-1]
    rows = [line.replace("PLN-01", f"PLN-{number:02d}") for number in range(1, 41)]
    path.write_text(path.read_text("utf-8").replace(line, "\n".join(rows)), "utf-8")
    async with driving(tmp_path / "w", "zh", workspace=workspace, start=OTHER) as driver:
        assert "- 1 责任体系  0/40" not in driver.screen
        assert "Ctrl+B 加宽" in driver.screen
        await driver.press("g", *"PLN-40", "enter")
        assert "- 1 责任体系  0/40" in driver.screen
