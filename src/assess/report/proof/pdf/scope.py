"""The objects of one appended revision: each has one role, and is reached from its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from assess.report.proof.pdf.revisions import PdfRevision
from assess.report.proof.pdf.strict_objects import PdfObject, require_integer
from assess.report.proof.pdf.strict_values import (
    ChangedError,
    PdfReference,
    PdfValue,
    UnlikeError,
    require_condition,
)

_MOST_NEW: Final = 10_000
"""Objects that one revision may add, unused numbers included."""
SHARED: Final = frozenset({"validation"})
"""Roles of objects to which several places may refer: data for the validation of signatures."""


@dataclass
class PdfRevisionScope:
    """A revision and the state of the document before it."""

    revision: PdfRevision
    objects: dict[int, PdfObject]
    """Objects before the revision, by number."""
    roles: dict[int, str]
    """What these objects are; others may not be replaced."""
    size: int
    """Numbers from here on were free before the revision."""
    assigned_roles: dict[int, str] = field(default_factory=dict)
    """What the objects of the revision are."""

    def __post_init__(self) -> None:
        """Check that nothing is replaced but what signatures touch.

        Raises:
            ChangedError: another object is replaced.
            UnlikeError: the numbers do not fit.
        """
        numbers = [*self.revision.objects]
        for number in numbers:
            if number < self.size and number not in self.roles:
                raise ChangedError(f"object {number}")
        require_condition(self.revision.table == 0 or self.revision.table >= self.size)
        size = require_integer(self.revision.trailer, "Size")
        require_condition(
            size == max(self.size, self.revision.table + 1, *(each + 1 for each in numbers))
        )
        require_condition(size <= self.size + _MOST_NEW)

    def assign_role_and_resolve_object(self, value: PdfValue, role: str) -> PdfObject:
        """Return the object that a value refers to; it has this role and no other.

        Raises:
            UnlikeError: it has another role, or is no object of the revision or of this role.
        """
        if not isinstance(value, PdfReference):
            raise UnlikeError
        number = value.number
        known = self.assigned_roles.get(
            number, role if number >= self.size else self.roles.get(number)
        )
        require_condition(
            known == role and (number not in self.assigned_roles or role in SHARED),
            f"object {number}",
        )
        if number not in self.revision.objects:
            require_condition(number in self.objects, f"object {number}")
            return self.objects[number]
        self.assigned_roles[number] = role
        return self.revision.objects[number]

    def resolve_value(self, value: PdfValue, role: str) -> PdfValue:
        """Return a value, or that of the object to which it refers.

        Raises:
            UnlikeError: the object has another role, or is a stream.
        """
        if not isinstance(value, PdfReference):
            return value
        element = self.assign_role_and_resolve_object(value, role)
        require_condition(element.stream is None, f"object {element.number}")
        return element.value

    def resolve_earlier_value(self, value: PdfValue) -> PdfValue:
        """Return a value as it was, or that of the object to which it refers."""
        if not isinstance(value, PdfReference):
            return value
        element = self.objects.get(value.number)
        return element.value if element is not None else None

    def require_role_of_each_object(self) -> None:
        """Check that each object of the revision has a role.

        Raises:
            UnlikeError: nothing refers to an object.
        """
        for number in self.revision.objects:
            require_condition(number in self.assigned_roles, f"object {number}")


def require_dictionary(value: PdfValue) -> dict[str, PdfValue]:
    """Return a value that is a dictionary.

    Raises:
        UnlikeError: it is none.
    """
    if not isinstance(value, dict):
        raise UnlikeError
    return value


def require_list(value: PdfValue) -> list[PdfValue]:
    """Return a value that is a list.

    Raises:
        UnlikeError: it is none.
    """
    if not isinstance(value, list):
        raise UnlikeError
    return value


def require_only_keys(dictionary: dict[str, PdfValue], allowed: frozenset[str], place: str) -> None:
    """Check that a dictionary has no other keys.

    Raises:
        UnlikeError: it has.
    """
    for key in sorted(dictionary.keys() - allowed):
        raise UnlikeError(f"{place} /{key}")


def has_no_references(value: PdfValue) -> bool:
    """Return whether a value refers to no object."""
    if isinstance(value, dict):
        return all(map(has_no_references, value.values()))
    if isinstance(value, list):
        return all(map(has_no_references, value))
    return not isinstance(value, PdfReference)


def require_numbers(value: PdfValue, count: int) -> list[float]:
    """Return a list of so many numbers.

    Raises:
        UnlikeError: it is none.
    """
    items = require_list(value)
    values = [float(each) for each in items if isinstance(each, int | float)]
    require_condition(len(values) == len(items) == count and True not in map(_is_boolean, items))
    return values


def _is_boolean(value: PdfValue) -> bool:
    return isinstance(value, bool)
