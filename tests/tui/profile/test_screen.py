"""The profile: its rows, its forms, and what a changed fact does before it is taken."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.model.base import pick_text
from tui.driver import Driver, driving
from tui.full_workspace import PORTAL, driving_full_workspace, full_workspace
from tui.sample import CONFIG, NOW, TODAY, make_workspace


def chosen(driver: Driver) -> str:
    """Return the line that the cursor is at."""
    return next(line for line in driver.screen.splitlines() if line.startswith("> "))


async def go(driver: Driver, words: str) -> None:
    """Put the cursor on the row with these words."""
    for _row in range(30):
        if words in chosen(driver):
            return
        await driver.press("down")
    pytest.fail(f"no row {words}\n{driver.screen}")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Qingxi District Data Bureau", "Facts", "1 of 1 given", "政务门户", "internet"]),
        ("zh", ["示例市青溪区数据局", "基本情况", "已填 1/1", "未定级", "互联网", "填报"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_shows_the_profile(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """Unit, systems, people and checklists have a row each."""
    async with driving_full_workspace(tmp_path / "w", "ctrl+o", lang, size=size) as driver:
        for word in words:
            assert word in driver.screen


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "nothing is asked"), ("zh", "检查表没有要填的")]
)
async def test_no_facts_asked_is_said(tmp_path: Path, lang: Lang, words: str) -> None:
    """Where no checklist asks for facts the line says so, not how many of none are given."""
    workspace = make_workspace(tmp_path / "w", lang)
    (workspace.root / "assess.yaml").write_text(
        CONFIG.replace("  kinds: {source: local}\n", "").replace("[kinds, plain]", "[plain]"),
        "utf-8",
    )
    async with driving(tmp_path / "w", lang, start=None, workspace=workspace) as driver:
        await driver.press("i")
        assert words in driver.screen
        assert "0/0" not in driver.screen
        assert "0 of 0" not in driver.screen


async def test_a_hint_gives_way_by_whole_words(tmp_path: Path) -> None:
    """At 60 columns a name is whole, what does not fit beside it stands below."""
    workspace = full_workspace(tmp_path / "w", "en")
    text = (workspace.root / "assess.yaml").read_text("utf-8")
    (workspace.root / "assess.yaml").write_text(
        text.replace(
            "{name: 政务门户, exposure: internet}",
            "{name: Qingxi Government Services Portal, exposure: internet, hosting: egov_cloud}",
        ),
        "utf-8",
    )
    async with driving(tmp_path / "w", start=None, workspace=workspace, size=(60, 20)) as driver:
        await driver.press("i")
        await go(driver, "Qingxi Government Services Portal")
        assert ".." not in chosen(driver)
        assert "no grade yet  internet  government cloud" in driver.screen


async def test_the_units_name_in_one_language(tmp_path: Path) -> None:
    """The name is changed in the language of the screen; the other language stays."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press("enter", "!", "ctrl+s")
        name = driver.workspace.read_config().organization.name
        assert pick_text(name, "en") == "Qingxi District Data Bureau!"
        assert pick_text(name, "zh") == "示例市青溪区数据局"
        await driver.press("1", *["backspace"] * 40, "ctrl+s")
        assert "this is needed" in driver.screen


async def test_a_changed_fact_shows_what_it_does_first(tmp_path: Path) -> None:
    """Items that come and go are listed; Esc leaves all as it was, Enter takes the fact."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press("down", "enter", "2", "ctrl+s")
        assert "1 item goes (1 answered; the answers stay on disk)" in driver.screen
        assert "- KND-01 Deny by default" in driver.screen
        await driver.press("escape")
        assert driver.workspace.read_config().profile == {"egov_access": True}
        await driver.press("enter", "ctrl+s", "enter")
        assert driver.workspace.read_config().profile == {"egov_access": False}
        assert driver.on_disk("KND-01").status == "unmet"
        await driver.press("escape", "f4")
        assert "KND-01" not in driver.screen


async def test_what_is_refused_is_said_to_stay_as_a_draft(tmp_path: Path) -> None:
    """Esc at the question takes nothing; the form has it all again."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "Facts")
        await driver.press("enter", "2", "ctrl+s", "escape")
        assert "stays as a draft" in driver.foot
        assert driver.workspace.read_config().profile == {"egov_access": True}
        await driver.press("enter")
        assert "(draft)" in driver.screen


