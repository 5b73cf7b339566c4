"""Findings of others on the board and at their item."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assess.display.text.cells import width_of
from assess.i18n import Lang
from assess.model.answer import Remediation
from assess.model.outside_finding import OutsideFinding
from assess.workspace import Workspace
from assess.workspace.core.outside_findings import (
    FindingAuthor,
    add_outside_finding,
    close_outside_finding,
    edit_outside_finding,
    read_outside_findings,
)
from tui.driver import Driver, driving
from tui.full_workspace import full_workspace
from tui.sample import NOW, TODAY

NOTICE: dict[str, Any] = {
    "source": "notice",
    "number": "青网安通12号",
    "due": "2026-05-02",
    "checklist": "kinds",
    "item": "KND-01",
    "text": "弱口令 3 个",
    "risk": "high",
}

AUTHOR = FindingAuthor("wang-min", NOW)


def with_finding(root: Path, lang: Lang = "en") -> Workspace:
    """Make the workspace with an overdue finding of others, which is about KND-01."""
    workspace = full_workspace(root, lang)
    add_outside_finding(workspace, NOTICE, AUTHOR)
    return workspace


def on_disk(driver: Driver) -> OutsideFinding:
    """Return the finding that was entered last."""
    return list(read_outside_findings(driver.workspace).values())[-1]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "4 findings, 2 overdue",
                "of others: 1, late 1",
                "[circular] 弱口令",
                "circular 青网安通12号",
            ],
        ),
        ("zh", ["外部 1 条，逾期 1 条", "【通报】弱口令", "通报 青网安通12号", "（C 销号）"]),
    ],
)
async def test_the_board_shows_it_among_the_others(
    tmp_path: Path, lang: Lang, words: list[str]
) -> None:
    """By its due date, marked by its source, with who found it below."""
    workspace = with_finding(tmp_path / "w", lang)
    async with driving(tmp_path / "w", lang, start=None, workspace=workspace) as driver:
        await driver.press("z")
        for word in words:
            assert word in driver.screen


async def test_a_long_delay_does_not_touch_the_risk(tmp_path: Path) -> None:
    """The longest words of a year's delay in English fill their column."""
    workspace = full_workspace(tmp_path / "w", "en")
    add_outside_finding(workspace, NOTICE | {"due": "2025-10-29"}, AUTHOR)
    async with driving(tmp_path / "w", "en", start=None, workspace=workspace) as driver:
        await driver.press("z")
        assert "215 days late high" in driver.screen
        head = next(row for row in driver.screen.splitlines() if "Risk" in row)
        line = next(row for row in driver.screen.splitlines() if "215 days late" in row)
        assert cells_before(head, "Risk") == cells_before(line, "high")


def cells_before(line: str, words: str) -> int:
    """Return the cell of a line at which words begin."""
    return width_of(line[: line.rindex(words)])


async def test_it_is_planned_closed_and_opened_again_by_keys(tmp_path: Path) -> None:
    """Each is written to findings.yaml, with the proof and the day; answers stay as they are."""
    workspace = with_finding(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "enter", *"mend", "ctrl+s")
        plan = on_disk(driver).remediation
        assert plan is not None
        assert (plan.action, plan.state) == ("mend", "planned")
        await driver.press("2")
        assert "in progress" in driver.foot
        await driver.press("C", "ctrl+s")
        assert "say what proves that it is mended" in driver.screen
        await driver.press(*"letter", "ctrl+s")
        closed = on_disk(driver).closed
        assert closed is not None
        assert (closed.proof, closed.round) == ("letter", "2026")
        assert "closed off" in driver.screen
        await driver.press("2")
        assert "C opens it again" in driver.foot
        await driver.press("C", *"retest", "ctrl+s")
        finding = on_disk(driver)
        assert finding.closed is None
        assert finding.remediation is not None
        assert finding.remediation.reason == "retest"
        assert driver.on_disk("KND-01").remediation is not None
        assert driver.on_disk("KND-01").status == "unmet"


