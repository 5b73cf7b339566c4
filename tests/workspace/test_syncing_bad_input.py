"""What can be wrong on the other machine: each is explained with the next command, nothing lost."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from assess.errors import FilesError, LockedError, UsageError
from assess.store.git.run.plumbing import GitError
from assess.store.git.sync import exchange as store_sync
from assess.store.git.sync import merge_commits
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from assess.store.lock import workspace_lock
from assess.workspace import Workspace
from assess.workspace.core import conflicts
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from assess.workspace.sharing.undecided_files import settle_whole_file
from workspace.history.test_changes import ITEM, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

from .test_syncing_by_meaning import there as there  # noqa: PLC0414  # pytest finds the fixture by this name

OTHER = "EGN-ACC-02"


def sync(one: Workspace) -> SyncResult:
    """Commit and synchronize."""
    restore_files_and_commit_workspace(one, today=TODAY)
    return synchronize_workspace(one, today=TODAY)


def by_hand(one: Workspace, *words: str) -> None:
    """Do something with git as somebody would who does not use this program; hand it on."""
    if words:
        sh(one.root, *words)
    sh(one.root, "add", "-A")
    sh(one.root, "commit", "-q", "-m", "by hand")
    sh(one.root, "push", "-q", "origin", "main")


def change(one: Workspace, path: str, old: str, new: str) -> None:
    """Change a text in an editor."""
    text = (one.root / path).read_text("utf-8")
    assert old in text
    (one.root / path).write_text(text.replace(old, new), "utf-8")


def test_a_sheet_renamed_on_the_other_side(here: Workspace, there: Workspace) -> None:
    """Answers given here meanwhile follow it to its new name."""
    new = "answers/2026/egov-network@portal.yaml"
    by_hand(there, "mv", SHEET, new)
    put(here, OTHER, status="partial")

    sync(here)

    assert not (here.root / SHEET).exists()
    text = (here.root / new).read_text("utf-8")
    assert OTHER in text
    assert ITEM in text


def test_a_sheet_renamed_on_both_sides(here: Workspace, there: Workspace) -> None:
    """Each new name is told with what it is, and kept until decided; the old one goes."""
    mine, theirs = "answers/2026/a.yaml", "answers/2026/b.yaml"
    by_hand(there, "mv", SHEET, theirs)
    sh(here.root, "mv", SHEET, mine)
    restore_files_and_commit_workspace(here, today=TODAY)

    with pytest.raises(FilesError) as caught:
        synchronize_workspace(here, today=TODAY)

    told = {one.file: (one.code, one.hint) for one in caught.value.problems}
    assert {code for code, _hint in told.values()} == {"renamed-here-and-there"}
    assert set(told) == {mine, theirs}
    assert told[mine][1] == f"keep it: assess settle {mine} --ours; drop it: --theirs"
    assert told[theirs][1] == f"keep it: assess settle {theirs} --theirs; drop it: --ours"
    assert "merge is in progress" in here.git.describe_operation_in_progress()
    settle_whole_file(here, mine, "ours")
    settle_whole_file(here, theirs, "ours")
    done = synchronize_workspace(here, today=TODAY)
    assert (done.merged, done.pushed) == ("merged", 2)
    assert here.git.describe_operation_in_progress() == ""
    assert ITEM in (here.root / mine).read_text("utf-8")


def test_a_right_to_execute_is_no_change(here: Workspace, there: Workspace) -> None:
    """Copies from a stick gain it; it stands in no merge's way, and nothing is to be committed."""
    put(there, OTHER, status="met")
    sync(there)
    (here.root / SHEET).chmod(0o755)

    assert restore_files_and_commit_workspace(here, today=TODAY).oid is None
    assert synchronize_workspace(here, today=TODAY).merged == "forward"

    assert OTHER in (here.root / SHEET).read_text("utf-8")


