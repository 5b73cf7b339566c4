"""Mitigation, review from the walk, undo and redo, taking evidence off."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.engine.fingerprint import answer_digest
from assess.model.answer import Answer
from tui.driver import driving
from tui.rounds import busy
from tui.sample import NOW, SHEET, make_workspace


@pytest.mark.parametrize("key", ["c", "-", "－"])
async def test_mitigation(tmp_path: Path, key: str) -> None:
    """A mitigation of the item's high-risk case is claimed with its note, and taken back."""
    async with driving(tmp_path / "w") as driver:
        await driver.press(key)
        assert "Host access control (lowers to medium)" in driver.screen
        await driver.press("1", "tab", *"iptables", "ctrl+s")
        stored = driver.on_disk("KND-01").mitigation
        assert stored is not None
        assert (stored.id, stored.note) == ("host-acl", "iptables")
        await driver.press(key, "0", "ctrl+s")
        assert driver.on_disk("KND-01").mitigation is None


async def test_no_mitigation_where_there_is_no_case(tmp_path: Path) -> None:
    """An item without a high-risk case says so."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("down", "c")
        assert "no high-risk case" in driver.foot


async def test_undo_and_redo_an_answer(tmp_path: Path) -> None:
    """`u` takes the last answer back as if it had not been given; `U` gives it again."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1", "1", "u")
        assert driver.on_disk("KND-02").value is None
        assert driver.on_disk("KND-02").by is None
        assert driver.item == "KND-02"
        assert "taken back: KND-02, result   U redo" in driver.foot
        await driver.press("ctrl+z")
        assert driver.on_disk("KND-01").status is None
        await driver.press("u")
        assert "nothing was written" in driver.foot
        await driver.press("U", "ctrl+y")
        assert driver.on_disk("KND-01").status == "met"
        assert driver.on_disk("KND-02").value == "quarterly"
        await driver.press("Ｕ")
        assert "nothing was taken back" in driver.foot


async def test_undo_restores_what_stood_there(tmp_path: Path) -> None:
    """A stale, returned answer is stale and returned again: fingerprint, note and stamps too."""
    workspace = busy(tmp_path / "w", "en")
    before = workspace.open_sheet(SHEET, "2026").sheet.answers
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("1", "g", *"06", "enter", "enter", *"1", "ctrl+s")
        assert driver.on_disk("KND-06") != before["KND-06"]
        assert driver.on_disk("KND-02") != before["KND-02"]
        await driver.press("u", "u")
        assert driver.on_disk("KND-06") == before["KND-06"]
        assert driver.on_disk("KND-02") == before["KND-02"]


async def test_undo_of_remediation_and_evidence(tmp_path: Path) -> None:
    """A plan and a cited piece go as they came."""
    workspace = busy(tmp_path / "w", "en")
    before = workspace.open_sheet(SHEET, "2026").sheet.answers["KND-02"]
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("m", "tab", "tab", *"!", "ctrl+s")
        await driver.press("e", "tab", *"room 3", "ctrl+s")
        after = driver.on_disk("KND-02")
        assert after.remediation is not None
        assert after.remediation.owner == "周平!"
        assert len(after.evidence) == 1
        await driver.press("u", "u")
        assert driver.on_disk("KND-02") == before


async def test_undo_leaves_what_another_wrote(tmp_path: Path) -> None:
    """Where somebody else has changed the answer since, undo keeps off it."""
    workspace = make_workspace(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("1")
        workspace.open_sheet(SHEET, "2026").write_answer(
            "KND-01", {"status": "unmet"}, by=None, now=NOW, lang="zh"
        )
        await driver.press("f5")
        await driver.press("u")
        assert "changed by another since" in driver.foot
        assert driver.on_disk("KND-01").status == "unmet"


async def test_detach(tmp_path: Path) -> None:
    """A cited piece is taken off by a list; the register keeps it; undo brings it back."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("d")
        assert "no evidence is attached here" in driver.foot
        await driver.press("g", *"01", "enter", "delete")
        assert "网络拓扑图" in driver.screen
        await driver.press("enter")
        assert driver.on_disk("KND-01").evidence == {}
        assert len(workspace.read_register_or_empty().evidence) == 1
        await driver.press("u")
        assert len(driver.on_disk("KND-01").evidence) == 1


@pytest.mark.parametrize("key", ["r", "ctrl+r"])
async def test_a_reviewer_accepts_in_the_walk(tmp_path: Path, key: str) -> None:
    """The review holds who, when and what was reviewed; a return needs a comment."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian") as driver:
        await driver.press("g", *"01", "enter", key, "ctrl+s")
        answer = driver.on_disk("KND-01")
        assert answer.review is not None
        assert (answer.review.state, answer.review.by) == ("accepted", "li-jian")
        assert answer.review.of == answer_digest(answer)
        assert answer.by == "wang-min"
        await driver.press(key, "2", "ctrl+s")
        assert "say what is to be changed" in driver.screen
        await driver.type("add the page")
        await driver.press("tab", *"20260630", "ctrl+s")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert (review.state, review.comment, str(review.due)) == (
            "returned",
            "add the page",
            "2026-06-30",
        )


async def test_who_may_not_review(tmp_path: Path) -> None:
    """A filler is told who may; an unanswered item has nothing to review."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("r")
        assert "only a reviewer may review: 李健" in driver.foot
        await driver.press("g", *"03", "enter", "r")
        assert "nothing is answered here" in driver.foot


async def test_a_one_person_unit_reviews_itself_with_a_warning(tmp_path: Path) -> None:
    """Where only one person is there, they may review their own answers; it is said."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1", "up", "r")
        assert "王敏 reviews their own answer" in driver.screen
        await driver.press("ctrl+s")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert review.by == "wang-min"


@pytest.mark.parametrize("key", ["0", "3"])
async def test_one_undo_takes_back_a_result_with_its_reason(tmp_path: Path, key: str) -> None:
    """The reason that a result asked for is one act with it; redo brings both back."""
    async with driving(tmp_path / "w") as driver:
        await driver.press(key, *"why", "ctrl+s", "u")
        assert driver.item == "KND-01"
        assert driver.on_disk("KND-01") == Answer()
        await driver.press("U")
        assert driver.on_disk("KND-01").status in ("unmet", "not_applicable")
        assert driver.on_disk("KND-01").note == "why"


async def test_a_note_written_by_itself_is_taken_back_alone(tmp_path: Path) -> None:
    """A note that was asked for by its own key is an act of its own."""
    async with driving(tmp_path / "w") as driver:
        await driver.press("1", "b", "a", *"seen", "ctrl+s", "u")
        assert driver.on_disk("KND-01").status == "met"
        assert driver.on_disk("KND-01").note is None


@pytest.mark.parametrize("key", ["!", "！", "ctrl+k"])
async def test_a_risk_by_hand_needs_a_reason(tmp_path: Path, key: str) -> None:
    """Only a finding has a risk; another than the computed one is written with its reason."""
    async with driving(tmp_path / "w") as driver:
        await driver.press(key)
        assert "only a finding has a risk" in driver.foot
        await driver.press("3", *"why", "ctrl+s", key, "2", "ctrl+s")
        assert "say why the risk" in driver.screen
        await driver.press(*"behind a second wall", "ctrl+s")
        stored = driver.on_disk("KND-01").risk
        assert stored is not None
        assert (stored.level, stored.reason) == ("medium", "behind a second wall")
        await driver.press(key, "0", "ctrl+s")
        assert driver.on_disk("KND-01").risk is None
        await driver.press("u")
        assert driver.on_disk("KND-01").risk == stored
