"""What refers to a person or a system, in every place that may."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from assess.workspace import FieldEdit, SheetName, Workspace
from assess.workspace.setup import remove_entries
from assess.workspace.setup.make_workspace import make_and_commit_workspace

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SHEET = SheetName("egov-network")


def made(root: Path) -> Workspace:
    """Return a workspace with two people."""
    here = make_and_commit_workspace(
        root, organization="示例局", language="zh", today=date(2026, 6, 1), lang="zh"
    )
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    return here


def test_each_place_that_names_a_person_is_counted(tmp_path: Path) -> None:
    """Answers, reviews, mended things, sheets, parts assigned, evidence: each counts."""
    here = made(tmp_path / "w")
    assert remove_entries.count_person_uses(here, "li") == remove_entries.PersonUses()
    plan = {"action": "x", "state": "verified", "verified_by": "li"}
    review = {"state": "accepted", "by": "li", "at": NOW.isoformat(), "of": "a-0"}
    fields = {"status": "unmet", "note": "x", "remediation": plan, "review": review}
    desk = here.open_sheet(SHEET, "2026").write_answer(
        "EGN-ACC-01", fields, by="li", now=NOW, lang="zh"
    )
    desk.write_assigned_people({"EGN-ACC-02": "li", "EGN-ACC-03": None}).write_people_by_role(
        {"leader": "li"}
    )
    here.register_paper_evidence("柜 1", title="簿", by="li", now=NOW)
    assert remove_entries.count_person_uses(here, "li") == remove_entries.PersonUses(1, 1, 1, 1, 1)
    assert remove_entries.count_person_uses(here, "wang") == remove_entries.PersonUses()


def test_a_closed_round_holds_nobody(tmp_path: Path) -> None:
    """A closed round is read at its tag, with its own people: it stands in nobody's way."""
    here = made(tmp_path / "w")
    here.open_sheet(SHEET, "2026").write_answer(
        "EGN-ACC-01", {"status": "met"}, by="li", now=NOW, lang="zh"
    )
    here.edit_config([FieldEdit(("rounds", "2026", "state"), "closed")])
    assert remove_entries.count_person_uses(here, "li") == remove_entries.PersonUses()
    remove_entries.remove_person(here, "li")
    assert list(here.read_config().people) == ["wang"]
