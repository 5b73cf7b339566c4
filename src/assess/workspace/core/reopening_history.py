"""How a round came to be open again, or closed more than once: read from git's history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from assess.engine.closings import closing_words
from assess.harmless import one_line
from assess.i18n import Lang, translator
from assess.model.config import Config, Round
from assess.problem import Problem
from assess.store import layout
from assess.store.git.history.marked_commits import marked_commits
from assess.store.git.run.commits import log
from assess.store.git.run.plumbing import Repository
from assess.workspace.core.sources import tag_of

ROUND_MARK: Final = "Round-Reopened"
REASON_MARK: Final = "Reopening-Reason"
"""Lines in the message of a commit that reopens a round."""

MAX_TEXT: Final = 500
"""Characters of a reason or a name that are shown."""


class Reopening(NamedTuple):
    """When a round was opened again, by whom and why."""

    commit: str
    by: str
    at: datetime
    reason: str


class ClosedBy(NamedTuple):
    """The commit that a closing stands on."""

    commit: str
    by: str
    at: datetime


def reopenings(repository: Repository, round_id: str, revision: str) -> list[Reopening]:
    """Return how often a round was reopened in the history of a commit, the first time first.

    Author and reason come from whoever may push: they are harmless and short here.
    """
    commits = marked_commits(repository, revision, ROUND_MARK, round_id)
    return [
        Reopening(one.oid, _short(one.author), one.at, _short(one.value(REASON_MARK)))
        for one in reversed(commits)
    ]


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_TEXT else f"{line[: MAX_TEXT - 1]}…"


def closed_by(repository: Repository, commit: str) -> ClosedBy:
    """Return who made the commit of a closing, and when."""
    made = next(log(repository, commit, (), 1))
    return ClosedBy(commit, _short(made.author), made.at)


def is_reopened(one: Round) -> bool:
    """Return whether a round is open that was closed before: assess.yaml keeps its tag."""
    return one.state == "open" and one.tag is not None


def reopening_since(repository: Repository, round_id: str, one: Round) -> Reopening | None:
    """Return how a round was reopened since its last closing; None where nobody said."""
    closed = repository.resolve(f"refs/tags/{tag_of(round_id, one)}")
    head = repository.head()
    if head is None:
        return None
    span = head if closed is None else f"{closed}..{head}"
    return next(reversed(reopenings(repository, round_id, span)), None)


def unexplained(root: Path, config: Config, lang: Lang) -> list[Problem]:
    """Return a warning for each round that is open again though nobody said why.

    So it is where somebody wrote `state: open` in an editor.
    """
    again = {key: one for key, one in config.rounds.items() if is_reopened(one)}
    repository = Repository.find(root) if again else None
    if repository is None:
        return []
    return [
        _unexplained(key, one, lang)
        for key, one in again.items()
        if reopening_since(repository, key, one) is None
    ]


def _unexplained(round_id: str, one: Round, lang: Lang) -> Problem:
    _ = translator(lang)
    message = _("round {round} was {closed} and is open again, and nobody said why")
    hint = _(
        "say it: assess round reopen {round} --reason WHY; or let it stay closed: write"
        " `state: closed` back"
    )
    return Problem(
        layout.CONFIG,
        "round-reopened",
        message.format(round=round_id, closed=closing_words(tag_of(round_id, one), lang)),
        hint.format(round=round_id),
        severity="warning",
        path=("rounds", round_id, "state"),
    )
