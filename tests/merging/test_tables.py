"""Two people fill in one table of 500 rows; git merges it by rows and cells."""

from __future__ import annotations

import copy
import random
from typing import Any

from assess.engine.merge.row_fields import RowField
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import apply_edits
from merging.conftest import Clones, git, must, sheet

COUNT, EDITS, COLUMNS = 500, 100, 6
Rows = list[dict[str, Any]]


def with_rows(text: str, rows: Rows) -> str:
    """Return a sheet whose table has these rows, saved as the program saves them."""
    lines = read_tree(text, "", "en").lines
    return apply_edits(text, [FieldEdit(("answers", "TB-1", "value"), rows)], lines)


def rows_of(text: str) -> Rows:
    """Return the rows of a sheet."""
    rows: Rows = read_tree(text, "", "en").value["answers"]["TB-1"]["value"]
    return rows


def edited(rows: Rows, dice: random.Random, name: str, new: int) -> tuple[Rows, dict[Any, str]]:
    """Return rows with a hundred edits, some of them new rows, and the cells that were written."""
    rows, cells = copy.deepcopy(rows), {}
    for number in range(EDITS):
        row = {"name": f"{name}新{number}"} if number < new else dice.choice(rows)
        if number < new:
            rows.insert(dice.randint(0, len(rows)), row)
        column = f"c{dice.randint(1, COLUMNS)}"
        cells[row["name"], column] = row[column] = f"{name}-{number}"
    return rows, cells


def changed_line_count(old: str, new: str, clones: Clones) -> int:
    """Return how many lines git sees added."""
    clones.ours.write(old)
    clones.ours.write(new)
    return int(must(clones.ours.root, "diff", "--numstat", "HEAD~1", "HEAD").split()[0])


def test_a_hundred_edits_of_each_of_two_people(clones: Clones) -> None:
    """Every cell of either stands in the table, or in a conflict that names it; new rows stay."""
    ours, theirs = clones
    base: Rows = [
        {"name": f"系统{row}", **{f"c{cell}": f"{row}.{cell}" for cell in range(1, COLUMNS + 1)}}
        for row in range(COUNT)
    ]
    text = with_rows(sheet("  TB-1:\n    value: []\n    by: b\n"), base)
    ours.write(text)
    must(theirs.root, "pull", "-q", "--no-edit", str(ours.root), "main")
    dice = random.Random(16)  # noqa: S311  # a seed repeats the test
    our_rows, our_cells = edited(base, dice, "甲", 10)
    their_rows, their_cells = edited(base, dice, "乙", 10)
    ours.write(with_rows(text, our_rows))
    theirs.write(with_rows(text, their_rows))
    clones.meet()
    both = set(our_cells) & set(their_cells)
    assert both
    done = git(ours.root, "merge", "--no-edit", "theirs")
    assert done.code == 1
    merged = {row["name"]: row for row in rows_of(ours.sheet)}
    assert len(merged) == len(rows_of(ours.sheet)) == COUNT + 20
    for (name, column), value in {**their_cells, **our_cells}.items():
        assert merged[name][column] == value
    conflicts = read_tree(ours.sheet, "", "en").conflicts["answers", "TB-1"]
    fields = {str(RowField("name", name, 1, column)) for name, column in both}
    assert {row["field"] for row in conflicts} == fields
    assert {row["theirs"] for row in conflicts} == {their_cells[place] for place in both}
    assert all(field in done.text for field in sorted(fields)[:1])


def test_a_saved_cell_changes_one_line(clones: Clones) -> None:
    """Several cells in one save change their lines; a new row those of the row."""
    base: Rows = [{"name": f"系统{row}", "c1": "x", "c2": "y"} for row in range(20)]
    text = with_rows(sheet("  TB-1:\n    value: []\n"), base)
    rows = copy.deepcopy(base)
    rows[3]["c1"] = rows[15]["c2"] = "z"
    assert changed_line_count(text, with_rows(text, rows), clones) == 2
    rows = [*base[:5], {"name": "新", "c1": "x"}, *base[5:12], *base[13:]]
    rows[2] = {**rows[2], "c2": "z"}
    assert changed_line_count(text, with_rows(text, rows), clones) == 3
