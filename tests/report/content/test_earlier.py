"""What a report is compared with, in a real workspace with rounds and commits."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.report.content.inputs import ReportInputs, gather_inputs
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from report.content.test_inputs import ENVIRON
from samples import Samples
from store.git.run.test_batch import replace_object
from store.git.run.test_commits import save, sh

DAY = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
NAME = SheetName("workforce")


@pytest.fixture
def workspace(tmp_path: Path, samples: Samples) -> Workspace:
    """Return a workspace with two rounds; the first answers of each are committed in turn."""
    return samples.copy(two_rounds, tmp_path / "w")


def two_rounds(root: Path) -> Workspace:
    """Make that workspace."""
    made = make_and_commit_workspace(
        root,
        organization="o",
        language="zh",
        checklists=(NAME.checklist,),
        today=DAY,
        lang="en",
        environ=ENVIRON,
    )
    answer(made, "2026", "unmet")
    commit_all_files(made, "2026", ENVIRON)
    row = {"title": "Round 2027", "state": "open", "from": "2026", "sheets": [str(NAME)]}
    made.edit_config([FieldEdit(("rounds", "2027"), row)])
    answer(made, "2027", "unmet")
    commit_all_files(made, "2027", ENVIRON)
    answer(made, "2027", "met")
    commit_all_files(made, "mended", ENVIRON)
    return made


def answer(made: Workspace, round_id: str, status: str) -> None:
    """Say the same of every conformity item."""
    desk = made.open_sheet(NAME, round_id)
    items = desk.checklist.items()
    chosen = [key for key, one in items.items() if type(one).__name__ == "Conformity"]
    changes = {key: {"status": status, "note": "n"} for key in chosen}
    desk.write_answers(changes, by=None, now=NOW, lang="zh")


def gathered(made: Workspace, round_id: str = "2027", against: str | None = None) -> ReportInputs:
    """Return the inputs of a report."""
    request = ReportRequest(round_id, (NAME,), "compare", "en", against=against, day=DAY)
    return gather_inputs(made, request, DAY)


def unmet(made: ReportInputs) -> int:
    """Return how many items were not met at the earlier time."""
    assert made.earlier is not None
    told = made.earlier.states[NAME].assessment
    assert told is not None
    return told.counts.unmet


def test_the_round_before(workspace: Workspace) -> None:
    """Without a word the round that this one follows; its scores are in the trend."""
    made = gathered(workspace)
    assert made.earlier is not None
    assert unmet(made) > 0
    assert [one.scores[NAME] is not None for one in made.past] == [True]


def test_a_first_round(workspace: Workspace) -> None:
    """A round that follows none is compared with nothing."""
    made = gathered(workspace, "2026")
    assert (made.earlier, made.past) == (None, ())


def test_a_commit(workspace: Workspace) -> None:
    """The same round as an earlier commit holds it; the digest covers which commit."""
    made = gathered(workspace, against="HEAD~1")
    assert made.earlier is not None
    assert unmet(made) > 0
    assert made.earlier.mark[:10] in str(made.earlier.title)
    assert made.provenance.digest != gathered(workspace).provenance.digest
    assert made.provenance.digest != gathered(workspace, against="HEAD").provenance.digest


def test_a_sentence_that_git_takes_for_a_commit(workspace: Workspace) -> None:
    """The title of a commit is its id and day, never the words of the request."""
    commit = sh(workspace.root, "rev-parse", "HEAD~1")
    # In China it is the next day at eight in the evening of UTC.
    day = "2026-07-01"
    made = gathered(workspace, against=f"confirmed by the Provincial Office-g{commit[:10]}")
    assert made.earlier is not None
    assert made.earlier.title == f"{commit[:10]} ({day})"
    assert (made.compared_revision, made.compared_commit_or_digest) == (commit, commit)
    assert gathered(workspace, "2026", against="2027").compared_revision == "2027"
    assert gathered(workspace).compared_revision is None


def test_a_commit_that_is_not_before_the_report(workspace: Workspace) -> None:
    """Anybody can make a commit of any answers: only those of the report's history count."""
    forged = sh(workspace.root, "commit-tree", "-m", "forged", "HEAD^{tree}")
    with pytest.raises(UsageError, match="is not in the history"):
        gathered(workspace, against=forged)
    head = sh(workspace.root, "rev-parse", "HEAD")
    (workspace.root / ".git" / "shallow").write_text(f"{head}\n", "ascii")
    with pytest.raises(UsageError, match="is not in the history") as refusal:
        gathered(workspace, against=f"{head[:9]}-g{forged[:10]}")
    assert refusal.value.hint == "git fetch --unshallow --tags"


