"""A closed round whose tag is missing: the tag is set where the closing commit is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.start import start_round
from assess.workspace.setup.make_workspace import commit_all_files
from assess.workspace.sharing import commit as committing
from workspace.history.test_changes import ITEM, NAME, NOW, SHEET, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.rounds.test_close import closed as closed  # noqa: PLC0414  # pytest finds the fixture by this name

pytestmark = pytest.mark.untraced


@pytest.fixture
def untagged(closed: Workspace) -> Workspace:
    """Round 2026 as a `round close` leaves it that is killed before it tags."""
    sh(closed.root, "tag", "-d", "round/2026")
    return closed


def test_the_tag_is_set_on_the_commit_that_closed_it(untagged: Workspace, tmp_path: Path) -> None:
    """Later commits don't matter; the scan that was taken in is kept; then a new round begins."""
    commit = sh(untagged.root, "rev-parse", "HEAD")
    signed = untagged.read_config().rounds["2026"].signed
    untagged.add_person("zhao", "赵强", ["reviewer"])
    commit_all_files(untagged, "later")

    done = close_round(untagged, "2026", today=TODAY, now=NOW, signed=tmp_path / "签章.pdf")

    assert (done.resumed, done.commit, done.tag) == (True, commit, "round/2026")
    assert done.signed == signed is not None
    assert [one.item for one in done.closing.remediation["egov-network"]] == [ITEM]
    assert sh(untagged.root, "rev-parse", "round/2026^{commit}") == commit
    assert sh(untagged.root, "cat-file", "-t", "round/2026") == "tag"
    assert untagged.open_sheet(NAME, "2026").sheet.answers
    assert start_round(untagged, "2027", today=TODAY).from_id == "2026"
    with pytest.raises(UsageError, match="closed already"):
        close_round(untagged, "2026", today=TODAY, now=NOW)


def test_through_a_merge(untagged: Workspace) -> None:
    """The commit that closed it is found on the side that closed it."""
    commit = sh(untagged.root, "rev-parse", "HEAD")
    sh(untagged.root, "checkout", "-q", "-b", "other", "HEAD~1")
    (untagged.root / "answers" / "note.txt").write_text("x", "utf-8")
    commit_all_files(untagged, "other")
    sh(untagged.root, "merge", "-q", "--no-ff", "--no-edit", "main")

    assert close_round(untagged, "2026", today=TODAY, now=NOW).commit == commit


def test_closed_but_not_committed(here: Workspace) -> None:
    """Killed before the commit: commit, then close, and the tag names that commit."""
    here.add_person("wang", "王敏", ["filler"])
    here.add_person("li", "李健", ["reviewer"])
    commit_all_files(here, "people")
    here.edit_config([FieldEdit(("rounds", "2026", "state"), "closed")])
    with pytest.raises(UsageError, match="assess commit && assess round close 2026"):
        close_round(here, "2026", today=TODAY, now=NOW)
    committing.restore_files_and_commit_workspace(here, today=TODAY)

    assert close_round(here, "2026", today=TODAY, now=NOW).commit == sh(
        here.root, "rev-parse", "HEAD"
    )


def test_no_commit_at_all(here: Workspace) -> None:
    """A branch without assess.yaml, and one whose assess.yaml is no text of ours, are no answer."""
    here.edit_config([FieldEdit(("rounds", "2026", "state"), "closed")])
    sh(here.root, "rm", "-q", "--cached", "assess.yaml")
    sh(here.root, "commit", "-q", "-m", "without")
    with pytest.raises(UsageError, match="not committed"):
        close_round(here, "2026", today=TODAY, now=NOW)
    text = (here.root / "assess.yaml").read_text("utf-8")
    (here.root / "assess.yaml").write_text("[", "utf-8")
    sh(here.root, "add", "assess.yaml")
    sh(here.root, "commit", "-q", "-m", "broken")
    (here.root / "assess.yaml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match="not committed"):
        close_round(here, "2026", today=TODAY, now=NOW)


def test_answers_that_were_changed_since(untagged: Workspace) -> None:
    """The tag would not hold what is in the folder: the command that puts it back is named."""
    path = untagged.root / SHEET
    text = path.read_text("utf-8")
    path.write_text(text.replace("status: unmet", "status: met"), "utf-8")
    with pytest.raises(UsageError, match=rf"not what it was .*git checkout \w+ -- {SHEET}"):
        close_round(untagged, "2026", today=TODAY, now=NOW)
    path.write_text(text, "utf-8")
    (path.parent / "other.yaml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"other\.yaml is not what it was"):
        close_round(untagged, "2026", today=TODAY, now=NOW)
    assert sh(untagged.root, "tag") == ""


def test_a_clone_that_does_not_reach_back(untagged: Workspace, tmp_path: Path) -> None:
    """At the edge of a shallow clone nothing is certain: fetch more."""
    whole = f"file://{untagged.root}"
    sh(tmp_path, "clone", "-q", "--depth=1", "-c", "core.autocrlf=false", whole, "shallow")
    there = Workspace(tmp_path / "shallow", "en")
    with pytest.raises(UsageError, match="git fetch --tags --unshallow; assess round close 2026"):
        close_round(there, "2026", today=TODAY, now=NOW)


def test_a_scan_cannot_be_taken_in_afterwards(untagged: Workspace, tmp_path: Path) -> None:
    """A round that was closed without a signed report stays so."""
    one = untagged.root / "assess.yaml"
    text = "".join(row for row in one.read_text("utf-8").splitlines(True) if "signed:" not in row)
    one.write_text(text, "utf-8")
    commit_all_files(untagged, "unsigned")
    with pytest.raises(UsageError, match="without a signed report"):
        close_round(untagged, "2026", today=TODAY, now=NOW, signed=tmp_path / "签章.pdf")
