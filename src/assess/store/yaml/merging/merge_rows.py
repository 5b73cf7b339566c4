"""Cut the text of a file into the rows of its keys at depth 1 and 2, for merging.

Comments and blank lines after an entry are not part of it: they stay when the entry is removed, and
new entries are written before them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.i18n import Lang
from assess.problem import Problem, TreePath, select_errors
from assess.store.file_limits import USUAL_LIMITS
from assess.store.yaml.reading.tree import CONFLICT, UNREADABLE, FirstLines, YamlTree, read_tree


@dataclass
class RowBlock:
    """The rows of a key, and the blocks of the keys under it if these are in block style."""

    rows: list[str]
    inner: dict[str, RowBlock] = field(default_factory=dict)

    def all_rows(self) -> list[str]:
        """Return the rows of this block and of its inner blocks."""
        return [*self.rows, *(row for block in self.inner.values() for row in block.all_rows())]


@dataclass
class MergeSide:
    """A file of a three-way merge: its text, its tree, and its rows by key."""

    text: str
    tree: Any
    """The tree with its `conflict` keys; UNREADABLE if the file has errors."""
    blocks: dict[str, RowBlock]
    """The blocks by key of depth 1; "" has the rows before the first key."""


def read_merge_side(
    text: str, file: str, lang: Lang, most_events: int = USUAL_LIMITS.events
) -> tuple[MergeSide, list[Problem]]:
    """Read a text, and return it with its problems; `file` is its name in problems.

    The empty text counts as an empty file: git gives it for a missing base.
    """
    if not text:
        return MergeSide("", {}, {}), []
    tree = read_tree(text, file, lang, most_events)
    return MergeSide(
        text, _value_with_conflicts(tree), _split_into_blocks(text, tree.lines)
    ), tree.problems


def does_text_read_as(
    text: str, tree: dict[str, Any], most_events: int = USUAL_LIMITS.events
) -> bool:
    """Return whether a text reads as exactly this tree, conflicts included."""
    return bool(_value_with_conflicts(read_tree(text, "", "en", most_events)) == tree)


def _value_with_conflicts(tree: YamlTree) -> Any:
    """Return the tree with the conflicts at their paths again, from which the reader took them."""
    if tree.value is UNREADABLE or select_errors(tree.problems):
        return UNREADABLE
    for path in sorted(tree.conflicts, key=len):
        _value_at(tree.value, path)[CONFLICT] = tree.conflicts[path]
    return tree.value


def _value_at(value: Any, path: TreePath) -> Any:
    for key in path:
        value = value[key]
    return value


def _split_into_blocks(text: str, lines: FirstLines) -> dict[str, RowBlock]:
    rows = text.removesuffix("\n").split("\n")
    starts = sorted((line, len(path), path) for path, line in lines.items())
    if not starts:
        return {"": RowBlock(rows)}
    ends = [line for line, _depth, _path in starts[1:]]
    blocks = {"": RowBlock(rows[: starts[0][0]])}
    for (start, depth, path), end in zip(starts, [*ends, len(rows)], strict=True):
        block = RowBlock(rows[start:end])
        if depth == 1:
            blocks[str(path[0])] = block
        else:
            blocks[str(path[0])].inner[str(path[1])] = block
    return blocks


def split_trailing_rows(rows: list[str]) -> tuple[list[str], list[str]]:
    """Split the rows of an entry from the blank lines and comments after it.

    A comment that is indented more than the entry's key is part of the entry: in a text block it
    may be text.
    """
    indent = count_leading_spaces(rows[0])
    end = len(rows)
    while end > 1 and _is_blank_or_outer_comment(rows[end - 1], indent):
        end -= 1
    return rows[:end], rows[end:]


def _is_blank_or_outer_comment(row: str, indent: int) -> bool:
    bare = row.lstrip(" ")
    return not bare or (bare[0] == "#" and len(row) - len(bare) <= indent)


def count_leading_spaces(row: str) -> int:
    """Return the number of spaces at the start of a row."""
    return len(row) - len(row.lstrip(" "))


def shift_rows(rows: list[str], columns: int) -> list[str]:
    """Return rows moved some columns to the right, or to the left as far as possible."""
    if columns >= 0:
        return [" " * columns + row if row else row for row in rows]
    return [row[min(-columns, count_leading_spaces(row)) :] for row in rows]
