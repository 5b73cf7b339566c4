"""The number in the `format:` line of a file, raised with what is written."""

from __future__ import annotations

from typing import Any

from assess.model.formats import FileKind, Format, needed_number, parse_format
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import Edit, apply


def raising_edits(kind: FileKind, tree: Any) -> list[Edit]:
    """Return the edit that raises the `format:` line to what the tree needs; none where it holds.

    The number never falls: what needed it may stand in another clone still.
    """
    said = parse_format(tree.get("format"))
    needed = Format(kind, needed_number(kind, tree))
    if said is not None and said.number >= needed.number:
        return []
    return [Edit(("format",), str(needed))]


def with_number(text: str, kind: FileKind) -> str:
    """Return the text of a new file with the lowest number that holds what it says."""
    tree = read_tree(text, "", "en").value
    return apply(text, [Edit(("format",), str(Format(kind, needed_number(kind, tree))))])


def with_raised_number(text: str, kind: FileKind) -> str:
    """Return the text of a file that was changed, with its number raised where that is needed."""
    return apply(text, raising_edits(kind, read_tree(text, "", "en").value))
