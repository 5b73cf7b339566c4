"""Committing the workspace's own files, and trust."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.errors import WriteError
from assess.store.git.commit import commit_files as committing
from assess.store.git.commit.commit_files import (
    NoIdentityError,
    commit_paths_if_changed,
    make_and_trust_missing_repository,
    make_empty_commit,
)
from assess.store.git.run.plumbing import GitError
from assess.store.git.run.process import run_program_within_limits
from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from store.git.run.test_commits import sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace's repository, trusted because we made it, with one commit."""
    folder = tmp_path / "w"
    (folder / "answers").mkdir(parents=True)
    make_and_trust_missing_repository(folder)
    (folder / "assess.yaml").write_text("a: 1\n", "utf-8")
    commit_paths_if_changed(folder, ["assess.yaml"], "first", lang="en")
    return folder


def hook(root: Path, name: str, text: str) -> None:
    """Write a git hook."""
    path = root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_only_the_named_files_are_committed(root: Path) -> None:
    """What else is staged or changed stays as it is; deleted own files are committed as deleted."""
    (root / "other.txt").write_text("staged\n", "utf-8")
    sh(root, "add", "other.txt")
    (root / "answers" / "a.yaml").write_text("b: 2\n", "utf-8")

    made = commit_paths_if_changed(root, ["assess.yaml", "answers"], "answers: 甲", lang="en")

    assert made == sh(root, "rev-parse", "HEAD")
    assert sh(root, "show", "--format=%s", "--name-only", "HEAD").split() == [
        "answers:",
        "甲",
        "answers/a.yaml",
    ]
    assert sh(root, "diff", "--cached", "--name-only") == "other.txt"

    (root / "answers" / "a.yaml").unlink()
    commit_paths_if_changed(root, ["answers"], "gone", lang="en")

    assert sh(root, "ls-files", "answers") == ""


