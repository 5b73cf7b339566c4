"""The rows of a table in a merge: which rows are the same, and their cells, one by one.

The checklist is not read, because a merge depends on its three versions alone. Rows are paired by
their key: the first column whose texts all rows have, and that differ in each version; a `unique`
column of texts is such a column. Without a key equal rows are the same, and rows between them that
keep two thirds of their cells (docs/decisions/0040-tables-of-many-rows.md).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from assess.engine.merge.conflict_rows import FieldMapping, make_conflict_row
from assess.engine.merge.row_fields import RowField, cell_text_naming_row
from assess.engine.merge.values import (
    are_values_equal,
    hashable_value,
    merge_orders,
    merge_orders_and_detect_conflict,
)
from assess.model.conflict import ABSENT

Row = dict[str, Any]
Rows = Sequence[Row]

_KEEPS: Final = (2, 3)
"""The share of its cells that a row without a key keeps at least, to be the same row."""

_FARTHEST: Final = 50
"""Rows among which a changed row is looked for, so that the work is not that of all pairs."""


def are_all_lists_of_rows(*values: Any) -> bool:
    """Return whether all of the values are lists of rows."""
    return all(
        isinstance(value, list) and all(isinstance(row, dict) for row in value) for value in values
    )


class MergedRows(NamedTuple):
    """The merged rows, and a conflict row for each cell, or row, that both sides changed."""

    rows: list[Row]
    conflict_rows: list[FieldMapping]


def merge_table_rows(
    base: Rows, ours: Rows, theirs: Rows, settled: set[str], author_stamp: FieldMapping
) -> MergedRows:
    """Merge the rows of a table cell by cell; new rows of both sides stay.

    `settled` are the fields of conflicts that both sides decided: their base counts as unknown.
    Where both sides moved rows, the order is ours.
    """
    key = find_key_column((base, ours, theirs))
    sides = _index_matching_rows_by_token(base, ours, theirs, key)
    order, _moved = merge_orders_and_detect_conflict(*(list(side) for side in sides))
    run = _RowsMerge(key, settled)
    for token in order:
        run.add_merged_row(*(side.get(token) for side in sides))
    return MergedRows(run.rows, run.make_conflict_rows(author_stamp))


class _Clash(NamedTuple):
    """A cell or row that both sides changed; `place` is None where ours removed the row."""

    place: int | None
    row: Row
    cell: str
    theirs: Any


class _RowsMerge:
    """One run: the merged rows, and what both sides changed."""

    def __init__(self, key: str, settled: set[str]) -> None:
        self.rows: list[Row] = []
        self._key = key
        self._settled = settled
        self._clashes: list[_Clash] = []

    def add_merged_row(self, was: Row | None, mine: Row | None, yours: Row | None) -> None:
        """Add a row, or leave it out; None: that version lacks it."""
        if mine is not None and yours is not None:
            self._add_row_of_merged_cells(was or {}, mine, yours)
        elif mine is not None:
            self._add_row_or_note_conflict(was, mine, ABSENT, place=len(self.rows))
        if mine is None and yours is not None:
            self._add_row_or_note_conflict(was, yours, yours, place=None)

    def _add_row_or_note_conflict(
        self, was: Row | None, row: Row, theirs: Any, *, place: int | None
    ) -> None:
        """Take a new row, leave out one that the other side removed, or name the conflict."""
        if was is not None:
            if are_values_equal(was, row) and not self._is_conflict_on_cell_settled(row, ""):
                return
            self._clashes.append(_Clash(place, row, "", theirs))
        if was is None or place is not None:
            self.rows.append(row)

    def _add_row_of_merged_cells(self, was: Row, mine: Row, yours: Row) -> None:
        row: Row = {}
        for cell in merge_orders(mine, yours):
            old, our, their = (side.get(cell, ABSENT) for side in (was, mine, yours))
            value = our
            if not are_values_equal(our, their):
                unknown = self._is_conflict_on_cell_settled(mine, cell)
                if are_values_equal(old, our) and not unknown:
                    value = their
                elif unknown or not are_values_equal(old, their):
                    self._clashes.append(_Clash(len(self.rows), mine, cell, their))
            if value is not ABSENT:
                row[cell] = value
        self.rows.append(row)

    def _is_conflict_on_cell_settled(self, row: Row, cell: str) -> bool:
        return bool(self._settled) and str(self._make_row_field(row, cell, 1)) in self._settled

    def _make_row_field(self, row: Row, cell: str, nth: int) -> RowField:
        column = self._key or next(iter(row), "")
        return RowField(column, cell_text_naming_row(row.get(column, "")), nth, cell)

    def make_conflict_rows(self, author_stamp: FieldMapping) -> list[FieldMapping]:
        """Return the conflict rows; each names its row as the merged table has it."""
        rows = []
        for place, row, cell, theirs in self._clashes:
            shown = row if place is None else self.rows[place]
            field = self._make_row_field(shown, cell, 1)
            before = self.rows if place is None else self.rows[:place]
            same = sum(
                cell_text_naming_row(other.get(field.column, "")) == field.text for other in before
            )
            field = field._replace(nth=same + 1)
            rows.append(make_conflict_row(str(field), theirs, author_stamp))
        return rows


def find_key_column(versions: Iterable[Rows]) -> str:
    """Return the first column whose texts all rows have, and that differ in each version; or ''."""
    tables = [rows for rows in versions if rows]
    for column in tables[0][0] if tables else ():
        texts = [[row.get(column) for row in rows] for rows in tables]
        if all(
            all(isinstance(text, str) and text for text in side) and len(set(side)) == len(side)
            for side in texts
        ):
            return str(column)
    return ""


def _index_matching_rows_by_token(
    base: Rows, ours: Rows, theirs: Rows, key: str
) -> tuple[dict[str, Row], dict[str, Row], dict[str, Row]]:
    """Return the rows of base, ours and theirs by a token: the same rows have the same one."""
    our_tokens = {
        side: f"b{was}" for was, side in _pair_base_rows_with_side(base, ours, key).items()
    }
    their_tokens = {
        side: f"b{was}" for was, side in _pair_base_rows_with_side(base, theirs, key).items()
    }
    our_new = [index for index in range(len(ours)) if index not in our_tokens]
    their_new = [index for index in range(len(theirs)) if index not in their_tokens]
    our_tokens |= {index: f"o{index}" for index in our_new}
    same = _pair_new_rows([ours[index] for index in our_new], [theirs[i] for i in their_new], key)
    their_tokens |= {index: f"t{index}" for index in their_new}
    their_tokens |= {their_new[yours]: f"o{our_new[mine]}" for mine, yours in same.items()}
    return (
        {f"b{index}": row for index, row in enumerate(base)},
        {our_tokens[index]: row for index, row in enumerate(ours)},
        {their_tokens[index]: row for index, row in enumerate(theirs)},
    )


def _pair_base_rows_with_side(base: Rows, side: Rows, key: str) -> dict[int, int]:
    """Return the rows of a version by those of the base that they come from, by index."""
    pairs: dict[int, int] = {}
    if key:
        places = {row[key]: index for index, row in enumerate(side)}
        pairs = {was: places[row[key]] for was, row in enumerate(base) if row[key] in places}
    else:
        pairs = _pair_equal_rows(base, side)
    _add_pairs_of_changed_rows(base, side, key, pairs)
    return pairs


def _pair_equal_rows(first: Rows, second: Rows) -> dict[int, int]:
    """Return the pairs of equal rows by index: the first with the first, and so on."""
    places: dict[Hashable, list[int]] = {}
    for index in reversed(range(len(second))):
        places.setdefault(hashable_value(second[index]), []).append(index)
    pairs = {}
    for index, row in enumerate(first):
        if same := places.get(hashable_value(row)):
            pairs[index] = same.pop()
    return pairs


def _add_pairs_of_changed_rows(base: Rows, side: Rows, key: str, pairs: dict[int, int]) -> None:
    """Pair changed rows that stand in order between the same two rows."""
    taken = set(pairs.values())
    place = 0
    for was, row in enumerate(base):
        if was in pairs:
            place = pairs[was] + 1
            continue
        for index in range(place, min(len(side), place + _FARTHEST)):
            if index in taken:
                break
            if _is_changed_version_of_row(row, side[index], key):
                pairs[was] = index
                taken.add(index)
                place = index + 1
                break


def _is_changed_version_of_row(was: Row, now: Row, key: str) -> bool:
    """Return whether a row is another with changes: of one with a key, only the key changed."""
    same = sum(cell in now and are_values_equal(value, now[cell]) for cell, value in was.items())
    if key:
        return same == len(was) - 1 == len(now) - 1 > 1
    share, whole = _KEEPS
    return same > 0 and same * whole >= len(was) * share


def _pair_new_rows(ours: Rows, theirs: Rows, key: str) -> dict[int, int]:
    """Return the pairs of new rows that are the same: equal, or with one key and most cells."""
    pairs = _pair_equal_rows(ours, theirs)
    if key:
        places = {row[key]: index for index, row in enumerate(theirs)}
        for index, row in enumerate(ours):
            yours = places.get(row[key])
            if (
                yours is not None
                and index not in pairs
                and _are_half_of_cells_equal(row, theirs[yours])
            ):
                pairs[index] = yours
    return pairs


def _are_half_of_cells_equal(first: Row, second: Row) -> bool:
    """Return whether of the cells that both rows have half or more are equal."""
    both = first.keys() & second.keys()
    return 2 * sum(are_values_equal(first[cell], second[cell]) for cell in both) >= len(both)
