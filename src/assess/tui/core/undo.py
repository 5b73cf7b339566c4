"""What was written in this session, to be taken back and made again; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from assess.model.answer import Answer
from assess.tui.core.answer_change import Change
from assess.workspace import REMOVE, SheetName

_SAID = ("status", "value", "fingerprint")
_STAMPS = ("by", "at")


class Step(NamedTuple):
    """One act: the fields of an answer before and after it, as `Desk.put` takes them."""

    sheet: SheetName
    item_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    change: Change
    """The last of the changes that it was written by."""

    def and_then(self, later: Step) -> Step:
        """Return this act and the one that it went on with as one."""
        before, after = {**later.before, **self.before}, {**self.after, **later.after}
        return later._replace(before=before, after=after)


class Undo:
    """The steps of a session, each sheet by itself. Used by one thread at a time."""

    def __init__(self) -> None:
        self._done: dict[SheetName, list[Step]] = {}
        self._undone: dict[SheetName, list[Step]] = {}

    def note(self, change: Change, names: tuple[str, ...], sides: Sequence[Answer]) -> None:
        """Remember a change that is on disk: its fields of the answer, before and after it."""
        done = self._done.setdefault(change.sheet, [])
        undone = self._undone.setdefault(change.sheet, [])
        if change.kind == "undo":
            undone.append(done.pop())
        elif change.kind == "redo":
            done.append(undone.pop())
        else:
            before, after = (fields_of(side, names) for side in sides)
            step = Step(change.sheet, change.item_id, before, after, change)
            if done and done[-1].change is change.goes_on:
                step = done.pop().and_then(step)
            done.append(step)
            undone.clear()

    def last(self, sheet: SheetName) -> Step | None:
        """Return the write of a sheet that undo takes back, None where there is none."""
        done = self._done.get(sheet)
        return done[-1] if done else None

    def next(self, sheet: SheetName) -> Step | None:
        """Return the write of a sheet that redo makes again, None where there is none."""
        undone = self._undone.get(sheet)
        return undone[-1] if undone else None


def fields_of(answer: Answer, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what an answer says in these fields, and in those that are written along with them."""
    wanted = dict.fromkeys(name.partition(".")[0] for name in names)
    if {"status", "value"} & set(wanted):
        wanted |= dict.fromkeys(_SAID)
    if set(wanted) != {"review"}:
        wanted |= dict.fromkeys(_STAMPS)
    return {name: _plain(getattr(answer, name)) for name in wanted}


def stands(answer: Answer, fields: Mapping[str, Any]) -> bool:
    """Whether an answer still says what a step left: else somebody else has written since."""
    return fields_of(answer, tuple(fields)) == {**fields_of(answer, tuple(fields)), **fields}


def _plain(value: Any) -> Any:
    """Return a field as a file holds it, REMOVE where it is not there."""
    if value is None or value == {}:
        return REMOVE
    if isinstance(value, msgspec.Struct):
        fields = {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        return {name: one for name, one in fields.items() if one is not REMOVE}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
