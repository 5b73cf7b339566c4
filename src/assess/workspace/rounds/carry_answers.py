"""Carrying late answers of a closed round over into an open round, unchanged."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assess import locations
from assess.engine.closings import LateAnswer
from assess.engine.merge.conflict_rows import CONFLICT
from assess.engine.merge.trees import merge_trees
from assess.errors import UnknownIdError, UsageError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.store import open_file
from assess.store.files import (
    create_file_unless_exists,
    make_and_flush_missing_folders,
    write_atomic,
)
from assess.store.git.history.checked_history import resolve_checked_tag
from assess.store.git.run.batch import list_checked_files
from assess.store.git.state.repository_state import open_repository
from assess.store.lock import workspace_lock
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.decode import DecodedYaml, decode_yaml
from assess.workspace.core.late_answers import LateSheet, find_late_sheets
from assess.workspace.core.names import SheetName
from assess.workspace.core.sources import refuse_closed_round
from assess.workspace.core.workspace import Workspace
from assess.workspace.sharing.commit import refuse_undecided_conflicts

Rows = Mapping[str, Any]


class CarriedOver(NamedTuple):
    """What was carried from a sheet of a closed round to the same sheet of an open round."""

    sheet: str
    items: tuple[str, ...]
    undecided: tuple[str, ...]
    """Items with another answer in the open round: both answers are there now, as a conflict."""
    put_back: tuple[str, ...]
    """Items whose answer was missing in the closed round's file and is restored.

    These are all items of the sheet where the whole file was missing.
    """


def move_late_answers(
    workspace: Workspace,
    round_id: str,
    items: Sequence[str],
    *,
    to: str,
    checklist: str | None = None,
    system: str | None = None,
) -> list[CarriedOver]:
    """Write late answers of a closed round into an open one, and restore the closed round's file.

    Without `items` all late answers are carried. Each answer keeps its author, time and evidence.
    An answer that the open round has already stays there; a late answer that differs becomes a
    conflict beside it. After an interruption the same command continues.

    Raises:
        UnknownIdError: there is no such round; no answer to an item came late.
        UsageError: the round is open; an item is in several sheets; the open round lacks a sheet or
            an item.
        ClosedRoundError: the round to carry to is closed.
        FilesError: one of the files holds a conflict.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    chosen = _select_late_sheets(workspace, round_id, items, checklist, system)
    workspace.list_sheets(to)  # refuses a round that is not there
    refuse_closed_round(workspace.read_config(), to, workspace.lang)
    steps = [_SheetTransfer(workspace, late, to) for late in chosen]
    for step in steps:
        step.refuse_uncarriable_answers()
    return [step.move_sheet_answers() for step in steps]


def _select_late_sheets(
    workspace: Workspace,
    round_id: str,
    items: Sequence[str],
    checklist: str | None,
    system: str | None,
) -> list[LateSheet]:
    """Return the sheets with the late answers that the arguments select."""
    _ = translator(workspace.lang)
    workspace.list_sheets(round_id)  # refuses a round that is not there
    config = workspace.read_config()
    if config.rounds[round_id].state == "open":
        message = _("round {round} is open: its answers count already").format(round=round_id)
        raise UsageError(message, "assess status")
    late = [
        sheet
        for sheet in find_late_sheets(workspace.root, config, workspace.lang)
        if sheet.round_id == round_id and _is_selected(sheet, checklist, system)
    ]
    for item in items or [""]:
        _refuse_unknown_or_ambiguous_item(workspace, round_id, item, late)
    wanted = set(items)
    chosen = (
        sheet._replace(
            answers=tuple(row for row in sheet.answers if not wanted or row.item in wanted)
        )
        for sheet in late
    )
    return [sheet for sheet in chosen if sheet.answers]


def _is_selected(sheet: LateSheet, checklist: str | None, system: str | None) -> bool:
    name = SheetName.parse_name(sheet.sheet)
    return checklist in (None, name.checklist) and system in (None, name.system)


def _refuse_unknown_or_ambiguous_item(
    workspace: Workspace, round_id: str, item: str, late: Sequence[LateSheet]
) -> None:
    """Refuse an item that no late sheet has, or that several have; '' means any item."""
    _ = translator(workspace.lang)
    known = [row.item for sheet in late for row in sheet.answers]
    if not known or (item and item not in known):
        message = _("no answer to {item} came after round {round} was closed")
        if not item:
            message = _("no answer came after round {round} was closed")
        raise UnknownIdError(message.format(item=item, round=round_id), item, known)
    if item and known.count(item) > 1:
        sheets = [sheet.sheet for sheet in late if any(row.item == item for row in sheet.answers)]
        message = _("{item} is in several sheets; name one with --checklist or --system: {names}")
        raise UsageError(message.format(item=item, names=", ".join(sheets)))