def test_a_clone_that_holds_only_a_part(here: Workspace, there: Workspace, tmp_path: Path) -> None:
    """What it lacks is not fetched in passing from a folder; the command that gets it is named."""
    usb = sh(there.root, "remote", "get-url", "origin")
    sh(Path(usb), "config", "uploadpack.allowFilter", "true")
    sh(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{quote(usb)}", str(tmp_path / "丙"))
    part = Workspace(tmp_path / "丙", "en")
    record_trust_in_git_programs(part.root)
    put(there, OTHER, status="met")
    sync(there)
    put(part, "EGN-ACC-03", status="unmet")

    with pytest.raises(GitError, match=r"--refetch --no-filter && assess sync"):
        sync(part)

    sh(part.root, "fetch", "-q", "--refetch", "--no-filter")
    assert synchronize_workspace(part, today=TODAY).merged == "merged"
    assert OTHER in (part.root / SHEET).read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (".gitignore", b"%s\n"),
        ("templates/own/main.html", b"<p>%s</p>\n"),
        ("templates/own/mark.bin", b"\0%s"),
    ],
)
def test_what_is_not_merged_by_meaning_is_settled_by_somebody(
    here: Workspace, there: Workspace, path: str, data: bytes
) -> None:
    """No later sync takes it for settled, be it full of markers or ours alone as of a picture."""
    for one, word in ((there, b"theirs"), (here, b"ours")):
        (one.root / path).parent.mkdir(parents=True, exist_ok=True)
        (one.root / path).write_bytes(data % word)
    by_hand(there)
    restore_files_and_commit_workspace(here, today=TODAY)
    head = sh(here.root, "rev-parse", "HEAD")
    for _attempt in range(2):
        with pytest.raises(FilesError) as caught:
            synchronize_workspace(here, today=TODAY)
        (problem,) = caught.value.problems
        assert (problem.file, problem.code) == (path, "both-changed")
        assert f"assess settle {path} --ours, or --theirs" in problem.hint
    assert sh(here.root, "rev-parse", "HEAD") == head

    if b"<<<" in (here.root / path).read_bytes():
        with pytest.raises(FilesError, match="not mended yet"):
            settle_whole_file(here, path, "edited")
        (here.root / path).write_bytes(data % b"both")
        settle_whole_file(here, path, "edited")
        expected = data % b"both"
    else:
        settle_whole_file(here, path, "theirs")
        expected = data % b"theirs"
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert (here.root / path).read_bytes() == expected


def test_history_rewritten_on_the_other_side(here: Workspace, there: Workspace) -> None:
    """Where commits are still in common it merges; what was taken back by force comes again."""
    put(here, OTHER, status="met")
    sync(here)
    synchronize_workspace(there, today=TODAY)
    sh(there.root, "reset", "-q", "--hard", "HEAD~1")
    put(there, "EGN-ACC-03", status="met")
    restore_files_and_commit_workspace(there, today=TODAY)
    sh(there.root, "push", "-q", "--force", "origin", "main")

    assert synchronize_workspace(here, today=TODAY).merged == "merged"

    text = (here.root / SHEET).read_text("utf-8")
    assert OTHER in text
    assert "EGN-ACC-03" in text


def test_another_history_altogether(here: Workspace, there: Workspace) -> None:
    """Nothing is in common: nothing is merged, and where to look is named."""
    sh(there.root, "checkout", "-q", "--orphan", "new")
    sh(there.root, "commit", "-q", "-m", "rewritten")
    sh(there.root, "push", "-q", "--force", "origin", "new:main")
    put(here, OTHER, status="met")

    with pytest.raises(GitError, match=r"no commit in common \(git remote -v\)"):
        sync(here)

    assert OTHER in (here.root / SHEET).read_text("utf-8")
    assert OTHER in sh(here.root, "show", f"HEAD:{SHEET}")


