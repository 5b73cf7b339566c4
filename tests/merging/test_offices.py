"""Two officers work in clones of the office's folder: what both took in stays."""

from __future__ import annotations

import stat
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.engine.unit_states import compute_unit_progress
from assess.errors import UsageError
from assess.merging.texts import Versions, merge_bytes_by_meaning_or_lines
from assess.model.receipt import Receipt, ReceivedFile
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.office.checking import lint_office_files
from assess.workspace.office.commit_office import commit_office_files
from assess.workspace.office.office import Office
from assess.workspace.office.units import exempt_unit
from merging.conftest import git, must
from office_folder import make_office

AT = datetime(2026, 4, 2, 9, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def offices(tmp_path: Path, program: Path) -> tuple[Office, Office]:
    """Two clones of an office, both set up; each may fetch from the other."""
    ours = make_office(tmp_path / "ours")
    must(tmp_path, "clone", "-q", str(ours.root), str(tmp_path / "theirs"))
    theirs = Office(tmp_path / "theirs", "en")
    assert theirs.set_up_merges()
    assert stat.S_IMODE(theirs.root.stat().st_mode) == 0o700
    return ours, theirs


def write_receipt(office: Office, number: str, unit: str, minute: int, **fields: Any) -> None:
    """Write a receipt as `take` does, and commit it."""
    file = ReceivedFile(name="a.zip", digest=f"sha256:{minute:064}", size=1)
    usual = {"state": "taken", "received": AT.date(), "file": file, "by": "陈科"}
    row = Receipt(**{**usual, "unit": unit, "at": AT + timedelta(minutes=minute), **fields})
    office.open_receipts("2026").save([FieldEdit(("receipts", number), row)])
    assert commit_office_files(office, "x")


def merge_theirs(ours: Office, theirs: Office) -> int:
    """Merge their branch into ours by plain git; return its exit code."""
    must(ours.root, "fetch", "-q", str(theirs.root), "HEAD")
    return git(ours.root, "merge", "-q", "--no-edit", "FETCH_HEAD").code


def states(office: Office) -> dict[str, str]:
    """Return the state of each unit."""
    value = office.read_office_file()
    receipts = office.open_receipts("2026").value.receipts
    day = date(2026, 4, 20)
    progress = compute_unit_progress(value, value.campaigns["2026"], receipts, day)
    return {key: row.state for key, row in progress.items()}


def test_receipts_of_different_files_both_stay(offices: tuple[Office, Office]) -> None:
    """Also where the file is new on both sides; the state is that of all rows together."""
    ours, theirs = offices
    write_receipt(ours, "20260402-aaaaaaaa", "data-bureau", 0)
    write_receipt(theirs, "20260402-bbbbbbbb", "education", 1)
    write_receipt(theirs, "20260402-cccccccc", "data-bureau", 2)
    assert merge_theirs(ours, theirs) == 0
    assert len(ours.open_receipts("2026").value.receipts) == 3
    assert states(ours) == {
        "data-bureau": "replaced", "education": "in", "qingxi-town": "missing"
    }  # fmt: skip
    assert lint_office_files(ours) == []


def test_the_same_file_taken_by_both_is_one_receipt(offices: tuple[Office, Office]) -> None:
    """It has one number on both sides; the later hand is named, and nothing is left to decide."""
    ours, theirs = offices
    write_receipt(ours, "20260402-aaaaaaaa", "data-bureau", 0)
    file = ours.open_receipts("2026").value.receipts["20260402-aaaaaaaa"].file
    write_receipt(theirs, "20260402-aaaaaaaa", "data-bureau", 5, file=file, by="刘科")
    assert merge_theirs(ours, theirs) == 0
    (row,) = ours.open_receipts("2026").value.receipts.values()
    assert (row.by, row.at) == ("刘科", AT + timedelta(minutes=5))


def test_units_and_campaigns_are_merged_field_by_field(offices: tuple[Office, Office]) -> None:
    """One exempts a unit, the other writes its trade."""
    ours, theirs = offices
    exempt_unit(ours, "education", "撤并")
    assert commit_office_files(ours, "x")
    theirs.edit_office_file([FieldEdit(("units", "education", "trade"), "教育")])
    theirs.edit_office_file([FieldEdit(("campaigns", "2026", "due"), "2026-05-31")])
    assert commit_office_files(theirs, "x")
    assert merge_theirs(ours, theirs) == 0
    value = ours.read_office_file()
    assert value.units["education"].exempt is not None
    assert value.units["education"].trade == "教育"
    assert value.campaigns["2026"].due == date(2026, 5, 31)


def test_what_both_changed_is_left_to_an_officer(offices: tuple[Office, Office]) -> None:
    """Ours stands, theirs is named by lint, and no commit is made before it is decided."""
    ours, theirs = offices
    for office, due in ((ours, "2026-05-31"), (theirs, "2026-06-30")):
        office.edit_office_file([FieldEdit(("campaigns", "2026", "due"), due)])
        assert commit_office_files(office, "x")
    assert merge_theirs(ours, theirs) == 1
    assert ours.read_office_file().campaigns["2026"].due == date(2026, 5, 31)
    assert [problem.code for problem in lint_office_files(ours)] == ["office-conflict"]
    with pytest.raises(UsageError, match="a merge is in progress"):
        commit_office_files(ours, "x")


def test_a_conflict_in_a_receipt_keeps_both_reasons() -> None:
    """Two officers confirmed the same file, each with words of their own."""
    head = "format: assess/receipts/1\nreceipts:\n  n-1:\n    state: confirmed\n"
    days = '    received: "2026-04-02"\n    at: "2026-04-02T09:0{}:00+08:00"\n    reason: {}\n'
    versions = (head + days.format(minute, why) for minute, why in ((1, "电话"), (2, "当面")))
    outcome = merge_bytes_by_meaning_or_lines(
        Versions(b"", *(text.encode() for text in versions)), "receipts/2026.yaml", "en"
    )
    row = yaml.safe_load(outcome.data)["receipts"]["n-1"]
    assert outcome.unsettled
    assert (row["reason"], row["conflict"][0]["theirs"]) == ("电话", "当面")


def test_limits_of_two_officers_are_all_there() -> None:
    """Each added one; the file stays valid."""
    head = "format: assess/thresholds/1\nlimits:\n  - {figure: missing, at_most: 3}\n"
    sides = (f"{head}  - {{figure: {name}, at_most: 0}}\n" for name in ("overdue", "high_risks"))
    outcome = merge_bytes_by_meaning_or_lines(
        Versions(*(text.encode() for text in (head, *sides))), "thresholds.yaml", "en"
    )
    assert not outcome.unsettled
    decoded = decode_yaml(outcome.data.decode(), "thresholds", "thresholds.yaml", "en").value
    assert decoded is not None
    assert {limit.figure for limit in decoded.limits} == {"missing", "overdue", "high_risks"}
