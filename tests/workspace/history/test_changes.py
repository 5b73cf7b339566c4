"""History of a workspace as a form, with real git."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.engine.history.changes import WorkspaceChanges
from assess.errors import UnknownIdError, UsageError
from assess.workspace import SheetName, Workspace
from assess.workspace.history.changes import HistoryEntry, WorkspaceHistory
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from samples import Samples

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
NAME = SheetName("egov-network")
ITEM = "EGN-BND-01"
SHEET = "answers/2026/egov-network.yaml"


def sh(folder: Path, *words: str) -> str:
    """Run plain git, as a person would."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def put(here: Workspace, item: str, by: str | None = "wang", **fields: Any) -> None:
    """Answer an item."""
    here.open_sheet(NAME, "2026").write_answer(item, fields, by=by, now=NOW, lang="zh")


@pytest.fixture
def here(tmp_path: Path, samples: Samples) -> Workspace:
    """A workspace with three commits: made, one item answered, the same item answered otherwise."""
    return samples.copy(three_commits, tmp_path / "单位 一")


def three_commits(root: Path) -> Workspace:
    """Make that workspace."""
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        today=TODAY,
        lang="en",
    )
    put(made, ITEM, status="met", note="一")
    commit_all_files(made, "second")
    put(made, ITEM, by="li", status="unmet")
    put(made, "EGN-ACC-01", status="met")
    commit_all_files(made, "third")
    return made


def logged(here: Workspace, **options: Any) -> list[HistoryEntry]:
    """Return the log."""
    with WorkspaceHistory(here, TODAY) as history:
        return list(history.read_log_entries(**options))


def diff(here: Workspace, *revisions: str) -> WorkspaceChanges:
    """Return the difference between two states."""
    with WorkspaceHistory(here, TODAY) as history:
        return history.diff_states(*revisions)


def items(changes: WorkspaceChanges) -> list[str]:
    """Return the items that changed."""
    return [item.item for sheet in changes.sheets for item in sheet.items]


def test_the_log_tells_items_findings_and_scores(here: Workspace) -> None:
    """Newest first; the first commit of a sheet tells all its answers."""
    third, second, first = logged(here)

    assert [one.commit.subject for one in (third, second)] == ["third", "second"]
    assert items(third.changes) == ["EGN-ACC-01", ITEM]
    sheet = third.changes.sheets[0]
    assert (sheet.opened_findings, sheet.closed_findings) == ((ITEM,), ())
    assert sheet.score_before != sheet.score_after
    assert sheet.items[1].by == "li"
    assert second.changes.sheets[0].made
    assert first.changes.sheets == ()
    assert "checklists/egov-network.yaml" in [one.path for one in first.changes.files]


def test_the_log_of_an_item_and_of_a_path(here: Workspace) -> None:
    """Only commits that changed it, and of them only that; the limit counts these."""
    assert [items(one.changes) for one in logged(here, item=ITEM)] == [[ITEM], [ITEM]]
    assert [one.commit.subject for one in logged(here, item="EGN-ACC-01")] == ["third"]
    assert len(logged(here, item=ITEM, limit=1)) == 1
    assert len(logged(here, paths=[SHEET])) == 2
    assert len(logged(here, limit=1)) == 1


def test_other_layouts_are_not_overlooked(here: Workspace) -> None:
    """A sheet written in braces by hand is searched too."""
    text = (here.root / SHEET).read_text("utf-8")
    head = text[: text.index("answers:")]
    (here.root / SHEET).write_text(head + f"answers: {{{ITEM}: {{status: met}}}}\n", "utf-8")
    commit_all_files(here, "braces")
    (here.root / SHEET).write_text(head + f"answers: {{{ITEM}: {{status: partial}}}}\n", "utf-8")
    commit_all_files(here, "braces again")

    subjects = [one.commit.subject for one in logged(here, item=ITEM)]
    assert subjects == ["braces again", "braces", "third", "second"]


