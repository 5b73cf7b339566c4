"""What is missing in a round, and what a commit would be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from assess.engine.gaps import GAPS
from assess.errors import UsageError
from assess.workspace import SheetName, Workspace
from assess.workspace.rounds import missing_answers
from tui.full_workspace import full_workspace
from tui.sample import OTHER, SHEET

TODAY = date(2026, 6, 1)


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace with three findings, in a repository."""
    return full_workspace(tmp_path / "w", "en", repository=True)


def gaps(here: Workspace) -> dict[str, list[str]]:
    """Return the items by what is missing at them."""
    names = here.list_sheets("2026")
    sheets = {name: here.open_sheet(name, "2026").assess_on(TODAY) for name in names}
    found = missing_answers.list_gaps_in_sheets(sheets, {OTHER: frozenset({"PLN-01"})})
    return {one.gap: [where.item_id for where in one.items] for one in found}


def test_each_gap_names_its_items(here: Workspace) -> None:
    """Unanswered, reasons, remediation, conflicts; required evidence apart by high risk.

    A blank is no reason: such an item keeps the score open.
    """
    here.open_sheet(SHEET, "2026").write_answers(
        {"KND-01": {"status": "met"}, "KND-05": {"status": "not_applicable", "note": " "}},
        by="wang-min",
        now=datetime(2026, 6, 1, tzinfo=UTC),
        lang="zh",
    )
    found = gaps(here)
    assert found["reason"] == ["KND-02", "KND-05"]
    assert found["remediation"] == ["KND-02"]
    assert found["conflict"] == ["PLN-01"]
    assert "KND-03" in found["unanswered"]
    assert "SYS-01" in found["facts"]
    assert "high_evidence" not in found
    assert list(found) == [gap for gap in GAPS if gap in found]


def test_met_without_evidence_is_said(here: Workspace) -> None:
    """`met` alone is counted, and at a high-risk item its required evidence is asked for."""
    here.open_sheet(SHEET, "2026").write_answer(
        "KND-01",
        {"status": "met", "evidence": {}},
        by=None,
        now=datetime(2026, 6, 1, tzinfo=UTC),
        lang="zh",
    )
    found = gaps(here)
    assert found["met_without_evidence"] == ["KND-01"]
    assert found["high_evidence"] == ["KND-01"]


def test_people_that_sheets_do_not_name(here: Workspace) -> None:
    """Naming them fills what is absent, and only that."""
    sheets = {name: here.open_sheet(name, "2026").sheet for name in here.list_sheets("2026")}
    absent = missing_answers.list_sheets_with_unfilled_roles(sheets)
    assert [name for name, _roles in absent] == [SHEET, OTHER, SheetName("sys", "portal")]
    missing_answers.write_people_into_sheets(here, "2026", [OTHER], {"filler": "wang-min"})
    sheet = here.open_sheet(OTHER, "2026").sheet
    assert missing_answers.list_sheets_with_unfilled_roles({OTHER: sheet}) == [
        (OTHER, ("reviewer", "leader"))
    ]


def test_a_proposal_says_what_changed(here: Workspace, tmp_path: Path) -> None:
    """Nothing changed: no text; one answer: its item is in the text; no repository: refused."""
    assert missing_answers.propose_commit(here, TODAY).files == ()
    here.open_sheet(OTHER, "2026").write_answer(
        "PLN-01", {"status": "met"}, by=None, now=datetime(2026, 6, 1, tzinfo=UTC), lang="zh"
    )
    found = missing_answers.propose_commit(here, TODAY)
    assert found.files == ("answers/2026/plain.yaml",)
    assert "PLN-01" in found.message
    with pytest.raises(UsageError):
        missing_answers.propose_commit(full_workspace(tmp_path / "bare", "en"), TODAY)


def test_words_in_one_language_leave_the_other(here: Workspace) -> None:
    """A narrative in both languages keeps the one that is not written; emptied, it goes."""
    missing_answers.write_narrative(here, "2026", "work", "组织", "zh")
    assert here.read_config().rounds["2026"].narrative.work == "组织"
    missing_answers.write_narrative(here, "2026", "work", "", "zh")
    assert here.read_config().rounds["2026"].narrative.work is None
    missing_answers.write_narrative(here, "2026", "suggestions", "", "zh")
    assert here.read_config().rounds["2026"].narrative.suggestions is None


def test_system_checklists_wait_for_a_system(here: Workspace) -> None:
    """A checklist of systems has no sheet while no system is entered, so nothing else names it."""
    config = here.read_config()
    assert missing_answers.list_checklists_without_system(here, config) == ()
    alone = msgspec.structs.replace(config, systems={})
    waiting = missing_answers.list_checklists_without_system(here, alone)
    assert [checklist.id for checklist in waiting] == ["sys"]
    (here.root / "checklists" / "sys.yaml").write_text("no checklist", "utf-8")
    assert missing_answers.list_checklists_without_system(here, alone) == ()