async def test_the_day_of_closing_is_typed_as_people_write_days(tmp_path: Path) -> None:
    """The file has it in one form."""
    workspace = with_finding(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "C", *"letter", "tab", "ctrl+u", *"2026/3/8", "ctrl+s")
        closed = on_disk(driver).closed
        assert closed is not None
        assert closed.on == date(2026, 3, 8)


async def test_one_is_entered_on_the_board(tmp_path: Path) -> None:
    """What was found is enough; an unknown item is told at its field."""
    workspace = full_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "+", *"open port", "tab", "4", "ctrl+s")
        finding = on_disk(driver)
        assert (finding.text, finding.source, finding.by) == ("open port", "scan", "wang-min")
        assert "[vulnerability scan] open port" in driver.screen


async def test_the_item_shows_it_and_one_key_opens_it(tmp_path: Path) -> None:
    """With its number below the requirement; t leads to the board, at the finding, Esc back."""
    workspace = with_finding(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "g")
        assert "(T opens)" in driver.screen
        assert "circular 青网安通12号: 弱口令" in driver.screen
        await driver.press("T")
        assert "Remediation" in driver.head
        line = next(row for row in driver.screen.splitlines() if row.startswith("> "))
        assert "[circular]" in line
        await driver.press("escape")
        assert "(T opens)" in driver.screen


@pytest.mark.parametrize(
    ("lang", "words", "name"),
    [
        ("en", "findings of others overdue (1)", "circular 青网安通12号 弱口令 3 个"),
        ("zh", "外部发现逾期（1）", "通报 青网安通12号 弱口令 3 个"),
    ],
)
async def test_an_overdue_one_is_open_work_of_the_overview(
    tmp_path: Path, lang: Lang, words: str, name: str
) -> None:
    """Its digit opens the board at it; once it is closed off, its line is gone."""
    workspace = with_finding(tmp_path / "w", lang)
    add_outside_finding(workspace, NOTICE | {"due": "2026-05-03", "text": "second"}, AUTHOR)
    add_outside_finding(workspace, NOTICE | {"due": "2027-05-03", "text": "later"}, AUTHOR)
    close_outside_finding(
        workspace, next(iter(read_outside_findings(workspace))), TODAY, "x", AUTHOR
    )
    async with driving(tmp_path / "w", lang, start=None, workspace=workspace) as driver:
        line = next(row for row in driver.screen.splitlines() if words in row)
        assert name.replace("弱口令 3 个", "second") in line
        await driver.press(line.strip(" >")[0])
        chosen = next(row for row in driver.screen.splitlines() if row.startswith("> "))
        assert "second" in chosen
        await driver.press("C", *"letter", "ctrl+s", "escape")
        assert words not in driver.screen


async def test_u_takes_back_each_change_of_it_and_shift_u_repeats_it(tmp_path: Path) -> None:
    """Plan, state, closing and entering, step by step to the file as it was; own changes between.

    The lines of the file are as they were, the stamp too.
    """
    workspace = full_workspace(tmp_path / "w", "en")
    add_outside_finding(workspace, NOTICE, FindingAuthor("wang-min", NOW.astimezone(UTC)))
    path = tmp_path / "w" / "findings.yaml"
    path.write_text(path.read_text() + "# by hand\n", encoding="utf-8")
    texts = [path.read_text()]
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z")
        for keys in (["enter", *"mend", "ctrl+s"], ["2"], ["C", *"letter", "ctrl+s"]):
            await driver.press(*keys)
            assert "u undo" in driver.foot
            texts.append(path.read_text())
        await driver.press("+", *"open port", "ctrl+s")
        assert len(read_outside_findings(driver.workspace)) == 2
        await driver.press("u")
        assert "taken back: the change of circular" in driver.foot
        for text in reversed(texts[:-1]):
            await driver.press("u")
            assert path.read_text() == text
        await driver.press("u")
        assert "nothing was changed in this session" in driver.foot
        await driver.press("U", "U", "U", "U")
        assert "written again" in driver.foot
        closed, entered = read_outside_findings(driver.workspace).values()
        assert closed.closed is not None
        assert closed.remediation is not None
        assert closed.remediation.state == "in_progress"
        assert entered.text == "open port"


