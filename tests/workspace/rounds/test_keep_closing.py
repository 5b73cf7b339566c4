"""A round that was closed on two sides: both closings are named, one is kept by a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UnknownIdError, UsageError
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.rounds.keep_closing import ClosingChoice, set_closing_on_both_sides
from assess.workspace.sharing import commit
from assess.workspace.sharing.sync import synchronize_workspace
from assess.workspace.sharing.two_closings import find_double_closings
from samples import Samples
from workspace.history.test_changes import TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import LATE, close, put_in, two_sides

pytestmark = pytest.mark.untraced


def tip(one: Workspace) -> str:
    """Return the commit that the tag names."""
    return sh(one.root, "rev-parse", "round/2026^{commit}")


@pytest.mark.parametrize("which", ["ours", "theirs"])
def test_one_of_two_closings_is_kept(
    here: Workspace, tmp_path: Path, which: ClosingChoice, samples: Samples
) -> None:
    """Both are named with who and when; afterwards the tag is the same on all machines."""
    there = two_sides(here, tmp_path, samples)
    close(here)
    synchronize_workspace(here, today=TODAY)
    put_in(there, "2026", LATE, status="met")
    close(there, author="周平")
    (apart,) = synchronize_workspace(there, today=TODAY).closed_twice
    assert (apart.ours.commit, apart.theirs.commit) == (tip(there), tip(here))
    assert apart.ours.by == "周平"
    assert apart.theirs.at is not None
    assert tip(there)[:10] in apart.ours.as_text("en")
    assert "周平" in apart.ours.as_text("en")

    kept = set_closing_on_both_sides(there, "2026", which)

    assert (kept.remote, kept.closing) == ("origin", apart)
    assert synchronize_workspace(there, today=TODAY).closed_twice == ()
    (left,) = synchronize_workspace(here, today=TODAY).closed_twice or [None]
    assert (left is None) == (which == "theirs")
    if left is not None:
        set_closing_on_both_sides(here, "2026", "theirs")
    assert tip(here) == tip(there) == (apart.ours if which == "ours" else apart.theirs).commit
    assert sh(there.root, "cat-file", "-t", "round/2026") == "tag"


def test_a_commit_that_is_not_here(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """Its id is all that is known."""
    two_sides(here, tmp_path, samples)
    close(here)
    (apart,) = find_double_closings(here, {"round/2026": "0" * 40})
    assert apart.theirs.as_text("en") == "0000000000, which is not here"


def test_the_tag_of_an_earlier_closing(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """It is named too: reports stand on it. It has only the same name as another round's."""
    two_sides(here, tmp_path, samples)
    close(here)
    sh(here.root, "tag", "-a", "-m", "x", "round/2026.2")
    sh(here.root, "tag", "-a", "-m", "x", "round/2026-h1")
    here.edit_config([FieldEdit(("rounds", "2026", "tag"), "round/2026.2")])
    other = "0" * 40
    apart = find_double_closings(here, dict.fromkeys(("round/2026", "round/2026-h1"), other))
    assert [one.tag for one in apart] == ["round/2026"]


def test_a_merge_that_waits(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """The tag would name a commit that is in no branch of the other side."""
    two_sides(here, tmp_path, samples)
    close(here)
    (here.root / ".git/MERGE_HEAD").write_text(f"{tip(here)}\n", "ascii")
    with pytest.raises(UsageError, match="merge is in progress"):
        set_closing_on_both_sides(here, "2026", "ours")


def test_there_is_nothing_to_keep(here: Workspace, tmp_path: Path, samples: Samples) -> None:
    """One closing, no such round, or a repository that is not trusted."""
    two_sides(here, tmp_path, samples)
    close(here)
    commit.restore_files_and_commit_workspace(here, today=TODAY)
    synchronize_workspace(here, today=TODAY)
    with pytest.raises(UsageError, match="has one closing"):
        set_closing_on_both_sides(here, "2026", "ours")
    with pytest.raises(UnknownIdError, match="no round 2025"):
        set_closing_on_both_sides(here, "2025", "ours")
    sh(here.root, "config", "core.fsmonitor", "x")
    with pytest.raises(UsageError, match="not trusted yet"):
        set_closing_on_both_sides(here, "2026", "theirs")
