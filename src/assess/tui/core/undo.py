"""Undo and redo of the session's changes; independent of screens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

import msgspec

from assess.model.answer import Answer
from assess.tui.core.answer_change import AnswerChange
from assess.workspace import REMOVE, SheetName
from assess.workspace.core.outside_findings import OutsideFindingChange

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
    """A written change of a finding of others."""

    change: OutsideFindingChange
    serial: int
    batch: int
    """The number of the changes that the board takes back as one step; 0 for none."""


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

    def new_batch_number(self) -> int:
        """Return the number for a batch of changes."""
        self._batch += 1
        return self._batch

    def record_change(
        self,
        change: AnswerChange,
        field_names: tuple[str, ...],
        answers_before_and_after: Sequence[Answer],
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
            before, after = (
                answer_fields_as_plain_values(side, field_names)
                for side in answers_before_and_after
            )
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

    def record_outside_changes(
        self, changes: Iterable[OutsideFindingChange], batch: int = 0
    ) -> None:
        """Record written changes of findings of others."""
        for change in changes:
            self._serial += 1
            self._outside_done.append(OutsideStep(change, self._serial, batch))
        self._outside_undone.clear()

    def record_outside_undo(self, count: int) -> None:
        """Record that so many changes of findings of others, the last ones, were taken back."""
        self._move_outside_steps(self._outside_done, self._outside_undone, count)

    def record_outside_redo(self, count: int) -> None:
        """Record that so many changes of findings of others are written again."""
        self._move_outside_steps(self._outside_undone, self._outside_done, count)

    def _move_outside_steps(
        self, source: list[OutsideStep], target: list[OutsideStep], count: int
    ) -> None:
        for _step in range(count):
            self._serial += 1
            target.append(source.pop()._replace(serial=self._serial))

    def outside_batch_to_undo(self) -> list[OutsideStep]:
        """Return the changes of findings of others that undo reverts, the last first.

        They are those of the last batch of all changes, which may have changes of answers, too.
        """
        return _last_outside_batch(self._outside_done, self.batch_to_undo())

    def outside_batch_to_redo(self) -> list[OutsideStep]:
        """Return the changes of findings of others that were taken back last of all changes."""
        return _last_outside_batch(self._outside_undone, self.batch_to_redo())

    def batch_to_undo(self) -> list[UndoStep]:
        """Return the last step of all sheets and the others of its batch, the last first."""
        return _last_batch(self._done.values())

    def batch_to_redo(self) -> list[UndoStep]:
        """Return the step that was taken back last and the others of its batch, the last first."""
        return _last_batch(self._undone.values())


def _last_outside_batch(
    outside: Sequence[OutsideStep], answers: Sequence[UndoStep]
) -> list[OutsideStep]:
    """Return the last steps of one batch; none where a later batch has changes of answers alone."""
    if not outside:
        return []
    last = outside[-1]
    if not last.batch:
        return [last] if not answers or last.serial > answers[0].serial else []
    is_last = not answers or answers[0].change.batch == last.batch
    if not is_last and answers[0].serial > last.serial:
        return []
    return list(takewhile(lambda step: step.batch == last.batch, reversed(outside)))


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
