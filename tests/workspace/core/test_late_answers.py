"""Answers that came after a round was closed are named, with the ways by which they count."""

from __future__ import annotations

from pathlib import Path

from assess.workspace import Workspace
from assess.workspace.core.late_answers import (
    LateSheet,
    find_late_sheets,
    late_answers_text,
    make_late_answer_commands,
)
from assess.workspace.rounds.closed_rounds import list_closed_rounds
from assess.workspace.rounds.start import start_round
from assess.workspace.sharing import commit
from assess.workspace.sharing.sync import synchronize_workspace
from samples import Samples
from workspace.history.test_changes import ITEM, NAME, SHEET, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import LATE, close, late_workspace, put_in, two_sides, without


def late(here: Workspace) -> list[LateSheet]:
    """Return the late answers."""
    return find_late_sheets(here.root, here.read_config(), here.lang)


def test_a_sync_names_them_on_both_sides(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """As soon as the two meet, by item and person, until they count somewhere."""
    there = two_sides(here, tmp_path, samples)
    put_in(there, "2026", LATE, status="unmet")
    commit.restore_files_and_commit_workspace(there, today=TODAY)
    close(here)
    assert synchronize_workspace(here, today=TODAY).late == ()

    on_their_side = synchronize_workspace(there, today=TODAY).late
    on_our_side = synchronize_workspace(here, today=TODAY).late

    assert on_their_side == on_our_side
    ((sheet, row),) = [(one.sheet, row) for one in on_our_side for row in one.answers]
    assert (sheet, row.item, row.kind, row.by) == ("egov-network", LATE, "new", "li")
    assert synchronize_workspace(here, today=TODAY).late == on_our_side


def test_answers_in_the_folder_alone_are_late_too(
    here: Workspace, tmp_path: Path, samples: Samples
) -> None:
    """Written by an editor: changed ones and those that were taken out; lint names them."""
    two_sides(here, tmp_path, samples)
    close(here)
    assert late(here) == []
    text = (here.root / SHEET).read_text("utf-8")
    (here.root / SHEET).write_text(text.replace("status: unmet", "status: met"), "utf-8")
    assert [(row.item, row.kind) for one in late(here) for row in one.answers] == [
        (ITEM, "changed")
    ]
    (problem,) = [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "closed-changed"
    ]
    assert f"{ITEM} (周平 2026-05-12)" in problem.message
    assert f"assess round carry 2026 {ITEM} --to ID" in problem.hint
    assert "assess round reopen 2026 --reason WHY" in problem.hint
    assert "git checkout" not in problem.hint

    (here.root / SHEET).write_text(without(text, ITEM), "utf-8")
    kinds = {row.item: row.kind for one in late(here) for row in one.answers}
    assert kinds[ITEM] == "removed"
    assert f"{ITEM} (taken out)" in late_answers_text(late(here)[0].answers, {}, "en")


def test_a_file_that_differs_otherwise_has_no_late_answer(
    here: Workspace, tmp_path: Path, samples: Samples
) -> None:
    """A comment is none: lint says how to have the file back. What can't be read is lint's."""
    two_sides(here, tmp_path, samples)
    close(here)
    path = here.root / SHEET
    text = path.read_text("utf-8")
    path.write_text(f"# x\n{text}", "utf-8")
    assert late(here) == []
    (problem,) = [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "closed-changed"
    ]
    assert "git checkout round/2026" in problem.hint
    path.write_bytes(b"\xff")
    assert late(here) == []


def test_a_sheet_that_the_tag_lacks_is_late_whole(
    here: Workspace, tmp_path: Path, samples: Samples
) -> None:
    """Each of its answers is new."""
    two_sides(here, tmp_path, samples)
    close(here)
    text = (here.root / SHEET).read_text("utf-8")
    (here.root / "answers" / "2026" / "other.yaml").write_text(text, "utf-8")
    (sheet,) = late(here)
    assert (sheet.sheet, {row.kind for row in sheet.answers}) == ("other", {"new"})


def test_a_sheet_that_is_gone(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """All that was reported of it is told as taken out; lint names the file."""
    two_sides(here, tmp_path, samples)
    close(here)
    reported = set(here.open_sheet(NAME, "2026").sheet.answers)
    (here.root / SHEET).unlink()
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    (sheet,) = late(here)
    assert sheet.sheet == "egov-network"
    assert {(row.item, row.kind) for row in sheet.answers} == {(one, "removed") for one in reported}
    (problem,) = [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "closed-changed"
    ]
    assert (problem.file, "is gone" in problem.message) == (SHEET, True)
    assert f"git checkout round/2026 -- {SHEET}" in problem.hint
    sh(here.root, "tag", "-d", "round/2026")
    assert not [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "closed-changed"
    ]


def test_without_tag_or_repository_nothing_is_known(tmp_path: Path, samples: Samples) -> None:
    """Then the round can't be read either, and lint says so."""
    here = late_workspace(tmp_path, samples)
    assert late(here)
    sh(here.root, "tag", "-d", "round/2026")
    assert late(here) == []
    (state,) = list_closed_rounds(here)
    assert (state.closing, state.late) == (None, ())


def test_the_ways_name_where_the_answers_would_go(tmp_path: Path, samples: Samples) -> None:
    """The newest open round, else one that is to be begun; many items are not typed one by one."""
    here = late_workspace(tmp_path, samples)
    found = late(here)
    before = make_late_answer_commands("2026", found, here.read_config())
    assert before.carry == f"assess round new ID && assess round carry 2026 {LATE} --to ID"
    start_round(here, "2027", today=TODAY)
    assert (
        make_late_answer_commands("2026", found, here.read_config()).carry
        == f"assess round carry 2026 {LATE} --to 2027"
    )
    many = [found[0]._replace(answers=found[0].answers * 5)]
    assert (
        make_late_answer_commands("2026", many, here.read_config()).carry
        == "assess round carry 2026 --to 2027"
    )
    assert "and 1 more" not in late_answers_text(found[0].answers, {}, "en")
    assert late_answers_text(found[0].answers * 7, {}, "en").endswith("and 1 more")
