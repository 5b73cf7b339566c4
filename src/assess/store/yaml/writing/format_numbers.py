"""The number in the `format:` line of a file, which edits raise."""

from __future__ import annotations

from typing import Any

from assess.model.formats import FileKind, Format, lowest_sufficient_format_number, parse_format
from assess.store.file_limits import limits_of_kind
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.edit import apply_edits


def edits_raising_format_number(kind: FileKind, tree: Any) -> list[FieldEdit]:
    """Return the edit that raises the `format:` line to the number that the tree needs, if any.

    The number never falls: another clone may still have a field that needs it.
    """
    file_format = parse_format(tree.get("format"))
    needed = Format(kind, lowest_sufficient_format_number(kind, tree))
    if file_format is not None and file_format.number >= needed.number:
        return []
    return [FieldEdit(("format",), str(needed))]


def text_with_lowest_format_number(text: str, kind: FileKind) -> str:
    """Return the text of a new file with the lowest number that its fields allow."""
    tree = read_tree(text, "", "en", limits_of_kind(kind).events).value
    return apply_edits(
        text,
        [FieldEdit(("format",), str(Format(kind, lowest_sufficient_format_number(kind, tree))))],
    )


def text_with_raised_format_number(text: str, kind: FileKind) -> str:
    """Return the text of a changed file with its number raised if its fields need that."""
    tree = read_tree(text, "", "en", limits_of_kind(kind).events).value
    return apply_edits(text, edits_raising_format_number(kind, tree))
