"""A sync writes no branch or tag but those of the other side."""

from __future__ import annotations

import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.git_facts import reuse_git_answers
from assess.store.git.state.repository_state import require_checked_out_branch
from assess.store.git.sync import exchange, exchanged_tags, remote_setup
from assess.store.git.sync.written_refs import (
    read_symbolic_ref_target,
    refuse_symbolic_tracking_refs,
)
from store.git.run.test_commits import save, sh

MAPPINGS = ("+refs/heads/main:refs/tags/round/2025", "refs/heads/*:refs/heads/*", "main:precious")
HARMLESS = (
    "+refs/pull/*/head:refs/remotes/origin/pr/*",
    "+refs/tags/*:refs/tags/*",
    "refs/notes/*:refs/notes/*",
    "refs/heads/main",
    "^refs/heads/old",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose round 2025 is closed, with a bare one that has a commit more."""
    root = tmp_path / "w"
    root.mkdir()
    make_and_trust_missing_repository(root)
    save(root, "a.yaml", "1\n", "first")
    sh(root, "tag", "-a", "-m", "x", "round/2025")
    remote_setup.add_origin_and_create_if_missing(root, tmp_path / "bare.git", "main")
    assert exchange.push_branch_and_tags(root, "origin", "main")
    sh(tmp_path, "clone", "-q", "bare.git", "other")
    save(tmp_path / "other", "b.yaml", "1\n", "theirs")
    sh(tmp_path / "other", "push", "-q")
    return root


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_a_mapping_to_another_name(root: Path, mapping: str) -> None:
    """Neither a fetch nor a push sets what the settings name besides; the hint mends it."""
    before = sh(root, "for-each-ref")
    sh(root, "config", "--add", "remote.origin.fetch", mapping)
    with pytest.raises(UsageError, match="overwrite other branches or tags") as caught:
        exchange.fetch_branch_without_tags(root, "origin", "main", "en")
    with pytest.raises(UsageError, match="overwrite other branches or tags"):
        exchange.push_branch_and_tags(root, "origin", "main", "en")
    assert sh(root, "for-each-ref") == before
    assert mapping in caught.value.hint
    sh(root, *caught.value.hint.replace("'", "").split()[1:])
    exchange.fetch_branch_without_tags(root, "origin", "main", "en")
    assert sh(root, "rev-parse", "origin/main") != sh(root, "rev-parse", "main")


@pytest.mark.parametrize("mapping", HARMLESS)
def test_a_mapping_that_overwrites_nothing(root: Path, mapping: str) -> None:
    """It is passed over: a fetch writes what it is given."""
    sh(root, "config", "--add", "remote.origin.fetch", mapping)
    before = sh(root, "rev-parse", "round/2025")
    exchange.fetch_branch_without_tags(root, "origin", "main", "en")
    assert sh(root, "rev-parse", "round/2025") == before


def test_a_copy_that_stands_for_a_tag(root: Path) -> None:
    """A fetch would set the tag; the hint mends it."""
    before = sh(root, "rev-parse", "round/2025")
    sh(root, "symbolic-ref", "refs/remotes/origin/main", "refs/tags/round/2025")
    with pytest.raises(UsageError, match="only stands for refs/tags/round/2025") as caught:
        exchange.fetch_branch_without_tags(root, "origin", "main", "en")
    assert sh(root, "rev-parse", "round/2025") == before
    sh(root, *caught.value.hint.split()[1:])
    exchange.fetch_branch_without_tags(root, "origin", "main", "en")
    assert sh(root, "rev-parse", "round/2025") == before


@pytest.mark.parametrize(
    ("mapping", "name"),
    [
        ("+refs/heads/*:refs/remotes/zz/*", "refs/remotes/zz/main"),
        ("refs/heads/m*n:refs/remotes/*-x/y", "refs/remotes/ai-x/y"),
        ("refs/heads/main:refs/remotes/main", "refs/remotes/main"),
    ],
)
@pytest.mark.parametrize("once", [False, True])
def test_a_mapping_to_a_name_that_stands_for_a_tag(
    root: Path, mapping: str, name: str, *, once: bool
) -> None:
    """A push would set the tag; the hint mends it."""
    before = sh(root, "rev-parse", "round/2025")
    sh(root, "config", "remote.origin.fetch", mapping)
    sh(root, "config", "--add", "remote.origin.fetch", "refs/heads/other*:refs/remotes/q/*")
    sh(root, "config", "--add", "remote.origin.fetch", "refs/heads/o:refs/remotes/q/o")
    sh(root, "symbolic-ref", name, "refs/tags/round/2025")
    with (
        reuse_git_answers(root, {}) if once else nullcontext(),
        pytest.raises(UsageError, match="only stands for refs/tags/round/2025") as caught,
    ):
        exchange.push_branch_and_tags(root, "origin", "main", "en")
    assert sh(root, "rev-parse", "round/2025") == before
    sh(root, *caught.value.hint.split()[1:])
    with reuse_git_answers(root, {}) if once else nullcontext():
        refuse_symbolic_tracking_refs(root, "origin", "main", "en")


def test_a_ref_that_is_read_as_a_file(root: Path) -> None:
    """A plain one costs no start of git; of what is no file git is asked."""
    with reuse_git_answers(root, {}):
        assert read_symbolic_ref_target(root, "refs/heads/main") == ""
        assert read_symbolic_ref_target(root, "refs/heads/gone") == ""
        (root / ".git/refs/heads/pipe").mkdir()
        assert read_symbolic_ref_target(root, "refs/heads/pipe") == ""


def test_an_included_file_does_not_say_where_refs_are(tmp_path: Path) -> None:
    """Git reads that from the repository's own file: a ref may be in a table."""
    done = subprocess.run(
        ["git", "init", "-q", "-b", "main", "--ref-format=reftable", tmp_path / "w"], check=False
    )
    if done.returncode:
        pytest.skip("git has no reftable")
    root = tmp_path / "w"
    save(root, "a.yaml", "1\n", "first")
    sh(root, "symbolic-ref", "refs/remotes/origin/main", "refs/tags/round/2025")
    (root / ".git/more").write_text("[extensions]\n\trefStorage = files\n", "utf-8")
    sh(root, "config", "include.path", "more")
    with reuse_git_answers(root, {}):
        target = read_symbolic_ref_target(root, "refs/remotes/origin/main")
    assert target == "refs/tags/round/2025"


def test_a_tag_that_stands_for_a_branch(root: Path) -> None:
    """Taking the other side's tag would set the branch."""
    sh(root, "symbolic-ref", "refs/tags/round/2026", "refs/heads/main")
    with pytest.raises(UsageError, match="only stands for refs/heads/main"):
        exchanged_tags.replace_local_tag(root, "origin", "round/2026", "en")


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("name", ["HEAD", "refs/heads/main"])
def test_a_head_that_stands_for_a_tag(root: Path, name: str, once: bool) -> None:
    """A commit would set the tag, so no branch counts as checked out."""
    sh(root, "symbolic-ref", name, "refs/tags/round/2025")
    with (
        reuse_git_answers(root, {}) if once else nullcontext(),
        pytest.raises(UsageError, match="no branch is checked out"),
    ):
        require_checked_out_branch(root, "en")


def test_a_tag_of_the_same_name(root: Path) -> None:
    """The branch has its own name, not `heads/main`."""
    sh(root, "tag", "main")
    assert require_checked_out_branch(root, "en") == "main"
