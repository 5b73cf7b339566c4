"""Names of conflicts, as they are shown and typed."""

from __future__ import annotations

from typing import Final, NamedTuple

from assess.model.conflict import Conflict

WHOLE: Final = "."
"""The name of what is meant as a whole: a file, an answer, a row of the register, a finding."""

_ROWS: Final = ("answers", "evidence", "findings")
"""The mappings whose entries have their ids as keys."""


class ConflictName(NamedTuple):
    """The name of a conflict in its file: `EGN-ACC-01 note`, `people.li name`."""

    item: str
    """The answer or row by its id, else the path of what the field is in; WHOLE: the file."""
    field: str
    """The field by its path from there; WHOLE: one side removed the answer or row."""


def make_conflict_name(conflict: Conflict) -> ConflictName:
    """Return how a conflict is named."""
    whole = (*map(str, conflict.path), conflict.row.field)
    if whole[0] in _ROWS and len(whole) > 1:
        return ConflictName(whole[1], ".".join(whole[2:]) or WHOLE)
    return ConflictName(".".join(whole[:-1]) or WHOLE, whole[-1])