class _SheetTransfer:
    """The transfer of late answers in one sheet."""

    def __init__(self, workspace: Workspace, late: LateSheet, to: str) -> None:
        self._workspace = workspace
        self._late = late
        self._to = to
        self._name = SheetName.parse_name(late.sheet)
        self._path = locations.sheet_path(late.round_id, late.sheet)

    def refuse_uncarriable_answers(self) -> None:
        """Refuse answers that can't be carried, before anything is written.

        Raises:
            UsageError: the open round has no such sheet, or its checklist no such item.
            FilesError: one of the two files holds a conflict.
        """
        if self._is_sheet_gone:
            return
        _ = translator(self._workspace.lang)
        workspace, late = self._workspace, self._late
        reopen = f"assess round reopen {late.round_id} --reason WHY"
        if self._name not in workspace.list_sheets(self._to):
            message = _("round {round} has no sheet {name}")
            raise UsageError(message.format(round=self._to, name=late.sheet), reopen)
        known = workspace.read_checklist(self._name.checklist).items()
        gone = [row.item for row in self._answers_to_carry if row.item not in known]
        if gone:
            message = _("the checklist of round {round} has no item {item}")
            raise UsageError(message.format(round=self._to, item=gone[0]), reopen)
        refuse_undecided_conflicts(workspace.root, workspace.lang, {self._path})

    @property
    def _answers_to_carry(self) -> list[LateAnswer]:
        return [row for row in self._late.answers if row.kind != "removed"]

    @property
    def _is_sheet_gone(self) -> bool:
        """Whether the whole sheet was removed: it is restored, and no answer is carried."""
        return not os.path.lexists(self._workspace.root / self._path)

    def move_sheet_answers(self) -> CarriedOver:
        """Write the open round's file, then restore the closed round's file."""
        tag = self._read_bytes_and_sheet_at_tag()
        if self._is_sheet_gone and tag is not None:
            path = self._workspace.root / self._path
            make_and_flush_missing_folders(path.parent, self._workspace.lang)
            create_file_unless_exists(path, tag[0], self._workspace.lang)
            return CarriedOver(
                self._late.sheet, (), (), tuple(_answers_with_conflicts_by_item(tag[1]))
            )
        late_file = open_file.read_valid_yaml_file(
            self._workspace.root / self._path, "sheet", self._workspace.root, self._workspace.lang
        )
        reported = _answers_with_conflicts_by_item(tag[1]) if tag is not None else {}
        undecided = self._write_target_and_list_conflicts(
            _answers_with_conflicts_by_item(late_file.loaded), reported
        )
        self._restore_late_items_in_closed_file(late_file, tag, reported)
        return CarriedOver(
            self._late.sheet,
            tuple(row.item for row in self._answers_to_carry),
            undecided,
            tuple(row.item for row in self._late.answers if row.kind == "removed"),
        )

    def _read_bytes_and_sheet_at_tag(self) -> tuple[bytes, DecodedYaml[Sheet]] | None:
        repository = open_repository(self._workspace.root, self._workspace.lang)
        commit = resolve_checked_tag(repository, self._late.tag)
        blob = (
            list_checked_files(repository, commit, [self._path]).get(self._path) if commit else None
        )
        if blob is None:
            return None
        data = repository.read_blob(blob.oid)
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        return data, decode_yaml(text, "sheet", self._path, self._workspace.lang)

    def _write_target_and_list_conflicts(self, late: Rows, reported: Rows) -> tuple[str, ...]:
        source = self._workspace.find_round_files(self._to)
        target: OpenFile[Sheet] = source.read_sheet_or_empty(
            self._name,
            self._to,
            source.read_config(),
            source.read_checklist(self._name.checklist),
        )
        items = [row.item for row in self._answers_to_carry]
        ours = _answers_with_conflicts_by_item(target.loaded)
        theirs = {item: late[item] for item in items}
        base = {
            item: ours[item]
            for item in items
            if _is_copied_remediation(ours.get(item), reported.get(item))
        }
        mine = {item: ours[item] for item in items if item in ours}
        merged, clashes = merge_trees(
            "sheet", {"answers": base}, {"answers": mine}, {"answers": theirs}
        )
        target.save(
            [FieldEdit(("answers", item), merged["answers"][item]) for item in items],
            self._workspace.acting,
        )
        return tuple(dict.fromkeys(str(clash.path[1]) for clash in clashes))

    def _restore_late_items_in_closed_file(
        self,
        file: OpenFile[Sheet],
        tag: tuple[bytes, DecodedYaml[Sheet]] | None,
        reported: Rows,
    ) -> None:
        """Give these items in the closed round's file the answers that its tag has."""
        edits = [
            FieldEdit(("answers", row.item), reported.get(row.item, REMOVE))
            for row in self._late.answers
        ]
        saved = file.save(edits, self._workspace.acting)
        same_as_tag = tag is not None and saved.value == tag[1].value
        nothing_left = tag is None and not saved.value.answers
        if not (same_as_tag or nothing_left):
            return
        with workspace_lock(self._workspace.root, self._workspace.acting, self._workspace.lang):
            if saved.read_again() is saved:
                _write_or_remove_file(
                    file.path, tag[0] if tag is not None else None, self._workspace
                )


def _write_or_remove_file(path: Path, data: bytes | None, workspace: Workspace) -> None:
    if data is None:
        path.unlink()
    elif path.read_bytes() != data:
        write_atomic(path, data, workspace.lang)


def _answers_with_conflicts_by_item(loaded: DecodedYaml[Any]) -> dict[str, Any]:
    """Return the answers of a file as the file stores them, with their conflicts."""
    answers = dict(loaded.tree.value.get("answers") or {})
    for path, rows in loaded.tree.conflicts.items():
        if path[:1] == ("answers",) and len(path) > 1:
            answers[str(path[1])] = _insert_conflict_rows(answers[str(path[1])], path[2:], rows)
    return answers


def _insert_conflict_rows(value: Any, path: tuple[str | int, ...], rows: Any) -> Any:
    if not path:
        return {**value, CONFLICT: rows}
    inner, *rest = path
    return {**value, inner: _insert_conflict_rows(value[inner], tuple(rest), rows)}


def _is_copied_remediation(entry: Rows | None, reported: Rows | None) -> bool:
    """Return whether an entry holds only the remediation that `round new` copied."""
    if entry is None or reported is None or set(entry) != {"remediation"}:
        return False
    return bool(entry["remediation"] == reported.get("remediation"))
