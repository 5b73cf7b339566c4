"""Move answers of a sheet to another item's id, or into `parked`.

The rows of an answer are moved with their comments. If the layout does not allow that (mappings in
braces, unusual indentation), the answer is written anew with the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from assess.problem import TreePath
from assess.store.yaml.field_edit import REMOVE, FieldEdit
from assess.store.yaml.reading.tree import FirstLines, read_tree
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import apply_edits

_HEAD: Final = re.compile(
    r"""(?P<indent>\ *)(?:[A-Za-z0-9.-]+|"[^"]*"|'[^']*')\s*:(?P<rest>(?:\s.*)?)""", re.VERBOSE
)
_STEP: Final = emit.INDENT


class AnswerMove(NamedTuple):
    """A move of an answer to the item `into`, or with `origin` to the entry `into` of `parked`."""

    item: str
    into: str
    origin: Mapping[str, Any] | None = None
    """The mapping under `from` of the parked answer."""


def move_or_park_answers(text: str, moves: Sequence[AnswerMove]) -> str:
    """Return a sheet's text after the moves; `text` must have been read without error.

    The target of a move must have no answer, and no answer may move twice.
    """
    if not moves:
        return text
    tree = read_tree(text, "", "en")
    wanted = _sheet_value_after_moves(tree.value, moves)
    by_rows = _move_answer_rows_if_whole(text, tree.lines, moves)
    if by_rows is not None:
        moved_tree = read_tree(by_rows, "", "en").value
        if emit.value_for_text_comparison(moved_tree) == emit.value_for_text_comparison(wanted):
            return by_rows
    answers = tree.value["answers"]
    edits = [FieldEdit(("answers", move.item), REMOVE) for move in moves]
    return apply_edits(
        text, [*edits, *(_edit_for_move(move, answers[move.item]) for move in moves)]
    )


def _edit_for_move(move: AnswerMove, answer: Any) -> FieldEdit:
    if move.origin is None:
        return FieldEdit(("answers", move.into), answer)
    return FieldEdit(("parked", move.into), {"from": dict(move.origin), "answer": answer})


def _sheet_value_after_moves(
    value: Mapping[str, Any], moves: Sequence[AnswerMove]
) -> dict[str, Any]:
    answers, parked = dict(value["answers"]), dict(value.get("parked", {}))
    for move in moves:
        answer = answers.pop(move.item)
        if move.origin is None:
            answers[move.into] = answer
        else:
            parked[move.into] = {"from": dict(move.origin), "answer": answer}
    whole = {**value, "answers": answers, "parked": parked}
    return {key: field for key, field in whole.items() if field or key not in ("answers", "parked")}


class _AnswerRows(NamedTuple):
    """The rows of an answer: its indent, the text after its key, and the rows below."""

    start: int
    end: int
    indent: int
    rest: str
    body: list[str]

    def rows_under_other_key(self, key: str, indent: int) -> list[str]:
        """Return the rows with another key at another indent."""
        shift = indent - self.indent
        return [_key_row(key, indent) + self.rest, *(_shift_row(row, shift) for row in self.body)]


def _key_row(key: str, indent: int) -> str:
    return emit.field_lines(key, {}, indent)[0].removesuffix(" {}")


def _shift_row(row: str, shift: int) -> str:
    if not row.strip():
        return row
    if shift >= 0:
        return " " * shift + row
    return row[min(-shift, _row_indent(row)) :]


def _row_indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _move_answer_rows_if_whole(
    text: str, lines: FirstLines, moves: Sequence[AnswerMove]
) -> str | None:
    """Return the text with the rows moved; None if an answer does not consist of whole rows."""
    rows = text.removesuffix("\n").split("\n")
    blocks = {move.item: _find_answer_rows(rows, lines, ("answers", move.item)) for move in moves}
    section = _find_parked_section(rows, lines)
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
            new[block.start] = block.rows_under_other_key(move.into, block.indent)
            continue
        new[block.start] = []
        parked += _key_row(move.into, section.indent).splitlines()
        parked += emit.field_lines("from", dict(move.origin), section.indent + _STEP)
        parked += block.rows_under_other_key("answer", section.indent + _STEP)
    ends = {block.start: block.end for block in blocks.values() if block is not None}
    if gone == {key[1] for key in lines if key[:1] == ("answers",) and len(key) > 1}:
        new[lines["answers",]] = []
        ends[lines["answers",]] = lines["answers",] + 1
    return "\n".join(_apply_row_changes(rows, new, ends, section, parked)) + "\n"


def _apply_row_changes(
    rows: Sequence[str],
    rows_by_start: Mapping[int, list[str]],
    ends_by_start: Mapping[int, int],
    section: _ParkedSection,
    parked: Sequence[str],
) -> list[str]:
    out: list[str] = []
    index = 0
    while index <= len(rows):
        if index == section.end and parked:
            out += [*section.opening, *parked]
        if index < len(rows):
            out += rows_by_start[index] if index in rows_by_start else [rows[index]]
        index = ends_by_start.get(index, index + 1)
    return out


class _ParkedSection(NamedTuple):
    """Where parked answers are inserted: before row `end`, at `indent`, after rows `opening`."""

    end: int
    indent: int
    opening: tuple[str, ...] = ()


def _find_parked_section(rows: Sequence[str], lines: FirstLines) -> _ParkedSection | None:
    """Return the end of `parked`, or where it may begin; None if it is in braces."""
    if ("parked",) not in lines:
        return _ParkedSection(len(rows), _STEP, ("parked:",))
    inside = [line for key, line in lines.items() if key[:1] == ("parked",) and len(key) > 1]
    if not inside:
        return None
    later = (line for key, line in lines.items() if line > max(inside) and len(key) == 1)
    end = _end_without_trailing_rows(
        rows, max(inside), min(later, default=len(rows)), _row_indent(rows[inside[0]])
    )
    return _ParkedSection(end, _row_indent(rows[inside[0]]))


def _find_answer_rows(rows: Sequence[str], lines: FirstLines, path: TreePath) -> _AnswerRows | None:
    start = lines.get(path)
    head = _HEAD.fullmatch(rows[start]) if start is not None else None
    if start is None or head is None:
        return None
    indent = len(head["indent"])
    after = min((line for line in lines.values() if line > start), default=len(rows))
    end = _end_without_trailing_rows(rows, start, after, indent)
    return _AnswerRows(start, end, indent, head["rest"], list(rows[start + 1 : end]))


def _end_without_trailing_rows(rows: Sequence[str], start: int, end: int, indent: int) -> int:
    """Return the end of an entry without blank rows and comments that belong to the next one."""
    while end > start + 1:
        row = rows[end - 1]
        if row.strip() and not (row.lstrip().startswith("#") and _row_indent(row) <= indent):
            break
        end -= 1
    return end
