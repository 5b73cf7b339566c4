"""Committing the workspace's own files, and everything that refuses it."""

from __future__ import annotations

import os
import shlex
import subprocess

import pytest

from assess.errors import FilesError, UsageError, WriteError
from assess.store.git.run.plumbing import GitError
from assess.workspace import Workspace
from assess.workspace.core.checking import lint_workspace
from assess.workspace.sharing import commit as committing
from assess.workspace.sharing.commit import (
    is_commit_identity_known,
    list_uncommitted_files,
    list_untrusted_hooks_and_settings,
    restore_files_and_commit_workspace,
    set_committer_identity,
)
from assess.workspace.sharing.sync import synchronize_workspace
from workspace.history.test_changes import ITEM, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name


def hook(here: Workspace, name: str, text: str) -> None:
    """Write a git hook."""
    path = here.root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_the_text_says_what_changed_in_the_workspaces_language(here: Workspace) -> None:
    """Only own files; what else is staged stays staged and uncommitted."""
    (here.root / "other.txt").write_text("x", "utf-8")
    sh(here.root, "add", "other.txt")
    put(here, ITEM, status="partial")
    made = restore_files_and_commit_workspace(here, today=TODAY)

    assert made.oid == sh(here.root, "rev-parse", "HEAD")
    assert made.paths == (SHEET,)
    assert made.message.startswith("电子政务网络安全检查表：")
    assert f"- {ITEM} 边界默认拒绝 不符合 → 部分符合" in made.message
    assert sh(here.root, "log", "-1", "--format=%B") == made.message
    assert sh(here.root, "diff", "--cached", "--name-only") == "other.txt"


def test_a_text_of_ones_own_and_nothing_to_do(here: Workspace) -> None:
    """Without a change there is no commit."""
    assert restore_files_and_commit_workspace(here, today=TODAY).oid is None
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY, custom_message="我的话")
    assert sh(here.root, "log", "-1", "--format=%s") == "我的话"


def test_deleted_parts_are_committed(here: Workspace) -> None:
    """A folder that is gone is gone in the commit."""
    (here.root / SHEET).unlink()
    (here.root / "answers" / "2026").rmdir()
    (here.root / "answers").rmdir()
    made = restore_files_and_commit_workspace(here, today=TODAY)

    assert made.paths == (SHEET,)
    assert sh(here.root, "ls-files", "answers") == ""


def test_links_and_names_of_any_bytes(here: Workspace) -> None:
    """A file whose name is no UTF-8 goes in; a link changes nothing that is compared."""
    path = os.fsencode(here.root / "evidence") + b"/\xff.bin"
    with open(path, "wb") as file:  # noqa: PTH123  # a name of bytes
        file.write(b"x")
    (here.root / "evidence" / "link").symlink_to("/etc/hostname")
    restore_files_and_commit_workspace(here, today=TODAY)

    assert list_uncommitted_files(here) == []
    assert "\\377.bin" in sh(here.root, "ls-files", "evidence")


def test_in_progress_and_detached(here: Workspace) -> None:
    """Neither into the middle of a merge nor onto no branch; nothing is staged by the refusal."""
    sh(here.root, "switch", "-q", "-c", "other", "HEAD~1")
    (here.root / SHEET).write_text("theirs\n", "utf-8")
    sh(here.root, "commit", "-q", "-a", "-m", "theirs")
    sh(here.root, "switch", "-q", "main")
    sh(here.root, "config", "--remove-section", "merge.assess")
    subprocess.run(["git", "merge", "-q", "other"], cwd=here.root, check=False, capture_output=True)
    with pytest.raises(UsageError, match="merge is in progress"):
        restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "merge", "--abort")

    sh(here.root, "switch", "-q", "--detach")
    with pytest.raises(UsageError, match="detached"):
        restore_files_and_commit_workspace(here, today=TODAY)


