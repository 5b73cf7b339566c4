"""Upgrading a pinned checklist: all sheets of open rounds and the pinned file, in one commit.

Each sheet is upgraded from the version that it answers, which may be older than the pinned version.
So an upgrade that a merge or a crash left incomplete is completed by running it again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.engine.upgrade.checklist_diff import ChecklistDiff, diff_checklists
from assess.engine.upgrade.finding_ties import FindingTie, find_findings_with_removed_item
from assess.engine.upgrade.plan import UpgradePlan, UpgradeStep, UpgradeTerms, plan_upgrade
from assess.errors import ChangedOnDiskError, FilesError, UnknownIdError, UsageError
from assess.i18n import plural_translator, translator
from assess.model.answer import Parked, Sheet
from assess.model.base import pick_text
from assess.model.config import Pin, Variant
from assess.problem import Problem
from assess.store import open_file
from assess.store.files import read_utf8_file, write_atomic
from assess.store.git.commit.commit_files import commit_paths_if_changed
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.repository_state import open_repository, require_checked_out_branch
from assess.store.lock import workspace_lock
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.writing.move_answers import AnswerMove, move_or_park_answers
from assess.workspace.checklists.answered_versions import ChecklistVersions
from assess.workspace.checklists.pin_sources import (
    convert_source_to_plain,
    find_checklist,
    read_checklist_at_pin_source,
)
from assess.workspace.checklists.pinned import (
    FoundChecklist,
    find_pin,
    is_pinned_file_edited_and_unaccepted,
    list_open_sheets_answering_checklist,
    read_pinned_checklist,
)
from assess.workspace.checklists.template_upgrade import (
    TemplateWrite,
    brings_templates,
    plan_templates,
    write_templates,
)
from assess.workspace.checklists.upgrade_refusals import (
    raise_edited_checklist_error,
    refuse_checklist_of_other_id_or_scope,
)
from assess.workspace.core.names import SheetName
from assess.workspace.core.pinned_checklists import digests_of_templates
from assess.workspace.core.sources import RoundFiles
from assess.workspace.core.unfinished_merge import refuse_operation_in_progress
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import explain_git_refusal, refuse_undecided_conflicts
from assess.workspace.sharing.undo_writes import WrittenFile, undo_writes_on_failure


class SheetUpgrade(NamedTuple):
    """The upgrade of a sheet."""

    round_id: str
    name: SheetName
    plan: UpgradePlan
    known: bool
    """Whether the version that the sheet answers was found; else the pinned version is used."""
    file: OpenFile[Sheet]
    text: str
    """The text of the sheet after the upgrade."""


class ChecklistUpgrade(NamedTuple):
    """A planned upgrade."""

    checklist_id: str
    old: FoundChecklist
    new: FoundChecklist
    diff: ChecklistDiff
    sheets: tuple[SheetUpgrade, ...]
    variant: Variant | None
    """The accepted local variant that the upgrade replaces."""
    writes: Mapping[str, tuple[str, str]]
    """Files that change, by path: their old and new text."""
    ties: tuple[FindingTie, ...] = ()
    """The findings of others about items that the new version does not have."""
    templates: tuple[TemplateWrite, ...] = ()
    """The report templates that come with the new version and differ, or that it lacks now."""
    left_templates: tuple[str, ...] = ()
    """The report templates that it lacks now and that stay, because they were edited here."""

    @property
    def has_changes(self) -> bool:
        """Whether it writes anything."""
        return bool(self.writes or self.templates)

    @property
    def unconfirmed_invalid_steps(self) -> tuple[UpgradeStep, ...]:
        """Answers that would become invalid and are not confirmed, one for each item."""
        steps = {
            step.item: step
            for sheet in self.sheets
            for step in sheet.plan.unconfirmed_invalid_steps
        }
        return tuple(steps.values())


def plan_checklist_upgrade(
    workspace: Workspace,
    checklist_id: str,
    *,
    today: date,
    to: str | None = None,
    confirmed: Collection[str] = (),
) -> ChecklistUpgrade:
    """Return the plan of an upgrade of a pinned checklist; nothing is written.

    `to` names another source than that of the pinned checklist.

    Raises:
        UnknownIdError: no such checklist is pinned; an item in `confirmed` needs no confirmation.
        UsageError: the new checklist has another id or scope; the pinned checklist was edited by
            hand and is not accepted.
        FilesError: files can't be used, or hold conflicts.
        GitError: the git repository of the checklist can't be read.
    """
    refuse_undecided_conflicts(workspace.root, workspace.lang)
    config = workspace.read_config()
    pin = find_pin(config, checklist_id, workspace.lang)
    old = read_pinned_checklist(workspace, checklist_id)
    new = (
        find_checklist(to, workspace.lang)
        if to
        else read_checklist_at_pin_source(pin, checklist_id, workspace)
    )
    refuse_checklist_of_other_id_or_scope(workspace, old, new)
    terms = UpgradeTerms(today, config.language, workspace.lang, confirmed, new.digest)
    sheets = tuple(_plan_sheet_upgrades(workspace, checklist_id, pin, old, new, terms))
    if new.digest != old.digest and is_pinned_file_edited_and_unaccepted(
        workspace, checklist_id, pin, old
    ):
        raise_edited_checklist_error(workspace, checklist_id)
    _refuse_needless_confirmation(workspace, sheets, confirmed)
    findings = RoundFiles(workspace.root, workspace.lang).read_findings_or_empty()
    ties = find_findings_with_removed_item(
        findings.value.findings, checklist_id, old.checklist, new.checklist
    )
    variant = pin.variant if new.digest != old.digest else None
    upgrade = ChecklistUpgrade(
        checklist_id,
        old,
        new,
        diff_checklists(old.checklist, new.checklist),
        sheets,
        variant,
        {},
        ties,
    )
    if upgrade.unconfirmed_invalid_steps:
        return upgrade
    templates = plan_templates(workspace, checklist_id, config.checklists, new)
    return upgrade._replace(
        templates=templates.writes,
        left_templates=templates.left,
        writes=_old_and_new_text_by_path(workspace, upgrade, pin, moved_source=to is not None),
    )


def write_and_commit_upgrade(
    workspace: Workspace, upgrade: ChecklistUpgrade, *, environ: Mapping[str, str] | None = None
) -> str | None:
    """Perform an upgrade and commit it; return the commit id, None where there is nothing to do.

    Uncommitted changes of these files are committed separately before. Where git or a hook refuses,
    the upgrade is undone in the files.

    Raises:
        UsageError: an answer is not confirmed; a merge is in progress; no branch is checked out.
        ChangedOnDiskError: another program changed a file meanwhile.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused.
        WriteError, LockedError: a file can't be written.
    """
    if upgrade.unconfirmed_invalid_steps:
        _ = translator(workspace.lang)
        items = ", ".join(step.item for step in upgrade.unconfirmed_invalid_steps)
        message = _("answers would become invalid: {items}").format(items=items)
        raise UsageError(
            message,
            " ".join(f"--confirm {step.item}" for step in upgrade.unconfirmed_invalid_steps),
        )
    open_repository(workspace.root, workspace.lang)
    refuse_operation_in_progress(workspace.root, workspace.lang)
    require_checked_out_branch(workspace.root, workspace.lang)
    if not upgrade.has_changes:
        return None
    _ = translator(workspace.read_config().language)
    title = pick_text(upgrade.new.checklist.title, workspace.read_config().language)
    words = {"title": title, "old": upgrade.old.checklist.version}
    words["new"] = upgrade.new.checklist.version
    before = _("Before the upgrade: {title} {old}").format(**words)
    message = _("Upgrade: {title}, {old} to {new}").format(**words)
    written = [
        *(WrittenFile(path, text, new) for path, (text, new) in upgrade.writes.items()),
        *(write.as_written_file() for write in upgrade.templates),
    ]
    overwritten = [file.path for file in written if file.was_there]
    _commit_upgraded_files(workspace, overwritten, before, environ)
    _write_files_unless_changed(workspace, upgrade)
    paths = [file.path for file in written] + [locations.checklist_path(upgrade.checklist_id)]
    with undo_writes_on_failure(workspace, written):
        return _commit_upgraded_files(
            workspace, paths, f"{message}\n\n{summarize_upgrade(workspace, upgrade)}", environ
        )


def summarize_upgrade(workspace: Workspace, upgrade: ChecklistUpgrade) -> str:
    """Return what the upgrade does, line by line.

    For each sheet how many answers stay, are to be confirmed, are parked; then how many findings of
    others are about another item now.
    """
    language = workspace.read_config().language
    _, _n = translator(language), plural_translator(language)
    lines = []
    for sheet in upgrade.sheets:
        steps = sheet.plan.steps
        stale = sum(step.stale for step in steps)
        parked = len(sheet.plan.steps_with_fate("merged", "split", "removed", "invalid"))
        line = _("{sheet}: {kept} stay, {stale} to confirm again, {parked} parked")
        words = {"sheet": f"{sheet.round_id} {sheet.name}", "stale": stale, "parked": parked}
        lines.append(line.format(kept=len(steps) - stale - parked, **words))
    if count := sum(tie.only_superseding_item is not None for tie in upgrade.ties):
        lines.append(
            _n(
                "findings of others: {count} follows a renamed item",
                "findings of others: {count} follow renamed items",
                count,
            ).format(count=count)
        )
    return "\n".join(lines)


# Planning


def _refuse_needless_confirmation(
    workspace: Workspace, sheets: Sequence[SheetUpgrade], confirmed: Collection[str]
) -> None:
    known = {step.item for sheet in sheets for step in sheet.plan.steps_with_fate("invalid")}
    for item in confirmed:
        if item not in known:
            _ = translator(workspace.lang)
            message = _("the answer to {item} stays valid: nothing to confirm").format(item=item)
            raise UnknownIdError(message, item, known)


def _plan_sheet_upgrades(
    workspace: Workspace,
    checklist_id: str,
    pin: Pin,
    old: FoundChecklist,
    new: FoundChecklist,
    terms: UpgradeTerms,
) -> list[SheetUpgrade]:
    """Return the upgrade of each sheet on disk of the open rounds.

    Raises:
        FilesError: sheets can't be read; holds the problems of all of them.
    """
    problems: list[Problem] = []
    upgrades = []
    versions = ChecklistVersions(workspace, pin, old, checklist_id)
    for round_id, name in list_open_sheets_answering_checklist(workspace, checklist_id):
        path = workspace.root / locations.sheet_path(round_id, str(name))
        try:
            file = open_file.read_valid_yaml_file(path, "sheet", workspace.root, workspace.lang)
        except FilesError as error:
            problems += error.problems
            continue
        answered = versions.find_version(file.value)
        before = answered or old
        plan = plan_upgrade(before.checklist, new.checklist, file.value, terms)
        text = file.text if plan.unconfirmed_invalid_steps else _sheet_text_after_plan(file, plan)
        upgrades.append(SheetUpgrade(round_id, name, plan, answered is not None, file, text))
    if problems:
        _ = translator(workspace.lang)
        raise FilesError(_("files of the workspace can't be used"), problems)
    return upgrades


def _sheet_text_after_plan(file: OpenFile[Sheet], plan: UpgradePlan) -> str:
    """Return the sheet's text after the plan; the text is read again as a check."""
    moves, edits = [], []
    for change in plan.changes:
        if change.source is None:
            edits.append(FieldEdit(change.path, REMOVE if change.value is None else change.value))
        elif isinstance(change.value, Parked):
            origin = change.value.from_
            whence = {"version": origin.version, "reason": origin.reason}
            moves.append(AnswerMove(str(change.source[1]), str(change.path[1]), whence))
        else:
            moves.append(AnswerMove(str(change.source[1]), str(change.path[1])))
    text = move_or_park_answers(file.text, moves)
    if text != file.text:
        file = open_file.open_unwritten_file(file.path, "sheet", file.root, file.lang, text)
    return file.with_edits(edits).text


