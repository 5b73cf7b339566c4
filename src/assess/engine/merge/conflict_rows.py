"""The rows of `conflict:` in a mapping: what a merge adds to them and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from assess.engine.merge.values import merge_lists_as_sets, merge_orders
from assess.model.conflict import ABSENT

CONFLICT: Final = "conflict"

FieldMapping = dict[str, Any]
MappingSides = tuple[Mapping[str, Any], FieldMapping, FieldMapping]
"""A mapping of the base, of ours and of theirs."""


def make_conflict_row(field: str, theirs: Any, author_stamp: FieldMapping) -> FieldMapping:
    """Return the row of a field: the value of theirs, unless it was removed, and its author."""
    return {"field": field, **({} if theirs is ABSENT else {"theirs": theirs}), **author_stamp}


def fields_of_settled_conflicts(sides: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the fields of which the base holds a conflict that neither side has any more."""
    was, mine, yours = ({row["field"] for row in _readable_conflict_rows(side)} for side in sides)
    return was - mine - yours


def _readable_conflict_rows(side: Mapping[str, Any]) -> list[FieldMapping]:
    """Return the readable rows of `conflict`; the others are kept unchanged elsewhere."""
    rows = side.get(CONFLICT, [])
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("field"), str)]


def order_fields_as_ours_first(
    result: FieldMapping, ours: FieldMapping, theirs: FieldMapping
) -> FieldMapping:
    """Return the fields in our order; new ones follow their neighbours in theirs."""
    return {key: result[key] for key in merge_orders(ours, theirs) if key in result}


def add_old_and_new_conflicts(
    result: FieldMapping, sides: MappingSides, rows: list[FieldMapping]
) -> FieldMapping:
    """Return the mapping with its conflicts: the undecided old ones and the new ones."""
    if not rows and not any(CONFLICT in side for side in sides[1:]):
        return result
    standing = (_as_list(side.get(CONFLICT, [])) for side in sides)
    remaining = merge_lists_as_sets(*standing)
    remaining += merge_lists_as_sets(remaining, [], rows)
    if not remaining:
        return result
    if CONFLICT in sides[1]:
        whole = {**result, CONFLICT: remaining}
        return order_fields_as_ours_first(whole, sides[1], whole)
    return _insert_conflict_after_field(result, rows[-1]["field"] if rows else "", remaining)


def _insert_conflict_after_field(
    result: FieldMapping, field: str, conflict_rows: list[FieldMapping]
) -> FieldMapping:
    """Return the mapping with `conflict` after a field; at the end if the field is missing."""
    whole: FieldMapping = {}
    for key, value in result.items():
        whole[key] = value
        if key == field:
            whole[CONFLICT] = conflict_rows
    return {**whole, CONFLICT: conflict_rows}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
