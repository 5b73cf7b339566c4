"""Writing a merged tree into the text of ours."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess.engine.merge.trees import merge_trees
from assess.store.yaml.merging.merge_file import UnwritableError, make_merged_text
from assess.store.yaml.merging.merge_rows import (
    MergeSide,
    does_text_read_as,
    read_merge_side,
    shift_rows,
    split_trailing_rows,
)
from assess.store.yaml.writing import emit
from engine.merge_trees import Three, threes
from examples import times


def merged(base: str, ours: str, theirs: str, kind: Any = "sheet") -> str:
    """Merge three texts."""
    was, mine, yours = (read_merge_side(text, "f", "en")[0] for text in (base, ours, theirs))
    tree = merge_trees(kind, was.tree, mine.tree, yours.tree).tree
    text = make_merged_text(was, mine, yours, tree)
    assert does_text_read_as(text, tree)
    return text


BASE = """\
# head
format: assess/answers/1
answers:
  # first
  A-1:
    status: met  # beside
    note: |-
      two
      # lines
  # second

  A-2: {status: unmet, by: x}
  A-3:
    status: met
# end
"""


def test_rows_of_others_stay_byte_for_byte() -> None:
    """Each side changes an answer: both changes stand, all comments where they were."""
    ours = BASE.replace("  A-3:\n    status: met", "  A-3:\n    status: unmet # ours")
    theirs = BASE.replace("status: met  # beside", "status: partial  # theirs")

    text = merged(BASE, ours, theirs)

    assert text == ours.replace("status: met  # beside", "status: partial  # theirs")


def test_one_answer_changed_on_both_sides_is_edited_field_by_field() -> None:
    """Comments inside the answer stay, in braces too."""
    ours = BASE.replace("      two\n", "      three\n").replace("by: x}", "by: x, recheck: r}")
    theirs = BASE.replace("status: met  # beside", "status: unmet  # no").replace(
        "by: x", "note: no"
    )

    text = merged(BASE, ours, theirs)

    assert "    status: unmet  # beside\n    note: |-\n      three\n      # lines\n" in text
    assert '  A-2:\n    status: unmet\n    recheck: r\n    note: "no"\n  A-3:' in text


def test_a_comment_that_only_theirs_changed_is_taken() -> None:
    """Though the answer says the same."""
    theirs = BASE.replace("# beside", "# seen on 5 May").replace("# head", "# new head")
    ours = BASE.replace("x}", "y}")

    text = merged(BASE, ours, theirs)

    assert text == theirs.replace("x}", "y}")


def test_new_answers_bring_their_comments() -> None:
    """An answer that theirs added stands behind its neighbour with the comments in and after it."""
    theirs = BASE.replace(
        "  # second\n", "  A-1b:\n    # why\n    status: met\n  # after\n  # second\n"
    )
    ours = BASE.replace("# end\n", "# end\npeople: {filler: x}\n")

    text = merged(BASE, ours, theirs)

    assert text == theirs + "people: {filler: x}\n"


def test_an_answer_that_goes_leaves_the_comments_around_it() -> None:
    """They may be about the next one."""
    theirs = BASE.replace("  A-2: {status: unmet, by: x}\n", "")
    ours = BASE.replace("  A-3:\n    status: met", "  A-3:\n    status: unmet")

    assert merged(BASE, ours, theirs) == theirs.replace(
        "  A-3:\n    status: met", "  A-3:\n    status: unmet"
    )


def test_all_answers_go() -> None:
    """An empty mapping stays."""
    theirs = "# head\nformat: assess/answers/1\nanswers: {}\n"
    ours = BASE.replace("# head", "# mine")

    text = merged(BASE, ours, theirs)

    assert "answers: {}" in text
    assert text.startswith("# mine\n")


def test_a_first_answer_in_each_of_two_empty_sheets() -> None:
    """From no answers at all, written by hand in other indents."""
    base = "format: assess/answers/1\nanswers: {}\n"
    ours = "format: assess/answers/1\nanswers:\n  A: {status: met}\n"
    theirs = "format: assess/answers/1\nanswers:\n    B:\n        status: unmet\nround: r\n"

    text = merged(base, ours, theirs)

    head, answer = ours.split("  A: ")
    assert text == f"{head}  B:\n    status: unmet\n  A: {answer}round: r\n"
    assert merged(base, base + "round: r\n", ours) == ours + "round: r\n"


def test_a_file_in_braces() -> None:
    """There are no rows to keep: it is edited as a whole."""
    base = "{format: assess/answers/1, answers: {A: {status: met}}}\n"

    text = merged(base, base.replace("met", "unmet"), base.replace("}}}", "}, B: {note: n}}}"))

    assert "unmet" in text


def test_a_conflict_is_written_behind_its_field() -> None:
    """As the format shows it."""
    ours = BASE.replace("  A-3:\n    status: met", "  A-3:\n    status: unmet\n    by: a")
    theirs = BASE.replace("  A-3:\n    status: met", "  A-3:\n    status: partial\n    by: b")

    text = merged(BASE, ours, theirs)

    assert text == ours.replace(
        "    by: a\n",
        "    conflict:\n      - field: status\n        theirs: partial\n        by: b\n    by: a\n",
    )


def test_conflicts_of_answers_and_of_the_file() -> None:
    """One side removed the answer or the key, the other changed it: the row stands above."""
    gone = BASE.replace("  A-2: {status: unmet, by: x}\n", "")
    changed = BASE.replace("by: x", "by: y").replace("# head", "# mine")

    kept, lost = merged(BASE, changed, gone), merged(BASE, gone, changed)

    assert "  A-2: {status: unmet, by: y}\n  conflict:\n    - field: A-2\n" in kept
    assert "  conflict:\n    - field: A-2\n      theirs:\n        status: unmet\n" in lost
    rounds = [f"{BASE}round: {name}\n" for name in "abc"]
    assert "round: b\nconflict:\n  - field: round\n    theirs: c\n" in merged(*rounds)


def test_a_conflict_in_the_text_of_a_conflict() -> None:
    """What stands in `theirs` may itself hold one; it is read and written like all else."""
    base = "format: assess/answers/1\nanswers:\n  B: {note: b}\n"
    inner = "{note: n, conflict: [{field: note, theirs: m}]}"
    ours = base + f"  conflict: [{{field: A, theirs: {inner}}}]\n"

    assert merged(base, ours, base.replace("note: b", "note: c")) == ours.replace(
        "note: b", "note: c"
    )


def test_keep_signs_that_fool_the_rows_are_noticed() -> None:
    """`|+` makes blank lines text: the plain way of edits is taken."""
    base = (
        "format: assess/answers/1\nanswers:\n  A:\n    note: |+\n      n\n\n\n  B:\n    note: b\n"
    )
    theirs = base.replace("  B:", "  A2:\n    note: new\n  B:")

    text = merged(base, base.replace("note: b", "note: c"), theirs)

    assert text.index("  A2:") < text.index("  B:")


def test_what_cannot_be_written_is_refused() -> None:
    """Rather than written otherwise."""
    base, ours, theirs = (
        read_merge_side(f"format: assess/answers/1\nanswers: {text}\n", "f", "en")[0]
        for text in ("{}", "text", "{A: {note: n}}")
    )

    with pytest.raises(UnwritableError):
        make_merged_text(base, ours, theirs, {"format": 1, "answers": {"A": float("nan")}})


def test_an_edit_through_a_text_is_refused() -> None:
    """A tree that does not belong to the text."""
    side = read_merge_side("answers:\n  A:\n    note: n\n", "f", "en")[0]
    side.tree["answers"]["A"]["note"] = {"x": 1}

    with pytest.raises(UnwritableError):
        make_merged_text(side, side, side, {"answers": {"A": {"note": {"x": 1, "y": 2}}}})


LIST = """\
format: assess/checklist/1
sections:
  # about a
  - id: a
    title: {zh: 甲}   # beside
    items:
      - id: A1
        # in A1
        title: 一
        rungs:
          - {id: x, text: x}
          - {id: y, text: y}
      # before A2
      - id: A2
        title: 二
  - id: b
    items:
      - id: B1
        title: 三   # three
