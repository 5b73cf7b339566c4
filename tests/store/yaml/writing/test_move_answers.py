"""Answers move as they stand, comments with them; nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.store.yaml.reading.tree import read_tree
from assess.store.yaml.writing.emit import value_for_text_comparison
from assess.store.yaml.writing.move_answers import AnswerMove, move_or_park_answers
from store.sheets import Sheet, sheets

FROM = {"version": "2026.1", "reason": "removed"}

TEXT = """\
format: assess/answers/1
# 表头
answers:
  # 甲的说明
  A-1:  # 待核实
    status: met  # 初稿
    # 备注
    note: |-
      一

      二
  A-2: {status: unmet}  # 乙
  # 丙的说明
  A-3:
      status: met

# 末尾
"""


def value(text: str) -> Any:
    """Return what a file says."""
    return read_tree(text, "", "en").value


def test_a_renamed_answer_changes_one_row() -> None:
    """Only the key is another one; an id that is no plain text in YAML is quoted."""
    assert move_or_park_answers(TEXT, [AnswerMove("A-1", "B-1")]) == TEXT.replace(
        "  A-1:", "  B-1:"
    )
    assert move_or_park_answers(TEXT, [AnswerMove("A-2", "1.2")]) == TEXT.replace(
        "  A-2:", '  "1.2":'
    )


def test_parked_answers_take_their_comments_along() -> None:
    """Rows are set in deeper, block by block; what belongs to the next answer stays."""
    assert (
        move_or_park_answers(TEXT, [AnswerMove("A-1", "A-1", FROM), AnswerMove("A-3", "C-3")])
        == """\
format: assess/answers/1
# 表头
answers:
  # 甲的说明
  A-2: {status: unmet}  # 乙
  # 丙的说明
  C-3:
      status: met

# 末尾
parked:
  A-1:
    from:
      version: "2026.1"
      reason: removed
    answer:  # 待核实
      status: met  # 初稿
      # 备注
      note: |-
        一

        二
"""
    )


def test_behind_what_is_parked_already() -> None:
    """The section goes on, at its own indent, before what follows it."""
    before = """\
parked:
    OLD-1:
        from: {version: "1", reason: removed}
        answer: {}

# 答案
answers:
      A-1: {note: a}
      A-2:
        note: b
"""
    after = move_or_park_answers(
        before, [AnswerMove("A-2", "A-2", FROM), AnswerMove("A-1", "A-1--2", FROM)]
    )

    assert after.startswith(before.partition("\n\n")[0] + "\n    A-2:\n      from:\n")
    assert "      answer:\n        note: b\n    A-1--2:\n" in after
    assert after.endswith("      answer: {note: a}\n\n# 答案\n")
    assert set(value(after)["parked"]) == {"OLD-1", "A-2", "A-1--2"}
    assert "answers" not in value(after)


@pytest.mark.parametrize(
    "text",
    [
        "answers: {A-1: {note: a}, A-2: {note: b}}\n",
        "answers:\n  A-1: {note: a}\n  A-2: {note: b}\nparked: {}\n",
        "answers:\n  A-1: {note: a}\n  A-2: {note: b}\nparked: {OLD-1: {answer: {}}}\n",
        'answers:\n  A-1: {note: a}\n  "A\\u002d2": {note: b}\n',
        "answers:\n  ? A-1\n  : {note: a}\n  A-2: {note: b}\n",
        "answers:\n  A-1: {note: a}\n  A-2:\n    note: |+\n      b\n\n",
    ],
)
def test_other_layouts_are_written_anew(text: str) -> None:
    """Values are the same, whatever the layout."""
    before = value(text)
    after = value(
        move_or_park_answers(text, [AnswerMove("A-1", "B-1"), AnswerMove("A-2", "A-2", FROM)])
    )

    assert after["answers"] == {"B-1": {"note": "a"}}
    kept = {"from": FROM, "answer": before["answers"]["A-2"]}
    assert after["parked"] == {**before.get("parked", {}), "A-2": kept}


def test_rows_that_can_not_be_set_in_less() -> None:
    """Deep rows are set in less; where that breaks the file, the answer is written anew."""
    deep = "answers:\n        A-1:\n            # 甲\n            note: a\n"
    after = move_or_park_answers(deep, [AnswerMove("A-1", "A-1", FROM)])
    assert after.endswith("    answer:\n        # 甲\n        note: a\n")

    braces = "answers:\n        A-1: {note: a,\n   by: b}\n"
    assert value(move_or_park_answers(braces, [AnswerMove("A-1", "A-1", FROM)]))["parked"] == {
        "A-1": {"from": FROM, "answer": {"note": "a", "by": "b"}}
    }


def test_nothing_to_move() -> None:
    """The text is the same one."""
    assert move_or_park_answers(TEXT, []) is TEXT


@given(st.data(), sheets())
def test_every_answer_arrives_and_nothing_else_changes(data: st.DataObject, drawn: Sheet) -> None:
    """Whatever stands in a sheet, moved answers say the same, and comments are all there."""
    before = value(drawn.text)
    names = [key[1] for key in drawn.spans if len(key) == 2]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True) if names else st.just([]))
    moves = [
        AnswerMove(name, f"{name}-x", FROM if data.draw(st.booleans()) else None) for name in chosen
    ]
    text = move_or_park_answers(drawn.text, moves)
    after = value(text)

    answers = {key: one for key, one in before.get("answers", {}).items() if key not in chosen}
    parked: dict[str, Any] = dict(before.get("parked", {}))
    for move in moves:
        answer = before["answers"][move.item]
        if move.origin is None:
            answers[move.into] = answer
        else:
            parked[move.into] = {"from": FROM, "answer": answer}
    assert value_for_text_comparison(after.get("answers", {})) == value_for_text_comparison(answers)
    assert value_for_text_comparison(after.get("parked", {})) == value_for_text_comparison(parked)
    assert after["format"] == before["format"]