def test_a_closed_round_and_a_commit_after_its_closing(closed: Workspace) -> None:
    """The report of a closed round is that of its closing: what came later is not before it."""
    save(closed.root, "x.txt", "x", "after the closing")
    made = gathered(closed, "2026", against="round/2026~1")
    assert made.earlier is not None
    with pytest.raises(UsageError, match="is not in the history"):
        gathered(closed, "2026", against="HEAD")


def test_a_commit_before_the_sheet(workspace: Workspace) -> None:
    """A sheet that was not there then is left out."""
    made = gathered(workspace, against="HEAD~2")
    assert made.earlier is not None
    assert made.earlier.states == {}


def test_a_round_by_name(workspace: Workspace) -> None:
    """Any round, also one that this one does not follow."""
    made = gathered(workspace, "2026", against="2027")
    assert made.earlier is not None
    assert unmet(made) == 0


@pytest.mark.parametrize("against", ["2027", "2019", "no-such-branch"])
def test_what_can_not_be_compared_with(workspace: Workspace, against: str) -> None:
    """The round itself, and what is neither a round nor a commit."""
    with pytest.raises(UsageError):
        gathered(workspace, against=against)


def test_a_tag_that_is_not_here(workspace: Workspace) -> None:
    """The round before can't be read: nobody asked for it, so the report goes without it."""
    workspace.edit_config([FieldEdit(("rounds", "2026", "state"), "closed")])
    made = gathered(workspace)
    assert made.earlier is None
    assert [one.scores for one in made.past] == [{}]
    with pytest.raises(UsageError):
        gathered(workspace, against="2026")


@pytest.fixture
def closed(workspace: Workspace) -> Workspace:
    """The workspace with its first round closed."""
    workspace.edit_config([FieldEdit(("rounds", "2026", "state"), "closed")])
    commit_all_files(workspace, "closed", ENVIRON)
    sh(workspace.root, "tag", "-a", "-m", "x", "round/2026")
    assert [len(one.scores) for one in gathered(workspace).past] == [1]
    return workspace


@pytest.mark.parametrize("commit", ["other history", "HEAD~1", "later"])
def test_a_tag_that_somebody_moved(closed: Workspace, commit: str) -> None:
    """It must be on the commit of this history that closed the round, or its scores don't count."""
    if commit == "later":
        answer(closed, "2027", "unmet")
        commit_all_files(closed, "after the closing", ENVIRON)
        assert [len(one.scores) for one in gathered(closed).past] == [1]
        commit = "HEAD"
    if commit == "other history":
        commit = sh(closed.root, "commit-tree", "-m", "forged", "HEAD^{tree}")
    sh(closed.root, "tag", "-f", "-a", "-m", "x", "round/2026", commit)
    made = gathered(closed)
    assert (made.earlier, [one.scores for one in made.past]) == (None, [{}])
    with pytest.raises(UsageError, match="did not close round 2026 in this history"):
        gathered(closed, against="2026")


def test_a_closing_at_the_edge_of_a_shallow_clone(closed: Workspace) -> None:
    """Whether the round was closed before that commit can't be told from here."""
    head = sh(closed.root, "rev-parse", "HEAD")
    (closed.root / ".git" / "shallow").write_text(f"{head}\n", "ascii")
    assert [one.scores for one in gathered(closed).past] == [{}]


def test_folders_of_an_earlier_round_that_were_replaced(closed: Workspace) -> None:
    """The scores of a round are those of the commit that its tag names, or there is no report."""
    save(closed.root, "x.txt", "x", "after the closing")
    replace_answers_folder(closed.root, "round/2026")
    with pytest.raises(MisnamedObjectError):
        gathered(closed)


def test_folders_of_an_earlier_commit_that_were_replaced(workspace: Workspace) -> None:
    """What is compared with is what the commit holds, not what stands under its name."""
    replace_answers_folder(workspace.root, "HEAD~1")
    with pytest.raises(MisnamedObjectError):
        gathered(workspace, against="HEAD~1")


def replace_answers_folder(root: Path, commit: str) -> None:
    """Write another folder of answers in the place of that of a commit."""
    oid = sh(root, "rev-parse", f"{commit}:answers")
    words = ["git", "cat-file", "tree", f"{commit}:checklists"]
    data = subprocess.run(words, cwd=root, check=True, capture_output=True).stdout
    replace_object(root, oid, "tree", data)


def test_a_ring_of_rounds_ends(workspace: Workspace) -> None:
    """Rounds that follow each other in a ring are each told once."""
    workspace.edit_config([FieldEdit(("rounds", "2026", "from"), "2027")])
    assert len(gathered(workspace).past) == 1
