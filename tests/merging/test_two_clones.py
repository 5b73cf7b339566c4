"""Two people fill in one sheet for rounds on end; nothing they write is ever lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import apply_edits
from merging.conftest import SHEET, Clone, Clones, answer, git, must, sheet

ITEMS = [f"IT-{number}" for number in range(211)]
WAYS = ("merge", "rebase", "cherry-pick")
FIELDS = (("status",), ("note",), ("remediation", "owner"), ("remediation", "due"), ("review",))


def edited(text: str, items: list[str], count: int, dice: random.Random, name: str) -> str:
    """Return a sheet with random edits by one person; each value tells who wrote it when."""
    lines = read_tree(text, "", "en").lines
    edits = []
    for number in range(count):
        item = dice.choice(items)
        path = dice.choice(FIELDS)
        value: Any = f"{name}-{number}-{dice.randint(0, 10**6)}"
        if path == ("review",):
            value = {"state": "returned", "comment": value}
        edits.append(FieldEdit(("answers", item, *path), value))
        at = f"2026-05-12T{number // 60:02}:{number % 60:02}:00+08:00"
        edits += [FieldEdit(("answers", item, "by"), name), FieldEdit(("answers", item, "at"), at)]
    removed = FieldEdit(("answers", dice.choice(items), "recheck"), REMOVE)
    return apply_edits(text, [*edits, removed], lines)


def words(tree: Any) -> set[str]:
    """Return every text in a tree, but who wrote when."""
    if isinstance(tree, dict):
        inner = [words(value) for key, value in tree.items() if key not in {"by", "at"}]
        return set().union(*inner)
    if isinstance(tree, list):
        return set().union(*map(words, tree))
    return {str(tree)}


def written(old: str, new: str) -> set[str]:
    """Return what stands newly in a sheet."""
    return everything(new) - everything(old)


def everything(text: str) -> set[str]:
    """Return every text in a sheet, conflicts included."""
    tree = read_tree(text, "", "en")
    assert not tree.problems
    return words(tree.value) | words(list(tree.conflicts.values()))


def commit_in_parts(
    clone: Clone, items: list[str], count: int, dice: random.Random, name: str
) -> None:
    """Make random edits in four commits."""
    for _part in range(4):
        clone.write(edited(clone.sheet, items, count // 4, dice, name))


def play(clones: Clones, rounds: int, count: int) -> None:
    """Let both write, bring it together in one of the three ways, and look for what each wrote."""
    ours, theirs = clones
    ours.write(sheet(*(answer(item, "met") for item in ITEMS)), "all items")
    for number in range(rounds):
        dice = random.Random(number)  # noqa: S311  # a seed repeats the test
        must(theirs.root, "fetch", "-q", str(ours.root), "main")
        must(theirs.root, "reset", "-q", "--hard", "FETCH_HEAD")
        base = ours.sheet
        disjoint = number % 2 == 0
        mine, yours = (ITEMS[::2], ITEMS[1::2]) if disjoint else (ITEMS, ITEMS)
        way = WAYS[number // 2 % 3]
        commit_in_parts(ours, mine, count, dice, "wang-min")
        if way == "cherry-pick":
            theirs.write(edited(base, yours, count, dice, "li-jian"))
        else:
            commit_in_parts(theirs, yours, count, dice, "li-jian")
        clones.meet()
        new = written(base, ours.sheet) | written(base, theirs.sheet)
        bring_together(ours, way, disjoint=disjoint)
        missing = new - everything(ours.sheet)
        assert not missing, (number, way, sorted(missing)[:5])
        assert len(read_tree(ours.sheet, "", "en").value["answers"]) == len(ITEMS)


def bring_together(ours: Clone, way: str, *, disjoint: bool) -> None:
    """Merge, rebase or pick; conflicts are committed as they stand and settled in the next step."""
    options = {"merge": ["--no-edit"], "rebase": [], "cherry-pick": []}[way]
    done = git(ours.root, way, *options, "theirs")
    text = ours.sheet
    assert "<<<<<<<" not in text
    if disjoint:
        assert done.code == 0, done.text
        return
    assert done.code in {0, 1}, done.text
    while way == "rebase" and done.code:
        must(ours.root, "add", SHEET)
        done = git(ours.root, "-c", "core.editor=true", "rebase", "--continue")
        assert "<<<<<<<" not in ours.sheet
    if done.code:
        must(ours.root, "commit", "-q", "-a", "--no-edit", "--allow-empty-message")


def test_three_rounds(clones: Clones) -> None:
    """One of each way, with answers of different items and of the same ones."""
    play(clones, 6, 12)


@pytest.mark.exhaustive
def test_fifty_rounds(clones: Clones) -> None:
    """200 edits a clone and round: no answer lost, no conflict where items differ."""
    play(clones, 50, 200)
