"""A change of a table is told by the rows that differ."""

from __future__ import annotations

import pytest

from assess.engine.history.table_changes import narrow_tables_to_changed_rows
from assess.model.answer import Answer

ROWS = [{"name": f"系统{number}", "level": 2, "users": number} for number in range(5)]


def narrowed(before: object, after: object) -> tuple[object, object]:
    """Return the values that are left."""
    sides = narrow_tables_to_changed_rows(Answer(value=before), Answer(value=after))
    return sides[0].value, sides[1].value


def test_a_changed_cell_stands_with_the_first_cell_of_its_row() -> None:
    """And no other row or cell."""
    after = [{**row, "level": 3} if row["users"] == 2 else row for row in ROWS]
    left = [{"name": "系统2", "level": 2}], [{"name": "系统2", "level": 3}]
    assert narrowed(ROWS, after) == left


def test_new_and_removed_rows_are_whole() -> None:
    """The rows that stayed are left out."""
    assert narrowed(ROWS, [*ROWS[1:], {"name": "新"}, {"name": "又"}]) == (
        [ROWS[0]],
        [{"name": "新"}, {"name": "又"}],
    )


@pytest.mark.parametrize("after", [ROWS[::-1], ["a"], 3, None])
def test_what_is_no_change_of_rows_stays_as_it_is(after: object) -> None:
    """Another order, another kind of value, no value."""
    assert narrowed(ROWS, after) == (ROWS, after)