def test_conflicts_and_markers_are_refused_with_their_place(here: Workspace) -> None:
    """What a merge left undecided is never committed."""
    before = (here.root / SHEET).read_text("utf-8")
    row = "    conflict: [{field: status, theirs: met}]\n    status: unmet\n"
    (here.root / SHEET).write_text(before.replace("    status: unmet\n", row), "utf-8")
    with pytest.raises(FilesError) as caught:
        restore_files_and_commit_workspace(here, today=TODAY)
    problem = caught.value.problems[0]
    assert (problem.file, problem.code) == (SHEET, "conflict")
    assert problem.line > 1

    (here.root / SHEET).write_text("<<<<<<< ours\n" + before, "utf-8")
    with pytest.raises(FilesError) as caught:
        restore_files_and_commit_workspace(here, today=TODAY)
    assert [(one.code, one.line) for one in caught.value.problems] == [("merge-marker", 1)]


def test_a_repository_inside_is_refused(here: Workspace) -> None:
    """Git would commit a pointer and none of its files."""
    (here.root / "evidence" / "sub").mkdir()
    sh(here.root / "evidence" / "sub", "init", "-q")
    with pytest.raises(UsageError, match="evidence/sub"):
        restore_files_and_commit_workspace(here, today=TODAY)


def test_hooks_are_respected_where_trusted(here: Workspace) -> None:
    """A hook that refuses is told in its own words, and the files stay as they are."""
    hook(here, "pre-commit", "echo not today >&2; exit 1")
    put(here, ITEM, status="partial")
    assert list_untrusted_hooks_and_settings(here) == ["hooks/pre-commit"]
    committing.trust_repository(here)
    assert list_untrusted_hooks_and_settings(here) == []

    before = (here.root / SHEET).read_bytes()
    with pytest.raises(GitError, match="refused: not today"):
        restore_files_and_commit_workspace(here, today=TODAY)
    assert (here.root / SHEET).read_bytes() == before


def test_a_key_that_cannot_sign_is_explained(here: Workspace) -> None:
    """Signing is respected; where it fails, what to look at is named."""
    sh(here.root, "config", "commit.gpgSign", "true")
    sh(here.root, "config", "gpg.program", "false")
    committing.trust_repository(here)
    put(here, ITEM, status="partial")
    with pytest.raises(GitError, match=r"commit\.gpgSign false"):
        restore_files_and_commit_workspace(here, today=TODAY)


