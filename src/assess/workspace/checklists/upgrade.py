"""Upgrading a pinned checklist: all sheets of open rounds and the pinned file, in one commit.

Every sheet is held against the version that it answers itself, which may be an older one than the
pinned: what a merge or a crash left half done is finished by running it again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.engine.upgrade.checklist_diff import ChecklistDiff, diff_checklists
from assess.engine.upgrade.plan import Plan, Step, Terms, plan_upgrade
from assess.errors import ChangedOnDiskError, FilesError, UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import Parked, Sheet
from assess.model.base import pick
from assess.model.config import Pin, Variant
from assess.problem import Problem
from assess.store import layout, open_file, scaffold, shipped_files
from assess.store.files import read_text, write_atomic
from assess.store.git.commit.commit_files import commit as commit_files
from assess.store.git.history.pin_history import earlier
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.repository_state import open_repository, refuse_detached
from assess.store.lock import locked
from assess.store.open_file import OpenFile
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.writing.edit import REMOVE, Edit
from assess.store.yaml.writing.move_answers import Move, moved
from assess.workspace.checklists import pinned as pinning
from assess.workspace.checklists.pinned import Found
from assess.workspace.core.names import SheetName
from assess.workspace.core.unfinished_merge import refuse_unfinished
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_conflicts, refused
from assess.workspace.sharing.undo_writes import Written, taking_back


class SheetUpgrade(NamedTuple):
    """What an upgrade does to one sheet."""

    round_id: str
    name: SheetName
    plan: Plan
    known: bool
    """The version that the sheet answers was found; else it is held against the pinned one."""
    file: OpenFile[Sheet]
    text: str
    """As it will be."""


class Upgrade(NamedTuple):
    """What an upgrade would do."""

    checklist_id: str
    old: Found
    new: Found
    diff: ChecklistDiff
    sheets: tuple[SheetUpgrade, ...]
    variant: Variant | None
    """The accepted local variant that it replaces."""
    writes: Mapping[str, tuple[str, str]]
    """Files that change, by path: their text so far, and the new one."""

    @property
    def refused(self) -> tuple[Step, ...]:
        """Answers that would become invalid and are not confirmed, each item once."""
        found = {step.item: step for one in self.sheets for step in one.plan.refused}
        return tuple(found.values())


def prepare(
    here: Workspace,
    checklist_id: str,
    *,
    today: date,
    to: str | None = None,
    confirmed: Collection[str] = (),
) -> Upgrade:
    """Return what an upgrade of a pinned checklist would do; nothing is written.

    `to` names a checklist elsewhere than where the pinned one came from.

    Raises:
        UnknownIdError: no such checklist is pinned; an item that is confirmed needs no confirming.
        UsageError: it is another checklist, or for another scope; the pinned one was edited by
            hand and nobody accepted it.
        FilesError: files can't be used; conflicts stand in them.
        GitError: the git repository that it comes from can't be read.
    """
    refuse_conflicts(here.root, here.lang)
    config = here.config()
    pin = pinning.pin_of(config, checklist_id, here.lang)
    old = pinning.pinned(here, checklist_id)
    new = pinning.found(to, here.lang) if to else pinning.again(pin, checklist_id, here)
    _refuse_other(here, old, new)
    terms = Terms(today, config.language, here.lang, confirmed, new.digest)
    sheets = tuple(_sheets(here, checklist_id, pin, old, new, terms))
    if new.digest != old.digest and pinning.edited(here, checklist_id, pin, old):
        _refuse_edited(here, checklist_id)
    _refuse_confirmed(here, sheets, confirmed)
    variant = pin.variant if new.digest != old.digest else None
    upgrade = Upgrade(
        checklist_id, old, new, diff_checklists(old.checklist, new.checklist), sheets, variant, {}
    )
    return upgrade._replace(writes=_writes(here, upgrade, pin, moved_source=to is not None))


def perform(
    here: Workspace, upgrade: Upgrade, *, environ: Mapping[str, str] | None = None
) -> str | None:
    """Do an upgrade and commit it; return the commit id, None where there was nothing to do.

    What was not committed before in these files becomes a commit of its own first. Where git or a
    hook refuses, the upgrade is taken out of the files again.

    Raises:
        UsageError: something is not confirmed; a merge is in progress; no branch is checked out.
        ChangedOnDiskError: a file was changed by another program meanwhile.
        NoIdentityError: git does not know who commits.
        GitError: git or a hook refused.
        WriteError, LockedError: a file can't be written.
    """
    if upgrade.refused:
        _ = translator(here.lang)
        items = ", ".join(one.item for one in upgrade.refused)
        message = _("answers would become invalid: {items}").format(items=items)
        raise UsageError(message, " ".join(f"--confirm {one.item}" for one in upgrade.refused))
    open_repository(here.root, here.lang)
    refuse_unfinished(here.root, here.lang)
    refuse_detached(here.root, here.lang)
    if not upgrade.writes:
        return None
    _ = translator(here.config().language)
    title = pick(upgrade.new.checklist.title, here.config().language)
    words = {"title": title, "old": upgrade.old.checklist.version}
    words["new"] = upgrade.new.checklist.version
    before = _("Before the upgrade: {title} {old}").format(**words)
    message = _("Upgrade: {title}, {old} to {new}").format(**words)
    _commit(here, list(upgrade.writes), before, environ)
    _write(here, upgrade)
    paths = [*{**upgrade.writes, layout.checklist_path(upgrade.checklist_id): None}]
    written = [Written(path, text, new) for path, (text, new) in upgrade.writes.items()]
    with taking_back(here, written):
        return _commit(here, paths, f"{message}\n\n{summary(here, upgrade)}", environ)


def summary(here: Workspace, upgrade: Upgrade) -> str:
    """Return one line a sheet: how many answers stay, are to confirm, are parked."""
    _ = translator(here.config().language)
    lines = []
    for one in upgrade.sheets:
        steps = one.plan.steps
        stale = sum(step.stale for step in steps)
        parked = len(one.plan.having("merged", "split", "removed", "invalid"))
        line = _("{sheet}: {kept} stay, {stale} to confirm again, {parked} parked")
        words = {"sheet": f"{one.round_id} {one.name}", "stale": stale, "parked": parked}
        lines.append(line.format(kept=len(steps) - stale - parked, **words))
    return "\n".join(lines)


# What stands in the way


def _refuse_other(here: Workspace, old: Found, new: Found) -> None:
    _ = translator(here.lang)
    one, other = old.checklist, new.checklist
    if one.id != other.id:
        message = _("that is the checklist {other}, not {name}").format(other=other.id, name=one.id)
        raise UsageError(message, _("as another checklist: assess checklist add …"))
    if one.scope != other.scope:
        message = _("{name} {version} is for another scope: its sheets can't go on")
        words = {"name": one.id, "version": other.version}
        raise UsageError(message.format(**words), _("pin it under another id"))


def _refuse_edited(here: Workspace, checklist_id: str) -> None:
    _ = translator(here.lang)
    path = layout.checklist_path(checklist_id)
    message = _("{path} was edited by hand; an upgrade would undo that").format(path=path)
    hint = _("accept it first: {accept}; or undo the edit")
    raise UsageError(
        message, hint.format(accept=f"assess checklist accept {checklist_id} --reason …")
    )


def _refuse_confirmed(
    here: Workspace, sheets: Sequence[SheetUpgrade], confirmed: Collection[str]
) -> None:
    known = {step.item for one in sheets for step in one.plan.having("invalid")}
    for item in confirmed:
        if item not in known:
            _ = translator(here.lang)
            message = _("the answer to {item} stays valid: nothing to confirm").format(item=item)
            raise UnknownIdError(message, item, known)


# Planning


def _sheets(
    here: Workspace, checklist_id: str, pin: Pin, old: Found, new: Found, terms: Terms
) -> list[SheetUpgrade]:
    """Return what becomes of each sheet on disk of the open rounds.

    Raises:
        FilesError: some can't be read; holds the problems of all.
    """
    problems: list[Problem] = []
    found = []
    versions = _Versions(here, pin, old, checklist_id)
    for round_id, name in pinning.sheets_of(here, checklist_id):
        path = here.root / layout.sheet_path(round_id, str(name))
        try:
            file = open_file.read(path, "sheet", here.root, here.lang)
        except FilesError as error:
            problems += error.problems
            continue
        answered = versions.of(file.value)
        before = answered or old
        plan = plan_upgrade(before.checklist, new.checklist, file.value, terms)
        text = file.text if plan.refused else _changed(file, plan)
        found.append(SheetUpgrade(round_id, name, plan, answered is not None, file, text))
    if problems:
        _ = translator(here.lang)
        raise FilesError(_("files of the workspace can't be used"), problems)
    return found


class _Versions:
    """Which version of a checklist a sheet answers, looked for only where it is not the pinned."""

    def __init__(self, here: Workspace, pin: Pin, old: Found, checklist_id: str) -> None:
        self._here, self._pin, self._old, self._id = here, pin, old, checklist_id
        self._known: dict[str, Found | None] = {old.digest: old}

    def of(self, sheet: Sheet) -> Found | None:
        """Return the version whose bytes have the sheet's digest; None where it is not found."""
        ref, variant = sheet.checklist, self._pin.variant
        accepted = variant is not None and variant.digest == self._old.digest
        if ref.version == self._old.checklist.version and (accepted or ref.digest is None):
            return self._old
        if ref.digest is None:
            return None
        if ref.digest not in self._known:
            self._known[ref.digest] = self._look_up(ref.digest)
        return self._known[ref.digest]

    def _look_up(self, digest: str) -> Found | None:
        path = layout.checklist_path(self._id)
        library = shipped_files.library().get(self._id)
        candidates = [library.read_bytes()] if library is not None else []
        repository = open_repository(self._here.root, self._here.lang)
        for data in (*candidates, *earlier(repository, path)):
            if scaffold.digest_of(data) == digest:
                text = data.decode("utf-8")
                value = decode(text, "checklist", path, self._here.lang).value
                return Found(text, value, self._pin.source) if value is not None else None
        return None


