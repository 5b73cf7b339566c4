"""The reviewer's walk: through what waits, one or two keys each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assess.i18n import Lang
from assess.workspace import REMOVE, Workspace
from tui.driver import driving
from tui.full_workspace import full_workspace
from tui.rounds import busy
from tui.sample import NOW, SHEET

SIZES = [(80, 24), (60, 20)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["只看未审核", "1 通过", "2 退回"]), ("en", ["only: to be reviewed", "1 accept"])],
)
async def test_goes_through_what_waits(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """`r` in the overview opens the first answer that waits; 1 accepts, 2 returns, and goes on."""
    workspace = busy(tmp_path / "w", lang)
    async with driving(
        tmp_path / "w", lang, workspace=workspace, person="li-jian", start=None, size=size
    ) as driver:
        await driver.press("r")
        assert driver.item == "KND-01"
        for word in words:
            assert word in driver.screen
        await driver.press("1")
        first = driver.on_disk("KND-01").review
        assert first is not None
        assert first.state == "accepted"
        assert {"zh": "已通过 KND-01", "en": "accepted KND-01"}[lang] in driver.screen
        assert driver.item == "KND-06"
        await driver.press("２")
        await driver.type("号码有误")
        await driver.press("ctrl+s")
        second = driver.on_disk("KND-06").review
        assert second is not None
        stale = {"zh": "按旧条文作答", "en": "answered to an older wording"}[lang]
        assert (second.state, second.comment) == ("returned", f"{stale}\n号码有误")
        done = {"zh": "这张检查表已审完", "en": "this checklist is reviewed"}[lang]
        assert done in driver.foot
        await driver.press("n")
        assert done in driver.foot
        await driver.press("q", "ctrl+r")
        assert {"zh": "已全部审核", "en": "everything is reviewed"}[lang] in driver.foot


async def test_a_reviewer_reads_what_counts_as_which_result(tmp_path: Path) -> None:
    """The question has the choices, with the digits of whoever filled in: none is a key here."""
    workspace = busy(tmp_path / "w", "en")
    size = (80, 40)
    async with driving(
        tmp_path / "w", workspace=workspace, person="li-jian", start=None, size=size
    ) as driver:
        await driver.press("r")
        assert "Choices  1. met" in driver.screen
        assert "2. partly met" in driver.screen


async def test_a_reviewer_who_goes_on_to_answer_is_told(tmp_path: Path) -> None:
    """After a review the reviewer still acts: an answer says so, and `w` changes it at once."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r", "1", "q", "n")
        assert "李健" in driver.head
        await driver.press("g", *"KND-01", "enter", "1")
        assert "answered as 李健, who does not fill in here; w changes who acts" in driver.foot
        assert driver.on_disk("KND-01").by == "li-jian"
        await driver.press("w", *"王敏", "enter")
        assert "王敏" in driver.head
        await driver.press("1")
        assert "answered as" not in driver.foot


async def test_a_long_message_takes_two_lines(tmp_path: Path) -> None:
    """At 60 columns it is said whole, above the keys; the next key takes both lines away."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(
        tmp_path / "w", workspace=workspace, person="li-jian", size=(60, 20)
    ) as driver:
        await driver.press("1")
        above, below, keys = driver.screen.splitlines()[-3:]
        assert above == "| answered as 李健, who does not fill in here; w changes who"
        assert below.strip("| ") == "acts"
        assert "? help" in keys
        await driver.press("down")
        assert "answered as" not in driver.screen


async def test_mine_follows_who_acts(tmp_path: Path) -> None:
    """The filter shows what is assigned to whoever acts now, not to who opened the sheet."""
    workspace = busy(tmp_path / "w", "en")
    workspace.open_sheet(SHEET, "2026").write_assigned_people({"KND-03": "li-jian"})
    async with driving(tmp_path / "w", workspace=workspace) as driver:
        await driver.press("w", *"李健", "enter", "f", *"assigned", "enter")
        assert driver.item == "KND-03"


async def test_it_answers_nothing(tmp_path: Path) -> None:
    """Keys that would change an answer do nothing here; looking round works; undo takes back."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r")
        was = driver.on_disk("KND-01")
        await driver.press("5", "0", "a", "m", "e", "c", "d", "enter")
        assert driver.on_disk("KND-01") == was
        await driver.press("h", "escape", "y", "escape", "?", "escape", "pagedown", "pageup")
        await driver.press("down", "up", "]", "[", "space", "b", "n")
        assert driver.item in {"KND-01", "KND-06"}
        await driver.press("g", *"01", "enter", "1", "u")
        assert driver.on_disk("KND-01") == was
        await driver.press("escape")
        assert "To be done" in driver.screen