def test_a_lock_left_by_a_dead_git(here: Workspace) -> None:
    """The lock is named with the command that removes it."""
    (here.root / ".git" / "index.lock").touch()
    put(here, ITEM, status="partial")
    with pytest.raises(GitError, match=r"rm .*index\.lock"):
        restore_files_and_commit_workspace(here, today=TODAY)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_attributes_that_are_no_file(here: Workspace, kind: str) -> None:
    """Git would wait for a pipe, and take nothing from the others: said, and nothing is done."""
    put(here, ITEM, status="partial")
    path = here.root / ".gitattributes"
    path.rename(here.root / "kept")
    if kind == "link":
        path.symlink_to("kept")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    head = sh(here.root, "rev-parse", "HEAD")
    for act in (restore_files_and_commit_workspace, synchronize_workspace):
        with pytest.raises(WriteError, match=r"mv \.gitattributes .*assess git setup"):
            act(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == head

    path.rename(here.root / "gitattributes.old")
    here.git.set_up_merges()
    assert restore_files_and_commit_workspace(here, today=TODAY).oid


def test_a_pipe_in_place_of_a_sheet(here: Workspace) -> None:
    """It is not waited for, nothing is committed, and where it stands is named."""
    (here.root / SHEET).unlink()
    os.mkfifo(here.root / SHEET)
    head = sh(here.root, "rev-parse", "HEAD")
    with pytest.raises(GitError, match=f"{SHEET} is neither a file.*mv {SHEET} ~"):
        restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == head


def test_identity_is_written_once(here: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name and address go into the repository's own settings; nonsense is refused."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    sh(here.root, "config", "user.useConfigOnly", "true")
    put(here, ITEM, status="partial")
    assert not is_commit_identity_known(here)
    with pytest.raises(committing.NoIdentityError):
        restore_files_and_commit_workspace(here, today=TODAY)
    for name, email in (("", "a@b"), ("王敏", "no"), ("王<敏", "a@b")):
        with pytest.raises(UsageError):
            set_committer_identity(here, name, email)

    set_committer_identity(here, " 王敏 ", "wang@x.example")
    assert is_commit_identity_known(here)
    restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "log", "-1", "--format=%an <%ae>") == "王敏 <wang@x.example>"


def test_identity_that_cannot_be_written(here: Workspace) -> None:
    """A lock on the settings is explained."""
    (here.root / ".git" / "config.lock").touch()
    with pytest.raises(GitError, match=r"rm \.git/config\.lock"):
        set_committer_identity(here, "王敏", "wang@x.example")


def test_line_ends_of_windows_are_refused_as_everywhere(here: Workspace) -> None:
    """With the command that mends them; a proof and a template may have whatever they have."""
    path = here.root / SHEET
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (here.root / "templates").mkdir()
    (here.root / "templates" / "a.txt").write_bytes(b"a\r\n")
    with pytest.raises(FilesError) as refused:
        restore_files_and_commit_workspace(here, today=TODAY)
    (problem,) = refused.value.problems
    assert (problem.file, problem.code, problem.line) == (SHEET, "crlf", 1)
    assert f"sed -i 's/\\r$//' {SHEET}" in problem.hint
    assert path.read_bytes().count(b"\r\n") > 1

    subprocess.run(["sed", "-i", r"s/\r$//", SHEET], cwd=here.root, check=True)
    assert restore_files_and_commit_workspace(here, today=TODAY).paths == ("templates/a.txt",)


@pytest.mark.parametrize("content", [b"", bytes(9)])
def test_a_sheet_without_content_is_not_committed(here: Workspace, content: bytes) -> None:
    """Nobody could read it; git has no earlier version that could be put back."""
    sh(here.root, "rm", "-q", "--cached", SHEET)
    sh(here.root, "commit", "-qm", "gone")
    (here.root / SHEET).write_bytes(content)
    with pytest.raises(FilesError) as refused:
        restore_files_and_commit_workspace(here, today=TODAY)
    (problem,) = refused.value.problems
    assert (problem.file, problem.code, problem.hint) == (SHEET, "empty-file", f"rm {SHEET}")
    (here.root / SHEET).unlink()
    assert restore_files_and_commit_workspace(here, today=TODAY).oid is None


def test_many_answers_that_vanish_are_told(here: Workspace) -> None:
    """A sheet that was cut at a line's end is valid; what it lost is named, with the way back."""
    head = (here.root / SHEET).read_text("utf-8")
    for number in range(2, 6):
        put(here, f"EGN-ACC-{number:02}", status="met")
    assert restore_files_and_commit_workspace(here, today=TODAY).warnings == ()
    whole = (here.root / SHEET).read_bytes()
    (here.root / SHEET).write_text(head, "utf-8")
    made = restore_files_and_commit_workspace(here, today=TODAY)
    (warning,) = made.warnings
    assert (warning.file, warning.code) == (SHEET, "answers-removed")
    assert "撤去 4 项" in made.message.split("\n")[0]
    subprocess.run(shlex.split(warning.hint), cwd=here.root, check=True)
    assert (here.root / SHEET).read_bytes() == whole


def test_settings_of_zeros_are_told_once(here: Workspace) -> None:
    """assess.yaml stands there; what a power cut left of it is no UTF-16, nor is it missing."""
    (here.root / "assess.yaml").write_bytes(bytes(400))
    problems = lint_workspace(here.root, (), today=TODAY, lang="en")
    assert [problem.code for problem in problems if problem.file == "assess.yaml"] == ["empty-file"]