def _changed(file: OpenFile[Sheet], plan: Plan) -> str:
    """Return the sheet's text after the plan, read again to be sure that it can be."""
    moves, edits = [], []
    for change in plan.changes:
        if change.source is None:
            edits.append(Edit(change.path, REMOVE if change.value is None else change.value))
        elif isinstance(change.value, Parked):
            origin = change.value.from_
            whence = {"version": origin.version, "reason": origin.reason}
            moves.append(Move(str(change.source[1]), str(change.path[1]), whence))
        else:
            moves.append(Move(str(change.source[1]), str(change.path[1])))
    text = moved(file.text, moves)
    if text != file.text:
        file = open_file.fresh(file.path, "sheet", file.root, file.lang, text)
    return file.edited(edits).text


def _writes(
    here: Workspace, upgrade: Upgrade, pin: Pin, *, moved_source: bool
) -> dict[str, tuple[str, str]]:
    """Return the files that change, by path: their text so far, and the new one."""
    if upgrade.refused:
        return {}
    pinned = layout.checklist_path(upgrade.checklist_id)
    writes = {
        layout.sheet_path(one.round_id, str(one.name)): (one.file.text, one.text)
        for one in upgrade.sheets
    }
    writes[pinned] = upgrade.old.text, upgrade.new.text
    source = upgrade.new.source if moved_source or not isinstance(pin.source, str) else pin.source
    path = ("checklists", upgrade.checklist_id)
    edits = [Edit((*path, "source"), pinning.plain_source(source))]
    if upgrade.variant is not None:
        edits.append(Edit((*path, "variant"), REMOVE))
    config = open_file.read(here.root / layout.CONFIG, "config", here.root, here.lang)
    writes[layout.CONFIG] = config.text, config.edited(edits).text
    return {path: texts for path, texts in writes.items() if texts[0] != texts[1]}


# Doing


def _commit(
    here: Workspace, paths: Sequence[str], message: str, environ: Mapping[str, str] | None
) -> str:
    try:
        return commit_files(here.root, paths, message, lang=here.lang, environ=environ)
    except GitError as error:
        raise refused(error, here) from error


def _write(here: Workspace, upgrade: Upgrade) -> None:
    """Write all files under one lock; none where one of them is not what was planned with."""
    with locked(here.root, "", here.lang):
        for path, (text, _new) in upgrade.writes.items():
            if read_text(here.root / path, here.lang, path) != text:
                _ = translator(here.lang)
                message = _("{file} was changed by another program meanwhile").format(file=path)
                raise ChangedOnDiskError(message, _("run the upgrade again"))
        for path, (_old, text) in upgrade.writes.items():
            write_atomic(here.root / path, text.encode(), here.lang)


__all__ = ["SheetUpgrade", "Upgrade", "perform", "prepare", "summary"]
