"""Taking in a return file: the round is reopened, and the answers that it names are returned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from assess import locations
from assess.engine.fingerprint import reviewed_answer_digest
from assess.engine.history.words import clean_and_shorten_untrusted_text
from assess.engine.punctuation import colon_sign
from assess.engine.return_file_json import decode_return_file
from assess.errors import UsageError
from assess.i18n import translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.return_file import ReturnedAnswer, ReturnFile
from assess.store.files import read_utf8_file
from assess.store.git.history.checked_history import list_checked_history, resolve_checked_tag
from assess.store.git.state.repository_state import open_repository
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import find_tag_name_of_round
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.workspace import Workspace
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.sharing.commit import (
    list_uncommitted_files,
    refuse_undecided_conflicts,
    restore_files_and_commit_workspace,
)
from assess.workspace.sharing.undo_writes import WrittenFile, undo_writes_on_failure

RETURN_MARK: Final = "Return-Taken-In"
"""The key of the line with the digest of the return file, in the message of a commit."""


class PlannedReturnImport(NamedTuple):
    """What taking in a return file does."""

    content: ReturnFile
    digest: str
    is_taken_in: bool
    """Whether a commit says that the same file was taken in before."""
    reopens: bool
    """Whether the round is closed."""


class TakenReturn(NamedTuple):
    """What was done: the tag that stays where a round was reopened, and the last commit."""

    tag: str | None
    commit: str | None


def plan_return_import(workspace: Workspace, data: bytes) -> PlannedReturnImport:
    """Return what taking in a return file does; nothing is written.

    Raises:
        UsageError: the file is no return file; it is for another unit or round, or about another
            closing than the last one; the workspace has no such sheet, item or answer.
        UnknownIdError: a checklist has no such item.
        FilesError: files of the workspace can't be used.
    """
    content = decode_return_file(data, workspace.lang)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    _refuse_other_unit_and_round(workspace, content)
    if _is_taken_in(workspace, digest):
        return PlannedReturnImport(content, digest, is_taken_in=True, reopens=False)
    _refuse_other_closing(workspace, content)
    _refuse_unusable_items(workspace, content)
    reopens = workspace.read_config().rounds[content.round].state == "closed"
    return PlannedReturnImport(content, digest, is_taken_in=False, reopens=reopens)


def _refuse_other_unit_and_round(workspace: Workspace, content: ReturnFile) -> None:
    _ = translator(workspace.lang)
    config = workspace.read_config()
    if content.unit != config.organization.id:
        message = _("this return is for {name} ({id}); this workspace is that of {own} ({own_id})")
        words = {
            "name": content.unit_name,
            "id": content.unit,
            "own": pick_text(config.organization.name, workspace.lang),
            "own_id": config.organization.id,
        }
        raise UsageError(message.format(**words), _("take it in in the workspace of that unit"))
    if content.round not in config.rounds:
        message = _("this return is about round {round}, which is not in this workspace")
        raise UsageError(message.format(round=content.round), "assess round list")


def _is_taken_in(workspace: Workspace, digest: str) -> bool:
    repository = open_repository(workspace.root, workspace.lang)
    head = repository.resolve_head_commit()
    commits = list_checked_history(repository, head) if head is not None else []
    return any(commit.message_line_value(RETURN_MARK) == digest for commit in commits)


def _refuse_other_closing(workspace: Workspace, content: ReturnFile) -> None:
    """Refuse a return of something else than the last closing, or than the open round.

    Raises:
        UsageError: it is about another closing, about another commit under its tag, or about an
            open round that was closed since.
    """
    _ = translator(workspace.lang)
    round_ = workspace.read_config().rounds[content.round]
    tag = find_tag_name_of_round(content.round, round_)
    was_closed = round_.state == "closed" or round_.tag is not None
    hand_in = content.hand_in
    again = _("hand in the present state: {command}").format(command="assess submit")
    if hand_in.tag is None:
        if was_closed:
            message = _("this return is about round {round} before it was closed as {tag}")
            raise UsageError(message.format(round=content.round, tag=tag), again)
        return
    if not was_closed or hand_in.tag != tag:
        message = _("this return is about the closing {theirs}; the last one here is {ours}")
        ours = tag if was_closed else _("none")
        raise UsageError(message.format(theirs=hand_in.tag, ours=ours), again)
    commit = resolve_checked_tag(open_repository(workspace.root, workspace.lang), tag)
    if hand_in.commit is not None and hand_in.commit != commit:
        message = _("{tag} was handed in as commit {theirs}; here it is {ours}")
        words = {"tag": tag, "theirs": hand_in.commit[:10], "ours": (commit or _("none"))[:10]}
        raise UsageError(message.format(**words), _("fetch what others committed: assess sync"))


def _refuse_unusable_items(workspace: Workspace, content: ReturnFile) -> None:
    """Refuse items that stand twice, that the workspace does not have, or that have no answer."""
    _ = translator(workspace.lang)
    places = [(row.sheet, row.item) for row in content.items]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        message = _("the return file names {item} of {sheet} twice")
        raise UsageError(message.format(sheet=twice[0], item=twice[1]))
    names = workspace.list_sheets(content.round)
    for name, rows in _group_by_sheet(content).items():
        if name not in names:
            message = _(
                "the return file names the sheet {sheet}, which round {round} does not have"
            )
            raise UsageError(message.format(sheet=name, round=content.round), "assess status")
        opened = workspace.open_sheet(name, content.round)
        for row in rows:
            opened.find_item(row.item)
            answer = opened.sheet.answers.get(row.item)
            if answer is None or not answer.is_given:
                message = _("{item} of {sheet} has no answer that could be returned")
                raise UsageError(message.format(item=row.item, sheet=name), "assess status")


def _group_by_sheet(content: ReturnFile) -> dict[SheetName, list[ReturnedAnswer]]:
    groups: dict[SheetName, list[ReturnedAnswer]] = {}
    for row in content.items:
        groups.setdefault(SheetName.parse_name(row.sheet), []).append(row)
    return groups


def take_return(
    workspace: Workspace,
    planned: PlannedReturnImport,
    *,
    today: date,
    now: datetime,
    environ: Mapping[str, str] | None = None,
) -> TakenReturn:
    """Reopen the round, write the returns into its sheets, and commit; once taken in, do nothing.

    The office has no id among the people of assess.yaml: its name stands before its words. After
    an interruption the same command goes on.

    Raises:
        UsageError: files are not committed; an operation of git is in progress.
        ChangedOnDiskError, LockedError, WriteError: a file can't be written.
        GitError: git or a hook refused; what was written is undone.
    """
    if planned.is_taken_in:
        return TakenReturn(None, None)
    refuse_operation_in_progress(workspace.root, workspace.lang)
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    _refuse_uncommitted_files(workspace)
    content, tag = planned.content, None
    if planned.reopens:
        reason = _write_reopening_reason(workspace, content)
        tag = reopen_round(workspace, content.round, reason, environ=environ).tag
    written: list[WrittenFile] = []
    with undo_writes_on_failure(workspace, written):
        for name, rows in _group_by_sheet(content).items():
            written.append(_write_returns(workspace, content, name, rows, now))
        made = restore_files_and_commit_workspace(
            workspace,
            today=today,
            custom_message=_write_commit_message(workspace, planned),
            environ=environ,
        )
    return TakenReturn(tag, made.oid)


def _refuse_uncommitted_files(workspace: Workspace) -> None:
    changed = list_uncommitted_files(workspace)
    if changed:
        _ = translator(workspace.lang)
        message = _("{file} is not committed").format(file=changed[0])
        raise UsageError(message, "assess commit && assess import FILE")


def _write_reopening_reason(workspace: Workspace, content: ReturnFile) -> str:
    _ = translator(workspace.read_config().language)
    text = _("sent back by {office}: {reason}")
    reason = clean_and_shorten_untrusted_text(content.reason)
    return text.format(office=content.office, reason=reason)


def _write_commit_message(workspace: Workspace, planned: PlannedReturnImport) -> str:
    _ = translator(workspace.read_config().language)
    text = _("Return of {office} taken in: {count} items of round {round}")
    content = planned.content
    head = text.format(office=content.office, count=len(content.items), round=content.round)
    return f"{head}\n\n{RETURN_MARK}: {planned.digest}\n"


def _write_returns(
    workspace: Workspace,
    content: ReturnFile,
    name: SheetName,
    rows: list[ReturnedAnswer],
    now: datetime,
) -> WrittenFile:
    """Write the returns of a sheet, and return its text before and after."""
    opened = workspace.open_sheet(name, content.round)
    language = workspace.read_config().language
    begin = f"{content.office}{colon_sign(language)}"
    fields = {
        row.item: {
            "review": {
                **_make_review(content, opened.sheet.answers[row.item], now),
                "comment": f"{begin}{row.words}",
            }
        }
        for row in rows
    }
    path = locations.sheet_path(content.round, f"{name}")
    before = read_utf8_file(workspace.root / path, workspace.lang)
    opened.write_answers(fields, by=None, now=now, lang=language)
    after = read_utf8_file(workspace.root / path, workspace.lang)
    return WrittenFile(path, before, after)


def _make_review(content: ReturnFile, answer: Answer, now: datetime) -> dict[str, Any]:
    """Return the review of an answer without its words; it is never dated before the answer."""
    at = max(now, answer.at) if answer.at is not None else now
    due = {"due": content.due.isoformat()} if content.due is not None else {}
    of = reviewed_answer_digest(answer)
    return {"state": "returned", **due, "at": at.isoformat(), "of": of}
