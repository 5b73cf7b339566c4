"""The reopenings of a round, read from git's history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.engine.closings import format_closing_count_and_tag
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.model.config import Config, Round
from assess.problem import Problem
from assess.store.git.history.checked_history import (
    list_checked_commits_since,
    list_checked_history,
    read_checked_commit,
    resolve_checked_tag,
)
from assess.store.git.run.commit_objects import CommitContent
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.sources import find_tag_name_of_round

ROUND_MARK: Final = "Round-Reopened"
REASON_MARK: Final = "Reopening-Reason"
"""Keys of lines in the message of a commit that reopens a round."""

MAX_TEXT: Final = 500
"""Maximum length of a reason or a name that is shown."""


class Reopening(NamedTuple):
    """A reopening of a round: commit, author, time and reason."""

    commit: str
    by: str
    at: datetime
    reason: str


class ClosedBy(NamedTuple):
    """The commit of a closing, its author and time."""

    commit: str
    by: str
    at: datetime


def select_reopenings(commits: Sequence[CommitContent], round_id: str) -> list[Reopening]:
    """Return the reopenings of a round among commits, which are the newest first; the oldest first.

    Authors and reasons may be written by anybody who can push, so they are made harmless and short.
    """
    return [
        Reopening(
            commit.oid,
            _shorten_to_one_line(commit.author),
            commit.authored_at,
            _shorten_to_one_line(commit.message_line_value(REASON_MARK)),
        )
        for commit in reversed(commits)
        if commit.message_line_value(ROUND_MARK) == round_id
    ]


def _shorten_to_one_line(text: str) -> str:
    line = mark_line_breaks_and_escape(text)
    return line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"


def read_closing_author_and_time(repository: Repository, commit: str) -> ClosedBy:
    """Return the author and time of a closing's commit."""
    made = read_checked_commit(repository, commit)
    return ClosedBy(commit, _shorten_to_one_line(made.author), made.authored_at)


def is_round_reopened(round_: Round) -> bool:
    """Return whether a round is open and was closed before: assess.yaml still has its tag."""
    return round_.state == "open" and round_.tag is not None


def find_last_reopening(repository: Repository, round_id: str, round_: Round) -> Reopening | None:
    """Return the last reopening since a round's last closing; None where no commit records one."""
    closed = resolve_checked_tag(repository, find_tag_name_of_round(round_id, round_))
    head = repository.resolve_head_commit()
    if head is None:
        return None
    commits = (
        list_checked_history(repository, head)
        if closed is None
        else list_checked_commits_since(repository, head, closed).commits
    )
    return next(reversed(select_reopenings(commits, round_id)), None)


def describe_reopened_round(root: Path, round_id: str, round_: Round, lang: Lang) -> str:
    """Return a text about a reopened round: its closings, and who reopened it when and why."""
    _ = translator(lang)
    closed = format_closing_count_and_tag(find_tag_name_of_round(round_id, round_), lang)
    last_reopening = find_last_reopening(open_repository(root, lang), round_id, round_)
    if last_reopening is None:
        text = _("round {round} was {closed} and is open again; why: {command}")
        command = f"assess round reopen {round_id} --reason WHY"
        return text.format(round=round_id, closed=closed, command=command)
    text = _("round {round} was {closed}; reopened on {day} by {who}: {reason}")
    return text.format(
        round=round_id,
        closed=closed,
        day=find_day_in_china(last_reopening.at).isoformat(),
        who=last_reopening.by,
        reason=last_reopening.reason,
    )


def last_reopening_by_round(root: Path, config: Config) -> dict[str, Reopening | None]:
    """Return the last reopening of each reopened round; None where no commit records one."""
    again = {key: round_ for key, round_ in config.rounds.items() if is_round_reopened(round_)}
    repository = Repository.find_repository(root) if again else None
    if repository is None:
        return dict.fromkeys(again)
    return {key: find_last_reopening(repository, key, round_) for key, round_ in again.items()}


def list_unexplained_reopening_warnings(root: Path, config: Config, lang: Lang) -> list[Problem]:
    """Return a warning for each reopened round without a recorded reason.

    This happens where somebody wrote `state: open` in an editor.
    """
    again = {key: round_ for key, round_ in config.rounds.items() if is_round_reopened(round_)}
    repository = Repository.find_repository(root) if again else None
    if repository is None:
        return []
    return [
        _unexplained_problem(key, round_, lang)
        for key, round_ in again.items()
        if find_last_reopening(repository, key, round_) is None
    ]


def _unexplained_problem(round_id: str, round_: Round, lang: Lang) -> Problem:
    _ = translator(lang)
    message = _("round {round} was {closed} and is open again, and nobody said why")
    hint = _(
        "say it: assess round reopen {round} --reason WHY; or let it stay closed: write"
        " `state: closed` back"
    )
    return Problem(
        locations.CONFIG,
        "round-reopened",
        message.format(
            round=round_id,
            closed=format_closing_count_and_tag(find_tag_name_of_round(round_id, round_), lang),
        ),
        hint.format(round=round_id),
        severity="warning",
        path=("rounds", round_id, "state"),
    )