# end
"""


def test_entries_of_lists_keep_their_comments() -> None:
    """Each side changes one item: only its lines differ."""
    ours = LIST.replace("title: 一", "title: 壹").replace("# end", "# END")
    theirs = LIST.replace("title: 三 ", "title: 叁 ")

    text = merged(LIST, ours, theirs, "checklist")

    assert text == ours.replace("title: 三 ", "title: 叁 ")


def test_an_item_moves_with_its_comments() -> None:
    """Into a list at another indent, with the other side's changes."""
    part = "      - id: A2\n        title: 二\n"
    theirs = LIST.replace(part, "").replace("# three\n", f"# three\n{part}")
    ours = LIST.replace("title: 三", "title: 叁").replace("        # in A1", "        # IN A1")

    text = merged(LIST, ours, theirs, "checklist")

    assert "        # IN A1\n" in text
    assert f"        title: 叁   # three\n{part}" in text


def test_an_item_that_moves_and_is_changed_on_both_sides() -> None:
    """Its rows move and are edited; new entries of one list follow each other."""
    part = "      - id: A2\n        title: 二  # two\n"
    base = LIST.replace("      - id: A2\n        title: 二\n", part)
    theirs = base.replace(part, "").replace(
        "# three\n", f"# three\n{part}        weight: 2\n      - {{id: B2, title: x}}\n"
    )
    ours = base.replace("二", "贰").replace("三", "叁")

    text = merged(base, ours, theirs, "checklist")

    moved = "      - id: A2\n        title: 贰  # two\n        weight: 2\n"
    assert f"叁   # three\n{moved}      - id: B2\n        title: x\n" in text


