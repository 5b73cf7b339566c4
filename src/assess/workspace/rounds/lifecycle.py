"""Rounds of a workspace: starting and closing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine import rounds as rules
from assess.engine.closings import closing_number, closing_words, next_tag
from assess.engine.rounds import Carried, Closing, Suggestion
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.model.config import Config, Round
from assess.problem import errors
from assess.store import layout, open_file
from assess.store.git.commit.commit_files import commit_paths as commit_files
from assess.store.git.run.plumbing import GitError
from assess.store.git.setup.own_repository import make_tag
from assess.store.git.state.refusals import explain_error
from assess.store.git.state.repository_state import open_repository, require_branch
from assess.store.git.sync.tag_refs import local_tags
from assess.store.git.trust.boundary import refuse_outside
from assess.store.open_file import OpenFile
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.workspace.core import conflicts
from assess.workspace.core.names import SheetName, check_id
from assess.workspace.core.sources import round_tag
from assess.workspace.core.unfinished_merge import refuse_unfinished
from assess.workspace.core.untagged import find_closing_commit
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import changed_files, explain_refusal, refuse_conflicts
from assess.workspace.sharing.undo_writes import WrittenFile, taking_back, written_config


class NewRound(NamedTuple):
    """A round that was started, and what it took over from the last round, by sheet."""

    round_id: str
    from_id: str | None
    carried: Mapping[str, Carried]
    suggested: Mapping[str, int]
    """By sheet: number of answers of the last round that are shown beside its items."""
    dropped: tuple[str, ...]
    """Sheets of the last round whose checklist or system no longer exists."""


class ClosedRound(NamedTuple):
    """A round that was closed."""

    round_id: str
    commit: str
    tag: str
    signed: str | None
    closing: Closing
    resumed: bool = False
    """The round had been closed before, and only its tag was missing."""


def start_round(
    workspace: Workspace,
    round_id: str,
    *,
    today: date,
    from_id: str | None = None,
    title: str | None = None,
    due: date | None = None,
) -> NewRound:
    """Start a round after the last one (or after `from_id`) with the remediation that is open.

    After an interruption the same call continues: sheets with the expected content are accepted.

    Raises:
        UsageError: the id is not valid, or taken.
        UnknownIdError: there is no round to start from.
        FilesError: files of the last round can't be read.
    """
    config = workspace.read_config()
    _check_id(workspace, config, round_id)
    last = from_id or max(config.rounds, default=None)
    if last is not None and last not in config.rounds:
        _ = translator(workspace.lang)
        raise UnknownIdError(_("no round {round}").format(round=last), last, config.rounds)
    names, dropped = _choose_sheets(config, last)
    carried = {name: _carry_answers(workspace, name, last) for name in names if last is not None}
    suggested = {
        str(name): len(_suggestions_from(workspace, name, last, today))
        for name in names
        if last is not None
    }
    new_sheets = [
        _begin_sheet(workspace, name, round_id, carried_answers)
        for name, carried_answers in carried.items()
        if carried_answers.remediation
    ]
    _refuse_files(workspace, round_id, {sheet.file.path: sheet.text for sheet in new_sheets})
    for sheet in new_sheets:
        if not sheet.file.path.exists():
            sheet.file.save(sheet.edits)
    fields: dict[str, Any] = {"title": title or rules.default_title(round_id), "state": "open"}
    fields |= {"from": last} if last is not None else {}
    fields |= {"due": due.isoformat()} if due is not None else {}
    fields["sheets"] = [str(name) for name in names]
    workspace.edit_config([Edit(("rounds", round_id), fields)])
    carried_by_sheet = {str(name): carried_answers for name, carried_answers in carried.items()}
    return NewRound(round_id, last, carried_by_sheet, suggested, dropped)


def _check_id(workspace: Workspace, config: Config, round_id: str) -> None:
    _ = translator(workspace.lang)
    check_id(round_id, workspace.lang, "assess round new 2027")
    if round_id in config.rounds:
        message = _("round {round} exists already").format(round=round_id)
        raise UsageError(message, "assess round list")


def _refuse_files(workspace: Workspace, round_id: str, new_sheets: Mapping[Path, str]) -> None:
    """Refuse a folder with files other than those of an interrupted start of this round.

    Raises:
        UsageError: the folder holds such a file.
    """
    folder = workspace.root / "answers" / round_id
    for path in folder.iterdir() if folder.is_dir() else ():
        left_over = path.name.startswith(".") and path.name.endswith(".tmp")
        if left_over or (path in new_sheets and path.read_bytes() == new_sheets[path].encode()):
            continue
        _ = translator(workspace.lang)
        message = _("answers/{round} holds files already").format(round=round_id)
        raise UsageError(message, f"mv answers/{round_id} answers/{round_id}-old")


def _choose_sheets(config: Config, last: str | None) -> tuple[list[SheetName], tuple[str, ...]]:
    """Return the sheets of a new round, and the sheets of the last round that it leaves out."""
    listed = config.rounds[last].sheets if last is not None else ()
    names = [SheetName.parse(sheet) for sheet in listed]
    remaining = [
        name
        for name in names
        if name.checklist in config.checklists and name.system in (None, *config.systems)
    ]
    return remaining, tuple(str(name) for name in names if name not in remaining)


def _carry_answers(workspace: Workspace, name: SheetName, last: str) -> Carried:
    answers = workspace.open_sheet(name, last).sheet.answers
    return rules.carried(answers, workspace.read_checklist(name.checklist))


class _NewSheet(NamedTuple):
    """A new sheet, and the edits that copy open remediation into it."""

    file: OpenFile[Sheet]
    edits: Sequence[Edit]

    @property
    def text(self) -> str:
        """The content of the file after saving."""
        return self.file.with_edits(self.edits).text


def _begin_sheet(
    workspace: Workspace, name: SheetName, round_id: str, carried: Carried
) -> _NewSheet:
    source = workspace.round_files(round_id)
    file = source.new_sheet(
        name, round_id, source.read_config(), source.read_checklist(name.checklist)
    )
    plans = [Edit(("answers", plan.item, "remediation"), plan.plan) for plan in carried.remediation]
    return _NewSheet(file, plans)


def list_suggestions(
    workspace: Workspace, name: SheetName, round_id: str, today: date
) -> list[Suggestion]:
    """Return the answers of the last round to the items of a sheet, the urgent ones first.

    The list is empty where no round came before, or where the last one had no such sheet.
    """
    last = workspace.read_config().rounds[round_id].from_
    if last is None or name not in workspace.list_sheets(last):
        return []
    return _suggestions_from(workspace, name, last, today)


def _suggestions_from(
    workspace: Workspace, name: SheetName, last: str, today: date
) -> list[Suggestion]:
    assessment = workspace.open_sheet(name, last).assess(today)
    return list(rules.suggestions(assessment, workspace.read_checklist(name.checklist)))


def prepare_closing(workspace: Workspace, round_id: str, today: date) -> Closing:
    """Return what prevents closing a round, and the remediation that continues after it.

    Raises:
        UnknownIdError: there is no such round.
        FilesError: files can't be read.
    """
    names = workspace.list_sheets(round_id)
    parts = (layout.CONFIG, layout.REGISTER, "checklists", f"answers/{round_id}")
    paths = [workspace.root / part for part in parts if (workspace.root / part).exists()]
    return rules.closing(
        {str(name): workspace.open_sheet(name, round_id).assess(today) for name in names},
        [
            file_conflict.conflict
            for file_conflict in conflicts.find_conflicts(workspace.root, workspace.lang)
        ],
        workspace.lint_files(paths, today=today),
        changed_files(workspace),
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
) -> ClosedRound:
    """Close a round: register the signed scan, write the state, commit, and tag the commit.

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
        tag = round_tag(round_id, round_)
        signed_late = signed is not None and round_.signed is None
        commit = find_closing_commit(
            workspace.root, round_id, tag, workspace.lang, signed_late=signed_late
        )
        _tag_closing(workspace, tag, commit, round_id, environ)
        closing = prepare_closing(workspace, round_id, today)
        return ClosedRound(round_id, commit, tag, round_.signed, closing, resumed=True)
    tag = _next_tag(workspace, round_id, round_)
    closing = prepare_closing(workspace, round_id, today)
    _refuse_demands(workspace, closing, round_id, today)
    had_register, known = (
        (workspace.root / layout.REGISTER).exists(),
        workspace.read_register().evidence,
    )
    row_id = _attach_signed(workspace, signed, round_id, by, now)
    edits = [Edit(("rounds", round_id, "state"), "closed"), Edit(("rounds", round_id, "tag"), tag)]
    # The signed report of an earlier closing does not belong to this one; its row stays registered.
    edits += [Edit(("rounds", round_id, "signed"), REMOVE if row_id is None else row_id)]
    written = [written_config(workspace.edit_config(edits))]
    if row_id is not None and row_id not in known:
        written.append(_written_register(workspace, row_id, had_register=had_register))
    with taking_back(workspace, written):
        commit = _commit_closing(workspace, round_id, tag, environ)
    _tag_closing(workspace, tag, commit, round_id, environ)
    return ClosedRound(round_id, commit, tag, row_id, closing)


