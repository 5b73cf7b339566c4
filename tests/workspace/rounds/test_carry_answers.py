"""Late answers are carried over as they are, and the closed round's file is as it was reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.errors import FilesError, UnknownIdError, UsageError
from assess.store.tagged_files import ClosedRoundError
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.late_answers import find_late_sheets
from assess.workspace.rounds import carry_answers
from assess.workspace.rounds.carry_answers import move_late_answers
from assess.workspace.rounds.start import start_round
from assess.workspace.sharing import commit
from assess.workspace.sharing.sync import synchronize_workspace
from samples import Samples
from workspace.history.test_changes import ITEM, NAME, NOW, SHEET, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import LATE, close, commit_and_sync, late_workspace, put_in, two_sides, without

PLAN = {"action": "收回", "state": "planned"}


@pytest.fixture
def late(tmp_path: Path, samples: Samples) -> Workspace:
    """2026 is closed, LATE was answered after that; 2027 is open."""
    here = late_workspace(tmp_path, samples)
    start_round(here, "2027", today=TODAY)
    return here


def answer(here: Workspace, item: str = LATE, round_id: str = "2027") -> Any:
    """Return an answer as it stands in the folder."""
    return here.open_sheet(NAME, round_id).sheet.answers.get(item)


def tagged(here: Workspace) -> str:
    """Return the sheet at the tag."""
    return sh(here.root, "show", f"round/2026:{SHEET}") + "\n"


def test_an_answer_is_carried_as_it_is(late: Workspace, tmp_path: Path) -> None:
    """Who gave it, when and its note; the closed round's file is that of the tag, byte for byte."""
    (done,) = move_late_answers(late, "2026", [LATE], to="2027")

    assert (done.sheet, done.items, done.undecided) == ("egov-network", (LATE,), ())
    now = answer(late)
    assert (now.status, now.note, now.by, now.at) == ("unmet", "迟到", "li", NOW)
    assert now.fingerprint is not None
    assert (late.root / SHEET).read_text("utf-8") == tagged(late)
    assert find_late_sheets(late.root, late.read_config(), "en") == []
    there = Workspace(tmp_path / "乙", "en")
    commit_and_sync(late)
    assert synchronize_workspace(there, today=TODAY).late == ()
    assert answer(there) == now