def test_new_items_bring_their_rows() -> None:
    """From theirs, comments included, moved to the indent of ours; lists in braces are written."""
    ours = LIST.replace(
        "      - id: B1\n        title: 三 ", "        - id: B1\n          title: 叁 "
    )
    theirs = (
        LIST.replace("# end", "      # four\n# end")
        .replace("# three\n", "# three\n      - id: B2\n        # why\n        title: 四\n")
        .replace("{id: y, text: y}", "{id: y, text: y}\n          - {id: z, text: z}")
    )

    text = merged(LIST, ours, theirs, "checklist")

    assert "        - id: B2\n          # why\n          title: 四\n" in text
    assert "          - {id: x, text: x}\n          - {id: y, text: y}\n" in text
    assert "          - id: z\n            text: z\n" in text


def test_lists_of_other_shapes_are_replaced() -> None:
    """A list in brackets, entries whose dash stands alone: written anew, nothing lost."""
    base = "format: assess/checklist/1\nsections:\n  -\n    id: a\n    items: []\n"
    ours = base + "title: t\n"
    theirs = base.replace("items: []", "items: [{id: A1, title: x}]")
    brackets = base.replace("items: []", "items: [{id: A0, title: y}]").replace(
        "sections", "sections"
    )

    assert "A1" in merged(base, ours, theirs, "checklist")
    assert "A0" in merged(base, brackets + "title: t\n", theirs, "checklist")


def test_rows_after_an_entry_are_nobodys() -> None:
    """Blank lines, and comments that stand no deeper than the key."""
    rows = ["  A:", "    note: |-", "      n", "    # mine", "  # next", ""]

    assert split_trailing_rows(rows) == (rows[:4], rows[4:])
    assert split_trailing_rows(rows[:1]) == (rows[:1], [])


def test_rows_move_as_far_as_they_can() -> None:
    """To the left only over blanks; empty rows stay empty."""
    assert shift_rows(["  a", "", " b"], 2) == ["    a", "", "   b"]
    assert shift_rows(["  a", "", " b"], -2) == ["a", "", "b"]


def test_a_file_with_errors_has_no_tree() -> None:
    """And an empty one is an empty file."""
    side, problems = read_merge_side("a: 1\na: 2\n", "f", "en")

    assert not isinstance(side.tree, dict)
    assert [one.code for one in problems] == ["yaml-duplicate-key"]
    assert read_merge_side("", "f", "en")[0].tree == {}


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[str], Three]:
    """Return three sheets as texts, with comments between and beside the rows."""
    three = draw(threes())
    seed = draw(st.integers(0, 10**6))
    return [
        commented(emit.yaml_document_text(tree), seed + at) for at, tree in enumerate(three)
    ], three


def commented(text: str, seed: int) -> str:
    """Put comments into a text; rows that stand in many versions mostly get the same ones."""
    rows = []
    for row in text.split("\n")[:-1]:
        dice = random.Random(f"{row}{seed if len(row) % 3 == 0 else ''}")  # noqa: S311  # a seed repeats the test
        if dice.random() < 0.2:
            indent = len(row) - len(row.lstrip())
            rows.append(f"{' ' * indent}# {dice.randint(0, 9)}")
        rows.append(row)
    return "".join(f"{row}\n" for row in rows)


@settings(max_examples=times(2), deadline=None)
@given(texts())
def test_a_merged_file_says_what_the_merge_says(case: tuple[list[str], Three]) -> None:
    """Whatever comments stand where; and answers that ours alone touched keep their rows."""
    text = merged(*case[0])

    sides = [read_merge_side(one, "f", "en")[0] for one in (*case[0], text)]
    answers = [side.tree.get("answers", {}) for side in sides]
    bodies = [_bodies(side) for side in sides]
    for item in bodies[1]:
        if answers[1][item] == answers[3].get(item):
            assert bodies[3][item] in (bodies[1][item], bodies[2].get(item))


def _bodies(side: MergeSide) -> dict[str, list[str]]:
    """Return the rows of each answer in block style."""
    inner = side.blocks["answers"].inner if "answers" in side.blocks else {}
    return {
        key: split_trailing_rows(block.rows)[0] for key, block in inner.items() if key != "conflict"
    }
