"""Move answers inside a sheet as they stand: to another item's id, or into `parked`.

The rows of an answer move whole, comments with them. Where they can't (mappings in braces, unusual
layout), the answer is written anew with the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from assess.problem import Path
from assess.store.yaml.reading.tree import Lines, read_tree
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import REMOVE, Edit, apply

_HEAD: Final = re.compile(
    r"""(?P<indent>\ *)(?:[A-Za-z0-9.-]+|"[^"]*"|'[^']*')\s*:(?P<rest>(?:\s.*)?)""", re.VERBOSE
)
_STEP: Final = emit.INDENT


class Move(NamedTuple):
    """An answer that moves: to the item `into`, or where `origin` is given into `parked`."""

    item: str
    into: str
    origin: Mapping[str, Any] | None = None
    """What stands under `from` of the parked answer."""


def moved(text: str, moves: Sequence[Move]) -> str:
    """Return a sheet's text after the moves; `text` is one that was read without error.

    No answer may stand where one moves to, and none may move twice.
    """
    if not moves:
        return text
    tree = read_tree(text, "", "en")
    wanted = _expected(tree.value, moves)
    by_rows = _by_rows(text, tree.lines, moves)
    if by_rows is not None:
        found = read_tree(by_rows, "", "en").value
        if emit.canonical(found) == emit.canonical(wanted):
            return by_rows
    answers = tree.value["answers"]
    edits = [Edit(("answers", move.item), REMOVE) for move in moves]
    return apply(text, [*edits, *(_written(move, answers[move.item]) for move in moves)])


def _written(move: Move, answer: Any) -> Edit:
    if move.origin is None:
        return Edit(("answers", move.into), answer)
    return Edit(("parked", move.into), {"from": dict(move.origin), "answer": answer})


def _expected(value: Mapping[str, Any], moves: Sequence[Move]) -> dict[str, Any]:
    answers, parked = dict(value["answers"]), dict(value.get("parked", {}))
    for move in moves:
        answer = answers.pop(move.item)
        if move.origin is None:
            answers[move.into] = answer
        else:
            parked[move.into] = {"from": dict(move.origin), "answer": answer}
    whole = {**value, "answers": answers, "parked": parked}
    return {key: one for key, one in whole.items() if one or key not in ("answers", "parked")}


class _Block(NamedTuple):
    """The rows of an answer: its indent, what follows the key, and the rows below."""

    start: int
    end: int
    indent: int
    rest: str
    body: list[str]

    def under(self, key: str, indent: int) -> list[str]:
        """Return the rows as those of another key at another indent."""
        shift = indent - self.indent
        return [_head(key, indent) + self.rest, *(_shifted(row, shift) for row in self.body)]


def _head(key: str, indent: int) -> str:
    return emit.entry(key, {}, indent)[0].removesuffix(" {}")


def _shifted(row: str, shift: int) -> str:
    if not row.strip():
        return row
    if shift >= 0:
        return " " * shift + row
    return row[min(-shift, _indent(row)) :]


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _by_rows(text: str, lines: Lines, moves: Sequence[Move]) -> str | None:
    """Return the text with the rows moved; None where they don't stand as rows of their own."""
    rows = text.removesuffix("\n").split("\n")
    blocks = {move.item: _block(rows, lines, ("answers", move.item)) for move in moves}
    section = _section(rows, lines)
    if section is None or None in blocks.values():
        return None
    gone = {move.item for move in moves if move.origin is not None}
    new: dict[int, list[str]] = {}
    parked: list[str] = []
    for move in moves:
        block = blocks[move.item]
        if block is None:  # pragma: no cover  # looked at above
            return None
        if move.origin is None:
            new[block.start] = block.under(move.into, block.indent)
            continue
        new[block.start] = []
        parked += _head(move.into, section.indent).splitlines()
        parked += emit.entry("from", dict(move.origin), section.indent + _STEP)
        parked += block.under("answer", section.indent + _STEP)
    ends = {block.start: block.end for block in blocks.values() if block is not None}
    if gone == {key[1] for key in lines if key[:1] == ("answers",) and len(key) > 1}:
        new[lines["answers",]] = []
        ends[lines["answers",]] = lines["answers",] + 1
    return "\n".join(_spliced(rows, new, ends, section, parked)) + "\n"


def _spliced(
    rows: Sequence[str],
    new: Mapping[int, list[str]],
    ends: Mapping[int, int],
    section: _Section,
    parked: Sequence[str],
) -> list[str]:
    out: list[str] = []
    at = 0
    while at <= len(rows):
        if at == section.end and parked:
            out += [*section.opening, *parked]
        if at < len(rows):
            out += new[at] if at in new else [rows[at]]
        at = ends.get(at, at + 1)
    return out


class _Section(NamedTuple):
    """Where parked answers are put: before which row, at which indent, after which rows."""

    end: int
    indent: int
    opening: tuple[str, ...] = ()


def _section(rows: Sequence[str], lines: Lines) -> _Section | None:
    """Return where `parked` ends, or where it may begin; None where it stands in braces."""
    if ("parked",) not in lines:
        return _Section(len(rows), _STEP, ("parked:",))
    inside = [at for key, at in lines.items() if key[:1] == ("parked",) and len(key) > 1]
    if not inside:
        return None
    later = (at for key, at in lines.items() if at > max(inside) and len(key) == 1)
    end = _trimmed(rows, max(inside), min(later, default=len(rows)), _indent(rows[inside[0]]))
    return _Section(end, _indent(rows[inside[0]]))


def _block(rows: Sequence[str], lines: Lines, path: Path) -> _Block | None:
    start = lines.get(path)
    head = _HEAD.fullmatch(rows[start]) if start is not None else None
    if start is None or head is None:
        return None
    indent = len(head["indent"])
    after = min((at for at in lines.values() if at > start), default=len(rows))
    end = _trimmed(rows, start, after, indent)
    return _Block(start, end, indent, head["rest"], list(rows[start + 1 : end]))


def _trimmed(rows: Sequence[str], start: int, end: int, indent: int) -> int:
    """Return the end of an entry without blank rows and comments that belong to what follows."""
    while end > start + 1:
        row = rows[end - 1]
        if row.strip() and not (row.lstrip().startswith("#") and _indent(row) <= indent):
            break
        end -= 1
    return end
