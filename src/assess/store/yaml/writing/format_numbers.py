"""The number in the `format:` line of a file, which edits raise."""

from __future__ import annotations

from typing import Any

from assess.model.formats import FileKind, Format, lowest_format_number, parse_format
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import Edit, apply_edits


def raising_edits(kind: FileKind, tree: Any) -> list[Edit]:
    """Return the edit that raises the `format:` line to the number that the tree needs, if any.

    The number never falls: another clone may still have a field that needs it.
    """
    file_format = parse_format(tree.get("format"))
    needed = Format(kind, lowest_format_number(kind, tree))
    if file_format is not None and file_format.number >= needed.number:
        return []
    return [Edit(("format",), str(needed))]


def with_number(text: str, kind: FileKind) -> str:
    """Return the text of a new file with the lowest number that its fields allow."""
    tree = read_tree(text, "", "en").value
    return apply_edits(
        text, [Edit(("format",), str(Format(kind, lowest_format_number(kind, tree))))]
    )


def with_raised_number(text: str, kind: FileKind) -> str:
    """Return the text of a changed file with its number raised if its fields need that."""
    return apply_edits(text, raising_edits(kind, read_tree(text, "", "en").value))
