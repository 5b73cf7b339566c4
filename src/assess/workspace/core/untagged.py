"""A closed and committed round without a tag: finding the commit that closed it.

The tag is missing where `assess round close` was interrupted between commit and tag, and where
somebody committed its changes by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from assess import locations
from assess.engine.closings import first_closing_tag
from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.store.git.history.checked_history import (
    read_parents_unless_shallow,
    resolve_checked_tag,
    walk_checked_history,
)
from assess.store.git.run.batch import list_checked_files, open_checked_objects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository, run_git
from assess.store.git.state.repository_state import open_repository
from assess.store.yaml.reading.decode import decode_yaml


def find_commit_that_closed_round(
    root: Path, round_id: str, tag: str, lang: Lang, *, signed_late: bool
) -> str:
    """Return the commit that closed a round; its answers must be unchanged since.

    `signed_late` says that the command names a signed report, but the round was closed without one.

    Raises:
        UsageError: the tag exists already; `signed_late` is true; the commit is missing or
            uncertain; answers were changed since.
    """
    _ = translator(lang)
    repository = open_repository(root, lang)
    if resolve_checked_tag(repository, tag) is not None:
        message = _("round {round} is closed already").format(round=round_id)
        raise UsageError(message, f"assess report --round {round_id}")
    if signed_late:
        message = _("round {round} was closed without a signed report").format(round=round_id)
        raise UsageError(message, f"assess round close {round_id}")
    commit = _find_first_commit_closing_round(repository, round_id, tag, lang)
    _refuse_sheets_changed_since(repository, commit, round_id, lang)
    return commit


def _find_first_commit_closing_round(
    repository: Repository, round_id: str, tag: str, lang: Lang
) -> str:
    _ = translator(lang)
    ways = _parents_by_config_commit(repository)
    head = next(iter(ways), "")
    closed = _make_test_of_round_closed_at(repository, round_id, tag, lang)
    if not closed(head):
        message = _("round {round} is closed in {file}, but that is not committed")
        again = f"assess commit && assess round close {round_id}"
        raise UsageError(message.format(round=round_id, file=locations.CONFIG), again)
    first = [commit for commit in ways if closed(commit) and not any(map(closed, ways[commit]))]
    if len(first) != 1 or first[0] in list_shallow_commits(repository):
        message = _("round {round} is closed, and which commit closed it can't be told from here")
        raise UsageError(
            message.format(round=round_id), hint_about_missing_tag(repository, round_id)
        )
    return first[0]


def _parents_by_config_commit(repository: Repository) -> dict[str, list[str]]:
    """Return the commits that changed assess.yaml, newest first, each with its parents."""
    words = ["rev-list", "--topo-order", "--parents", "HEAD", "--", locations.CONFIG]
    rows = run_git(repository.root, words).stdout.decode("ascii").splitlines()
    return {commit: parents for commit, *parents in map(str.split, rows)}


def has_commit_closed_round_unless_shallow(
    repository: Repository, commit: str, round_id: str, tag: str, lang: Lang
) -> bool | None:
    """Return whether the round is closed under this tag at a commit, and not yet at its parents.

    The result is None if a shallow clone lacks the parents.

    Raises:
        MisnamedObjectError: an object is another one than its id says.
        GitError: an object is missing or damaged.
    """
    is_closed_at = _make_test_of_round_closed_at(repository, round_id, tag, lang)
    if not is_closed_at(commit):
        return False
    parents = read_parents_unless_shallow(repository, commit)
    return None if parents is None else not any(map(is_closed_at, parents))


def list_closings_in_history(
    repository: Repository, commit: str, lang: Lang
) -> dict[tuple[str, str], list[str]]:
    """Return the commits that closed a round, by round and tag, in the history of a commit.

    There is more than one where a merge brought a second closing. Commits whose parents a shallow
    clone lacks are left out.

    Raises:
        MisnamedObjectError: an object is another one than its id says.
        UnreadableObjectError: an object is missing or damaged.
    """
    shallow = list_shallow_commits(repository)
    none: frozenset[tuple[str, str]] = frozenset()
    by_file: dict[str | None, frozenset[tuple[str, str]]] = {None: none}
    by_commit: dict[str, frozenset[tuple[str, str]]] = {}
    with open_checked_objects(repository) as objects:
        walked = list(walk_checked_history(objects, [commit], shallow))
        for each in walked:
            oid = objects.find_file_object_id(each.oid, locations.CONFIG)
            if oid is not None and oid not in by_file:
                by_file[oid] = _closed_rounds_and_tags(
                    objects.read_blob_within_limit(oid) or b"", lang
                )
            by_commit[each.oid] = by_file[oid]
    closings: dict[tuple[str, str], list[str]] = {}
    for each in walked:
        if each.oid not in shallow:
            before = none.union(*(by_commit.get(parent, none) for parent in each.parents))
            for key in by_commit[each.oid] - before:
                closings.setdefault(key, []).append(each.oid)
    return closings


def _make_test_of_round_closed_at(
    repository: Repository, round_id: str, tag: str, lang: Lang
) -> Callable[[str], bool]:
    """Return a function that tells whether the round is closed under this tag at a commit."""

    @cache
    def is_closed_at(commit: str) -> bool:
        blob = (
            list_checked_files(repository, commit, [locations.CONFIG]).get(locations.CONFIG)
            if commit
            else None
        )
        if blob is None:
            return False
        return (round_id, tag) in _closed_rounds_and_tags(repository.read_blob(blob.oid), lang)

    return is_closed_at


def _closed_rounds_and_tags(data: bytes, lang: Lang) -> frozenset[tuple[str, str]]:
    """Return the closed rounds of an assess.yaml, each with its tag."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    config = decode_yaml(text, "config", locations.CONFIG, lang).value
    return frozenset(
        (round_id, round_.tag or first_closing_tag(round_id))
        for round_id, round_ in (config.rounds if config is not None else {}).items()
        if round_.state == "closed"
    )


def _refuse_sheets_changed_since(
    repository: Repository, commit: str, round_id: str, lang: Lang
) -> None:
    folder = locations.round_folder_path(round_id)
    blobs = list_checked_files(repository, commit, [folder])
    sheets = (repository.root / folder).glob("*.yaml")
    paths = {*blobs, *(path.relative_to(repository.root).as_posix() for path in sheets)}
    changed = repository.select_changed_paths(sorted(paths), blobs)
    if changed:
        _ = translator(lang)
        message = _("{path} is not what it was when round {round} was closed")
        hint = f"git checkout {commit[:10]} -- {quote_for_shell(changed[0])}"
        raise UsageError(message.format(path=changed[0], round=round_id), hint)


def hint_about_missing_tag(repository: Repository, round_id: str) -> str:
    """Return the commands for a missing tag of a closed round: fetch it, or set it."""
    close = f"assess round close {round_id}"
    if not run_git(repository.root, ["remote"]).stdout:
        return close
    shallow = " --unshallow" if list_shallow_commits(repository) else ""
    return f"git fetch --tags{shallow}; {close}"
