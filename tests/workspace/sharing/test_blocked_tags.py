"""A tag of somebody else that stands in the way of a round's tag is named and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.run.plumbing import GitError
from assess.workspace import Workspace
from assess.workspace.sharing.blocked_tags import describe_blocked_tags
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import synchronize_workspace
from samples import Samples
from workspace.history.test_changes import TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import close, two_sides


def test_a_sync_names_the_tag(here: Workspace, tmp_path: Path) -> None:
    """It comes to its end, and names the command that removes the tag there."""
    bare = tmp_path / "bare.git"
    make_folder_the_remote(here, bare)
    synchronize_workspace(here, today=TODAY)
    sh(bare, "tag", "round/2026/x", "main")
    warnings = synchronize_workspace(here, today=TODAY).warnings
    assert synchronize_workspace(here, today=TODAY).warnings == warnings
    assert [(one.file, one.severity) for one in warnings] == [("refs/tags/round/2026/x", "warning")]
    assert sh(here.root, "tag") == ""
    sh(here.root, *warnings[0].hint.split()[1:])
    assert synchronize_workspace(here, today=TODAY).warnings == ()


def test_the_tag_of_a_closing_that_the_other_side_can_not_take(
    here: Workspace, tmp_path: Path, samples: Samples
) -> None:
    """The commits are there; the command that makes room for the tag is named, and enough."""
    there = two_sides(here, tmp_path, samples)
    sh(there.root, "tag", "-a", "-m", "x", "round/2026/x")
    sh(there.root, "push", "-q", "origin", "round/2026/x")
    done = close(here)
    with pytest.raises(GitError, match="round/2026/x") as caught:
        synchronize_workspace(here, today=TODAY)
    assert sh(tmp_path / "x.git", "rev-parse", "main") == done.commit
    sh(here.root, *caught.value.hint.partition(": ")[2].split(" && ")[0].split()[1:])
    synchronize_workspace(here, today=TODAY)
    assert sh(tmp_path / "x.git", "tag") == "round/2026"


def test_many_tags() -> None:
    """Five are named."""
    assert len(describe_blocked_tags({f"v/{n}": "v" for n in range(6)}, "origin", "en")) == 5
