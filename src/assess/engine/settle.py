"""Settling a conflict: what to write where a person has chosen one of the two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assess.engine.merge import CONFLICT
from assess.engine.merge_plan import SAID
from assess.model.conflict import ABSENT

_STAMPED = (*SAID[2:], "by", "at")
"""What a row for `status` or `value` holds beside it."""


def can_settle(field: str) -> bool:
    """Return whether a row about `field` can be settled by a key press.

    Rows about entries and orders of lists (`rungs[ID]`, `items[]`) are for an editor.
    """
    return "[" not in field


def settlement(rows: Sequence[Mapping[str, Any]], chosen: int, *, theirs: bool) -> dict[str, Any]:
    """Return the fields to write into the mapping whose `conflict` is `rows`; ABSENT: remove.

    Ours stands already, so keeping it only removes the row. Taking theirs for `status` or `value`
    takes all that their answer says, and who said it when; ours goes whole.
    """
    row = rows[chosen]
    rest = [one for at, one in enumerate(rows) if at != chosen]
    fields: dict[str, Any] = {}
    if theirs:
        field = row["field"]
        if field in SAID[:2]:
            fields = dict.fromkeys(SAID, ABSENT)
            fields |= {key: row[key] for key in _STAMPED if key in row}
        fields[field] = row.get("theirs", ABSENT)
    return {**fields, CONFLICT: rest or ABSENT}