def test_differences_between_commits_and_the_folder(here: Workspace) -> None:
    """From the last commit, from an older one, between two; there and back."""
    assert diff(here).is_empty
    put(here, "EGN-ACC-02", status="unmet")

    assert items(diff(here)) == ["EGN-ACC-02"]
    assert items(diff(here, "HEAD~1")) == ["EGN-ACC-01", "EGN-ACC-02", ITEM]
    assert items(diff(here, "HEAD~1", "HEAD")) == ["EGN-ACC-01", ITEM]
    back = diff(here, "HEAD", "HEAD~1").sheets[0]
    assert back.closed_findings == (ITEM,)
    with pytest.raises(UsageError, match="no commit nothing"):
        diff(here, "nothing")


def test_a_changed_fact_changes_what_is_found(here: Workspace) -> None:
    """Settings are told, and the sheets whose score they move though nobody touched them."""
    here.add_person("li", "李健", ["reviewer"])
    path = here.root / "checklists" / "egov-network.yaml"
    path.write_text(path.read_text("utf-8").replace("method: percent", "method: rate"), "utf-8")
    changes = diff(here)

    assert [one.path for one in changes.settings] == [("people", "li")]
    assert [one.path for one in changes.files] == ["checklists/egov-network.yaml"]
    assert [one.file for one in changes.sheets] == [SHEET]


def test_evidence_and_files(here: Workspace) -> None:
    """Rows of the register are settings, files are told by name; what is gone as removed."""
    source = here.root.parent / "a.txt"
    source.write_text("x", "utf-8")
    row_id, _row = here.add_evidence_file(source, title="图", round_id="2026", by=None, now=NOW)
    new = diff(here)
    assert [one.path for one in new.settings] == [("evidence", row_id)]
    assert [(one.path, one.verb) for one in new.files] == [
        ("evidence/2026/a-2d711642.txt", "added")
    ]

    commit_all_files(here, "evidence")
    (here.root / "evidence" / "register.yaml").unlink()
    (here.root / "evidence" / "2026" / "a-2d711642.txt").write_text("y", "utf-8")
    verbs = {one.path: one.verb for one in diff(here).files}
    assert verbs == {"evidence/register.yaml": "removed", "evidence/2026/a-2d711642.txt": "changed"}


def test_a_sheet_that_cannot_be_read_is_told(here: Workspace) -> None:
    """A broken sheet is named, not left out; so is assess.yaml that came or went."""
    (here.root / SHEET).write_text("<<<<<<< ours\n", "utf-8")
    assert [(one.path, one.verb) for one in diff(here).files] == [(SHEET, "unreadable")]

    (here.root / "assess.yaml").write_text("format: x\n", "utf-8")
    (here.root / SHEET).unlink()
    changes = diff(here)
    assert changes.sheets[0].gone
    assert changes.sheets[0].score_before is not None


def test_a_time_without_readable_settings(here: Workspace) -> None:
    """Answers are told even where scores can't be computed."""
    (here.root / "assess.yaml").write_text("format: x\n", "utf-8")
    commit_all_files(here, "broken settings")
    put_text = (here.root / SHEET).read_text("utf-8").replace("status: unmet", "status: partial")
    (here.root / SHEET).write_text(put_text, "utf-8")
    changes = diff(here)

    assert items(changes) == [ITEM]
    assert changes.sheets[0].score_after is None


def test_an_empty_repository(tmp_path: Path) -> None:
    """Before the first commit everything is new, and there is nothing to log."""
    made = make_and_commit_workspace(
        tmp_path / "w", organization=None, language="zh", today=TODAY, lang="en"
    )
    (made.root / ".git").rename(tmp_path / "old")
    sh(made.root, "init", "-q", "-b", "main")

    assert "assess.yaml" in [one.path for one in diff(made).files]
    with pytest.raises(UsageError, match="no commit yet"):
        logged(made)
    (made.root / ".git").rename(tmp_path / "older")
    with pytest.raises(UsageError, match="git init"):
        logged(made)