async def test_a_fact_that_changes_nothing_is_taken_at_once(tmp_path: Path) -> None:
    """Facts of a system: a whole number, a date in another usual form, a choice; errors beside."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "0 of 3 given")
        await driver.press("enter", *"many", "tab", *"soon", "ctrl+s")
        assert "not a number" in driver.screen
        assert "not a date" in driver.screen
        await driver.press(*["backspace"] * 4, *"50", "tab", *["backspace"] * 4, *"2024.1.5")
        await driver.press("tab", "1", "ctrl+s", "enter")
        profile = driver.workspace.read_config().systems["portal"].profile
        assert profile == {"users": 50, "started": "2024-01-05", "size": "big"}
        assert "3 of 3 given" in driver.screen


async def test_a_new_system_gets_its_sheets(tmp_path: Path) -> None:
    """`+` asks for name, id, grade, exposure and place; the round gets the system's sheets."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "+ a system")
        await driver.press("+", *"OA", "tab", *["backspace"] * 2, *"Portal", "tab", "2", "ctrl+s")
        assert "lower-case letters, digits and hyphens" in driver.screen
        assert "give both S and A, or neither" in driver.screen
        await driver.press(*["backspace"] * 6, *"portal", "ctrl+s")
        assert "portal exists already" in driver.screen
        await driver.press(*["backspace"] * 6, *"oa", "tab", "tab")
        await driver.press("3", "2", "1", "ctrl+s")
        system = driver.workspace.read_config().systems["oa"]
        assert system.grade is not None
        assert (system.grade.s, system.grade.a, system.grade.level) == (2, 3, 3)
        assert (system.exposure, system.hosting) == ("egov", "own_room")
        assert "sys@oa" in driver.workspace.read_config().rounds["2026"].sheets
        assert "S2A3G3" in driver.screen


async def test_an_id_is_proposed_from_the_name(tmp_path: Path) -> None:
    """It follows the name until somebody changes it, and is one that is free."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "+ a system")
        await driver.press("+", *"政务门户", "ctrl+s")
        assert pick_text(driver.workspace.read_config().systems["zwmh"].name, "zh") == "政务门户"
        await driver.press("+", *"政务门户", "tab")
        assert "zwmh-2" in driver.screen
        await driver.press("backspace", "3", "up", *"二期", "ctrl+s")
        assert (
            pick_text(driver.workspace.read_config().systems["zwmh-3"].name, "zh") == "政务门户二期"
        )
        await go(driver, "+ a person")
        await driver.press("+", *"王 Min", "ctrl+s")
        assert driver.workspace.read_config().people["w-min"].name == "王 Min"


async def test_a_regraded_system_shows_what_comes(tmp_path: Path) -> None:
    """A grade decides which items apply, so it is weighed like a fact."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "no grade yet")
        await driver.press("enter", "tab", "2", "2", "ctrl+s")
        assert "1 item goes" in driver.screen
        await driver.press("enter")
        seen = driver.workspace.open_sheet(PORTAL, "2026").assess_on(driver.app.session.today)
        assert [state.applies for state in seen.items] == ["no", "unknown"]


async def test_people_with_roles(tmp_path: Path) -> None:
    """A person is added and changed; roles are picked, addresses checked."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "+ a person")
        await driver.press("enter", *"赵云", "tab", "tab", "3", "tab")
        await driver.press(*"nowhere", "ctrl+s")
        assert "addresses with @" in driver.screen
        await driver.press(*["backspace"] * 7, *"z@qx.example", "ctrl+s")
        person = driver.workspace.read_config().people["zy"]
        assert (person.name, person.roles, person.emails) == (
            "赵云",
            ("leader",),
            ("z@qx.example",),
        )
        await go(driver, "赵云")
        await driver.press("enter", "tab", "1", "ctrl+s")
        assert driver.workspace.read_config().people["zy"].roles == ("filler", "leader")


async def test_checklists_of_the_round(tmp_path: Path) -> None:
    """One is taken out of the round, its answers kept; put in again; another from the library."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press("d")
        assert "go to a system, a person or a checklist first" in driver.foot
        await go(driver, "Responsibility")
        await driver.press("d")
        assert "1 answer stays on disk" in driver.screen
        await driver.press("enter")
        assert driver.workspace.read_config().rounds["2026"].sheets == ("kinds", "sys@portal")
        assert (driver.workspace.root / "answers" / "2026" / "plain.yaml").exists()
        await driver.press("3")
        assert "not in the round" in driver.foot
        await driver.press("enter")
        assert driver.workspace.read_config().rounds["2026"].sheets == (
            "kinds",
            "sys@portal",
            "plain",
        )
        await driver.press("enter")
        assert "it is in the round" in driver.foot
        await driver.press("2", *"egov-network", "enter")
        assert "egov-network" in driver.workspace.read_config().checklists


