"""Findings of others written as they were at another time, stamps too: undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from assess.engine.outside_findings import outside_source_and_number
from assess.errors import UsageError
from assess.i18n import translator
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.workspace.core.outside_findings import OutsideFindingChange, open_findings_file
from assess.workspace.core.workspace import Workspace


def restore_outside_findings(workspace: Workspace, changes: Iterable[OutsideFindingChange]) -> None:
    """Write findings that are as `before` as they are in `after`, all of them or none.

    Only fields in which the two differ are written.

    Raises:
        UsageError: a finding is not as in `before` any more.
        ChangedOnDiskError, LockedError, WriteError: as OpenFile.save.
    """
    file = open_findings_file(workspace)
    edits: list[FieldEdit] = []
    for key, expected, wanted in changes:
        if file.value.findings.get(key) != expected:
            _ = translator(workspace.lang)
            message = _("{item} was changed by another since; nothing was taken back")
            finding = expected or wanted
            name = outside_source_and_number(finding, workspace.lang) if finding else key
            raise UsageError(message.format(item=name), "assess finding list")
        before, after = (
            None if finding is None else _make_plain_value_without_empty(finding)
            for finding in (expected, wanted)
        )
        edits += _list_restoring_edits(("findings", key), before, after)
    file.save(edits, workspace.acting)


def _list_restoring_edits(path: tuple[str, ...], before: Any, after: Any) -> Iterator[FieldEdit]:
    """Yield the edits that lead from one plain value to another, the innermost ones."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            yield from _list_restoring_edits((*path, name), before.get(name), after.get(name))
    elif before != after:
        yield FieldEdit(path, REMOVE if after is None else after)


def _make_plain_value_without_empty(value: Any) -> Any:
    """Return a value as the file has it: days as texts, no empty fields."""
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value, builtin_types=(date, datetime))
    if not isinstance(value, dict):
        return value.isoformat() if isinstance(value, date) else value
    fields = {name: _make_plain_value_without_empty(part) for name, part in value.items()}
    return {name: part for name, part in fields.items() if part not in (None, {}, [], ())}
