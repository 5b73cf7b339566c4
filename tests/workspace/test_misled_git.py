"""What a repository says to git by itself never makes a commit or a sync lose work in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.run.plumbing import GitError
from assess.workspace import Workspace
from assess.workspace.sharing.commit import (
    list_uncommitted_files,
    restore_files_and_commit_workspace,
)
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from samples import Samples
from workspace.history.test_changes import ITEM, SHEET, TODAY, put, sh, three_commits
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

THEIRS = "EGN-ACC-02"


@pytest.fixture
def stick(here: Workspace, tmp_path: Path, samples: Samples) -> Path:
    """A bare repository in a folder."""
    shutil.rmtree(here.root)
    samples.copy_place(_make_two_machines, tmp_path)
    return tmp_path / "x.git"


def _make_two_machines(place: Path) -> None:
    here, stick = three_commits(place / "单位 一"), place / "x.git"
    assert make_folder_the_remote(here, stick)
    synchronize_workspace(here, today=TODAY)
    sh(place, "clone", "-q", str(stick), str(place / "乙"))
    there = Workspace(place / "乙", "en")
    put(there, THEIRS, status="unmet")
    restore_files_and_commit_workspace(there, today=TODAY)
    synchronize_workspace(there, today=TODAY)


@pytest.fixture
def there(stick: Path, tmp_path: Path) -> Workspace:
    """The other machine, which has handed on an answer that is not here yet."""
    return Workspace(tmp_path / "乙", "en")


def set_value(name: str, value: str) -> Callable[[Workspace, str], None]:
    """Return what writes a setting into the repository."""

    def mislead(here: Workspace, _tip: str) -> None:
        sh(here.root, "config", name, value)

    mislead.__name__ = f"{name}={value}"
    return mislead


def graft(here: Workspace, tip: str) -> None:
    """Say that the newest commit here has theirs as a parent."""
    sh(here.root, "fetch", "-q", "origin")
    words = sh(here.root, "rev-list", "--parents", "-1", "HEAD")
    (here.root / ".git" / "info" / "grafts").write_text(f"{words} {tip}\n", "ascii")


def forge_commit_graph(here: Workspace, tip: str) -> None:
    """Say in the table of commits that the newest one here has theirs as a parent."""
    sh(here.root, "fetch", "-q", "origin")
    sh(here.root, "-c", "commitGraph.generationVersion=1", "commit-graph", "write", "--reachable")
    file = here.root / ".git" / "objects" / "info" / "commit-graph"
    data = bytearray(file.read_bytes())
    chunks = {
        bytes(data[at : at + 4]): int.from_bytes(data[at + 4 : at + 12])
        for at in range(8, 8 + 12 * data[6], 12)
    }
    names, rows = chunks[b"OIDL"], chunks[b"CDAT"]
    oids = [data[at : at + 20].hex() for at in range(names, rows, 20)]
    row = rows + 36 * oids.index(sh(here.root, "rev-parse", "HEAD"))
    data[row + 24 : row + 28] = oids.index(tip).to_bytes(4)
    data[row + 28 : row + 32] = (1000 << 2).to_bytes(4)
    file.chmod(0o644)
    file.write_bytes(data)


def settle_beforehand(here: Workspace, _tip: str) -> None:
    """Have git remember how conflicts were settled, and settle them so by itself."""
    (here.root / ".git" / "rr-cache").mkdir()
    sh(here.root, "config", "rerere.enabled", "true")
    sh(here.root, "config", "rerere.autoUpdate", "true")


def mark(word: str) -> Callable[[Workspace, str], None]:
    """Return what makes git pass over the sheet in the folder."""

    def mislead(here: Workspace, _tip: str) -> None:
        sh(here.root, "update-index", f"--{word}", SHEET)

    mislead.__name__ = word
    return mislead


OFTEN = (graft, set_value("pull.twohead", "ours"))
"""The others are tried in the whole test run only."""

MISLEADING = (
    settle_beforehand,
    forge_commit_graph,
    mark("assume-unchanged"),
    mark("skip-worktree"),
    set_value("pull.twohead", "resolve"),
    set_value("pull.twohead", "subtree"),
    set_value("merge.ff", "only"),
    set_value("merge.renormalize", "true"),
    set_value("core.sparseCheckout", "true"),
    set_value("core.ignoreStat", "true"),
    set_value("attr.tree", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
    set_value("push.pushOption", "ci.skip"),
)


@pytest.mark.parametrize(
    "mislead",
    [*OFTEN, *(pytest.param(other, marks=pytest.mark.exhaustive) for other in MISLEADING)],
    ids=lambda mislead: mislead.__name__,
)
def test_a_sync_keeps_the_work_of_both(
    here: Workspace,
    stick: Path,
    there: Workspace,
    mislead: Callable[[Workspace, str], None],
) -> None:
    """Both answers are in the folder and on the stick, and no commit of theirs is gone."""
    tip = sh(there.root, "rev-parse", "HEAD")
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    mislead(here, tip)

    assert synchronize_workspace(here, today=TODAY).merged == "merged"

    handed_on = sh(stick, "show", f"main:{SHEET}")
    assert f"{THEIRS}:\n    status: unmet" in handed_on
    assert f"{ITEM}:\n    status: partial" in handed_on
    assert (here.root / SHEET).read_text("utf-8").strip() == handed_on
    sh(stick, "merge-base", "--is-ancestor", tip, "main")
    assert list_uncommitted_files(here) == []


@pytest.mark.parametrize("word", ["assume-unchanged", "skip-worktree"])
def test_a_commit_takes_files_that_git_was_told_to_pass_over(here: Workspace, word: str) -> None:
    """A mark in git's list of staged files keeps no answer out of the commit."""
    sh(here.root, "update-index", f"--{word}", SHEET)
    put(here, ITEM, status="partial")
    before = sh(here.root, "rev-parse", "HEAD")

    made = restore_files_and_commit_workspace(here, today=TODAY)

    assert made.oid == sh(here.root, "rev-parse", "HEAD") != before
    assert f"{ITEM}:\n    status: partial" in sh(here.root, "show", f"HEAD:{SHEET}")
    assert list_uncommitted_files(here) == []