def test_the_checklist_of_a_sheet_changed_on_the_other_side(
    here: Workspace, there: Workspace
) -> None:
    """Lint names the place and that nothing of that name is pinned; the answers are all there."""
    change(there, SHEET, "id: egov-network", "id: egov-other")
    by_hand(there)
    put(here, OTHER, status="met")

    sync(here)

    (problem,) = [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "checklist-missing"
    ]
    assert (problem.file, problem.line) == (SHEET, 3)
    assert "egov-other" in problem.message
    assert "assess checklist add egov-other" in problem.hint
    assert OTHER in (here.root / SHEET).read_text("utf-8")


def test_both_sides_upgraded_to_different_versions(here: Workspace, there: Workspace) -> None:
    """The version is one field: a conflict that lint places; nothing is handed on meanwhile."""
    for one, version in ((here, "2026.3"), (there, "2026.4")):
        for path in (SHEET, "checklists/egov-network.yaml"):
            change(one, path, "2026.2", version)
    by_hand(there)
    put(here, OTHER, status="met")
    restore_files_and_commit_workspace(here, today=TODAY)

    with pytest.raises(FilesError, match="assess sync") as caught:
        synchronize_workspace(here, today=TODAY)

    assert {one.code for one in caught.value.problems} == {"conflict"}
    standing = {
        (one.file, one.conflict.row.field) for one in conflicts.find_conflicts(here.root, "en")
    }
    assert (SHEET, "checklist") in standing
    assert ("checklists/egov-network.yaml", "version") in standing
    found = [one for one in here.lint_workspace_files(today=TODAY) if one.code == "conflict"]
    assert {one.file for one in found} == {SHEET, "checklists/egov-network.yaml"}
    assert all(one.line for one in found)


def test_modes_and_names_of_any_bytes(here: Workspace, there: Workspace) -> None:
    """Neither stops a sync; both arrive as they were made."""
    (there.root / SHEET).chmod(0o755)
    name = os.fsdecode(b"evidence/2026/\xff \xd6.txt")
    (there.root / name).parent.mkdir(parents=True)
    (there.root / name).write_text("x", "utf-8")
    by_hand(there)
    put(here, OTHER, status="met")

    assert sync(here).merged == "merged"

    assert (here.root / name).read_text("utf-8") == "x"
    assert OTHER in (here.root / SHEET).read_text("utf-8")
    assert synchronize_workspace(there, today=TODAY).merged == "forward"


@pytest.mark.parametrize("changed", [False, True])
def test_a_sheet_that_became_a_link(
    here: Workspace, there: Workspace, tmp_path: Path, changed: bool
) -> None:
    """It is never followed: lint names it; answers given here stand beside, and nothing is lost."""
    elsewhere = tmp_path / "elsewhere.yaml"
    (there.root / SHEET).replace(elsewhere)
    (there.root / SHEET).symlink_to(elsewhere)
    by_hand(there)
    if not changed:
        sync(here)
        (problem,) = [one for one in here.lint_workspace_files(today=TODAY) if one.file == SHEET]
        assert "link" in problem.message
        return
    put(here, OTHER, status="met")
    restore_files_and_commit_workspace(here, today=TODAY)

    with pytest.raises(FilesError, match="assess sync") as caught:
        synchronize_workspace(here, today=TODAY)

    assert all("assess settle" in one.hint for one in caught.value.problems)
    assert OTHER in sh(here.root, "show", f"HEAD:{SHEET}")
    assert OTHER not in elsewhere.read_text("utf-8")
    with pytest.raises(FilesError):
        synchronize_workspace(here, today=TODAY)


