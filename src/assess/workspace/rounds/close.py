"""Closing a round: its demands, its commit and its tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from assess import locations
from assess.engine import rounds as rules
from assess.engine.closings import (
    format_closing_count_and_tag,
    next_closing_tag,
    parse_closing_number_or_one,
)
from assess.engine.rounds import RoundClosing
from assess.errors import FilesError, UsageError
from assess.harmless import quote_for_shell
from assess.i18n import plural_translator, translator
from assess.model.base import Text
from assess.model.config import Round
from assess.problem import select_errors
from assess.store import open_file
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.own_repository import make_annotated_tag
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.state.repository_state import open_repository, require_checked_out_branch
from assess.store.git.sync.tag_refs import commits_by_local_tag, find_blocking_tag
from assess.store.git.trust.boundary import refuse_git_writing_outside
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core import conflicts
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.untagged import find_commit_that_closed_round
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import (
    commit_changed_files,
    list_uncommitted_files,
    refuse_undecided_conflicts,
)
from assess.workspace.sharing.undo_writes import (
    WrittenFile,
    texts_before_and_after_config_save,
    undo_writes_on_failure,
)


class ClosedRound(NamedTuple):
    """A round that was closed."""

    round_id: str
    commit: str
    tag: str
    signed: str | None
    closing: RoundClosing
    resumed: bool = False
    """The round had been closed before, and only its tag was missing."""
    known_signed_title: Text | None = None
    """The title of the row `signed`, where the register had it before the closing."""


def check_round_before_closing(workspace: Workspace, round_id: str, today: date) -> RoundClosing:
    """Return what prevents closing a round, and the remediation that continues after it.

    Raises:
        UnknownIdError: there is no such round.
        FilesError: files can't be read.
    """
    names = workspace.list_sheets(round_id)
    parts = (
        locations.CONFIG,
        locations.REGISTER,
        locations.FINDINGS,
        locations.CHECKLISTS,
        locations.round_folder_path(round_id),
    )
    paths = [workspace.root / part for part in parts if (workspace.root / part).exists()]
    sheets = {str(name): workspace.open_sheet(name, round_id) for name in names}
    return rules.count_obstacles_to_round_closing(
        {name: sheet.assess_on(today) for name, sheet in sheets.items()},
        [
            file_conflict.conflict
            for file_conflict in conflicts.find_conflicts(workspace.root, workspace.lang)
        ],
        workspace.lint_workspace_files(paths, today=today),
        list_uncommitted_files(workspace),
        [name for name, sheet in sheets.items() if sheet.sheet.people.reviewer is not None],
    )


def close_round(
    workspace: Workspace,
    round_id: str,
    *,
    today: date,
    now: datetime,
    by: str | None = None,
    signed: Path | None = None,
    environ: Mapping[str, str] | None = None,
    confirm: Callable[[RoundClosing], None] = lambda _closing: None,
) -> ClosedRound:
    """Close a round: register the signed scan, write the state, commit, and tag the commit.

    `confirm` is called once nothing prevents the closing and before anything is written; what it
    raises ends it.

    Where git refuses the commit, the changes of assess.yaml and the register are undone. A round
    that was closed and committed but not tagged gets its tag.

    Raises:
        UsageError: the round is closed and tagged; files are not committed; an operation of git is
            in progress.
        FilesError: lint finds errors; holds them.
        ChangedOnDiskError: git refused, and another program changed the same entries meanwhile.
        NotTakenBackError: git refused, and the changes can't be undone.
        WriteError: git would write outside of the workspace's folder.
        GitError: git or a hook refused.
    """
    workspace.list_sheets(round_id)  # refuses an unknown round
    round_ = workspace.read_config().rounds[round_id]
    if round_.state == "closed":
        return _set_missing_tag_of_closed_round(workspace, round_id, today, signed, environ)
    tag = _refuse_unready_and_choose_tag(workspace, round_id, round_)
    closing = check_round_before_closing(workspace, round_id, today)
    _refuse_unmet_demands(workspace, closing, round_id, today)
    confirm(closing)
    had_register = (workspace.root / locations.REGISTER).exists()
    known = workspace.read_register_or_empty().evidence
    row_id = _register_signed_report(workspace, signed, round_id, by, now)
    written = [
        texts_before_and_after_config_save(
            workspace.edit_config(_closing_edits(round_id, tag, row_id))
        )
    ]
    if row_id is not None and row_id not in known:
        written.append(
            _register_with_and_without_signed_report(workspace, row_id, had_register=had_register)
        )
    with undo_writes_on_failure(workspace, written):
        commit = _commit_closing(workspace, round_id, tag, environ)
    _make_tag_of_closing(workspace, tag, commit, round_id, environ)
    known_row = known.get(row_id) if row_id is not None else None
    known_title = known_row.title if known_row is not None else None
    return ClosedRound(round_id, commit, tag, row_id, closing, known_signed_title=known_title)


def _set_missing_tag_of_closed_round(
    workspace: Workspace,
    round_id: str,
    today: date,
    signed: Path | None,
    environ: Mapping[str, str] | None,
) -> ClosedRound:
    """Set the missing tag of a round that was closed and committed."""
    round_ = workspace.read_config().rounds[round_id]
    tag = find_tag_name_of_round(round_id, round_)
    signed_late = signed is not None and round_.signed is None
    commit = find_commit_that_closed_round(
        workspace.root, round_id, tag, workspace.lang, signed_late=signed_late
    )
    _refuse_blocked_tag(workspace, tag, round_id)
    _make_tag_of_closing(workspace, tag, commit, round_id, environ)
    closing = check_round_before_closing(workspace, round_id, today)
    return ClosedRound(round_id, commit, tag, round_.signed, closing, resumed=True)


def _closing_edits(round_id: str, tag: str, row_id: str | None) -> list[FieldEdit]:
    """Return the edits of assess.yaml that close a round; `row_id` is its signed report."""
    # The signed report of an earlier closing does not belong to this one; its row stays registered.
    signed = REMOVE if row_id is None else row_id
    fields = {"state": "closed", "tag": tag, "signed": signed}
    return [FieldEdit(("rounds", round_id, name), value) for name, value in fields.items()]


def _refuse_unready_and_choose_tag(workspace: Workspace, round_id: str, round_: Round) -> str:
    """Return the tag for closing an open round; the tags of earlier closings stay."""
    open_repository(workspace.root, workspace.lang)
    refuse_git_writing_outside(workspace.root, workspace.lang)
    refuse_operation_in_progress(workspace.root, workspace.lang)
    require_checked_out_branch(workspace.root, workspace.lang)
    known = [round_.tag] if round_.tag is not None else []
    tag = next_closing_tag(round_id, [*known, *commits_by_local_tag(workspace.root)])
    _refuse_blocked_tag(workspace, tag, round_id)
    return tag


def _refuse_blocked_tag(workspace: Workspace, tag: str, round_id: str) -> None:
    """Refuse a closing whose tag git can't write, since another tag is above or below it.

    Raises:
        UsageError: names the other tag, and the command that removes it.
    """
    blocker = find_blocking_tag(tag, commits_by_local_tag(workspace.root))
    if blocker is not None:
        _ = translator(workspace.lang)
        message = _("no tag {tag} can stand beside the tag {blocker}")
        close_again = f"assess round close {quote_for_shell(round_id)}"
        hint = f"git tag -d {quote_for_shell(blocker)} && {close_again}"
        raise UsageError(message.format(tag=tag, blocker=blocker), hint)


def _refuse_unmet_demands(
    workspace: Workspace, closing: RoundClosing, round_id: str, today: date
) -> None:
    """Refuse a closing whose demands are not met; the first of them is reported.

    Raises:
        FilesError: files hold conflicts, or lint finds errors.
        UsageError: files are not committed.
    """
    _ = translator(workspace.lang)
    _n = plural_translator(workspace.lang)
    if "conflict" in closing.reasons_against_closing:
        refuse_undecided_conflicts(workspace.root, workspace.lang)
    if "lint" in closing.reasons_against_closing:
        message = _n(
            "round {round} can't be closed: assess lint finds {count} error",
            "round {round} can't be closed: assess lint finds {count} errors",
            closing.errors,
        )
        problems = select_errors(workspace.lint_workspace_files(today=today))
        raise FilesError(message.format(round=round_id, count=closing.errors), problems)
    if "uncommitted" in closing.reasons_against_closing:
        message = _("files not committed: {count}").format(count=closing.uncommitted)
        raise UsageError(message, f"assess commit && assess round close {round_id}")


def _register_signed_report(
    workspace: Workspace, signed: Path | None, round_id: str, by: str | None, now: datetime
) -> str | None:
    if signed is None:
        return None
    _ = translator(workspace.read_config().language)
    title = _("signed and stamped report of round {round}").format(round=round_id)
    row_id, _row = workspace.add_evidence_file(
        signed, title=title, round_id=round_id, by=by, now=now
    )
    return row_id


def _register_with_and_without_signed_report(
    workspace: Workspace, row_id: str, *, had_register: bool
) -> WrittenFile:
    """Return the register with and without the row of the signed report."""
    path = workspace.root / locations.REGISTER
    after = open_file.read_valid_yaml_file(path, "register", workspace.root, workspace.lang)
    before = after.with_edits([FieldEdit(("evidence", row_id), REMOVE)])
    was_there = had_register or bool(before.value.evidence)
    return WrittenFile(locations.REGISTER, before.text, after.text, was_there)


def _commit_closing(
    workspace: Workspace, round_id: str, tag: str, environ: Mapping[str, str] | None
) -> str:
    lang = workspace.read_config().language
    _ = translator(lang)
    message = _("Close round {round}").format(round=round_id)
    if parse_closing_number_or_one(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=format_closing_count_and_tag(tag, lang)
        )
    return commit_changed_files(workspace, list_uncommitted_files(workspace), message, environ)


def _make_tag_of_closing(
    workspace: Workspace, tag: str, commit: str, round_id: str, environ: Mapping[str, str] | None
) -> None:
    lang = workspace.read_config().language
    _ = translator(lang)
    message = _("Round {round}, as it was closed").format(round=round_id)
    if parse_closing_number_or_one(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=format_closing_count_and_tag(tag, lang)
        )
    try:
        make_annotated_tag(workspace.root, tag, commit, message, environ, workspace.lang)
    except GitError as error:
        explained_error = explain_git_error(error, workspace.root, workspace.lang)
        close_again = f"assess round close {quote_for_shell(round_id)}"
        hint = "; ".join(filter(None, (explained_error.hint, close_again)))
        raise GitError(explained_error.message, hint) from error