def test_evidence_goes_along(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """Its row and file stay where they are, and are valid in the open round."""
    there = two_sides(here, tmp_path, samples)
    proof = tmp_path / "p.txt"
    proof.write_text("x", "utf-8")
    row, _entry = there.add_evidence_file(proof, title="证", round_id="2026", by="li", now=NOW)
    put_in(there, "2026", LATE, status="met", evidence={row: "request"})
    commit.restore_files_and_commit_workspace(there, today=TODAY)
    close(here)
    synchronize_workspace(here, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    start_round(there, "2027", today=TODAY)
    move_late_answers(there, "2026", [], to="2027")

    assert list(answer(there).evidence) == [row]
    assert not [
        one for one in there.lint_workspace_files(today=TODAY) if one.file.startswith("evidence")
    ]


def test_a_sheet_that_is_gone_is_put_back(late: Workspace) -> None:
    """Whole and byte for byte, also where one item is named; the open round stays as it is."""
    (late.root / SHEET).unlink()
    (late.root / SHEET).parent.rmdir()
    before = late.open_sheet(NAME, "2027").sheet.answers
    (done,) = move_late_answers(late, "2026", [ITEM], to="2027")

    assert (done.items, done.undecided) == ((), ())
    assert ITEM in done.put_back
    assert (late.root / SHEET).read_text("utf-8") == tagged(late)
    assert late.open_sheet(NAME, "2027").sheet.answers == before
    assert find_late_sheets(late.root, late.read_config(), "en") == []


def test_an_answer_of_the_open_round_is_not_overwritten(late: Workspace) -> None:
    """Both stand there as a conflict, which names who gave the late one; again changes nothing."""
    put_in(late, "2027", LATE, by="wang", status="met")
    (done,) = move_late_answers(late, "2026", [LATE], to="2027")

    assert done.undecided == (LATE,)
    assert answer(late).status == "met"
    (standing,) = [one for _file, _kind, one in late.list_conflicts() if one.row.field == "status"]
    assert (standing.row.theirs, standing.row.by) == ("unmet", "li")
    assert (late.root / SHEET).read_text("utf-8") == tagged(late)


def test_killed_between_the_two_files_it_goes_on(
    late: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer stands in both; the same command ends it, and a conflict is not doubled."""
    put_in(late, "2027", LATE, by="wang", status="met")

    def killed(*_words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carry_answers._SheetTransfer, "_restore_late_items_in_closed_file", killed)
        with pytest.raises(KeyboardInterrupt):
            move_late_answers(late, "2026", [LATE], to="2027")
    first = (late.root / "answers" / "2027" / "egov-network.yaml").read_bytes()
    (done,) = move_late_answers(late, "2026", [LATE], to="2027")

    assert done.items == (LATE,)
    assert (late.root / "answers" / "2027" / "egov-network.yaml").read_bytes() == first
    assert (late.root / SHEET).read_text("utf-8") == tagged(late)


def test_the_copied_remediation_is_no_answer(
    here: Workspace, tmp_path: Path, samples: Samples
) -> None:
    """`round new` copied the plan; the late answer with a newer plan takes its place."""
    there = two_sides(here, tmp_path, samples)
    put_in(here, "2026", LATE, status="unmet", remediation=PLAN)
    commit_and_sync(here)
    synchronize_workspace(there, today=TODAY)
    put_in(there, "2026", LATE, status="partial", **{"remediation.state": "in_progress"})
    commit.restore_files_and_commit_workspace(there, today=TODAY)
    close(here)
    start_round(here, "2027", today=TODAY)
    commit_and_sync(here)
    synchronize_workspace(there, today=TODAY)
    (done,) = move_late_answers(there, "2026", [LATE], to="2027")

    assert done.undecided == ()
    now = answer(there)
    assert (now.status, now.remediation.action, now.remediation.state) == (
        "partial",
        "收回",
        "in_progress",
    )


def test_what_was_taken_out_is_put_back(late: Workspace) -> None:
    """There is nothing to carry: the closed round's file has the answer again."""
    (late.root / SHEET).write_text(without(tagged(late), ITEM), "utf-8")
    (done,) = move_late_answers(late, "2026", [ITEM], to="2027")
    assert (done.items, done.put_back) == ((), (ITEM,))
    assert ITEM in (late.root / SHEET).read_text("utf-8")


def test_a_sheet_that_was_not_reported_goes(late: Workspace) -> None:
    """All its answers were late: nothing of it is left in the closed round."""
    extra = late.root / "answers" / "2026" / "egov-network@portal.yaml"
    text = (late.root / SHEET).read_text("utf-8")
    extra.write_text(text, "utf-8")
    late.edit_config(
        [FieldEdit(("rounds", "2027", "sheets"), ["egov-network", "egov-network@portal"])]
    )
    with pytest.raises(UsageError, match="in several sheets"):
        move_late_answers(late, "2026", [LATE], to="2027")
    move_late_answers(late, "2026", [], to="2027", system="portal")
    assert not extra.exists()
    assert (late.root / "answers" / "2027" / "egov-network@portal.yaml").exists()


def test_part_of_the_late_answers(late: Workspace) -> None:
    """The rest stays, and is told as before."""
    text = (late.root / SHEET).read_text("utf-8").replace("note: 一", "note: 二")
    (late.root / SHEET).write_text(text, "utf-8")
    move_late_answers(late, "2026", [LATE], to="2027", checklist="egov-network")
    (left,) = find_late_sheets(late.root, late.read_config(), "en")
    assert [row.item for row in left.answers] == [ITEM]


def test_what_can_t_be_carried_is_refused_before_anything_is_written(late: Workspace) -> None:
    """Each refusal names what is wrong; no file changes."""
    before = [path.read_bytes() for path in sorted((late.root / "answers").glob("*/*.yaml"))]
    with pytest.raises(UnknownIdError, match="no answer to EGN-ACC-03"):
        move_late_answers(late, "2026", ["EGN-ACC-03"], to="2027")
    with pytest.raises(UnknownIdError, match="no round 2028"):
        move_late_answers(late, "2026", [LATE], to="2028")
    with pytest.raises(UnknownIdError, match="no round 2025"):
        move_late_answers(late, "2025", [LATE], to="2027")
    with pytest.raises(ClosedRoundError):
        move_late_answers(late, "2026", [LATE], to="2026")
    with pytest.raises(UsageError, match="round 2027 is open"):
        move_late_answers(late, "2027", [LATE], to="2027")
    with pytest.raises(UnknownIdError, match="no answer came after"):
        move_late_answers(late, "2026", [], to="2027", system="portal")
    checklist = late.root / "checklists" / "egov-network.yaml"
    was = checklist.read_text("utf-8")
    checklist.write_text(was.replace(LATE, "EGN-ACC-99"), "utf-8")
    with pytest.raises(UsageError, match=f"has no item {LATE}"):
        move_late_answers(late, "2026", [LATE], to="2027")
    checklist.write_text(was, "utf-8")
    late.edit_config([FieldEdit(("rounds", "2027", "sheets"), [])])
    with pytest.raises(UsageError, match="round 2027 has no sheet egov-network"):
        move_late_answers(late, "2026", [LATE], to="2027")
    assert before == [
        path.read_bytes() for path in sorted((late.root / "answers").glob("*/*.yaml"))
    ]


def test_conflicts_are_settled_first(late: Workspace) -> None:
    """A late answer that is not decided is not carried."""
    text = (late.root / SHEET).read_text("utf-8")
    row = "    conflict: [{field: status, theirs: met}]\n    status: unmet\n"
    at = text.index(f"  {LATE}:")
    text = text[:at] + text[at:].replace("    status: unmet\n", row, 1)
    (late.root / SHEET).write_text(text, "utf-8")
    with pytest.raises(FilesError, match="settled first"):
        move_late_answers(late, "2026", [LATE], to="2027")