def _old_and_new_text_by_path(
    workspace: Workspace, upgrade: ChecklistUpgrade, pin: Pin, *, moved_source: bool
) -> dict[str, tuple[str, str]]:
    """Return the files that change, by path: their old and new text."""
    pinned = locations.checklist_path(upgrade.checklist_id)
    writes = {
        locations.sheet_path(sheet.round_id, str(sheet.name)): (sheet.file.text, sheet.text)
        for sheet in upgrade.sheets
    }
    writes[pinned] = upgrade.old.text, upgrade.new.text
    source = upgrade.new.source if moved_source or not isinstance(pin.source, str) else pin.source
    path = ("checklists", upgrade.checklist_id)
    edits = [FieldEdit((*path, "source"), convert_source_to_plain(source))]
    if upgrade.new.digest != upgrade.old.digest:
        edits.append(FieldEdit((*path, "digest"), upgrade.new.digest))
    if brings_templates(upgrade.new):
        digests = digests_of_templates(upgrade.new.templates)
        if digests != pin.templates:
            edits.append(FieldEdit((*path, "templates"), digests or REMOVE))
    if upgrade.variant is not None:
        edits.append(FieldEdit((*path, "variant"), REMOVE))
    if renamed := [tie for tie in upgrade.ties if tie.only_superseding_item]:
        findings = RoundFiles(workspace.root, workspace.lang).read_findings_or_empty()
        ties = [
            FieldEdit(("findings", tie.finding_id, "item"), tie.only_superseding_item)
            for tie in renamed
        ]
        writes[locations.FINDINGS] = findings.text, findings.with_edits(ties).text
    config = open_file.read_valid_yaml_file(
        workspace.root / locations.CONFIG, "config", workspace.root, workspace.lang
    )
    writes[locations.CONFIG] = config.text, config.with_edits(edits).text
    return {path: texts for path, texts in writes.items() if texts[0] != texts[1]}