def _next_tag(workspace: Workspace, round_id: str, round_: Round) -> str:
    """Return the tag for closing an open round; the tags of earlier closings stay."""
    open_repository(workspace.root, workspace.lang)
    refuse_outside(workspace.root, workspace.lang)
    refuse_unfinished(workspace.root, workspace.lang)
    require_branch(workspace.root, workspace.lang)
    known = [round_.tag] if round_.tag is not None else []
    return next_tag(round_id, [*known, *local_tags(workspace.root)])


def _refuse_demands(workspace: Workspace, closing: Closing, round_id: str, today: date) -> None:
    """Refuse a closing whose demands are not met; the first of them is reported.

    Raises:
        FilesError: files hold conflicts, or lint finds errors.
        UsageError: files are not committed.
    """
    _ = translator(workspace.lang)
    if "conflict" in closing.demands:
        refuse_conflicts(workspace.root, workspace.lang)
    if "lint" in closing.demands:
        message = _("round {round} can't be closed: assess lint finds {count} errors")
        problems = errors(workspace.lint_files(today=today))
        raise FilesError(message.format(round=round_id, count=closing.errors), problems)
    if "uncommitted" in closing.demands:
        message = _("files not committed: {count}").format(count=closing.uncommitted)
        raise UsageError(message, f"assess commit && assess round close {round_id}")


