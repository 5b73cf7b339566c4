"""Reopening a closed round with a reason; its tag stays, and the next closing sets another tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess import locations
from assess.china_time import find_day_in_china
from assess.errors import UsageError
from assess.harmless import escape_unprintable_characters
from assess.i18n import translator
from assess.model.config import Round
from assess.store.git.commit.commit_files import commit_paths_if_changed, make_empty_commit
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.plumbing import GitError, Repository
from assess.store.git.state.repository_state import open_repository, require_checked_out_branch
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace.core.reopening_history import (
    REASON_MARK,
    ROUND_MARK,
    find_last_reopening,
    is_round_reopened,
)
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.untagged import hint_about_missing_tag
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import explain_git_refusal, list_uncommitted_files
from assess.workspace.sharing.undo_writes import (
    texts_before_and_after_config_save,
    undo_writes_on_failure,
)


class ReopenedRound(NamedTuple):
    """A round that was reopened."""

    round_id: str
    tag: str
    """The tag of the last closing; it stays."""
    commit: str
    reason: str


def reopen_round(
    workspace: Workspace, round_id: str, reason: str, *, environ: Mapping[str, str] | None = None
) -> ReopenedRound:
    """Reopen a closed round in a commit that records who did it and why.

    A round that was opened in an editor gets only the commit. Where git refuses the commit, the
    change of assess.yaml is undone.

    Raises:
        UnknownIdError: there is no such round.
        UsageError: the reason is missing; the round was never closed, or was reopened already; the
            repository does not have its tag; assess.yaml is not committed; an operation of git is
            in progress.
        ChangedOnDiskError: git refused, and another program changed the round meanwhile.
        NotTakenBackError: git refused, and the change can't be undone.
        GitError: git or a hook refused.
    """
    workspace.list_sheets(round_id)  # refuses an unknown round
    why = escape_unprintable_characters(" ".join(reason.split()))
    round_ = workspace.read_config().rounds[round_id]
    repository = open_repository(workspace.root, workspace.lang)
    refuse_git_writing_outside(workspace.root, workspace.lang)
    refuse_operation_in_progress(workspace.root, workspace.lang)
    require_checked_out_branch(workspace.root, workspace.lang)
    _refuse_round_not_ready_to_reopen(workspace, repository, round_id, round_, why)
    saved = workspace.edit_config([FieldEdit(("rounds", round_id, "state"), "open")])
    with undo_writes_on_failure(workspace, [texts_before_and_after_config_save(saved)]):
        commit = _commit_reopening(workspace, round_id, why, environ)
    return ReopenedRound(round_id, find_tag_name_of_round(round_id, round_), commit, why)


def _refuse_round_not_ready_to_reopen(
    workspace: Workspace, repository: Repository, round_id: str, round_: Round, why: str
) -> None:
    _ = translator(workspace.lang)
    again = f"assess round reopen {round_id} --reason WHY"
    if not why:
        raise UsageError(_("reopening a round needs a reason"), again)
    tag = find_tag_name_of_round(round_id, round_)
    if round_.state == "open":
        _refuse_reopening_of_open_round(workspace, repository, round_id, round_)
    elif resolve_checked_tag(repository, tag) is None:
        message = _("round {round} is closed, but its tag {tag} is not here")
        hint = hint_about_missing_tag(repository, round_id)
        raise UsageError(message.format(round=round_id, tag=tag), hint)
    elif locations.CONFIG in list_uncommitted_files(workspace):
        message = _("{file} is not committed").format(file=locations.CONFIG)
        raise UsageError(message, f"assess commit && {again}")


def _refuse_reopening_of_open_round(
    workspace: Workspace, repository: Repository, round_id: str, round_: Round
) -> None:
    _ = translator(workspace.lang)
    if not is_round_reopened(round_):
        message = _("round {round} is open: its answers count already")
        raise UsageError(message.format(round=round_id), f"assess fill --round {round_id}")
    earlier = find_last_reopening(repository, round_id, round_)
    if earlier is not None:
        message = _("round {round} was reopened already, on {day} by {who}: {reason}")
        words = {
            "day": find_day_in_china(earlier.at).isoformat(),
            "who": earlier.by,
            "reason": earlier.reason,
        }
        raise UsageError(message.format(round=round_id, **words), f"assess round close {round_id}")


def _commit_reopening(
    workspace: Workspace, round_id: str, why: str, environ: Mapping[str, str] | None
) -> str:
    _ = translator(workspace.read_config().language)
    head = _("Reopen round {round}: {reason}").format(round=round_id, reason=why)
    message = f"{head}\n\n{ROUND_MARK}: {round_id}\n{REASON_MARK}: {why}\n"
    try:
        if locations.CONFIG not in list_uncommitted_files(
            workspace
        ):  # opened in an editor and committed so
            return make_empty_commit(workspace.root, message, lang=workspace.lang, environ=environ)
        return commit_paths_if_changed(
            workspace.root, [locations.CONFIG], message, lang=workspace.lang, environ=environ
        )
    except GitError as error:
        raise explain_git_refusal(error, workspace) from error