# Writing


def _commit_upgraded_files(
    workspace: Workspace, paths: Sequence[str], message: str, environ: Mapping[str, str] | None
) -> str:
    try:
        return commit_paths_if_changed(
            workspace.root, paths, message, lang=workspace.lang, environ=environ
        )
    except GitError as error:
        raise explain_git_refusal(error, workspace) from error


def _write_files_unless_changed(workspace: Workspace, upgrade: ChecklistUpgrade) -> None:
    """Write all files under one lock.

    Raises:
        ChangedOnDiskError: a file was changed since the plan was made; nothing is written.
    """
    with workspace_lock(workspace.root, "", workspace.lang):
        for path, (text, _new) in upgrade.writes.items():
            if read_utf8_file(workspace.root / path, workspace.lang, path) != text:
                _ = translator(workspace.lang)
                message = _("{file} was changed by another program meanwhile").format(file=path)
                raise ChangedOnDiskError(message, _("run the upgrade again"))
        for path, (_old, text) in upgrade.writes.items():
            write_atomic(workspace.root / path, text.encode(), workspace.lang)
        write_templates(workspace, upgrade.templates)


__all__ = [
    "ChecklistUpgrade",
    "SheetUpgrade",
    "plan_checklist_upgrade",
    "summarize_upgrade",
    "write_and_commit_upgrade",
]