def record_lines(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Return a list to which the command lines of git are added; two files count as many."""
    lines: list[Sequence[str]] = []

    def record(line: Sequence[str], *rest: Any) -> Any:
        lines.append(line)
        return run_program_within_limits(line, *rest)

    monkeypatch.setattr("assess.store.git.run.plumbing.run_program_within_limits", record)
    monkeypatch.setattr(committing, "_MANY", 1)
    return lines


def test_very_many_files_are_committed_without_their_names(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git compares each name with each file: 100,000 of them took minutes."""
    for name in "ab":
        (root / "answers" / name).write_text("1\n", "utf-8")
    lines = record_lines(monkeypatch)
    commit_paths_if_changed(root, ["assess.yaml", "answers"], "many", lang="en")
    assert not any("--only" in line for line in lines)
    assert sh(root, "ls-files", "answers").split() == ["answers/a", "answers/b"]
    assert sh(root, "status", "--porcelain") == ""
    for name in "ab":
        (root / "answers" / name).unlink()
    commit_paths_if_changed(root, ["answers"], "gone", lang="en")
    assert sh(root, "ls-files") == "assess.yaml"


def test_many_files_beside_others_that_are_staged(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others stay staged and in no commit, however many files are committed."""
    for name in ("answers/a", "answers/b", "other.txt"):
        (root / name).write_text("1\n", "utf-8")
    sh(root, "add", "other.txt")
    record_lines(monkeypatch)
    commit_paths_if_changed(root, ["answers"], "many", lang="en")
    assert sh(root, "show", "--format=", "--name-only").split() == ["answers/a", "answers/b"]
    assert sh(root, "diff", "--cached", "--name-only") == "other.txt"


def test_many_files_complete_no_merge(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge that somebody else began is theirs to complete."""
    for name in "ab":
        (root / "answers" / name).write_text("1\n", "utf-8")
    (root / ".git" / "MERGE_HEAD").write_text(sh(root, "rev-parse", "HEAD") + "\n", "utf-8")
    record_lines(monkeypatch)
    with pytest.raises(GitError, match="during a merge"):
        commit_paths_if_changed(root, ["answers"], "many", lang="en")


def test_names_are_literal(root: Path) -> None:
    """A file whose name looks like a pattern is only itself."""
    (root / "answers" / "[a]*.yaml").write_text("x\n", "utf-8")
    (root / "answers" / "b.yaml").write_text("x\n", "utf-8")

    commit_paths_if_changed(root, ["answers/[a]*.yaml"], "one", lang="en")

    assert sh(root, "ls-files", "answers") == "answers/[a]*.yaml"


def test_no_identity_says_what_to_type(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name and an e-mail nothing is staged, and the two settings are named."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME")
        monkeypatch.delenv(f"GIT_{name}_EMAIL")
    sh(root, "config", "user.useConfigOnly", "true")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")

    with pytest.raises(NoIdentityError, match="assess commit --as"):
        commit_paths_if_changed(root, ["assess.yaml"], "x", lang="en")

    assert sh(root, "diff", "--cached", "--name-only") == ""


def test_hooks_run_only_where_trusted(root: Path) -> None:
    """A hook added later is off until the workspace's user trusts it; then it decides."""
    hook(root, "pre-commit", "echo not today >&2; exit 1")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")

    assert not is_repository_trusted(root)
    commit_paths_if_changed(root, ["assess.yaml"], "hook is off", lang="en")

    record_trust_in_git_programs(root)
    (root / "assess.yaml").write_text("a: 3\n", "utf-8")

    assert is_repository_trusted(root)
    with pytest.raises(GitError, match="not today"):
        commit_paths_if_changed(root, ["assess.yaml"], "hook is on", lang="en")


def test_a_refused_commit_leaves_nothing_staged(root: Path) -> None:
    """Whoever puts the files back has everything as before; what else is staged stays so."""
    hook(root, "pre-commit", "exit 1")
    record_trust_in_git_programs(root)
    (root / "other.txt").write_text("staged\n", "utf-8")
    sh(root, "add", "other.txt")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    (root / "answers" / "甲 a.yaml").write_text("b: 2\n", "utf-8")
    with pytest.raises(GitError):
        commit_paths_if_changed(root, ["assess.yaml", "answers"], "refused", lang="en")
    assert sh(root, "diff", "--cached", "--name-only") == "other.txt"
    assert (root / "assess.yaml").read_text("utf-8") == "a: 2\n"


def test_filters_of_a_strange_repository_stay_off(root: Path, tmp_path: Path) -> None:
    """A filter that the configuration gained does not run, and the bytes go in as they are."""
    touched = tmp_path / "touched"
    sh(root, "config", "filter.evil.clean", f"touch {touched}; cat")
    sh(root, "config", "filter.evil.required", "true")
    (root / ".gitattributes").write_text("*.yaml filter=evil\n", "utf-8")
    (root / "assess.yaml").write_text("a: 4\n", "utf-8")

    commit_paths_if_changed(root, ["assess.yaml", ".gitattributes"], "no filter", lang="en")

    assert not touched.exists()
    assert sh(root, "cat-file", "blob", "HEAD:assess.yaml") == "a: 4"


def test_a_repository_that_is_there_stays(root: Path) -> None:
    """Starting one where one stands changes nothing."""
    head = sh(root, "rev-parse", "HEAD")

    committing.make_and_trust_missing_repository(root)

    assert sh(root, "rev-parse", "HEAD") == head


@pytest.mark.parametrize("driver", ["x", "x=y", "a.b", "甲"])
def test_filters_of_any_name_are_off_where_not_trusted(
    root: Path, tmp_path: Path, driver: str
) -> None:
    """A name with an equals sign does not end the setting that switches its filter off."""
    sh(root, "config", f"filter.{driver}.clean", f"touch {tmp_path}/pwned; cat")
    sh(root, "config", f"filter.{driver}.required", "true")
    (root / ".git" / "info" / "attributes").write_text(f"* filter={driver}\n", "utf-8")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    commit_paths_if_changed(root, ["assess.yaml"], "off", lang="en")
    assert not (tmp_path / "pwned").exists()
    assert sh(root, "show", "HEAD:assess.yaml") == "a: 2"


def staged(root: Path) -> tuple[str, str, bytes]:
    """Return all that is staged, and how git's list of it is written."""
    index = (root / ".git" / "index").read_bytes()
    return sh(root, "ls-files", "-s"), sh(root, "diff", "--cached", "--raw"), index


def half_staged(root: Path) -> None:
    """Stage an older state of a file than is there, and a file that is none of ours."""
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    (root / "other.txt").write_text("staged\n", "utf-8")
    sh(root, "add", "assess.yaml", "other.txt")
    (root / "assess.yaml").write_text("a: 3\n", "utf-8")
    (root / "answers" / "a.yaml").write_text("b: 2\n", "utf-8")


@pytest.mark.parametrize(
    "how", ["exit 1", "kill -9 $PPID", "echo x > $GIT_INDEX_FILE; exit 1", "git add -A; exit 1"]
)
def test_a_failed_commit_leaves_the_index_as_it_was(root: Path, how: str) -> None:
    """A hook that refuses, git that is killed, a hook that stages: not a byte is otherwise."""
    half_staged(root)
    before = staged(root)
    hook(root, "pre-commit", how)
    record_trust_in_git_programs(root)

    with pytest.raises(GitError):
        commit_paths_if_changed(root, ["assess.yaml", "answers"], "refused", lang="en")

    assert staged(root) == before
    assert not (root / ".git" / "index.lock").exists()


def test_a_commit_that_can_not_be_signed_leaves_the_index_as_it_was(root: Path) -> None:
    """The same where signing fails, which git does last."""
    half_staged(root)
    sh(root, "config", "commit.gpgSign", "true")
    sh(root, "config", "gpg.program", "false")
    before = staged(root)
    record_trust_in_git_programs(root)

    with pytest.raises(GitError, match="failed to write commit object"):
        commit_paths_if_changed(root, ["assess.yaml", "answers"], "refused", lang="en")

    assert staged(root) == before


def test_a_full_disk_leaves_the_index_as_it_was(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the draft can't be written nothing is touched, and it is said which disk is meant."""
    half_staged(root)
    before = staged(root)
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        with pytest.raises(WriteError, match="folder is missing"):
            commit_paths_if_changed(root, ["assess.yaml", "answers"], "x", lang="en")

    def full(_from: Path, _to: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(WriteError, match="disk is full"):
        commit_paths_if_changed(root, ["assess.yaml", "answers"], "x", lang="en")

    assert staged(root) == before


def test_another_git_that_holds_the_index_is_told(root: Path) -> None:
    """As git itself says it, so that the cure is named."""
    (root / ".git" / "index.lock").touch()
    with pytest.raises(GitError) as refused:
        commit_paths_if_changed(root, ["assess.yaml"], "x", lang="en")
    assert "Unable to create" in refused.value.output


def test_what_was_staged_before_is_staged_after_a_commit(root: Path) -> None:
    """What is ours stands in the list as it was committed, all else as it was."""
    half_staged(root)
    commit_paths_if_changed(root, ["assess.yaml", "answers"], "made", lang="en")

    assert sh(root, "diff", "--cached", "--name-only") == "other.txt"
    assert sh(root, "status", "--short") == "A  other.txt"
    assert sh(root, "show", "HEAD:assess.yaml") == "a: 3"


def test_a_change_within_a_tick_of_the_clock_is_committed(root: Path) -> None:
    """A file as long as before and no newer than git's list is compared by its content."""
    tick = (root / "assess.yaml").stat().st_mtime_ns
    sh(root, "config", "core.trustCtime", "false")
    (root / "assess.yaml").write_text("a: 2\n", "utf-8")
    for path in (root / "assess.yaml", root / ".git" / "index"):
        os.utime(path, ns=(tick, tick))

    commit_paths_if_changed(root, ["assess.yaml"], "2", lang="en")

    assert sh(root, "show", "HEAD:assess.yaml") == "a: 2"


def test_thousands_of_files_and_a_text_of_any_length(root: Path) -> None:
    """More than a command line holds goes to git by its input."""
    names = [f"answers/{number:04}{'x' * 200}.yaml" for number in range(1200)]
    for name in names:
        (root / name).touch()

    commit_paths_if_changed(root, names, "subject\n\n" + "long\n" * 40_000, lang="en")

    assert len(sh(root, "ls-files", "answers").split()) == len(names)
    assert sh(root, "log", "-1", "--format=%B").count("long") == 40_000


def test_a_repository_that_git_did_not_end_is_made_to_the_end(tmp_path: Path) -> None:
    """So it is where `git init` was killed; then it takes a commit."""
    (tmp_path / ".git" / "refs").mkdir(parents=True)
    make_and_trust_missing_repository(tmp_path)
    (tmp_path / "a").touch()
    assert commit_paths_if_changed(tmp_path, ["a"], "a", lang="en")


def test_a_commit_that_changes_no_file(root: Path) -> None:
    """It is there for its message; what is staged stays staged."""
    (root / "a").write_text("a", "utf-8")
    before = commit_paths_if_changed(root, ["a"], "a", lang="en")
    (root / "b").touch()
    sh(root, "add", "b")
    assert make_empty_commit(root, "why", lang="en") != before
    assert sh(root, "diff", "--cached", "--name-only") == "b"


def test_nothing_changed_is_no_commit(root: Path) -> None:
    """The last commit's id comes back, and nothing is written."""
    head, before = sh(root, "rev-parse", "HEAD"), staged(root)
    assert commit_paths_if_changed(root, ["assess.yaml"], "nothing", lang="en") == head
    assert staged(root) == before


def test_hooks_of_a_half_made_repository_lead_out(tmp_path: Path) -> None:
    """Git would copy its examples of hooks through the link."""
    (tmp_path / "w" / ".git").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "w" / ".git" / "hooks").symlink_to(tmp_path / "bin")
    make_and_trust_missing_repository(tmp_path / "w")
    assert list((tmp_path / "bin").iterdir()) == []
    assert (tmp_path / "w" / ".git" / "HEAD").is_file()
