"""Tables are merged by rows and cells."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.merge.row_fields import RowField
from assess.engine.merge.table_rows import find_key_column, merge_table_rows
from assess.engine.merge.trees import merge_trees
from engine.merge_trees import sheet

Rows = list[dict[str, Any]]
STAMP = {"by": "li", "at": "2026-05-12T10:00:00+08:00"}
BASE: Rows = [
    {"name": "门户", "level": "two", "users": 12},
    {"name": "档案", "level": "two", "users": 12},
    {"name": "邮件", "level": "three", "users": 5},
]
PLAIN: Rows = [
    {"level": "two", "users": 12, "since": "2026"},
    {"level": "two", "users": 12, "since": "2026"},
    {"level": "one", "users": 5, "since": "2025"},
]

BASE_WITHOUT_NAMES: Rows = [
    {"level": "two", "users": 12, "since": "2026"},
    {"level": "one", "users": 40, "since": "2024"},
    {"level": "two", "users": 5, "since": "2024"},
]


def changed(rows: Rows, index: int, **cells: Any) -> Rows:
    """Return rows with cells of one changed."""
    return [{**row, **cells} if at == index else row for at, row in enumerate(rows)]


def merge(base: Rows, ours: Rows, theirs: Rows) -> tuple[Rows, dict[str, Any]]:
    """Return the merged rows, and their value by the name of each conflict."""
    merged = merge_table_rows(base, ours, theirs, set(), STAMP)
    return merged.rows, {row["field"]: row.get("theirs") for row in merged.conflict_rows}


def test_different_cells_of_a_row_merge() -> None:
    """Also where the rows were moved, and with rows that are new on both sides."""
    ours = [*changed(BASE, 0, users=13), {"name": "新一", "level": "two"}]
    theirs = [{"name": "新二", "level": "two"}, *reversed(changed(BASE, 0, level="three"))]
    rows, clashes = merge(BASE, ours, theirs)
    assert not clashes
    assert {row["name"] for row in rows} == {"门户", "档案", "邮件", "新一", "新二"}
    assert {"name": "门户", "level": "three", "users": 13} in rows
    assert [row["name"] for row in rows if row in BASE] == ["邮件", "档案"]


def test_a_conflict_names_one_cell() -> None:
    """By the key of its row and its column; ours stands, theirs is in the conflict."""
    rows, clashes = merge(BASE, changed(BASE, 1, users=1), changed(BASE, 1, users=2, level="one"))
    assert rows == changed(BASE, 1, users=1, level="one")
    assert clashes == {"value[name=档案].users": 2}


def test_a_row_that_one_side_removed_and_the_other_changed_is_a_conflict() -> None:
    """As an answer is: ours stands, be it gone or there."""
    gone = [BASE[0], BASE[2]]
    rows, clashes = merge(BASE, gone, changed(BASE, 1, users=2))
    assert rows == gone
    assert clashes == {"value[name=档案]": {**BASE[1], "users": 2}}
    rows, clashes = merge(BASE, changed(BASE, 1, users=2), gone)
    assert rows == changed(BASE, 1, users=2)
    assert clashes == {"value[name=档案]": None}
    assert merge(BASE, gone, BASE) == (gone, {})
    assert merge(BASE, BASE, gone) == (gone, {})


def test_rows_that_both_added() -> None:
    """Equal ones stand once; those of one key merge where most cells agree, else both stay."""
    mine = {"name": "新", "level": "two", "users": 1, "since": "2026"}
    assert merge(BASE, [*BASE, mine], [*BASE, dict(mine)])[0] == [*BASE, mine]
    rows, clashes = merge(BASE, [*BASE, mine], [*BASE, {**mine, "users": 2}])
    assert (rows, clashes) == ([*BASE, mine], {"value[name=新].users": 2})
    other = {"name": "新", "level": "one", "users": 2, "since": "2026-01"}
    rows, clashes = merge(BASE, [*BASE, mine], [*BASE, other])
    assert not clashes
    assert sorted(row["users"] for row in rows if row["name"] == "新") == [1, 2]
    rows, clashes = merge([], [mine], [other])
    assert sorted(row["users"] for row in rows) == [1, 2]


def test_a_key_that_was_only_renamed_is_the_same_row() -> None:
    """A row with other cells under another key is a new one: it takes no cells of the old one."""
    ours = changed(BASE, 2, name="邮箱")
    assert merge(BASE, ours, changed(BASE, 2, users=6))[0] == changed(ours, 2, users=6)
    ours = [*BASE[:2], {"name": "网盘", "level": "three", "users": 9}]
    rows, clashes = merge(BASE, ours, changed(BASE, 2, users=6))
    assert rows == ours
    assert clashes == {"value[name=邮件]": {**BASE[2], "users": 6}}


def test_without_a_key_equal_rows_and_rows_between_them_are_the_same() -> None:
    """And a conflict names the row by its first cell, and which of them it is."""
    assert find_key_column([PLAIN, PLAIN, PLAIN]) == ""
    ours, theirs = changed(PLAIN, 1, users=1), changed(PLAIN, 2, users=6)
    assert merge(PLAIN, ours, theirs) == (changed(ours, 2, users=6), {})
    assert merge(PLAIN, ours, changed(PLAIN, 1, since="2027"))[0] == changed(ours, 1, since="2027")
    rows, clashes = merge(PLAIN, ours, changed(PLAIN, 1, users=2))
    assert rows == ours
    assert clashes == {"value[level=two#2].users": 2}


def test_running_numbers_are_no_key() -> None:
    """A row put in above renumbers all below it; what the other side changed stays in its row."""
    numbered = [{"no": number, **row} for number, row in enumerate(BASE_WITHOUT_NAMES, 1)]
    assert find_key_column([numbered, numbered, numbered]) == ""
    new = {"level": "four", "users": 700, "since": "2020"}
    ours = [{**row, "no": number} for number, row in enumerate([new, *numbered], 1)]
    rows, clashes = merge(numbered, ours, changed(numbered, 1, users=13))
    assert not clashes
    assert rows == changed(ours, 2, users=13)


def test_a_row_is_found_by_its_name() -> None:
    """Whatever its text is; a text that ends like a number is told from one."""
    texts = (("x", 1), ("x#2", 1), ("x", 2), ("]. b=\n", 1), ("true", 1))
    rows = [{"a": "x"}, {"a": "x#2"}, {"a": "x"}, {"a": "]. b=\n"}, {"a": True}]
    for index, (text, nth) in enumerate(texts):
        field = RowField.parse_field_name(str(RowField("a", text, nth, "c")))
        assert field == RowField("a", text, nth, "c")
        assert field.find_row_index(rows) == index
    assert RowField.parse_field_name("value") is None
    assert RowField.parse_field_name("rungs[a]") is None


def test_an_answer_whose_wording_or_status_differs_is_merged_as_one() -> None:
    """Rows that were given to another question, or called not applicable, are not mixed."""
    mine = {"value": changed(BASE, 0, users=1)}
    reworded = {"value": changed(BASE, 1, users=1), "fingerprint": "b"}
    for yours in ({"status": "not_applicable"}, reworded):
        trees = [sheet({"A": answer}) for answer in ({"value": BASE}, mine, yours)]
        assert len(merge_trees("sheet", *trees).clashes) == 1


def test_a_cell_that_both_sides_settled_is_a_conflict_again() -> None:
    """The base that git made of two earlier commits holds neither decision."""
    field = "value[name=档案].users"
    base = {"value": BASE, "conflict": [{"field": field, "theirs": 7}]}
    mine = {"value": changed(BASE, 0, users=1)}
    yours = {"value": changed(BASE, 1, users=7)}
    trees = [sheet({"A": answer}) for answer in (base, mine, yours)]
    answers = merge_trees("sheet", *trees).tree["answers"]
    assert answers["A"] == {**mine, "conflict": [{"field": field, "theirs": 7}]}


def reference(base: Any, ours: Any, theirs: Any) -> tuple[dict[Any, Any], set[Any]]:
    """Merge cells by row and column, and nothing else; return them, and those of conflicts."""
    merged, clashes = {}, set()
    for place in {*base, *ours, *theirs}:
        was, mine, yours = base.get(place), ours.get(place), theirs.get(place)
        if mine not in (was, yours) and yours != was:
            clashes.add(place)
        value = yours if mine == was else mine
        if value is not None:
            merged[place] = value
    return merged, clashes


def cells(rows: Rows) -> dict[tuple[str, str], Any]:
    """Return the cells of a table by row and column."""
    return {(row["name"], key): value for row in rows for key, value in row.items()}


def edited(rows: Rows, dice: random.Random, prefix: str) -> Rows:
    """Return rows with cells changed, and rows added, at random places."""
    rows = copy.deepcopy(rows)
    for number in range(dice.randint(0, 8)):
        if dice.random() < 0.2:
            new = {"name": f"{prefix}{number}", "n0": dice.randint(0, 2)}
            rows.insert(dice.randint(0, len(rows)), new)
        else:
            dice.choice(rows)[f"n{dice.randint(0, 3)}"] = dice.randint(0, 2)
    return rows


@given(st.integers(0, 10**9))
def test_cells_are_merged_as_a_simple_merge_of_cells_does(seed: int) -> None:
    """With a key, and no row removed, a table is the set of its cells."""
    dice = random.Random(seed)  # noqa: S311  # a seed repeats the test
    base: Rows = edited([{"name": f"b{number}", "n0": 0} for number in range(6)], dice, "c")
    ours, theirs = edited(base, dice, "o"), edited(base, dice, "t")
    before = copy.deepcopy((base, ours, theirs))
    merged = merge_table_rows(base, ours, theirs, set(), STAMP)
    expected, clashes = reference(cells(base), cells(ours), cells(theirs))
    assert cells(merged.rows) == expected
    named = [RowField.parse_field_name(row["field"]) for row in merged.conflict_rows]
    assert {(field.text, field.cell) for field in named if field} == clashes
    assert before == (base, ours, theirs)


@given(st.integers(0, 10**9))
def test_no_cell_of_a_table_without_a_key_is_lost(seed: int) -> None:
    """What either side wrote stands in the merged rows or in a conflict."""
    dice = random.Random(seed)  # noqa: S311  # as above
    base: Rows = [{"a": dice.randint(0, 2), "b": 1, "c": dice.randint(0, 2)} for _ in range(8)]
    sides = []
    for prefix in "ot":
        rows = copy.deepcopy(base)
        for number in range(dice.randint(0, 6)):
            if dice.random() < 0.3:
                rows.pop(dice.randrange(len(rows)))
            else:
                dice.choice(rows)[dice.choice("abc")] = f"{prefix}{number}"
        sides.append(rows)
    left = str(merge(base, sides[0], sides[1]))
    for value in (value for rows in sides for row in rows for value in row.values()):
        assert isinstance(value, int) or f"'{value}'" in left


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_one_side_alone_is_taken_as_it_is(side: str) -> None:
    """Order, repeated rows and all."""
    rows = [PLAIN[2], PLAIN[0], PLAIN[0], {"level": "new"}]
    pair = (rows, PLAIN) if side == "ours" else (PLAIN, rows)
    assert merge(PLAIN, *pair) == (rows, {})


def test_a_cell_that_one_side_emptied_is_empty() -> None:
    """The other side left it alone."""
    ours = [{key: cell for key, cell in BASE[0].items() if key != "users"}, *BASE[1:]]
    assert merge(BASE, ours, BASE) == (ours, {})


def test_a_name_of_a_row_finds_nothing_where_there_are_no_rows() -> None:
    """The file may have been edited by hand since the conflict was written."""
    field = RowField("name", "门户", 1, "level")
    assert field.find_row_index("text") is None
    assert field.find_row_or_cell("text") is None
    assert field.find_row_or_cell([{"name": "档案"}]) is None
