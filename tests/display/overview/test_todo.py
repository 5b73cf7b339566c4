"""What is to be done, and who did something last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.display.overview.sheet_summary import summarize_sheet
from assess.display.overview.todo import (
    list_expiring_evidence_titles,
    list_recent_activity,
    list_todos,
    recent_activity_text,
    todo_lines,
    uncommitted_files_text,
)
from assess.display.text.styled import join_lines_without_styles
from assess.i18n import Lang
from assess.model.config import Person
from assess.workspace import Workspace
from tui.driver import driving
from tui.rounds import busy
from tui.sample import SHEET, TODAY

PEOPLE = {"wang-min": Person(name="王敏")}


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace in which something of every kind waits."""
    return busy(tmp_path / "w", "zh")


def test_the_most_pressing_comes_first(here: Workspace) -> None:
    """Returned, overdue, stale, then evidence that expires; each names its first place."""
    desk = here.open_sheet(SHEET, "2026")
    todos = list_todos(
        {SHEET: summarize_sheet(desk.assess_on(TODAY), "zh")},
        desk.register,
        ("KND-09",),
        (),
        TODAY,
        "zh",
    )
    assert [todo.kind for todo in todos] == [
        "conflicts",
        "returned",
        "overdue",
        "stale",
        "unanswered",
        "expiring",
    ]
    assert [todo.item_id for todo in todos[1:5]] == ["KND-02", "KND-02", "KND-06", "KND-03"]
    text = join_lines_without_styles(todo_lines(todos, 1, "zh", 60))
    assert "> 2 退回待改（1）：KND-02 策略清理周期" in text
    assert "  5 未填（6，按 n 去填）：KND-03 " in text
    assert "  6 佐证 30 天内到期（1）：网络拓扑图" in text


def test_nothing_to_do_is_said() -> None:
    """An empty list says so, in both languages."""
    for lang, words in (("zh", "没有要办的事"), ("en", "nothing is waiting")):
        assert words in join_lines_without_styles(todo_lines([], None, lang, 60))  # type: ignore[arg-type]  # the two languages


def test_facts_not_given_are_told(here: Workspace) -> None:
    """They decide which items apply: named before the items, with where one goes."""
    desk = here.open_sheet(SHEET, "2026")
    asked = ["接入政务外网？", "有移动办公？"]
    todos = list_todos(
        {SHEET: summarize_sheet(desk.assess_on(TODAY), "zh")},
        None,
        (),
        (),
        TODAY,
        "zh",
        unanswered_questions=asked,
    )
    kinds = [todo.kind for todo in todos]
    assert kinds.index("facts") == kinds.index("unanswered") - 1
    text = join_lines_without_styles(todo_lines(todos, None, "zh", 70))
    assert "基本情况未填（2，按 i 去填）：接入政务外网？ 有移动办公？" in text


def test_expiry_within_thirty_days(here: Workspace) -> None:
    """The 30th day before is told, the 31st is not; expired ones are told too."""
    register = here.read_register_or_empty()
    assert list(list_expiring_evidence_titles(register, date(2026, 5, 21))) == ["网络拓扑图"]
    assert list(list_expiring_evidence_titles(register, date(2026, 5, 20))) == []
    assert list(list_expiring_evidence_titles(register, date(2026, 7, 1))) == ["网络拓扑图"]
    assert list(list_expiring_evidence_titles(None, TODAY)) == []


def test_who_did_something_last(here: Workspace) -> None:
    """Each person with their last day's deeds; an unknown id stands for itself."""
    seen = summarize_sheet(here.open_sheet(SHEET, "2026").assess_on(TODAY), "zh")
    text = recent_activity_text(list_recent_activity([seen]), PEOPLE, "zh", 80)
    assert "王敏 06-01 09:31 填写 3 项" in text
    assert "li-jian 06-01 09:31 退回 1 项" in text
    assert recent_activity_text([], PEOPLE, "zh", 80) == ""
    assert "；" not in recent_activity_text(
        list_recent_activity([seen]), PEOPLE, "zh", 40
    )  # whole deeds or none


def test_what_is_not_committed() -> None:
    """Unknown says nothing; none says so; some are counted."""
    assert uncommitted_files_text(None, "en") == ""
    assert uncommitted_files_text([], "en") == "All answers are saved, and in a version too"
    assert "2 files" in uncommitted_files_text(["a", "b"], "en")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_overview_shows_and_opens_it(
    tmp_path: Path, lang: Lang, size: tuple[int, int]
) -> None:
    """The list stands in the overview; a digit, or cursor and Enter, go to the first of a line."""
    workspace = busy(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, workspace=workspace, start=None, size=size) as driver:
        for words in ("KND-02", "KND-06", "网络拓扑图"):
            assert words in driver.screen
        await driver.press("1")
        assert driver.item == "KND-02"
        await driver.press("escape", "３")
        assert driver.item == "KND-06"
        await driver.press("escape", "down", "down", "down", "enter")
        assert driver.item == "KND-02"
        await driver.press("escape", "4", "escape", "escape")
        await driver.press("9")
        assert "9" in driver.foot


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_reviewer_is_told_what_waits_and_is_led_there(tmp_path: Path, lang: Lang) -> None:
    """The number stands first, for whoever reviews; its digit opens the review."""
    workspace = busy(tmp_path / "w", lang)
    words = {"zh": "待你审核 2 项（按 r", "en": "answers that wait for your review: 2"}[lang]
    async with driving(tmp_path / "w", lang, workspace=workspace, start=None) as driver:
        assert words not in driver.screen
        await driver.press("w", *"李健", "enter")
        assert f"1 {words}" in driver.screen
        await driver.press("1")
        assert type(driver.app.screen).__name__ == "ReviewScreen"


@pytest.mark.exhaustive
async def test_another_round_and_the_other_language(tmp_path: Path) -> None:
    """`t` goes to another round; the settings change the language, in both scripts."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", "en", workspace=workspace, start=None) as driver:
        await driver.press("t", *"2025", "enter")
        assert "Self-check 2025" in driver.head
        await driver.press("ctrl+l", "s", "1", "ctrl+s")
        assert "2025 年自查" in driver.head
        await driver.press("；", "escape", "s")
        assert "语言 / Language" in driver.screen
        await driver.press("2", "ctrl+s", ";", *"2026", "enter")
        assert "Self-check 2026" in driver.head
        await driver.press("/", *"yanlian", "escape", "/", *"zjycyj", "enter")
        assert driver.item == "KND-05"