def test_blame(here: Workspace) -> None:
    """Each field comes from the commit that made it what it is; the rest is not committed."""
    put(here, ITEM, by="chen", note="二")
    put(here, ITEM, by="chen", review={"state": "accepted", "by": "zhang"})
    with WorkspaceHistory(here, TODAY) as history:
        rows = {one.field: one for one in history.blame_answer(here.open_sheet(NAME, "2026"), ITEM)}
        with pytest.raises(UnknownIdError, match="EGN-BND-01"):
            history.blame_answer(here.open_sheet(NAME, "2026"), "EGN-BND-1")

    answer, note = rows["answer"], rows["note"]
    assert answer.commit is not None
    assert (answer.commit.subject, answer.by) == ("third", "li")
    assert (note.commit, note.by, note.value) == (None, "chen", "二")
    assert rows["review"].by == "zhang"


def test_blame_reads_no_more_than_needed(here: Workspace) -> None:
    """A field that never changed again is found at its first commit, in any layout."""
    text = (here.root / SHEET).read_text("utf-8")
    head = text[: text.index("answers:")]
    (here.root / SHEET).write_text(head + f"answers: {{{ITEM}: {{status: unmet}}}}\n", "utf-8")
    commit_all_files(here, "braces")
    (here.root / SHEET).write_text(head + "answers: {OTHER-1: {status: unmet}}\n", "utf-8")
    commit_all_files(here, "gone")
    (here.root / SHEET).write_text(head + f"answers: {{{ITEM}: {{status: unmet}}}}\n", "utf-8")
    commit_all_files(here, "back")
    with WorkspaceHistory(here, TODAY) as history:
        rows = history.blame_answer(here.open_sheet(NAME, "2026"), ITEM)

    assert [(one.field, one.commit and one.commit.subject) for one in rows] == [("answer", "back")]


def test_blame_in_a_shallow_clone(here: Workspace, tmp_path: Path) -> None:
    """What is older than the clone comes from its edge, or before."""
    clone = tmp_path / "clone"
    sh(tmp_path, "clone", "-q", "--depth", "1", f"file://{here.root}", str(clone))
    there = Workspace(clone, "en")
    with WorkspaceHistory(there, TODAY) as history:
        rows = history.blame_answer(there.open_sheet(NAME, "2026"), ITEM)
        entries = list(history.read_log_entries())

    assert all(one.boundary for one in rows)
    assert [one.commit.boundary for one in entries] == [True]


def test_sheets_that_hold_an_item(here: Workspace) -> None:
    """Those that answer it; all, where a pinned checklist has it; else the nearest is named."""
    with WorkspaceHistory(here, TODAY) as history:
        assert history.list_paths_of_sheets_answering(ITEM) == [SHEET]
        assert history.list_paths_of_sheets_answering("EGN-ACC-05") == [SHEET]
        with pytest.raises(UnknownIdError, match="EGN-BND-01"):
            history.list_paths_of_sheets_answering("EGN-BND-1")
        assert history.list_selected_sheet_paths("egov-network", None, None) == [SHEET]
        assert history.list_selected_sheet_paths(None, None, "2026") == [SHEET]
        with pytest.raises(UnknownIdError, match="no round has a sheet"):
            history.list_selected_sheet_paths("egov-network", "portal", "2026")


def test_linked_working_trees_and_submodules(here: Workspace, tmp_path: Path) -> None:
    """A workspace in either is read like any other."""
    sh(here.root, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    assert len(logged(Workspace(tmp_path / "linked", "en"))) == 3

    outer = tmp_path / "outer"
    sh(tmp_path, "init", "-q", str(outer))
    words = ["-c", "protocol.file.allow=always", "submodule", "add", "-q", str(here.root), "单位"]
    sh(outer, *words)
    assert len(logged(Workspace(outer / "单位", "en"))) == 3
