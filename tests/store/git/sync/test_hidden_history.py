"""A list of commits without parents makes no merge from a wrong common commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.plumbing import GitError
from assess.store.git.sync.hidden_history import refuse_merge_on_hidden_history
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose main goes on after another branch began at its second commit."""
    folder = tmp_path / "whole"
    folder.mkdir()
    make_and_trust_missing_repository(folder)
    for text in ("1", "2"):
        save(folder, "a", text, text)
    sh(folder, "branch", "-q", "other")
    save(folder, "a", "3", "ours")
    save(folder, "a", "2", "taken back")
    sh(folder, "switch", "-q", "other")
    save(folder, "b", "1", "theirs")
    sh(folder, "switch", "-q", "main")
    return folder


def clone(root: Path, depth: int) -> Path:
    """Return a shallow clone of main."""
    folder = root.parent / "clone"
    sh(root.parent, "clone", "-q", f"--depth={depth}", root.as_uri(), str(folder))
    return folder


def test_a_whole_repository(root: Path) -> None:
    """Nothing is hidden."""
    refuse_merge_on_hidden_history(root, "other", "en")


def test_a_list_that_hides_history_that_is_here(root: Path) -> None:
    """The merge is refused; moving the list away mends it."""
    sh(root, "merge", "-q", "--no-edit", "-s", "ours", sh(root, "rev-parse", "HEAD~3"))
    shallow = root / ".git/shallow"
    shallow.write_text(sh(root, "rev-parse", "HEAD~1") + "\n", "utf-8")
    with pytest.raises(GitError, match="hides history") as caught:
        refuse_merge_on_hidden_history(root, "other", "en")
    shallow.rename(shallow.with_suffix(".old"))
    assert f"mv {shallow} {shallow}.old" in caught.value.hint
    refuse_merge_on_hidden_history(root, "other", "en")


def test_a_shallow_clone_goes_on(root: Path) -> None:
    """What others committed after its oldest commit is merged."""
    folder = clone(root, 1)
    save(folder, "c", "1", "mine")
    save(root, "d", "1", "theirs")
    sh(folder, "fetch", "-q")
    refuse_merge_on_hidden_history(folder, "origin/main", "en")


def test_a_branch_that_began_before_a_shallow_clone(root: Path) -> None:
    """What both have in common is not here: it is refused before the merge, not after it."""
    folder = clone(root, 1)
    save(folder, "c", "1", "mine")
    sh(folder, "fetch", "-q", "--depth=1", "origin", "other")
    with pytest.raises(GitError, match="does not see") as caught:
        refuse_merge_on_hidden_history(folder, "FETCH_HEAD", "en")
    assert caught.value.hint.startswith("git fetch --unshallow && assess sync")
    sh(folder, "fetch", "-q", "--unshallow", "origin", "main")
    sh(folder, "fetch", "-q", "origin", "other")
    refuse_merge_on_hidden_history(folder, "FETCH_HEAD", "en")
