"""The closing that a report stands on: how often the round was closed, and why it was reopened."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess.engine.closings import closing_number
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.config import Round
from assess.store.git.run.commits import shallow_edge
from assess.store.git.run.plumbing import Repository
from assess.store.git.sync.exchange import tags_here
from assess.workspace.core.reopening_history import Reopening, is_reopened, reopenings
from assess.workspace.core.workspace import Workspace

_MOST = 10
"""Reopenings that a report tells, the last ones."""


class RoundStory(NamedTuple):
    """What a report says of a round that was reopened."""

    tag: str
    """The tag of the newest closing."""
    is_open: bool
    """Whether the round is open again since."""
    reopened: tuple[Reopening, ...]


def round_story(
    root: Path, round_id: str, this: Round, commit: str | None, lang: Lang
) -> RoundStory | None:
    """Return the story of a round up to a commit (None: the last one); None where it has none.

    A round that was closed once, or never, has none. The same commit gives the same story.

    Raises:
        UsageError: the clone is shallow, and a reopening is not in it.
    """
    if this.tag is None or not (is_reopened(this) or closing_number(this.tag) > 1):
        return None
    repository = Repository.find(root)
    revision = commit or (repository.head() if repository is not None else None)
    if repository is None or revision is None:
        return None
    found = tuple(reopenings(repository, round_id, revision))
    expected = closing_number(this.tag) - (this.state == "closed")
    if len(found) < expected and shallow_edge(repository):
        _ = translator(lang)
        message = _("this clone is shallow: why round {round} was reopened is not in it")
        raise UsageError(message.format(round=round_id), "git fetch --unshallow --tags")
    return RoundStory(this.tag, this.state == "open", found[-_MOST:])


class Standing(NamedTuple):
    """A commit of a round, seen from today."""

    tag: str | None
    """The tag of the closing that the commit is; None: it is none."""
    newest: str | None
    """The tag of the newest closing in assess.yaml, where the round is closed."""
    reopened: tuple[Reopening, ...]
    """How the round was reopened since the commit."""


def standing_of(here: Workspace, round_id: str, commit: str) -> Standing:
    """Return which closing a commit is, and what became of the round since.

    Raises:
        FilesError: assess.yaml can't be read.
    """
    start = f"round/{round_id}"
    tags = [
        tag
        for tag, tagged in tags_here(here.root).items()
        if tagged == commit and (tag == start or tag.startswith(f"{start}."))
    ]
    this = here.config().rounds.get(round_id)
    closed = this is not None and this.state == "closed"
    repository = Repository.find(here.root)
    since = reopenings(repository, round_id, f"{commit}..HEAD") if repository is not None else []
    return Standing(
        max(tags, key=closing_number, default=None),
        this.tag if this is not None and closed else None,
        tuple(since),
    )


def closings_by_commit(root: Path) -> dict[str, list[str]]:
    """Return the tags of rounds by the commit that they name."""
    found: dict[str, list[str]] = {}
    for tag, commit in tags_here(root).items():
        if tag.startswith("round/"):
            found.setdefault(commit, []).append(tag)
    return found