async def test_a_filler_is_refused(tmp_path: Path) -> None:
    """Who is no reviewer accepts nothing and returns nothing, and reads so before trying."""
    workspace = busy(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, start=None) as driver:
        await driver.press("r")
        assert "! only a reviewer may review" in driver.screen
        await driver.press("1")
        assert "only a reviewer may review" in driver.foot
        await driver.press("w")
        assert "Who sits here?" in driver.screen
        await driver.press("escape", "2")
        assert "only a reviewer may review" in driver.foot
        assert driver.on_disk("KND-01").review is None
        await driver.press("w", *"李健", "enter")
        assert "only a reviewer" not in driver.screen


async def test_own_answers_are_said_to_be_own(tmp_path: Path) -> None:
    """A one-person unit sees the warning above the keys, and may go on."""
    async with driving(tmp_path / "w", start=None) as driver:
        await driver.press("enter", "1", "q", "r")
        assert "! 王敏 reviews their own answer" in driver.screen
        assert "the report will say so" in " ".join(driver.screen.replace("|", " ").split())
        await driver.press("1", "1")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert review.state == "accepted"


def waiting(root: Path, lang: Lang) -> Workspace:
    """Return a workspace with four answers to review: one lacks reason, plan and evidence."""
    workspace = full_workspace(root, lang)
    fields: dict[str, dict[str, Any]] = {
        "KND-01": {"status": "unmet"},
        "KND-02": {"value": "quarterly"},
        "KND-03": {"value": {"part": 5, "whole": 5}},
        "KND-06": {"value": "0571-88888888"},
    }
    sheet = workspace.open_sheet(SHEET, "2026")
    row = next(iter(workspace.read_register_or_empty().evidence))
    sheet = sheet.write_answers(
        {
            "KND-01": {"note": REMOVE, "evidence": REMOVE, "remediation": REMOVE},
            "KND-02": {"evidence": {row: "other"}},
        },
        by="wang-min",
        now=NOW,
        lang=lang,
    )
    sheet.write_answers(fields, by="wang-min", now=NOW, lang=lang)
    return workspace


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lang", "lines", "question", "proposed"),
    [
        (
            "zh",
            ["! 缺理由", "! 未填整改", "! 缺必需佐证：策略页面截图"],
            "仍通过按 1，退回按 2",
            "缺理由；未填整改；缺必需佐证：策略页面截图",
        ),
        (
            "en",
            ["! the reason is missing", "! no remediation", "! required evidence is missing"],
            "Accept it nevertheless?",
            "the reason is missing; no remediation is planned; required evidence is missing: ",
        ),
    ],
)
async def test_what_an_answer_lacks_is_said_and_asked(
    tmp_path: Path,
    lang: Lang,
    lines: list[str],
    question: str,
    proposed: str,
    size: tuple[int, int],
) -> None:
    """The lines of the filler stand there; `1` asks once; a return begins with what is lacking."""
    workspace = waiting(tmp_path / "w", lang)
    async with driving(
        tmp_path / "w", lang, workspace=workspace, person="li-jian", start=None, size=size
    ) as driver:
        await driver.press("r")
        assert driver.item == "KND-01"
        for line in lines:
            assert line in driver.screen
        await driver.press("1")
        assert question in driver.foot.replace("  ", " ")
        assert driver.on_disk("KND-01").review is None
        await driver.press("2", "ctrl+s")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert (review.comment or "").startswith(proposed)


