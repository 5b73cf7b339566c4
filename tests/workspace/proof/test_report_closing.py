"""Reports, verify and the log know which closing they stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.workspace import Workspace
from assess.workspace.proof.earlier_rounds import (
    EarlierRound,
    find_closed_rounds_in_history,
    find_second_closings,
)
from assess.workspace.proof.report_closing import (
    ClosingAndReopenings,
    RoundHistory,
    find_closing_made_by_commit,
    read_closings_if_ever_reopened,
    round_tags_by_commit,
)
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.sharing import commit as committing
from store.git.history.test_checked_history import replace_commit
from workspace.history.test_changes import ITEM, NOW, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import add_people, close, put_in


def story(one: Workspace, commit: str | None = None) -> RoundHistory | None:
    """Return the story of round 2026 as assess.yaml has it now."""
    return read_closings_if_ever_reopened(
        one.root, "2026", one.read_config().rounds["2026"], commit, "en"
    )


@pytest.fixture
def twice(here: Workspace) -> tuple[Workspace, list[str]]:
    """Round 2026 closed, reopened, closed again, with the commits of these."""
    add_people(here)
    first = close(here).commit
    assert story(here) is None
    again = reopen_round(here, "2026", "漏了").commit
    return here, [first, again, close_round(here, "2026", today=TODAY, now=NOW).commit]


def test_a_round_that_was_closed_once_has_no_story(here: Workspace) -> None:
    """Reports of such rounds stay as they were."""
    assert story(here) is None
    add_people(here)
    close(here)
    assert story(here) is None


def test_the_story_of_a_commit_stays_the_same(twice: tuple[Workspace, list[str]]) -> None:
    """What comes later changes nothing of it; before the first commit there is none."""
    here, (_first, again, second) = twice
    told = story(here, second)
    assert told is not None
    assert (told.tag, told.is_open) == ("round/2026.2", False)
    assert [(one.commit, one.reason) for one in told.reopened] == [(again, "漏了")]
    reopen_round(here, "2026", "又漏了")
    committing.restore_files_and_commit_workspace(here, today=TODAY)
    now = story(here)
    assert now is not None
    assert (now.is_open, [one.reason for one in now.reopened]) == (True, ["漏了", "又漏了"])
    sh(here.root, "update-ref", "-d", "HEAD")
    assert story(here) is None


def test_a_shallow_clone_lacks_why(twice: tuple[Workspace, list[str]], tmp_path: Path) -> None:
    """The report could not be the same as elsewhere: it is refused, with the cure."""
    here, _commits = twice
    url = here.root.as_uri()
    sh(tmp_path, "clone", "-q", "--depth", "1", url, str(tmp_path / "浅"))
    with pytest.raises(UsageError, match="why round 2026 was reopened is not in it"):
        story(Workspace(tmp_path / "浅", "en"))


def test_a_reopening_that_somebody_replaced(twice: tuple[Workspace, list[str]]) -> None:
    """Another reason under the name of its commit is no reason, in this and each later commit."""
    here, (_first, again, second) = twice
    replace_commit(here.root, again, "漏了".encode(), b"typing error")
    with pytest.raises(MisnamedObjectError, match=again):
        story(here, second)


def test_a_reopening_that_nobody_explained(here: Workspace) -> None:
    """Nothing is said of why."""
    add_people(here)
    close(here)
    put_in_open(here)
    told = story(here)
    assert told is not None
    assert told.reopened == ()


def put_in_open(here: Workspace) -> None:
    """Open the round as an editor does, and answer."""
    path = here.root / "assess.yaml"
    path.write_text(path.read_text("utf-8").replace("state: closed", "state: open"), "utf-8")
    put_in(here, "2026", ITEM, note="二")


def test_a_tag_on_a_commit_that_closed_nothing(twice: tuple[Workspace, list[str]]) -> None:
    """Whoever may push can set one: no report stands on a closing because of it."""
    here, (_first, again, _second) = twice
    sh(here.root, "tag", "-f", "round/2026.3", again)
    moved = find_closing_made_by_commit(here, "2026", again)
    assert (moved.tag, moved.wrong_tags) == (None, ("round/2026.3",))
    (here.root / "notes.txt").write_text("x", "utf-8")
    sh(here.root, "add", "notes.txt")
    sh(here.root, "commit", "-q", "-m", "later")
    later = sh(here.root, "rev-parse", "HEAD")
    sh(here.root, "tag", "-f", "-a", "-m", "x", "round/2026.2", later)
    moved = find_closing_made_by_commit(here, "2026", later)
    assert (moved.tag, moved.wrong_tags) == (None, ("round/2026.2",))


def test_a_tag_that_somebody_moved_in_a_shallow_clone(twice: tuple[Workspace, list[str]]) -> None:
    """Whether its commit closed the round can't be told there, so it is no closing."""
    here, _commits = twice
    (here.root / "notes.txt").write_text("x", "utf-8")
    sh(here.root, "add", "notes.txt")
    sh(here.root, "commit", "-q", "-m", "later")
    later = sh(here.root, "rev-parse", "HEAD")
    sh(here.root, "tag", "-f", "-a", "-m", "x", "round/2026.2", later)
    (here.root / ".git" / "shallow").write_text(f"{later}\n", "ascii")
    shallow = find_closing_made_by_commit(here, "2026", later)
    assert (shallow.tag, shallow.uncertain_tags) == (None, ("round/2026.2",))
    assert shallow.is_complete


