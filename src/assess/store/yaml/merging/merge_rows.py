"""Cut the text of a file into the rows of its keys at depth 1 and 2, for merging.

Comments and blank lines after an entry belong to nobody: they stay where they are when the entry
goes, and new entries are written before them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assess.i18n import Lang
from assess.problem import Path, Problem, errors
from assess.store.yaml.reading.tree import CONFLICT, UNREADABLE, Lines, Tree, read_tree


@dataclass
class Block:
    """A key's own rows, then the blocks of the keys under it, if it has such in block style."""

    rows: list[str]
    inner: dict[str, Block] = field(default_factory=dict)

    def all_rows(self) -> list[str]:
        """Return the rows with those of the inner blocks."""
        return [*self.rows, *(row for block in self.inner.values() for row in block.all_rows())]


@dataclass
class Side:
    """One of the three files: its text, what it says, and its rows by key."""

    text: str
    tree: Any
    """With `conflict` where the file has it; UNREADABLE where the file has errors."""
    blocks: dict[str, Block]
    """By key of depth 1; "" holds the rows before the first one."""


def read_side(text: str, file: str, lang: Lang) -> tuple[Side, list[Problem]]:
    """Read a text, and return the problems in it; `file` is its name there.

    The empty text is an empty file: so git gives a base that is not there.
    """
    if not text:
        return Side("", {}, {}), []
    tree = read_tree(text, file, lang)
    return Side(text, _with_conflicts(tree), _blocks(text, tree.lines)), tree.problems


def says(text: str, tree: dict[str, Any]) -> bool:
    """Return whether a text can be read and holds just this tree, conflicts included."""
    found: Any = read_side(text, "", "en")[0].tree
    return bool(found == tree)


def _with_conflicts(tree: Tree) -> Any:
    """Put the conflicts that the reader took out back where the file has them."""
    if tree.value is UNREADABLE or errors(tree.problems):
        return UNREADABLE
    for path in sorted(tree.conflicts, key=len):
        _at(tree.value, path)[CONFLICT] = tree.conflicts[path]
    return tree.value


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _blocks(text: str, lines: Lines) -> dict[str, Block]:
    rows = text.removesuffix("\n").split("\n")
    starts = sorted((line, len(path), path) for path, line in lines.items())
    if not starts:
        return {"": Block(rows)}
    ends = [line for line, _depth, _path in starts[1:]]
    blocks = {"": Block(rows[: starts[0][0]])}
    for (start, depth, path), end in zip(starts, [*ends, len(rows)], strict=True):
        block = Block(rows[start:end])
        if depth == 1:
            blocks[str(path[0])] = block
        else:
            blocks[str(path[0])].inner[str(path[1])] = block
    return blocks


def body_and_rest(rows: list[str]) -> tuple[list[str], list[str]]:
    """Split the rows of an entry from the blank lines and comments after it.

    A comment that stands deeper than the entry's key is the entry's own: in a text block it may be
    text.
    """
    indent = indent_of(rows[0])
    end = len(rows)
    while end > 1 and _is_rest(rows[end - 1], indent):
        end -= 1
    return rows[:end], rows[end:]


def _is_rest(row: str, indent: int) -> bool:
    bare = row.lstrip(" ")
    return not bare or (bare[0] == "#" and len(row) - len(bare) <= indent)


def indent_of(row: str) -> int:
    """Return how many blanks a row begins with."""
    return len(row) - len(row.lstrip(" "))


def shifted(rows: list[str], by: int) -> list[str]:
    """Return rows moved to the right, or to the left as far as they can."""
    if by >= 0:
        return [" " * by + row if row else row for row in rows]
    return [row[min(-by, indent_of(row)) :] for row in rows]
