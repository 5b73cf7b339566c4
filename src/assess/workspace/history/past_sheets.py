"""Sheets in an earlier state: at a commit, or in another round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from assess import locations
from assess.engine.history.changes import SheetState
from assess.errors import MissingHistoryError, UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.model.outside_finding import OutsideFinding
from assess.store.git.history.checked_history import is_checked_ancestor
from assess.store.git.run.batch import open_checked_objects
from assess.store.git.run.commits import list_shallow_commits
from assess.store.git.run.plumbing import Repository
from assess.store.git.state.repository_state import open_repository, resolve_revision
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import ClosedRoundFiles, find_tag_name_of_round
from assess.workspace.core.untagged import has_commit_closed_round_unless_shallow
from assess.workspace.core.workspace import Workspace
from assess.workspace.history.past_files import DecodedFileCache, ListedTree


class PastSheets(NamedTuple):
    """Sheets in an earlier state; a sheet that did not exist then is left out."""

    mark: str
    """What identifies the state: a commit id, or the digest of a round's files."""
    states: dict[SheetName, SheetState]
    commit_time: int = 0
    """Seconds since the epoch; 0 for a round."""
    findings: Mapping[str, OutsideFinding] = MappingProxyType({})
    """The findings of others then, by id."""


def assess_sheets_at_commit(
    workspace: Workspace, revision: str, round_id: str, names: Sequence[SheetName], day: date
) -> PastSheets:
    """Return the sheets of a round at a commit, assessed as of `day`.

    Raises:
        UsageError: there is no such commit, or it is not before the commit of the round's files.
        MisnamedObjectError: an object is another one than its id says.
        GitError: the repository is damaged.
    """
    repository = open_repository(workspace.root, workspace.lang)
    commit = _resolve_commit_of_history(repository, revision, workspace.lang)
    _refuse_commit_of_other_history(workspace, repository, commit, round_id)
    with open_checked_objects(repository) as objects:
        tree = ListedTree(objects, objects.list_files(commit, locations.INPUTS))
        cache = DecodedFileCache(day, workspace.lang)
        states = {
            name: cache.read_sheet_state(tree, locations.sheet_path(round_id, str(name)))
            for name in names
        }
        seconds = objects.read_commit_seconds(commit)
        file = cache.read_findings(tree)
    known = {name: state for name, state in states.items() if state is not None}
    return PastSheets(commit, known, seconds, file.findings if file else {})


def _resolve_commit_of_history(repository: Repository, revision: str, lang: Lang) -> str:
    """Return the id of a commit.

    Raises:
        UsageError: there is none; a MissingHistoryError in a shallow clone.
    """
    try:
        return resolve_revision(repository, revision, lang)
    except UsageError as error:
        if list_shallow_commits(repository):
            raise MissingHistoryError(error.message, "git fetch --unshallow --tags") from error
        raise


def _refuse_commit_of_other_history(
    workspace: Workspace, repository: Repository, commit: str, round_id: str
) -> None:
    """Refuse to compare a round with a commit that is not before that of the round's files.

    Anybody can make a commit of any answers that no branch leads to.

    Raises:
        UsageError: it is not before that commit.
        MisnamedObjectError: a commit between is another one than its id says.
    """
    source = workspace.find_round_files(round_id)
    closing = source.commit if isinstance(source, ClosedRoundFiles) else None
    newest = closing or repository.resolve_head_commit()
    if newest is not None and is_checked_ancestor(repository, commit, newest):
        return
    _ = translator(workspace.lang)
    message = _("commit {commit} is not in the history of this report's commit")
    text = message.format(commit=commit[:10])
    if list_shallow_commits(repository):
        raise MissingHistoryError(text, "git fetch --unshallow --tags")
    hint = f"git merge-base --is-ancestor {commit[:10]} {(newest or 'HEAD')[:10]}"
    raise UsageError(text, hint)


def assess_sheets_in_round(
    workspace: Workspace, round_id: str, names: Sequence[SheetName], day: date
) -> PastSheets:
    """Return the sheets among `names` that a round has, assessed as of `day`.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the round is closed, and its tag is missing or no closing of this history.
        MisnamedObjectError: an object is another one than its id says.
        FilesError: files can't be read.
    """
    _refuse_tag_of_other_history(workspace, round_id)
    listed = workspace.list_sheets(round_id)
    shared = [name for name in names if name in listed]
    open_sheets = {name: workspace.open_sheet(name, round_id) for name in shared}
    states = {
        name: SheetState(open_sheet.sheet, open_sheet.assess_on(day))
        for name, open_sheet in open_sheets.items()
    }
    findings = workspace.find_round_files(round_id).read_findings_or_empty().value.findings
    digest = workspace.make_provenance(round_id, shared, ()).digest
    return PastSheets(digest, states, findings=findings)


def _refuse_tag_of_other_history(workspace: Workspace, round_id: str) -> None:
    """Refuse the tag of a round that is not on a commit of this history which closed the round.

    Tags are not part of a commit: whoever may push can move one.

    Raises:
        UsageError: the tag is on another commit.
        MissingHistoryError: a shallow clone can't tell.
        MisnamedObjectError: a commit or a folder is another one than its id says.
    """
    source = workspace.find_round_files(round_id)
    if not isinstance(source, ClosedRoundFiles):
        return
    tag = find_tag_name_of_round(round_id, workspace.read_config().rounds[round_id])
    closed = has_commit_closed_round_unless_shallow(
        source.repository, source.commit, round_id, tag, workspace.lang
    )
    if closed and _is_in_history_of_head(source):
        return
    _ = translator(workspace.lang)
    message = _("tag {tag} is on a commit that did not close round {round} in this history")
    text = message.format(tag=tag, round=round_id)
    if closed is not False and list_shallow_commits(source.repository):
        raise MissingHistoryError(text, "git fetch --unshallow --tags")
    raise UsageError(text, f"git log -1 {quote_for_shell(tag)}; git fetch --tags")


def _is_in_history_of_head(source: ClosedRoundFiles) -> bool:
    head = source.repository.resolve_head_commit()
    return head is not None and is_checked_ancestor(source.repository, source.commit, head)
