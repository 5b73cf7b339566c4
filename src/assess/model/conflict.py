"""A conflict that a merge could not settle; it stands in the file as `conflict:` of a mapping."""

from datetime import datetime
from enum import Enum
from typing import Any

import msgspec

from assess.model.base import Node
from assess.problem import TreePath


class Absent(Enum):
    """They removed the field."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class ConflictRow(Node, frozen=True, kw_only=True):
    """A row of `conflict:` as files write it; `theirs` left out: they removed the field.

    A row for `status` or `value` also holds their fingerprint, mitigation and risk.
    """

    field: str
    """The field that both sides changed; the mapping itself holds this side's value."""
    theirs: Any = ABSENT
    """The other side's value; left out: they removed the field."""
    fingerprint: str | None = None
    """The fingerprint of their answer."""
    mitigation: Any = None
    """The mitigation that their answer claims."""
    risk: Any = None
    """The risk by hand of their answer."""
    by: str | None = None
    """Who made their change, by the id of a person."""
    at: datetime | None = None
    """When they made it."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A row and the mapping it stands in, by path from the root of the file."""

    path: TreePath
    row: ConflictRow
