from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.workspace import Workspace
from tui.driver import Driver, driving
from tui.rounds import busy
from tui.sample import NOW, SHEET, TODAY

LAST: dict[str, dict[str, Any]] = {
    "KND-03": {"value": {"part": 3, "whole": 4}, "note": "差综合科"},
    "KND-04": {"value": 5, "note": "抽查 12 个"},
    "KND-05": {"value": "2025-05-06"},
}


def workspace_with_last_round(root: Path, lang: Lang) -> Workspace:
    """Return a workspace in which three open items were answered in 2025."""
    workspace = busy(root, lang)
    for title, day in (("名单", TODAY), ("旧名单", TODAY - timedelta(1))):
        workspace.register_paper_evidence(title, title=title, by=None, now=NOW, expires=day)
    rows = workspace.read_register_or_empty().evidence
    ids = [key for key, row in rows.items() if row.title in ("名单", "旧名单")]
    last = {**LAST, "KND-04": {**LAST["KND-04"], "evidence": dict.fromkeys(ids, "other")}}
    workspace.open_sheet(SHEET, "2025").write_answers(last, by="wang-min", now=NOW, lang="zh")
    return workspace


async def go(driver: Driver, number: str) -> None:
    """Go to an item."""
    await driver.press("g", *number, "enter")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_one_key_takes_what_was_answered_last_year(tmp_path: Path, lang: Lang) -> None:
    """The line says what; `l` writes it as the answer of who acts; `u` takes all of it back."""
    workspace = workspace_with_last_round(tmp_path, lang)
    async with driving(tmp_path, lang, workspace=workspace) as driver:
        await go(driver, "03")
        line = next(row for row in driver.screen.splitlines() if "3/4" in row and " l " in row)
        assert line.startswith(f" {translator(lang)('Proposal')}  ")
        assert "王敏 2026-06-01" in line

        await driver.press("l")

        answer = driver.on_disk("KND-03")
        assert answer.value == {"part": 3, "whole": 4}
        assert answer.note == "差综合科"
        assert (answer.by, answer.review) == ("wang-min", None)
        assert answer.taken_from is not None
        assert answer.taken_from.round == "2025"
        assert driver.item != "KND-03"  # the note is there already, so it goes on

        await driver.press("u")
        assert driver.on_disk("KND-03") == Answer()


async def test_expired_evidence_is_named_and_the_note_is_read_again(tmp_path: Path) -> None:
    """What is in force is carried; the form shows the note that was taken."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "04")
        assert "! 已过期、不带入：旧名单" in driver.screen
        await driver.press("l")
        assert "抽查 12 个" in driver.screen
        assert type(driver.app.screen).__name__ == "FormScreen"
        await driver.press("escape")
        answer = driver.on_disk("KND-04")
        titles = {workspace.read_register_or_empty().evidence[row].title for row in answer.evidence}
        assert titles == {"名单"}
        assert "沿用  沿用 2025 年，没有新内容" in driver.screen


async def test_a_new_result_is_not_taken_over_any_more(tmp_path: Path) -> None:
    """The answer loses where it came from as soon as its value is another."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "03")
        await driver.press("l")
        await go(driver, "03")
        await driver.press("enter", "backspace", "4", "ctrl+s")
        assert driver.on_disk("KND-03").value == {"part": 4, "whole": 4}
        assert driver.on_disk("KND-03").taken_from is None


async def test_all_proposals_are_listed_with_what_they_change(tmp_path: Path) -> None:
    """A list; its first row is taken by Enter. Where there is nothing, that is said."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "03")
        await driver.press("L")
        assert "KND-03 的建议" in driver.screen
        assert "情况：差综合科" in driver.screen
        await driver.press("enter")
        assert driver.on_disk("KND-03").note == "差综合科"
        await go(driver, "07")
        for key in ("l", "L"):
            await driver.press(key)
            assert "这一项没有建议" in driver.foot


async def test_a_given_answer_is_not_replaced_by_one_key(tmp_path: Path) -> None:
    """The list does it, where a person chooses it."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "02")
        await driver.press("l")
        assert driver.on_disk("KND-02").value == "never"
        await driver.press("L", "enter")
        assert driver.on_disk("KND-02").value == "yearly"


async def test_f7_puts_the_note_of_the_proposal_in(tmp_path: Path) -> None:
    """Where the cursor is; in a form without a proposal it does nothing."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "03")
        await driver.press("a", "x", "f7")
        assert "F7 插入建议" in driver.screen
        await driver.press("ctrl+s")
        assert driver.on_disk("KND-03").note == "x差综合科"
        await go(driver, "07")
        await driver.press("a", "f7")
        assert "F7" not in driver.screen
        await driver.press("escape")


async def test_items_with_a_proposal_one_by_one(tmp_path: Path) -> None:
    """From the overview: `1` takes, `2` leaves, each with its own undo; at the end it says so."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", start=None, workspace=workspace) as driver:
        await driver.press("l")
        assert "按 f" not in driver.screen  # f is no key of this walk
        assert driver.item == "KND-03"
        assert "1 采用  2 不采用" in driver.screen
        await driver.press("2")
        assert driver.item == "KND-04"
        await driver.press("2")
        await driver.press("1")
        assert "没有别的建议了" in driver.foot
        assert driver.on_disk("KND-05").value == "2025-05-06"
        assert driver.on_disk("KND-03") == driver.on_disk("KND-04") == Answer()
        await driver.press("u")
        assert driver.on_disk("KND-05") == Answer()


async def test_a_changed_source_is_marked_and_stands_in_the_open_work(tmp_path: Path) -> None:
    """At the item and on the overview; the answer itself stays as it is."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", start=None, workspace=workspace) as driver:
        await driver.press("enter")
        await go(driver, "03")
        await driver.press("l")
        taken = driver.on_disk("KND-03")
        workspace.open_sheet(SHEET, "2025").write_answer(
            "KND-03", {"note": "差两个科"}, by="wang-min", now=NOW, lang="zh"
        )
        await driver.press("home")
        assert "沿用的来源已变（1）：KND-03" in driver.screen
        await driver.press("enter")
        await go(driver, "03")
        assert "! 来源已变" in driver.screen
        assert driver.on_disk("KND-03") == taken


async def test_the_reviewer_is_told_what_was_taken_over(tmp_path: Path) -> None:
    """The source, and whether note or evidence is new."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "03")
        await driver.press("l")
        await go(driver, "03")
        await driver.press("a", "!", "ctrl+s")
    async with driving(tmp_path, "zh", start=None, workspace=workspace, person="li-jian") as driver:
        await driver.press("r")
        await go(driver, "03")
        assert "沿用  沿用 2025 年，情况是新写的" in driver.screen


async def test_only_what_was_taken_is_said_to_be(tmp_path: Path) -> None:
    """A note alone is no evidence; the item is marked, and says why its result is still open."""
    workspace = workspace_with_last_round(tmp_path, "zh")
    path = tmp_path / "checklists" / "kinds.yaml"
    text = path.read_text("utf-8").replace(
        "      - id: KND-03\n", "      - id: KND-03\n        each_round: true\n"
    )
    path.write_text(text.replace("assess/checklist/1", "assess/checklist/2"), "utf-8")
    async with driving(tmp_path, "zh", workspace=workspace) as driver:
        await go(driver, "03")
        assert "，结果每轮另查" in driver.screen
        await driver.press("l")
        assert driver.foot.strip() == "情况已带入，结果请按这次查到的答"
        assert "o 网络安全员覆盖率" in driver.screen
        assert "情况沿用 2025 年，结果每轮另查" in driver.screen
