"""Surgical edits: change a field of a file and leave every other line byte for byte.

A file is cut where its keys of depth 1 and 2 begin (`Tree.lines`), so that one answer among
thousands is changed by composing that answer only; store.yaml.edit_nodes does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from assess.problem import Path
from assess.store.yaml.reading.tree import Lines, read_tree
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit_braces import REMOVE, Edit, EditError, nested
from assess.store.yaml.writing.edit_lines import edit_part

__all__ = ["REMOVE", "Edit", "EditError", "apply", "document"]

document: Final = emit.document

_ENTRY: Final = 2
"""Depth of an answer, a person, a round, a row of the register."""


def apply(text: str, edits: Sequence[Edit], lines: Lines | None = None) -> str:
    """Return `text` with the edits made, in turn; the same text where nothing changes.

    `text` is a file that was read without error, `lines` its `Tree.lines` (looked up where not
    given). Values may be values of the model or plain ones. A file that does not end in a line end
    gets one when it is changed.

    Raises:
        EditError: a path leads through a text or list.
    """
    for edit in edits:
        known = _lines_of(text) if lines is None else lines
        text, lines = _apply(text, edit, known)
    return text


def _lines_of(text: str) -> Lines:
    return read_tree(text, "", "en").lines


def _apply(text: str, edit: Edit, lines: Lines) -> tuple[str, Lines | None]:
    """Return text and lines after one edit; lines are None where they must be looked up again."""
    edit = edit.plainly()
    cut = _Cut(text.removesuffix("\n").split("\n"), lines)
    if edit.path[:_ENTRY] in lines and len(edit.path) >= _ENTRY:
        change = cut.change_entry(edit)
    elif len(edit.path) >= _ENTRY and cut.children(edit.path[:1]):
        change = cut.add(edit.path[:1], edit)
    elif edit.path[:1] in lines or not lines:
        change = cut.change_top(edit)
    else:
        change = cut.add((), edit)
    return (text, lines) if change is None else cut.spliced(change)


class _Change(NamedTuple):
    """New rows for those from `start` up to `end`."""

    start: int
    end: int
    rows: list[str]
    keeps_keys: bool
    """Whether the keys of depth 1 and 2 stay the same."""


class _Cut:
    """A file cut into the rows of its keys at depth 1 and 2."""

    def __init__(self, rows: list[str], lines: Lines) -> None:
        self.rows = rows
        self.lines = lines

    def children(self, key: Path) -> list[Path]:
        """Return the keys right under `key`."""
        size = len(key)
        return [one for one in self.lines if len(one) == size + 1 and one[:size] == key]

    def change_entry(self, edit: Edit) -> _Change | None:
        """Change or remove something in an entry of depth 2, or the entry."""
        key = edit.path[:_ENTRY]
        whole = len(edit.path) == _ENTRY and edit.value is REMOVE
        start, end = self._span(key)
        if whole and (len(self.children(key[:1])) == 1 or not self.rows[end - 1].strip()):
            return self.change_top(edit)
        rows = _edited(self.rows[start:end], edit._replace(path=edit.path[1:]))
        return rows if rows is None else _Change(start, end, rows, not whole)

    def change_top(self, edit: Edit) -> _Change | None:
        """Change something under a key of depth 1; in the whole file where that is in braces.

        In the whole file also where blank rows would be left: a text above may take them in.
        """
        start, end = self._span(edit.path[:1]) if self.lines else (0, len(self.rows))
        if len(edit.path) == 1 and edit.value is REMOVE and not self.rows[end - 1].strip():
            start, end = 0, len(self.rows)
        rows = _edited(self.rows[start:end], edit)
        return rows if rows is None else _Change(start, end, rows, keeps_keys=False)

    def add(self, above: Path, edit: Edit) -> _Change | None:
        """Add a key under `above`, which has others: after the right one, or at the head."""
        if edit.value is REMOVE:
            return None
        here = len(edit.path) == len(above) + 1
        children = sorted(self.children(above), key=self.lines.__getitem__)
        first = self.lines[children[0]]
        if here and edit.after is not None:
            names = set(edit.after)
            children = [one for one in children if one[-1] in names]
        if not children:
            row = self.rows[first]
            indent = len(row) - len(row.lstrip(" "))
            value = nested(edit.path[len(above) + 1 :], edit.value)
            rows = emit.entry(str(edit.path[len(above)]), value, indent)
            return _Change(first, first, rows, keeps_keys=False)
        start, end = self._span(children[-1])
        head = [self.rows[self.lines[above]]] if above else []
        rows = _edited(head + self.rows[start:end], edit._replace(after=None)) or []
        return _Change(start, end, rows[len(head) :], keeps_keys=False)

    def _span(self, key: Path) -> tuple[int, int]:
        """Return the rows from the key up to the next key that is not under it."""
        start, depth = self.lines[key], len(key)
        later = (line for one, line in self.lines.items() if line > start and len(one) <= depth)
        return start, min(later, default=len(self.rows))

    def spliced(self, change: _Change) -> tuple[str, Lines | None]:
        """Return the new text, and its lines where they follow from the old ones."""
        rows = [*self.rows[: change.start], *change.rows, *self.rows[change.end :]]
        text = "\n".join(rows) + "\n"
        if not change.keeps_keys:
            return text, None
        shift = len(change.rows) - (change.end - change.start)
        end = change.end
        return text, {key: at + shift if at >= end else at for key, at in self.lines.items()}


def _edited(rows: Sequence[str], edit: Edit) -> list[str] | None:
    part = "".join(f"{row}\n" for row in rows)
    new = edit_part(part, edit)
    return None if new == part else new.split("\n")[:-1]