async def test_the_same_key_again_accepts_what_lacks_something(tmp_path: Path) -> None:
    """Asked once, `1` accepts; after a way round it asks again."""
    workspace = waiting(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r", "1", "down", "up", "1")
        assert driver.on_disk("KND-01").review is None
        await driver.press("1")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert review.state == "accepted"


async def test_an_accepted_answer_is_not_asked_about_again(tmp_path: Path) -> None:
    """`1` at what is accepted says so; what was typed for a return is no open work any more."""
    workspace = busy(tmp_path / "w", "zh")
    async with driving(
        tmp_path / "w", "zh", workspace=workspace, person="li-jian", start=None
    ) as driver:
        await driver.press("r", "g", *"01", "enter", "2", *"请补", "escape")
        assert driver.app.drafts.list_forms_with_draft("2026", SHEET, "KND-01") == ("review",)
        await driver.press("1", "1")
        review = driver.on_disk("KND-01").review
        assert review is not None
        assert review.state == "accepted"
        assert driver.app.drafts.list_forms_with_draft("2026", SHEET, "KND-01") == ()
        await driver.press("g", *"01", "enter", "1")
        assert "本项已通过" in driver.foot


async def test_the_rest_of_a_section_is_accepted_at_once(tmp_path: Path) -> None:
    """Only what lacks nothing, after a list of it; each is its own step of undo."""
    workspace = waiting(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r", "3")
        assert "Accept 2 answers" in driver.screen
        assert "KND-02 How often rules are cleaned" in driver.screen
        assert "1 more are to be looked at one by one" in driver.screen
        await driver.press("1")
        states = {item: driver.on_disk(item).review for item in ("KND-01", "KND-02", "KND-03")}
        assert [item for item, review in states.items() if review] == ["KND-02", "KND-03"]
        assert driver.item in ("KND-06", "KND-01")
        await driver.press("u")
        assert driver.on_disk("KND-03").review is None
        assert driver.on_disk("KND-02").review is not None
        await driver.press("g", *"KND-01", "enter", "3", "escape", "g", *"KND-06", "enter", "3")
        assert driver.on_disk("KND-06").review is None


async def test_evidence_is_opened_from_review_and_walk(tmp_path: Path) -> None:
    """`o` shows a text; of a paper it says where it is; without any it says so."""
    workspace = waiting(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r", "o")
        assert "no evidence is attached here" in driver.foot
        await driver.press("n", "o")
        assert "第一行" in driver.screen
        await driver.press("escape", "q", "enter", "g", *"KND-02", "enter", "ctrl+g")
        assert "第一行" in driver.screen


def answer_elsewhere(root: Path, fields_by_item: Mapping[str, Mapping[str, Any]]) -> None:
    """Write answers as another program does, in the name of the filler."""
    sheet = Workspace.find_workspace(root, "en").open_sheet(SHEET, "2026")
    sheet.write_answers(fields_by_item, by="wang-min", now=NOW, lang="zh")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "期间已变动，未予通过：KND-02"), ("en", "changed meanwhile, so not accepted: KND-02")],
)
async def test_what_changes_while_the_question_stands_is_not_accepted(
    tmp_path: Path, lang: Lang, words: str
) -> None:
    """The section is accepted as the question listed it; what came meanwhile is named."""
    workspace = waiting(tmp_path / "w", lang)
    async with driving(
        tmp_path / "w", lang, workspace=workspace, person="li-jian", start=None
    ) as driver:
        await driver.press("r", "3")
        answer_elsewhere(tmp_path / "w", {"KND-02": {"value": "never", "note": "同上年"}})
        assert await driver.app.external_changes.show_file_changes_unless_checking()
        await driver.press("1")
        assert driver.on_disk("KND-02").review is None
        assert driver.on_disk("KND-03").review is not None
        assert words in driver.foot


async def test_another_answer_is_asked_about_anew(tmp_path: Path) -> None:
    """The second `1` accepts the answer that the first one asked about, and no other."""
    workspace = waiting(tmp_path / "w", "en")
    async with driving(tmp_path / "w", workspace=workspace, person="li-jian", start=None) as driver:
        await driver.press("r", "1")
        answer_elsewhere(tmp_path / "w", {"KND-01": {"status": "partial"}})
        assert await driver.app.external_changes.show_file_changes_unless_checking()
        await driver.press("1")
        assert driver.on_disk("KND-01").review is None
        assert "Accept it nevertheless?" in driver.foot