async def test_the_reports_addressee(tmp_path: Path) -> None:
    """Whom the report goes to, and its marking; what was not touched is not written."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await driver.press("down", "down", "enter", *"区委网信办", "ctrl+s")
        settings = driver.workspace.read_config().report
        assert (settings.addressee, settings.marking) == ("区委网信办", None)
        for up in ("up", "pageup"):  # the unit's own facts are no system's
            await driver.press(up, "+")
            assert "go to a system, a person or a checklist first" in driver.foot


async def test_a_person_whom_records_name_stays(tmp_path: Path) -> None:
    """Who answered can't be taken out: the records are counted, and the way out is said."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "王敏")
        await driver.press("d")
        for words in ("王敏 stays", "answers: 3", "evidence registered: 3", "take away all roles"):
            assert words in driver.screen
        await driver.press("escape")
        assert "wang-min" in driver.workspace.read_config().people


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_person_nothing_names_is_taken_out(tmp_path: Path, lang: Lang) -> None:
    """It is asked first; Esc leaves the person, Enter takes them out."""
    async with driving_full_workspace(tmp_path / "w", "i", lang) as driver:
        await go(driver, "李健")
        await driver.press("3")
        assert ("Take 李健 out?" if lang == "en" else "移除 李健？") in driver.screen
        await driver.press("escape")
        assert "li-jian" in driver.workspace.read_config().people
        await driver.press("d", "enter")
        assert list(driver.workspace.read_config().people) == ["wang-min"]
        assert {problem.code for problem in driver.workspace.lint_workspace_files(today=TODAY)} == {
            "grade-missing"
        }


async def test_a_system_without_answers_is_taken_out(tmp_path: Path) -> None:
    """Its sheets leave the round with it, so that no sheet is without a system."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "政务门户")
        await driver.press("d")
        assert "It has no answers in an open round" in driver.screen
        await driver.press("enter")
        assert driver.workspace.read_config().systems == {}
        assert PORTAL not in driver.workspace.list_sheets("2026")


async def test_a_system_with_answers_stays(tmp_path: Path) -> None:
    """Only its sheets leave the round; the system and the answers stay, and nothing is wrong."""
    async with driving_full_workspace(tmp_path / "w", "i") as driver:
        await go(driver, "政务门户")
        desk = driver.workspace.open_sheet(PORTAL, "2026")
        change = {"SYS-01": {"status": "met"}}
        await asyncio.to_thread(desk.write_answers, change, by="li-jian", now=NOW, lang="zh")
        await driver.press("d")
        assert "1 answer is about it" in driver.screen
        await driver.press("enter")
        assert list(driver.workspace.read_config().systems) == ["portal"]
        assert PORTAL not in driver.workspace.list_sheets("2026")
        assert (driver.workspace.root / "answers" / "2026" / "sys@portal.yaml").exists()
        await go(driver, "李健")
        await driver.press("d")
        assert "answers: 1" in driver.screen


async def test_a_system_without_a_checklist_is_offered_one(tmp_path: Path) -> None:
    """Where no checklist is about systems, that is said then; Enter lists the library."""
    async with driving(tmp_path / "w", "zh", start=None) as driver:
        await driver.press("i")
        await go(driver, "添加系统")
        await driver.press("+", *"OA", "ctrl+s")
        assert "还没有面向信息系统的检查表" in driver.screen
        await driver.press("enter")
        assert "egov-network" in driver.screen