async def test_u_takes_the_last_change_first_whosever_finding_it_was(tmp_path: Path) -> None:
    """A change of the round's own between two of others' findings is taken back in its turn."""
    workspace = with_finding(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "enter", *"mend", "ctrl+s", "down", "2")
        own = driver.on_disk("KND-02").remediation or driver.on_disk("KND-01").remediation
        assert own is not None
        await driver.press("u")
        assert "the remediation of 1 finding " in driver.foot
        assert on_disk(driver).remediation is not None
        await driver.press("u")
        assert on_disk(driver).remediation is None


async def test_u_leaves_what_another_changed_since(tmp_path: Path) -> None:
    """It says so, and the file stays."""
    workspace = with_finding(tmp_path / "w")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "enter", *"mend", "ctrl+s")
        key = next(iter(read_outside_findings(workspace)))
        edit_outside_finding(workspace, key, {"remediation.action": "theirs"}, AUTHOR)
        await driver.press("u")
        assert "was changed by another since" in driver.foot
        plan = on_disk(driver).remediation
        assert plan is not None
        assert plan.action == "theirs"


def states(driver: Driver) -> list[str | None]:
    """Return the states of the findings of others, and then of the round's first two."""
    plans = [finding.remediation for finding in read_outside_findings(driver.workspace).values()]
    plans += [driver.on_disk(item).remediation for item in ("KND-01", "KND-02")]
    return [plan.state if plan else None for plan in plans]


async def test_ticked_ones_are_changed_with_the_round_s_own_as_one_step(tmp_path: Path) -> None:
    """State and form reach both; one `u` takes all back, `U` writes all again."""
    plan = {"remediation": {"action": "a", "owner": "b", "due": "2026-07-01", "state": "planned"}}
    workspace = full_workspace(tmp_path / "w", "en")
    add_outside_finding(workspace, NOTICE | plan, AUTHOR)
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z")
        before = states(driver)
        ticked = 0
        for line in driver.screen.splitlines():
            ticked += "[ ]" in line
        await driver.press(*["insert"] * ticked)
        assert f"{ticked} ticked" in driver.screen
        await driver.press("enter", *"office", "tab", *"wu", "ctrl+s")
        assert f"{ticked} remediations changed   u undo" in driver.foot
        after = states(driver)
        assert after.count(None) <= before.count(None)
        finding = on_disk(driver).remediation
        assert finding is not None
        assert finding.unit == "office"
        await driver.press("u")
        assert f"taken back: the remediation of {ticked} findings" in driver.foot
        assert on_disk(driver).remediation == msgspec.convert(plan["remediation"], Remediation)
        assert states(driver) == before
        await driver.press("U")
        finding = on_disk(driver).remediation
        assert finding is not None
        assert finding.unit == "office"
        assert states(driver) == after


async def test_one_proof_closes_all_that_are_ticked(tmp_path: Path) -> None:
    """As one step; a closed one is not changed with the others, and one of the round not closed."""
    workspace = with_finding(tmp_path / "w")
    add_outside_finding(workspace, NOTICE | {"number": "13", "due": "2026-05-01"}, AUTHOR)
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("z", "insert", "insert", "C", *"letter", "ctrl+s")
        assert "2 findings closed off   u undo" in driver.foot
        proofs = [finding.closed for finding in read_outside_findings(workspace).values()]
        assert [closed and closed.proof for closed in proofs] == ["letter", "letter"]
        await driver.press("u")
        closed = [finding.closed for finding in read_outside_findings(workspace).values()]
        assert closed == [None, None]
        await driver.press(*["up"] * 9, "C", *"letter", "ctrl+s")
        await driver.press(*["down"] * 9, "insert", "1")
        assert "C opens it again; nothing was changed" in driver.foot
        await driver.press(*["up"] * 9, *["down"] * 2, "insert", "C")
        assert "only findings of others are closed here" in driver.foot
