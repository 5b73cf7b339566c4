"""Both sides of conflicts, and the versions of one answer."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.model import formats
from assess.model.formats import FormatAddition
from assess.workspace import SheetName, Workspace
from assess.workspace.core.watched_files import path_of_sheet_file, shared_files_of_sheet
from assess.workspace.history.answer_history import list_answer_versions
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from assess.workspace.sharing.settle_conflict import (
    decide_conflict,
    decide_conflict_with_value,
    list_conflict_sides,
)

SHEET = SheetName("egov-network")
NOW = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace with one answer."""
    made = make_and_commit_workspace(
        tmp_path / "w", organization="示例", language="zh", today=NOW.date(), lang="en"
    )
    made.open_sheet(SHEET, "2026").write_answer(
        "EGN-ACC-01", {"status": "met", "note": "ours"}, by=None, now=NOW, lang="zh"
    )
    return made


def test_both_sides_of_a_conflict(here: Workspace) -> None:
    """What stands and what they wrote, in an answer and in assess.yaml; each is settled once."""
    path = path_of_sheet_file(here, "2026", SHEET)
    row = "    conflict:\n      - {field: note, theirs: theirs, by: li-jian}\n"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    config = shared_files_of_sheet(here, SHEET)[0]
    text = config.read_text("utf-8")
    config.write_text(text + "conflict:\n  - {field: language, theirs: en}\n", "utf-8")
    found = {one.field: one for one in list_conflict_sides(here)}
    assert (found["note"].item_id, found["note"].ours, found["note"].theirs) == (
        "EGN-ACC-01",
        "ours",
        "theirs",
    )
    assert (found["language"].item_id, found["language"].theirs) == ("", "en")
    decide_conflict(here, found["note"], theirs=True)
    decide_conflict(here, found["language"], theirs=False)
    assert list_conflict_sides(here) == []
    assert here.open_sheet(SHEET, "2026").sheet.answers["EGN-ACC-01"].note == "theirs"
    with pytest.raises(UsageError):
        decide_conflict(here, found["note"], theirs=True)


def test_a_value_of_a_newer_format_raises_the_number(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third value that came with number 2 is written as any other save writes it."""
    rows = (FormatAddition(2, ("answers", "*", "status"), ("unmet",)),)
    monkeypatch.setitem(formats.ADDITIONS, "sheet", rows)
    path = path_of_sheet_file(here, "2026", SHEET)
    row = "    conflict:\n      - {field: status, theirs: partial, by: li-jian}\n"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    (chosen,) = list_conflict_sides(here)
    decide_conflict_with_value(here, chosen, "unmet", by=None, now=NOW)
    assert path.read_text("utf-8").startswith("format: assess/answers/2\n")
    assert here.open_sheet(SHEET, "2026").sheet.answers["EGN-ACC-01"].status == "unmet"


def test_versions_of_an_answer(here: Workspace) -> None:
    """What is not committed stands first; then the commit that wrote it."""
    commit_all_files(here, "fill in")
    here.open_sheet(SHEET, "2026").write_answer(
        "EGN-ACC-01", {"note": "more"}, by=None, now=NOW, lang="zh"
    )
    found = list_answer_versions(here, "2026", SHEET, "EGN-ACC-01", NOW, 10)
    assert [one.commit == "" for one in found] == [True, False]
    assert [field.name for field in found[0].fields] == ["note"]
    assert found[1].subject == "fill in"


def test_without_a_repository(here: Workspace) -> None:
    """Where there is no git, it is a usage error that says so."""
    shutil.rmtree(here.root / ".git")
    with pytest.raises(UsageError):
        list_answer_versions(here, "2026", SHEET, "EGN-ACC-01", NOW, 10)


def test_an_answer_that_one_side_removed(here: Workspace) -> None:
    """It is named by its item, and theirs brings it back whole."""
    path = path_of_sheet_file(here, "2026", SHEET)
    row = "  conflict:\n    - {field: EGN-ACC-02, theirs: {status: met}, by: li-jian}\n"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    (chosen,) = list_conflict_sides(here)
    assert (chosen.item_id, chosen.field, chosen.ours) == ("EGN-ACC-02", ".", None)
    decide_conflict(here, chosen, theirs=True)
    assert here.open_sheet(SHEET, "2026").sheet.answers["EGN-ACC-02"].status == "met"
