"""Write the merged tree of a file into the text of ours; only rows that must change are changed.

An entry that only theirs changed gets the rows of theirs, with their comments. An entry that both
changed is edited field by field in ours. The result is read back and compared with the merged tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from assess.store.file_limits import USUAL_LIMITS
from assess.store.yaml.field_edit import EditError
from assess.store.yaml.merging.merge_lists import EntryPool, apply_edits_to_rows, find_edits_between
from assess.store.yaml.merging.merge_rows import (
    MergeSide,
    RowBlock,
    count_leading_spaces,
    does_text_read_as,
    split_trailing_rows,
)
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import apply_edits


class UnwritableError(ValueError):
    """The merged tree can't be written into the text of ours without changing other rows."""


class _ThreeSides(NamedTuple):
    """A key, or the keys of a mapping, in base, ours and theirs."""

    base: Any
    ours: Any
    theirs: Any


def make_merged_text(
    base: MergeSide,
    ours: MergeSide,
    theirs: MergeSide,
    merged: dict[str, Any],
    most_events: int = USUAL_LIMITS.events,
) -> str:
    """Return the text of ours changed so that it reads as `merged`, within so many events.

    Raises:
        UnwritableError: other rows would have to change.
    """
    try:
        text = _MergedTextWriter(base, ours, theirs).merged_text(merged)
        if not does_text_read_as(text, merged, most_events):
            text = apply_edits(ours.text, find_edits_between((), ours.tree, merged))
    except (EditError, yaml.YAMLError) as error:
        raise UnwritableError from error
    if not does_text_read_as(text, merged, most_events):
        raise UnwritableError
    return text


class _MergedTextWriter:
    """Writes the rows of ours key by key, two levels deep."""

    def __init__(self, base: MergeSide, ours: MergeSide, theirs: MergeSide) -> None:
        self.sides = _ThreeSides(base, ours, theirs)
        self.known = set(ours.text.split("\n"))
        self.pool = EntryPool((ours.text, theirs.text))

    def merged_text(self, merged: dict[str, Any]) -> str:
        """Return the text of the whole merged file."""
        blocks = _ThreeSides(*(side.blocks for side in self.sides))
        trees = _ThreeSides(*(side.tree for side in self.sides))
        head = _rows_of_changing_side(*(_rows_of_block(side.get("")) for side in blocks))
        return "\n".join([*head, *self.merged_mapping_rows(blocks, trees, merged, 0)]) + "\n"

    def merged_mapping_rows(
        self, blocks: _ThreeSides, trees: _ThreeSides, merged: dict[str, Any], indent: int
    ) -> list[str]:
        """Return the rows of all keys of a mapping of ours and of the keys that are new in it."""
        added = _new_keys_by_key_before(trees.ours, merged)
        out = self.added_key_rows(added.get(""), blocks, trees, merged, indent)
        for key, block in blocks.ours.items():
            if not key:
                continue
            rest = split_trailing_rows(block.all_rows())[1]
            if key in merged:
                key_blocks = _ThreeSides(*(side.get(key) for side in blocks))
                values = _ThreeSides(*(side.get(key) for side in trees))
                if block.inner and isinstance(merged[key], dict) and merged[key]:
                    rows = self.merged_block_rows_with_comments(key_blocks, values, merged[key])
                    out += rows[: len(rows) - len(rest)]
                else:
                    out += self.merged_entry_rows(key, key_blocks, values, merged[key])
            out += self.added_key_rows(added.get(key), blocks, trees, merged, indent)
            out += rest
        return out

    def merged_entry_rows(
        self, key: str, blocks: _ThreeSides, values: _ThreeSides, merged: Any
    ) -> list[str]:
        """Return the rows of a key of ours, without the comments after it."""
        bodies = [
            split_trailing_rows(_rows_of_block(block))[0] if block else [] for block in blocks
        ]
        base, mine, yours = bodies
        untouched = (
            base == mine
            and yours
            and count_leading_spaces(mine[0]) == count_leading_spaces(yours[0])
        )
        if untouched and values.theirs == merged:
            return yours
        if merged is values.ours:
            return mine
        return apply_edits_to_rows(mine, find_edits_between((key,), values.ours, merged), self.pool)

    def merged_block_rows_with_comments(
        self, blocks: _ThreeSides, values: _ThreeSides, merged: dict[str, Any]
    ) -> list[str]:
        """Return the rows of a key with a block mapping under it, and the comments after it."""
        ours: RowBlock = blocks.ours
        head = _rows_of_changing_side(*(block.rows if block else [] for block in blocks))
        inner = _ThreeSides(*(block.inner if block else {} for block in blocks))
        trees = _ThreeSides(*(tree if isinstance(tree, dict) else {} for tree in values))
        indent = count_leading_spaces(next(iter(ours.inner.values())).rows[0])
        return [*head, *self.merged_mapping_rows(inner, trees, merged, indent)]

    def added_key_rows(
        self,
        keys: Iterable[str] | None,
        blocks: _ThreeSides,
        trees: _ThreeSides,
        merged: dict[str, Any],
        indent: int,
    ) -> list[str]:
        """Return the rows of keys that ours does not have; those of theirs are used if they fit."""
        out: list[str] = []
        for key in keys or ():
            block = blocks.theirs.get(key)
            if block is None or trees.theirs.get(key) != merged[key]:
                out += emit.field_lines(key, merged[key], indent)
                continue
            body, rest = split_trailing_rows(block.all_rows())
            if count_leading_spaces(body[0]) == indent:
                out += body
            else:
                out += emit.field_lines(key, merged[key], indent)
            out += [row for row in rest if row and row not in self.known]
        return out


def _new_keys_by_key_before(ours: dict[str, Any], merged: dict[str, Any]) -> dict[str, list[str]]:
    """Return the new keys by the key of ours before them; "" is for new keys at the head."""
    added: dict[str, list[str]] = {}
    last = ""
    for key in merged:
        if key in ours:
            last = key
        else:
            added.setdefault(last, []).append(key)
    return added


def _rows_of_block(block: RowBlock | None) -> list[str]:
    return block.all_rows() if block else []


def _rows_of_changing_side(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return rows without values, such as comments, from the side that changed them."""
    return theirs if base == ours and theirs else ours