def _attach_signed(
    workspace: Workspace, signed: Path | None, round_id: str, by: str | None, now: datetime
) -> str | None:
    if signed is None:
        return None
    _ = translator(workspace.read_config().language)
    title = _("signed and stamped report of round {round}").format(round=round_id)
    row_id, _row = workspace.attach_file(signed, title=title, round_id=round_id, by=by, now=now)
    return row_id


def _written_register(workspace: Workspace, row_id: str, *, had_register: bool) -> WrittenFile:
    """Return the register with and without the row of the signed report."""
    path = workspace.root / layout.REGISTER
    after = open_file.read_file(path, "register", workspace.root, workspace.lang)
    before = after.with_edits([Edit(("evidence", row_id), REMOVE)])
    was_there = had_register or bool(before.value.evidence)
    return WrittenFile(layout.REGISTER, before.text, after.text, was_there)


def _commit_closing(
    workspace: Workspace, round_id: str, tag: str, environ: Mapping[str, str] | None
) -> str:
    lang = workspace.read_config().language
    _ = translator(lang)
    parts = [part for part in layout.OWN if (workspace.root / part).exists()]
    message = _("Close round {round}").format(round=round_id)
    if closing_number(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=closing_words(tag, lang)
        )
    try:
        return commit_files(workspace.root, parts, message, lang=workspace.lang, environ=environ)
    except GitError as error:
        raise explain_refusal(error, workspace) from error


def _tag_closing(
    workspace: Workspace, tag: str, commit: str, round_id: str, environ: Mapping[str, str] | None
) -> None:
    lang = workspace.read_config().language
    _ = translator(lang)
    message = _("Round {round}, as it was closed").format(round=round_id)
    if closing_number(tag) > 1:
        message = _("Round {round}: {closed}").format(
            round=round_id, closed=closing_words(tag, lang)
        )
    try:
        make_tag(workspace.root, tag, commit, message, environ, workspace.lang)
    except GitError as error:
        explained_error = explain_error(error, workspace.root, workspace.lang)
        raise GitError(explained_error.message, f"assess round close {round_id}") from error
