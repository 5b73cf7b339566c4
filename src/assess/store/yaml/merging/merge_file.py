"""Write the merged tree of a file into the text of ours; rows that need not change stay.

What only theirs wrote is taken with its own rows, comments included; what both wrote is edited
field by field in ours. The result is read back, so a file that says something else than the merge
is never returned.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from assess.store.yaml.merging.merge_lists import Pool, changes, edit_rows
from assess.store.yaml.merging.merge_rows import Block, Side, body_and_rest, indent_of, says
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import EditError, apply


class UnwritableError(ValueError):
    """The merged tree can't be written into the text of ours without touching other rows."""


class _Three(NamedTuple):
    """One key, or the keys of one mapping: what base, ours and theirs have."""

    base: Any
    ours: Any
    theirs: Any


def write(base: Side, ours: Side, theirs: Side, merged: dict[str, Any]) -> str:
    """Return the text of ours changed so that it says `merged`.

    Raises:
        UnwritableError: that can't be done by changing only the rows concerned.
    """
    try:
        text = _Writer(base, ours, theirs).text(merged)
        if not says(text, merged):
            text = apply(ours.text, changes((), ours.tree, merged))
    except (EditError, yaml.YAMLError) as error:
        raise UnwritableError from error
    if not says(text, merged):
        raise UnwritableError
    return text


class _Writer:
    """Goes through the rows of ours, key by key, two levels deep."""

    def __init__(self, base: Side, ours: Side, theirs: Side) -> None:
        self.sides = _Three(base, ours, theirs)
        self.known = set(ours.text.split("\n"))
        self.pool = Pool((ours.text, theirs.text))

    def text(self, merged: dict[str, Any]) -> str:
        """Return the whole file."""
        blocks = _Three(*(side.blocks for side in self.sides))
        trees = _Three(*(side.tree for side in self.sides))
        head = _chosen(*(_rows(side.get("")) for side in blocks))
        return "\n".join([*head, *self.level(blocks, trees, merged, 0)]) + "\n"

    def level(
        self, blocks: _Three, trees: _Three, merged: dict[str, Any], indent: int
    ) -> list[str]:
        """Return the rows of all keys of a mapping of ours, and of those that are new in it."""
        added = _added(trees.ours, merged)
        out = self.new(added.get(""), blocks, trees, merged, indent)
        for key, block in blocks.ours.items():
            if not key:
                continue
            rest = body_and_rest(block.all_rows())[1]
            if key in merged:
                three = _Three(*(side.get(key) for side in blocks))
                values = _Three(*(side.get(key) for side in trees))
                if block.inner and isinstance(merged[key], dict) and merged[key]:
                    rows = self.mapping(three, values, merged[key])
                    out += rows[: len(rows) - len(rest)]
                else:
                    out += self.entry(key, three, values, merged[key])
            out += self.new(added.get(key), blocks, trees, merged, indent)
            out += rest
        return out

    def entry(self, key: str, blocks: _Three, values: _Three, merged: Any) -> list[str]:
        """Return the rows of one key of ours, without the comments after it."""
        bodies = [body_and_rest(_rows(one))[0] if one else [] for one in blocks]
        base, mine, yours = bodies
        untouched = base == mine and yours and indent_of(mine[0]) == indent_of(yours[0])
        if untouched and values.theirs == merged:
            return yours
        if merged is values.ours:
            return mine
        return edit_rows(mine, changes((key,), values.ours, merged), self.pool)

    def mapping(self, blocks: _Three, values: _Three, merged: dict[str, Any]) -> list[str]:
        """Return the rows of a key with a block mapping under it, comments after it included."""
        ours: Block = blocks.ours
        head = _chosen(*(one.rows if one else [] for one in blocks))
        inner = _Three(*(one.inner if one else {} for one in blocks))
        trees = _Three(*(one if isinstance(one, dict) else {} for one in values))
        indent = indent_of(next(iter(ours.inner.values())).rows[0])
        return [*head, *self.level(inner, trees, merged, indent)]

    def new(
        self,
        keys: Iterable[str] | None,
        blocks: _Three,
        trees: _Three,
        merged: dict[str, Any],
        indent: int,
    ) -> list[str]:
        """Return the rows of keys that ours does not have: those of theirs where they fit."""
        out: list[str] = []
        for key in keys or ():
            block = blocks.theirs.get(key)
            if block is None or trees.theirs.get(key) != merged[key]:
                out += emit.entry(key, merged[key], indent)
                continue
            body, rest = body_and_rest(block.all_rows())
            if indent_of(body[0]) == indent:
                out += body
            else:
                out += emit.entry(key, merged[key], indent)
            out += [row for row in rest if row and row not in self.known]
        return out


def _added(ours: dict[str, Any], merged: dict[str, Any]) -> dict[str, list[str]]:
    """Return the new keys by the key of ours that they stand behind; "" for those at the head."""
    added: dict[str, list[str]] = {}
    last = ""
    for key in merged:
        if key in ours:
            last = key
        else:
            added.setdefault(last, []).append(key)
    return added


def _rows(block: Block | None) -> list[str]:
    return block.all_rows() if block else []


def _chosen(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return rows that say nothing of their own: those of the side that changed them."""
    return theirs if base == ours and theirs else ours
