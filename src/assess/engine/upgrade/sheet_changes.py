"""Changes of a sheet in an upgrade: where answers are parked, and who is assigned instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from assess.model.answer import Answer, Parked, ParkedFrom, Sheet
from assess.model.checklist import Checklist
from assess.problem import TreePath

ParkingReason = Literal["removed", "merged", "split", "invalid"]

_LONGEST = 90
"""Characters of an item's id that a parked answer keeps where its own id is taken."""


class FieldAssignment(NamedTuple):
    """A new value for a field of a sheet; None removes the field.

    With `source` an answer moves from that path with its comments. `value` is then the answer, or
    its form in `parked`.
    """

    path: TreePath
    value: Any
    source: TreePath | None = None


class ParkingPlaces:
    """Where answers of one sheet may be parked."""

    def __init__(self, sheet: Sheet, known: Collection[str]) -> None:
        self._sheet = sheet
        self._taken = set(sheet.parked)
        self._known = {*known, *sheet.answers}
        """No other answer is parked under the id of an item."""

    def make_parking_assignment(
        self, item: str, answer: Answer, reason: ParkingReason
    ) -> FieldAssignment:
        """Return the change that takes an answer from its item and keeps it, with the reason."""
        origin = ParkedFrom(version=self._sheet.checklist.version, reason=reason)
        value = Parked(from_=origin, answer=answer)
        return FieldAssignment(
            ("parked", self._reserve_free_parking_id(item)), value, source=("answers", item)
        )

    def _reserve_free_parking_id(self, item: str) -> str:
        """Return the id to park under: another answer to the same item may be there already."""
        name, number = item, 1
        while name in self._taken or (number > 1 and name in self._known):
            number += 1
            name = f"{item[:_LONGEST]}--{number}"
        self._taken.add(name)
        return name


class AssignmentShifts(NamedTuple):
    """What becomes of assignments to sections and items that are gone."""

    changes: list[FieldAssignment]
    heirs: tuple[tuple[str, tuple[str, ...]], ...]
    """What was assigned, and the items that are assigned instead."""


def plan_assignment_changes(
    old: Checklist,
    new: Checklist,
    people_by_item_or_section: Mapping[str, str],
    superseding_items: Mapping[str, Sequence[str]],
) -> AssignmentShifts:
    """Return who is assigned to what instead.

    Items of a section that is gone stay with its person wherever they are now, unless they or their
    new section are assigned already.
    """
    before = {section.id: [item.id for item in section.items] for section in old.sections}
    after = {item.id: section.id for section in new.sections for item in section.items}
    sections = {section.id for section in new.sections}
    changes: list[FieldAssignment] = []
    shifts = []
    assigned_parts = set(people_by_item_or_section)
    for name, person in people_by_item_or_section.items():
        if name in after or name in sections or name not in {*before, *old.items()}:
            continue
        was = before.get(name, [name])
        now = [
            heir
            for source in was
            for heir in ([source] if source in after else superseding_items.get(source, ()))
        ]
        free = [
            item_id
            for item_id in dict.fromkeys(now)
            if not {item_id, after[item_id]} & assigned_parts
        ]
        assigned_parts.update(free)
        changes += [FieldAssignment(("assigned", item_id), person) for item_id in free]
        changes.append(FieldAssignment(("assigned", name), None))
        shifts.append((name, tuple(free)))
    return AssignmentShifts(changes, tuple(shifts))
