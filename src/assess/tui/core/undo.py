"""Undo and redo of the session's changes; independent of screens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

import msgspec

from assess.model.answer import Answer
from assess.model.outside_finding import OutsideFinding
from assess.tui.core.answer_change import AnswerChange
from assess.workspace import REMOVE, SheetName

_SAID = ("status", "value", "taken_from", "fingerprint")
_STAMPS = ("by", "at")


class UndoStep(NamedTuple):
    """A change: fields of an answer before and after it, as `OpenSheet.write_answer` takes them."""

    sheet: SheetName
    item_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    change: AnswerChange
    """The last change of the step."""
    serial: int = 0
    """The place of the step among all that were written, taken back or written again."""

    def merge_with(self, later: UndoStep) -> UndoStep:
        """Return this step and the later one that continues it as one step."""
        before, after = {**later.before, **self.before}, {**self.after, **later.after}
        return later._replace(before=before, after=after)


class OutsideStep(NamedTuple):
    """A change of a finding of others: the finding before and after it; None: it was not there."""

    finding_id: str
    before: OutsideFinding | None
    after: OutsideFinding | None
    serial: int


class UndoHistory:
    """The steps of a session: of answers by sheet, and of findings of others.

    One thread uses it at a time.
    """

    def __init__(self) -> None:
        self._outside_done: list[OutsideStep] = []
        self._outside_undone: list[OutsideStep] = []
        self._done: dict[SheetName, list[UndoStep]] = {}
        self._undone: dict[SheetName, list[UndoStep]] = {}
        self._serial = 0
        self._batch = 0

    def new_batch(self) -> int:
        """Return the number for a batch of changes."""
        self._batch += 1
        return self._batch

    def record_change(
        self, change: AnswerChange, names: tuple[str, ...], sides: Sequence[Answer]
    ) -> None:
        """Record a written change: its fields of the answer before and after it."""
        done = self._done.setdefault(change.sheet, [])
        undone = self._undone.setdefault(change.sheet, [])
        self._serial += 1
        if change.kind == "undo":
            undone.append(done.pop()._replace(serial=self._serial))
        elif change.kind == "redo":
            done.append(undone.pop()._replace(serial=self._serial))
        else:
            before, after = (answer_fields_as_plain_values(side, names) for side in sides)
            step = UndoStep(change.sheet, change.item_id, before, after, change, self._serial)
            if done and done[-1].change is change.goes_on:
                step = done.pop().merge_with(step)
            done.append(step)
            undone.clear()

    def step_to_undo(self, sheet: SheetName) -> UndoStep | None:
        """Return the step of a sheet that undo reverts; None without one."""
        done = self._done.get(sheet)
        return done[-1] if done else None

    def step_to_redo(self, sheet: SheetName) -> UndoStep | None:
        """Return the step of a sheet that redo repeats; None without one."""
        undone = self._undone.get(sheet)
        return undone[-1] if undone else None

    def record_outside_change(
        self, finding_id: str, before: OutsideFinding | None, after: OutsideFinding | None
    ) -> None:
        """Record a written change of a finding of others."""
        self._serial += 1
        self._outside_done.append(OutsideStep(finding_id, before, after, self._serial))
        self._outside_undone.clear()

    def record_outside_undo(self) -> None:
        """Record that the last change of a finding of others was taken back."""
        self._serial += 1
        self._outside_undone.append(self._outside_done.pop()._replace(serial=self._serial))

    def record_outside_redo(self) -> None:
        """Record that the change of a finding of others is written again."""
        self._serial += 1
        self._outside_done.append(self._outside_undone.pop()._replace(serial=self._serial))

    def outside_step_to_undo(self) -> OutsideStep | None:
        """Return the change of a finding of others that undo reverts: the last of all changes."""
        return _last_if_newer(self._outside_done, self.batch_to_undo())

    def outside_step_to_redo(self) -> OutsideStep | None:
        """Return the change of a finding of others that was taken back last of all changes."""
        return _last_if_newer(self._outside_undone, self.batch_to_redo())

    def batch_to_undo(self) -> list[UndoStep]:
        """Return the last step of all sheets and the others of its batch, the last first."""
        return _last_batch(self._done.values())

    def batch_to_redo(self) -> list[UndoStep]:
        """Return the step that was taken back last and the others of its batch, the last first."""
        return _last_batch(self._undone.values())


def _last_if_newer(outside: Sequence[OutsideStep], batch: Sequence[UndoStep]) -> OutsideStep | None:
    """Return the last step; None without one, or where the batch is later."""
    is_last = bool(outside) and (not batch or outside[-1].serial > batch[0].serial)
    return outside[-1] if is_last else None


def _last_batch(stacks: Collection[Sequence[UndoStep]]) -> list[UndoStep]:
    """Return the steps on top of each stack that are of one batch with the last of all."""
    tops = [stack[-1] for stack in stacks if stack]
    if not tops:
        return []
    last = max(tops, key=lambda step: step.serial)
    if not last.change.batch:
        return [last]
    steps = [
        step
        for stack in stacks
        for step in takewhile(lambda step: step.change.batch == last.change.batch, reversed(stack))
    ]
    return sorted(steps, key=lambda step: step.serial, reverse=True)


def answer_fields_as_plain_values(answer: Answer, names: tuple[str, ...]) -> dict[str, Any]:
    """Return these fields of an answer, and those that are written together with them."""
    field_names = dict.fromkeys(name.partition(".")[0] for name in names)
    if {"status", "value"} & set(field_names):
        field_names |= dict.fromkeys(_SAID)
    if set(field_names) != {"review"}:
        field_names |= dict.fromkeys(_STAMPS)
    return {name: _plain_value(getattr(answer, name)) for name in field_names}


def has_values_of_step(answer: Answer, fields: Mapping[str, Any]) -> bool:
    """Return whether an answer still has the values that a step wrote."""
    return answer_fields_as_plain_values(answer, tuple(fields)) == {
        **answer_fields_as_plain_values(answer, tuple(fields)),
        **fields,
    }


def _plain_value(value: Any) -> Any:
    """Return a field as files hold it; REMOVE if it is absent."""
    if value is None or value == {}:
        return REMOVE
    if isinstance(value, msgspec.Struct):
        fields = {name: _plain_value(getattr(value, name)) for name in value.__struct_fields__}
        return {name: part for name, part in fields.items() if part is not REMOVE}
    if isinstance(value, Mapping):
        return {name: _plain_value(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain_value(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