def test_a_file_that_is_kept_out_of_the_folder_stays_in_the_commits(here: Workspace) -> None:
    """A sparse working tree leaves a file out: no commit deletes it, and git can lay it out."""
    large, small = here.root / "evidence" / "large.bin", here.root / "evidence" / "small.txt"
    large.write_bytes(b"large")
    restore_files_and_commit_workspace(here, today=TODAY, custom_message="large")
    sh(here.root, "update-index", "--skip-worktree", "evidence/large.bin")
    large.unlink()
    small.write_text("small", "utf-8")

    with pytest.raises(GitError, match=r"evidence/large\.bin"):
        restore_files_and_commit_workspace(here, today=TODAY, custom_message="small")
    sh(here.root, "sparse-checkout", "disable")
    restore_files_and_commit_workspace(here, today=TODAY, custom_message="small")

    names = sh(here.root, "ls-tree", "--name-only", "HEAD", "evidence/").split()
    assert {"evidence/large.bin", "evidence/small.txt"} <= set(names)


def test_a_commit_that_was_not_made_is_not_told(here: Workspace) -> None:
    """Attributes make git keep the same as before: nothing is committed, and the file is named."""
    file = here.root / "evidence" / "a.txt"
    file.write_bytes(b"a\n")
    restore_files_and_commit_workspace(here, today=TODAY, custom_message="a")
    (here.root / ".git" / "info" / "attributes").write_text("evidence/** text\n", "ascii")
    file.write_bytes(b"a\r\n")

    with pytest.raises(GitError, match=r"evidence/a\.txt") as caught:
        restore_files_and_commit_workspace(here, today=TODAY)
    assert ">> .git/info/attributes" in caught.value.hint

    put(here, ITEM, status="partial")
    with pytest.raises(GitError, match=r"evidence/a\.txt"):
        restore_files_and_commit_workspace(here, today=TODAY)
    assert list_uncommitted_files(here) == [SHEET, "evidence/a.txt"]


def test_the_text_of_a_commit_stays_as_it_is(here: Workspace) -> None:
    """A repository's settings take no lines out of it, and give it no other encoding."""
    sh(here.root, "config", "commit.cleanup", "strip")
    sh(here.root, "config", "core.commentChar", "-")
    sh(here.root, "config", "i18n.commitEncoding", "GB18030")
    put(here, ITEM, status="partial")
    text = restore_files_and_commit_workspace(here, today=TODAY).message
    assert f"- {ITEM} 边界默认拒绝 不符合 → 部分符合" in text
    sh(here.root, "config", "--unset", "i18n.commitEncoding")
    assert sh(here.root, "log", "-1", "--format=%B") == text


def test_attributes_that_change_files_are_not_merged(here: Workspace, there: Workspace) -> None:
    """Nothing is merged, nothing counts as changed; once the line is out, work goes on."""
    attributes = there.root / ".gitattributes"
    text = attributes.read_text("utf-8")
    attributes.write_text(f"{text}answers/** ident\n", "utf-8")
    restore_files_and_commit_workspace(there, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    before = sh(here.root, "rev-parse", "HEAD")

    with pytest.raises(UsageError, match="ident"):
        synchronize_workspace(here, today=TODAY)

    assert sh(here.root, "rev-parse", "HEAD") == before
    assert list_uncommitted_files(here) == []
    attributes.write_text(text, "utf-8")
    restore_files_and_commit_workspace(there, today=TODAY)
    synchronize_workspace(there, today=TODAY)
    assert synchronize_workspace(here, today=TODAY).merged == "forward"
