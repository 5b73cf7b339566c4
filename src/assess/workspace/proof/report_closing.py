"""The closing on which a report is based: number of closings, and reasons of reopenings."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.engine.closings import parse_closing_number
from assess.errors import MissingHistoryError
from assess.i18n import Lang, translator
from assess.model.config import Config, Round
from assess.store.git.history.checked_history import (
    CommitsSince,
    checked_commits_of_tag_folder,
    list_checked_commits_since,
    list_checked_descendants,
    list_checked_history,
)
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace.core.reopening_history import (
    Reopening,
    find_last_reopening,
    is_round_reopened,
    select_reopenings,
)
from assess.workspace.core.untagged import has_commit_closed_round_unless_shallow
from assess.workspace.core.workspace import Workspace

_ROUND_TAGS = "round/"
"""The start of the names of tags of rounds."""

_MOST = 10
"""Maximum number of reopenings in a report; the last ones are listed."""


class RoundHistory(NamedTuple):
    """The closings and reopenings of a round, for a report."""

    tag: str
    """The tag of the newest closing."""
    is_open: bool
    """Whether the round was reopened after this closing."""
    reopened: tuple[Reopening, ...]


def read_closings_if_ever_reopened(
    root: Path, round_id: str, round_: Round, commit: str | None, lang: Lang
) -> RoundHistory | None:
    """Return the closings and reopenings of a round up to a commit (None: the last commit).

    The result is None for a round that was never reopened. The same commit gives the same result.

    Raises:
        MissingHistoryError: the clone is shallow and lacks a reopening.
        MisnamedObjectError: a commit of the history is another one than its id says.
    """
    if round_.tag is None or not (
        is_round_reopened(round_) or parse_closing_number(round_.tag) > 1
    ):
        return None
    repository = Repository.find_repository(root)
    revision = commit or (repository.resolve_head_commit() if repository is not None else None)
    if repository is None or revision is None:
        return None
    reopened = tuple(select_reopenings(list_checked_history(repository, revision), round_id))
    expected = parse_closing_number(round_.tag) - (round_.state == "closed")
    if len(reopened) < expected and list_shallow_commits(repository):
        _ = translator(lang)
        message = _("this clone is shallow: why round {round} was reopened is not in it")
        raise MissingHistoryError(message.format(round=round_id), "git fetch --unshallow --tags")
    return RoundHistory(round_.tag, round_.state == "open", reopened[-_MOST:])


class ClosingAndReopenings(NamedTuple):
    """The closing that a commit is, and the round's closings and reopenings since."""

    tag: str | None
    """The tag of the closing that the commit is; None: the commit is not a closing."""
    newest: str | None
    """The tag of the newest closing, where the round is closed."""
    reopened: tuple[Reopening, ...]
    """The reopenings since the commit."""
    uncertain_tags: tuple[str, ...] = ()
    """The round's tags on the commit that is a closing or not: a shallow clone can't tell."""
    wrong_tags: tuple[str, ...] = ()
    """The round's tags on the commit, which is not their closing: somebody moved them."""
    is_complete: bool = True
    """Whether this clone has all commits since; without them a reopening may be missing."""
    open_without_reason: bool = False
    """Whether the round was closed and is open again, and no commit says why."""
    reopened_elsewhere: tuple[Reopening, ...] = ()
    """Reopenings since, on branches or tags of this repository that HEAD does not have."""


def find_closing_made_by_commit(
    workspace: Workspace, round_id: str, commit: str
) -> ClosingAndReopenings:
    """Return the closing that a commit is, and the round's reopenings since.

    Raises:
        UsageError: the workspace is in no repository.
        MisnamedObjectError: an object is another one than its id says.
    """
    repository = open_repository(workspace.root, workspace.lang)
    tags = _group_tags_by_whether_closing(workspace, repository, round_id, commit)
    head = repository.resolve_head_commit()
    round_ = _read_round_at_commit(repository, head, round_id, workspace.lang) if head else None
    closed = round_ is not None and round_.state == "closed"
    since = list_checked_commits_since(repository, head, commit) if head else CommitsSince((), True)
    seen = {each.oid for each in since.commits}
    elsewhere = [
        each for each in list_checked_descendants(repository, commit) if each.oid not in seen
    ]
    return ClosingAndReopenings(
        max(tags[True], key=parse_closing_number, default=None),
        round_.tag if round_ is not None and closed else None,
        tuple(select_reopenings(since.commits, round_id)),
        uncertain_tags=tuple(tags[None]),
        wrong_tags=tuple(tags[False]),
        is_complete=since.is_complete,
        open_without_reason=round_ is not None
        and since.is_complete
        and is_round_reopened(round_)
        and find_last_reopening(repository, round_id, round_) is None,
        reopened_elsewhere=tuple(select_reopenings(elsewhere, round_id)),
    )


def _read_round_at_commit(
    repository: Repository, commit: str, round_id: str, lang: Lang
) -> Round | None:
    """Return a round as the assess.yaml of a commit has it; None without one.

    The folder's file may hold what nobody has committed.
    """
    with open_checked_objects(repository) as objects:
        oid = objects.find_file_object_id(commit, locations.CONFIG)
        data = None if oid is None else objects.read_blob_within_limit(oid)
    text = (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    config: Config | None = decode_yaml(text, "config", locations.CONFIG, lang).value
    return config.rounds.get(round_id) if config is not None else None


def _group_tags_by_whether_closing(
    workspace: Workspace, repository: Repository, round_id: str, commit: str
) -> dict[bool | None, list[str]]:
    """Return the round's tags on a commit by whether it closed the round; None: not known.

    Whoever may push can set a tag on any commit.
    """
    start = f"{_ROUND_TAGS}{round_id}"
    tags: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for tag, tagged in checked_commits_of_tag_folder(repository, _ROUND_TAGS).items():
        if tagged == commit and (tag == start or tag.startswith(f"{start}.")):
            closed = has_commit_closed_round_unless_shallow(
                repository, commit, round_id, tag, workspace.lang
            )
            tags[closed].append(tag)
    return tags


def round_tags_by_commit(root: Path) -> dict[str, list[str]]:
    """Return the tags of rounds, grouped by their commit."""
    repository = Repository.find_repository(root)
    closings: dict[str, list[str]] = {}
    tags = checked_commits_of_tag_folder(repository, _ROUND_TAGS) if repository is not None else {}
    for tag, commit in tags.items():
        closings.setdefault(commit, []).append(tag)
    return closings
