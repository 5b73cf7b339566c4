"""`assess take`: what is proposed is listed, and carried over item by item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy
from tui.rounds import busy
from tui.sample import NOW, SHEET

ITEMS = ("KND-03", "KND-04")


def answered_last_year(root: Path) -> Workspace:
    """Make a workspace in which two open items were answered in 2025."""
    workspace = busy(root, "en")
    last: dict[str, dict[str, Any]] = {
        "KND-03": {"value": {"part": 3, "whole": 4}, "note": "差综合科"},
        "KND-04": {"value": 5, "note": "抽查 12 个"},
    }
    workspace.open_sheet(SHEET, "2025").write_answers(last, by="wang-min", now=NOW, lang="zh")
    return workspace


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(answered_last_year)


def test_what_is_proposed_is_listed_and_taken(root: Path, assess: Assess) -> None:
    """Each item is an answer of its own, by who acts; `status` counts them."""
    listed = assess("take")
    assert "2026 kinds KND-03  last time: partly met, 3/4 (75.0%) (王敏 2026-06-01)" in listed.out
    assert "proposals: 2; take one over: assess take ITEM" in listed.out

    taken = assess("take", *ITEMS, "--as", "li-jian")

    assert taken.code == 0
    answers = Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers
    assert [answers[key].by for key in ITEMS] == ["li-jian", "li-jian"]
    assert answers["KND-04"].note == "抽查 12 个"
    assert "carried over 2/9" in assess("status").out
    sheets = json.loads(assess("status", "--json").out)["sheets"]
    assert [row["taken_over"] for row in sheets if row["sheet"] == "kinds"] == [2]
    assert "proposals: 0" in assess("take").out


def test_nothing_is_written_where_one_item_has_no_proposal(root: Path, assess: Assess) -> None:
    """All items are looked at before the first is written."""
    refused = assess("take", "KND-03", "KND-07", "--as", "wang-min")
    assert refused.code == 2
    assert "nothing is proposed for KND-07 (assess take)" in refused.err
    answers = Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers
    assert "KND-03" not in answers


def test_a_given_answer_is_replaced_only_where_the_source_is_named(
    root: Path, assess: Assess
) -> None:
    """Without `--from` an answer that a person gave stays."""
    assert assess("take", "KND-02", "--as", "wang-min").code == 2
    assert assess("take", "KND-02", "--from", "last_round", "--as", "wang-min").code == 0
    answer = Workspace(root, "en").open_sheet(SHEET, "2026").sheet.answers["KND-02"]
    assert answer.value == "yearly"


def test_proposals_as_json(root: Path, assess: Assess) -> None:
    """For scripts: what would be written, and where it is from."""
    rows = json.loads(assess("take", "--json", "--checklist", "kinds").out)
    row = next(row for row in rows if row["item"] == "KND-03")
    assert row["source"] == "last_round"
    assert row["proposal"]["value"] == {"part": 3, "whole": 4}
    assert row["proposal"]["taken_from"]["round"] == "2025"
    assert root.exists()


def test_a_part_of_a_value_is_left_to_the_person(root: Path, assess: Assess) -> None:
    """A whole that another answer has is no answer: the command that gives one is named."""
    path = root / "checklists" / "plain.yaml"
    kinds = (root / "checklists" / "kinds.yaml").read_text("utf-8")
    path.write_text(kinds.replace("id: kinds", "id: plain").replace("KND-", "PLN-"), "utf-8")
    Workspace(root, "en").open_sheet(SHEET, "2026").write_answer(
        "KND-03", {"value": {"part": 1, "whole": 4}}, by="wang-min", now=NOW, lang="zh"
    )
    refused = assess("take", "PLN-03", "--as", "wang-min")
    assert refused.code == 2
    assert "only a part of the value of PLN-03 is known (assess answer PLN-03 …)" in refused.err
