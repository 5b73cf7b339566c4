"""Campaigns pin the checklists that the office issues, and lint tells when one was changed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assess.errors import FilesError, UnknownIdError, UsageError
from assess.model.office import IssuedChecklist
from assess.workspace import find_library_file
from assess.workspace.office.campaigns import (
    CampaignPlan,
    add_campaign,
    find_issued_checklist,
    issued_checklist_path,
)
from assess.workspace.office.checking import lint_office_files
from assess.workspace.office.office import Office
from office_folder import make_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with three units and a campaign."""
    return make_office(tmp_path / "office")


def plan(**changes: Any) -> CampaignPlan:
    """Return a plan for the year 2027."""
    usual = CampaignPlan(
        "2027", "2027 年自查", date(2027, 3, 1), date(2027, 4, 30), ["egov-network"]
    )
    return usual._replace(**changes)


def issued(office: Office) -> IssuedChecklist:
    """Return the checklist of the campaign 2026."""
    return office.read_office_file().campaigns["2026"].checklists[0]


def test_the_bytes_that_are_issued_are_pinned(office: Office) -> None:
    """Byte for byte, under a name of their own; the digest is in office.yaml."""
    source = find_library_file("egov-network", "en").read_bytes()
    row = issued(office)
    assert (office.root / issued_checklist_path(row)).read_bytes() == source
    assert row.digest == f"sha256:{hashlib.sha256(source).hexdigest()}"
    assert find_issued_checklist(office, row) == source


def test_two_editions_lie_beside_each_other(office: Office, tmp_path: Path) -> None:
    """A later campaign does not change what an earlier one issued."""
    edited = tmp_path / "own.yaml"
    text = find_library_file("egov-network", "en").read_text("utf-8")
    edited.write_text(text.replace('version: "2026.2"', 'version: "2027.1"'), "utf-8")
    rows = add_campaign(office, plan(checklists=[str(edited)], units=["education"]))
    assert rows[0].version == "2027.1"
    assert len(list((office.root / "checklists").iterdir())) == 2
    assert office.read_office_file().campaigns["2027"].units == ("education",)
    assert lint_office_files(office) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "2026"}, "2026 exists already"),
        ({"id": "A B"}, "is no id"),
        ({"title": "  "}, "a title has 1 to 200"),
        ({"title": "长" * 201}, "a title has 1 to 200"),
        ({"due": date(2027, 2, 1)}, "is before 2027-03-01"),
        ({"checklists": ["egov-network"] * 2}, "was given twice"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    office: Office, changes: dict[str, Any], words: str
) -> None:
    """Nothing is written."""
    before = (office.root / "office.yaml").read_bytes()
    with pytest.raises(UsageError, match=words):
        add_campaign(office, plan(**changes))
    assert (office.root / "office.yaml").read_bytes() == before


def test_unknown_units_and_checklists_are_answered_with_the_nearest(office: Office) -> None:
    """As a mistyped word is everywhere."""
    with pytest.raises(UnknownIdError) as unit:
        add_campaign(office, plan(units=["educaton"]))
    assert unit.value.nearest == ["education"]
    with pytest.raises(UnknownIdError):
        add_campaign(office, plan(checklists=["egov-netwrk"]))


def test_a_checklist_with_errors_is_not_issued(office: Office, tmp_path: Path) -> None:
    """Its problems are named with their lines."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: assess/checklist/1\nid: bad\n", "utf-8")
    with pytest.raises(FilesError) as caught:
        add_campaign(office, plan(checklists=[str(bad)]))
    assert caught.value.problems[0].line > 0
    assert "2027" not in office.read_office_file().campaigns


def test_an_office_has_only_so_many_campaigns(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit that nobody meets by work."""
    monkeypatch.setattr("assess.workspace.office.campaigns.MOST_CAMPAIGNS", 1)
    with pytest.raises(UsageError, match="at most 1 campaigns"):
        add_campaign(office, plan())


def test_lint_tells_of_an_issued_file_that_was_changed_or_is_missing(office: Office) -> None:
    """At the digest in office.yaml; a link in its place counts as missing."""
    assert lint_office_files(office) == []
    path = office.root / issued_checklist_path(issued(office))
    data = path.read_bytes()
    path.write_bytes(data + b"# easier\n")
    (changed,) = lint_office_files(office)
    line = (office.root / "office.yaml").read_text("utf-8").split("\n")[changed.line - 1]
    assert changed.code == "issued-checklist-changed"
    assert line.strip().startswith("digest: sha256:")
    path.unlink()
    path.symlink_to(find_library_file("egov-network", "en"))
    (missing,) = lint_office_files(office)
    assert "is missing" in missing.message


def test_lint_of_one_file_and_of_one_outside(office: Office, tmp_path: Path) -> None:
    """Only its own problems are told; a path outside of the folder is refused."""
    (office.root / "receipts" / "2026.yaml").write_text(
        "format: assess/receipts/1\nx: zz\n", "utf-8"
    )
    codes = [problem.code for problem in lint_office_files(office, [office.root / "receipts"])]
    assert codes == ["unknown-field"]
    assert lint_office_files(office, [office.root / "office.yaml"]) == []
    with pytest.raises(UsageError, match="is not in the folder"):
        lint_office_files(office, [tmp_path])
    (office.root / "office.yaml").write_text("format: assess/office/1\n", "utf-8")
    assert {problem.code for problem in lint_office_files(office)} == {"missing-field"}
    (office.root / "office.yaml").write_bytes(b"\xff\xfe")
    assert {problem.code for problem in lint_office_files(office)} == {"utf-16"}
