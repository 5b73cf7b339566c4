"""Operations of merging: equality, order, sets, and the later of two stamps."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

KeyOrder = list[str]


def are_values_equal(first: Any, other: Any) -> bool:
    """Return whether two plain values are equal; unlike in Python, true is not 1."""
    if first != other:
        return False
    kind = type(first)
    if kind is dict:
        return all(
            type(value) is str or are_values_equal(value, other[key])
            for key, value in first.items()
        )
    if kind is list:
        return all(map(are_values_equal, first, other))
    return (kind is bool) == (type(other) is bool)


def merge_orders(first: Iterable[str], second: Iterable[str]) -> KeyOrder:
    """Return the keys of `first`, and those that only `second` has after their neighbours there."""
    known = dict.fromkeys(first)
    behind: dict[str | None, KeyOrder] = {}
    last = None
    for key in second:
        if key in known:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    order = list(behind.get(None, ()))
    for key in known:
        order.append(key)
        order += behind.get(key, ())
    return order


def merge_orders_and_detect_conflict(
    base: KeyOrder, ours: KeyOrder, theirs: KeyOrder
) -> tuple[KeyOrder, bool]:
    """Return the order of all entries, and whether the two sides moved entries otherwise.

    The side that moved none of the entries that all have leaves the order to the other one.
    """
    common = set(base) & set(ours) & set(theirs)
    was, mine, yours = ([key for key in side if key in common] for side in (base, ours, theirs))
    if mine == was:
        return merge_orders(theirs, ours), False
    return merge_orders(ours, theirs), yours not in (was, mine)


def merge_lists_as_sets(
    base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]
) -> list[Any]:
    """Return what ours holds without what theirs took away, then what theirs added."""
    was, mine, yours = (
        {hashable_value(element) for element in side} for side in (base, ours, theirs)
    )
    remaining = [element for element in ours if hashable_value(element) not in was - yours]
    return remaining + [element for element in theirs if hashable_value(element) not in was | mine]


def hashable_value(value: Any) -> Hashable:
    """Return a hashable value that is equal only for equal values."""
    if isinstance(value, dict):
        return frozenset((key, hashable_value(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(hashable_value(inner) for inner in value)
    return (type(value) is bool, type(value) is str, value)


def entries_by_id(value: Any) -> dict[str, Any] | None:
    """Return the entries of a list of mappings by their ids; None where it is no such list."""
    if not isinstance(value, list):
        return None
    entries = {
        entry["id"]: entry for entry in value if isinstance(entry, dict) and _has_string_id(entry)
    }
    return entries if len(entries) == len(value) else None


def _has_string_id(entry: Mapping[str, Any]) -> bool:
    return isinstance(entry.get("id"), str)


def pick_later_author_stamp(
    first: Mapping[str, Any], other: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the stamp (`by`, `at`) with the later time; the same one whichever comes first."""
    return max(first, other, key=_stamp_sort_key)


def _stamp_sort_key(stamp: Mapping[str, Any]) -> tuple[datetime, str, str]:
    text, by = str(stamp.get("at", "")), str(stamp.get("by", ""))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC), text, by
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC), text, by