def test_a_reopening_that_a_shallow_clone_hides(twice: tuple[Workspace, list[str]]) -> None:
    """Whoever writes an id into `.git/shallow` hides the commits before it."""
    here, (first, again, second) = twice
    assert find_closing_made_by_commit(here, "2026", first).is_complete
    (here.root / ".git" / "shallow").write_text(f"{second}\n", "ascii")
    assert not find_closing_made_by_commit(here, "2026", first).is_complete
    assert find_closing_made_by_commit(here, "2026", second).is_complete
    (here.root / ".git" / "shallow").write_text(f"{first}\n", "ascii")
    whole = find_closing_made_by_commit(here, "2026", first)
    assert (whole.is_complete, [one.commit for one in whole.reopened]) == (True, [again])


def test_a_later_reopening_that_somebody_replaced(twice: tuple[Workspace, list[str]]) -> None:
    """Another commit under its id is no reopening less, and no other reason: it is refused."""
    here, (first, again, _second) = twice
    replace_commit(here.root, again, b"Round-Reopened", b"Round-Whatever")
    with pytest.raises(MisnamedObjectError):
        find_closing_made_by_commit(here, "2026", first)


def test_a_round_that_was_opened_in_an_editor(here: Workspace) -> None:
    """No commit says why it is open again, and that is told."""
    add_people(here)
    first = close(here).commit
    assert not find_closing_made_by_commit(here, "2026", first).open_without_reason
    put_in_open(here)
    # What nobody has committed says nothing.
    assert not find_closing_made_by_commit(here, "2026", first).open_without_reason
    sh(here.root, "commit", "-q", "-a", "-m", "open")
    assert find_closing_made_by_commit(here, "2026", first).open_without_reason


def test_a_reopening_that_was_fetched_and_not_merged(here: Workspace) -> None:
    """It is on another branch than the one that is checked out, and is told all the same."""
    add_people(here)
    first = close(here).commit
    again = reopen_round(here, "2026", "漏了").commit
    sh(here.root, "branch", "fetched")
    for start in (first, f"{first}~1"):
        sh(here.root, "reset", "-q", "--hard", start)
        closing = find_closing_made_by_commit(here, "2026", first)
        assert closing.reopened == ()
        assert [each.commit for each in closing.reopened_elsewhere] == [again]


def test_a_tag_moved_to_a_second_closing(here: Workspace) -> None:
    """A merge that changes no file brings another closing under the tag; it is named."""
    add_people(here)
    first = close(here).commit
    settings = (here.root / "assess.yaml").read_text("utf-8")
    sh(here.root, "checkout", "-q", "--detach", f"{first}~1")
    sheet = next((here.root / "answers" / "2026").glob("*.yaml"))
    sheet.write_text(sheet.read_text("utf-8") + "# other\n", "utf-8")
    (here.root / "assess.yaml").write_text(settings, "utf-8")
    sh(here.root, "commit", "-q", "-a", "-m", "close")
    second = sh(here.root, "rev-parse", "HEAD")
    sh(here.root, "checkout", "-q", "-")
    sh(here.root, "merge", "-q", "-s", "ours", "-m", "notes", second)
    head = sh(here.root, "rev-parse", "HEAD")

    def shown() -> EarlierRound:
        return find_closed_rounds_in_history(here, here.read_config(), ["2026"], head)[0]

    assert shown() == EarlierRound("2026", "round/2026", first, "closing", (second,))
    for commit, other in ((first, second), (second, first)):
        closed_twice = find_second_closings(here, here.read_config(), "2026", commit)
        assert closed_twice == (EarlierRound("2026", "round/2026", commit, "closing", (other,)),)
    assert find_second_closings(here, here.read_config(), "2026", head) == ()
    assert find_second_closings(here, here.read_config(), "2025", first) == ()
    sh(here.root, "tag", "-f", "round/2026", second)
    assert shown() == EarlierRound("2026", "round/2026", second, "closing", (first,))
    sh(here.root, "tag", "-f", "round/2026", head)
    assert shown().state == "moved"
    sh(here.root, "tag", "-d", "round/2026")
    assert shown() == EarlierRound("2026", "round/2026", None, "missing")


def test_what_became_of_a_commit(twice: tuple[Workspace, list[str]], tmp_path: Path) -> None:
    """Its own closing, the newest, and the reopenings since."""
    here, (first, again, second) = twice
    old = find_closing_made_by_commit(here, "2026", first)
    assert (old.tag, old.newest) == ("round/2026", "round/2026.2")
    assert [one.commit for one in old.reopened] == [again]
    assert find_closing_made_by_commit(here, "2026", again) == ClosingAndReopenings(
        None, "round/2026.2", ()
    )
    assert find_closing_made_by_commit(here, "2026", second).tag == "round/2026.2"
    assert find_closing_made_by_commit(here, "2025", second) == ClosingAndReopenings(None, None, ())
    assert round_tags_by_commit(here.root) == {first: ["round/2026"], second: ["round/2026.2"]}
    text = (here.root / "assess.yaml").read_text("utf-8")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "assess.yaml").write_text(text, "utf-8")
    assert story(Workspace(alone, "en")) is None