def test_markers_that_somebody_committed(here: Workspace, there: Workspace) -> None:
    """They arrive, are named with their line, and no commit is made on top of them."""
    change(there, SHEET, "answers:\n", "answers:\n<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    by_hand(there)
    assert sync(here).merged == "forward"
    (here.root / "assess.yaml").touch()

    with pytest.raises(FilesError, match="settled first") as caught:
        restore_files_and_commit_workspace(here, today=TODAY)

    assert [(one.code, one.file) for one in caught.value.problems] == 2 * [("merge-marker", SHEET)]
    assert "merge" in next(
        one.code for one in here.lint_workspace_files(today=TODAY) if one.file == SHEET
    )


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_list_that_a_killed_commit_left_behind(
    here: Workspace, there: Workspace, *, is_gone: bool
) -> None:
    """Committed evidence stands in nobody's way: it is merged and handed on, and stays."""
    put(there, "EGN-ACC-02", status="unmet")
    sync(there)
    proof = there.root / "evidence" / "2026" / "proof.txt"
    proof.parent.mkdir(parents=True)
    proof.write_text("theirs\n", "utf-8")
    sync(there)
    mine = here.root / "evidence" / "2026" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("ours\n", "utf-8")
    index = here.root / ".git" / "index"
    before = index.read_bytes()
    restore_files_and_commit_workspace(here, today=TODAY)
    if is_gone:
        index.unlink()
    else:
        index.write_bytes(before)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert sh(here.root, "status", "--short") == ""
    assert sh(here.root, "ls-files", "evidence/2026").split() == [
        "evidence/2026/mine.txt",
        "evidence/2026/proof.txt",
    ]


def test_a_list_that_was_left_behind_with_nothing_to_commit(here: Workspace) -> None:
    """The list follows; a plain `git commit` then removes nothing. A damaged one is told."""
    index = here.root / ".git" / "index"
    before = index.read_bytes()
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    index.write_bytes(before)
    assert restore_files_and_commit_workspace(here, today=TODAY).oid is None
    assert sh(here.root, "status", "--short") == ""
    index.write_bytes(before[:100])
    with pytest.raises(GitError, match="list of files is damaged"):
        restore_files_and_commit_workspace(here, today=TODAY)


def test_nobody_saves_while_git_merges(
    here: Workspace, there: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git would write over it; a save waits. One that came before the merge is refused by sync."""
    put(there, OTHER, status="unmet")
    sync(there)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    merge, fetch, refusals = (
        merge_commits.merge_commit_into_branch,
        store_sync.fetch_branch_without_tags,
        list[LockedError](),
    )

    def save() -> None:
        with pytest.raises(LockedError) as caught, workspace_lock(here.root, "", "en", 0):
            pass
        refusals.append(caught.value)

    def merging(*words: Any, **more: Any) -> Any:
        other = threading.Thread(target=save)
        other.start()
        other.join()
        return merge(*words, **more)

    def fetching(*words: Any) -> None:
        fetch(*words)
        put(here, "EGN-ACC-03", status="met")

    with monkeypatch.context() as patch:
        patch.setattr(store_sync, "fetch_branch_without_tags", fetching)
        with pytest.raises(UsageError, match="not committed: 1"):
            synchronize_workspace(here, today=TODAY)
    restore_files_and_commit_workspace(here, today=TODAY)
    monkeypatch.setattr(merge_commits, "merge_commit_into_branch", merging)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert len(refusals) == 1


def registered(one: Workspace, source: Path) -> Path:
    """Register a file and return where it stands."""
    source.write_text("proof\n", "utf-8")
    one.add_evidence_file(source, title="x", round_id="2026", by="wang", now=NOW)
    return next((one.root / "evidence" / "2026").iterdir())


def test_files_that_a_power_cut_broke_in_a_merge(here: Workspace, there: Workspace) -> None:
    """The merge is not committed with them; with the message lost it is committed all the same."""
    put(there, OTHER, status="unmet")
    sync(there)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "fetch", "-q", "origin")
    sh(here.root, "merge", "-q", "--no-commit", "origin/main")
    head, text = sh(here.root, "rev-parse", "HEAD"), (here.root / SHEET).read_bytes()
    (here.root / SHEET).write_bytes(text[:30] + b"[")
    (here.root / ".git" / "MERGE_MSG").write_bytes(b"# nothing\n")
    with pytest.raises(FilesError, match="the merge is not committed"):
        synchronize_workspace(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == head
    (here.root / SHEET).write_bytes(text)
    assert synchronize_workspace(here, today=TODAY).merged == "merged"
    assert sh(here.root, "show", "-s", "--format=%s", "HEAD") == "Merge"
