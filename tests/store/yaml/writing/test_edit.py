from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.model.answer import Answer, Remediation
from assess.store.open_file import _content_after_edits, _content_of_tree
from assess.store.yaml.field_edit import REMOVE, EditError, FieldEdit
from assess.store.yaml.reading.tree import YamlTree, read_tree
from assess.store.yaml.writing import emit
from assess.store.yaml.writing.edit import apply_edits
from examples import times
from store.sheets import FIELDS, VALUES, Sheet, sheets

SLOW = settings(max_examples=times(3), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _tree(text: str) -> YamlTree:
    tree = read_tree(text, "sheet.yaml", "en")
    assert [one for one in tree.problems if one.severity == "error"] == [], text
    return tree


def _changed_rows(old: str, new: str) -> tuple[int, int]:
    """Return the rows of `old` outside of which both texts agree row by row."""
    a, b = old.split("\n"), new.split("\n")
    most = min(len(a), len(b))
    head = next((i for i in range(most) if a[i] != b[i]), most)
    tail = next((i for i in range(most - head) if a[-1 - i] != b[-1 - i]), most - head)
    return head, len(a) - tail


def _span(sheet: Sheet, path: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the rows of a path, with blank rows after `|+`, which belong to its text."""
    span = sheet.spans.get(path)
    rows = sheet.text.split("\n")
    if span is None or not any("|+" in row for row in rows[slice(*span)]):
        return span
    end = span[1]
    while end < len(rows) and not rows[end]:
        end += 1
    return span[0], end


def _allowed(sheet: Sheet, edit: FieldEdit) -> tuple[int, int] | None:
    """Return the rows that the edit may touch; None where it only adds rows."""
    path = tuple(str(key) for key in edit.path)
    answer, own = _span(sheet, path[:2]), _span(sheet, path)
    if answer is None:
        return None
    fields = [key for key in sheet.spans if key[:2] == path[:2] and len(key) == 3]
    last = edit.value is REMOVE and (len(fields) == 1 or len(path) == 2)
    if not fields or last:
        return answer
    return own


@SLOW
@given(st.data(), sheets())
def test_only_the_lines_of_the_field_change(data: st.DataObject, sheet: Sheet) -> None:
    """Set, add or remove a field anywhere: the value is as meant, all other rows stay."""
    name = data.draw(st.sampled_from(["A-1", "A-2", "B.1", "2026", "new"]))
    field = data.draw(st.sampled_from(FIELDS))
    value = data.draw(st.just(REMOVE) | VALUES)
    edit = FieldEdit(("answers", name, field), value)
    old = _tree(sheet.text)
    new = apply_edits(sheet.text, [edit], old.lines)
    assert _content_of_tree(_tree(new)) == _content_after_edits(old, [edit]), new
    start, end = _changed_rows(sheet.text, new)
    allowed = _allowed(sheet, edit)
    if allowed and start < end and "answers: {}" not in sheet.text:
        assert allowed[0] <= start, (sheet.text, new)
        assert end <= allowed[1], (sheet.text, new)
    elif not allowed and "answers: {}" not in sheet.text:
        assert start == end, (sheet.text, new)


@SLOW
@given(st.data(), sheets())
def test_what_is_there_already_is_not_written_again(data: st.DataObject, sheet: Sheet) -> None:
    """An edit to the value that stands there gives the same text, byte for byte."""
    old = _tree(sheet.text)
    answers = old.value.get("answers", {})
    edits = [FieldEdit(("answers", name), value) for name, value in answers.items()]
    edits += [
        FieldEdit(("answers", name, field), value)
        for name, fields in answers.items()
        for field, value in fields.items()
    ]
    picked = data.draw(st.lists(st.sampled_from(edits), max_size=4)) if edits else []
    assert apply_edits(sheet.text, picked) == sheet.text


@SLOW
@given(st.data(), sheets())
def test_whole_answers_and_several_edits(data: st.DataObject, sheet: Sheet) -> None:
    """Answers replaced, added after others and removed in one go: the value is as meant."""
    names = st.sampled_from(["A-1", "A-2", "B.1", "2026", "new"])
    answers = st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1, max_size=3)
    afters = st.none() | st.lists(names, max_size=2)
    change = st.builds(
        lambda name, value, after: FieldEdit(("answers", name), value, after),
        names,
        st.just(REMOVE) | answers,
        afters,
    )
    edits = data.draw(st.lists(change, min_size=1, max_size=3))
    new = apply_edits(sheet.text, edits)
    assert _content_of_tree(_tree(new)) == _content_after_edits(_tree(sheet.text), edits), new


@pytest.mark.parametrize("rest", ["c: 2\n", ""])
def test_a_text_takes_in_no_blank_lines(rest: str) -> None:
    """A text that keeps the blank lines below it is the same when the entry between them goes."""
    for blank in ("\n", "\n\n"):
        text = f"a: |+\n  x\n\nb: 1\n{blank}{rest}"
        assert apply_edits(text, [FieldEdit(("b",), REMOVE)]) == f"a: |+\n  x\n\n{rest}"


@SLOW
@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    """Any value survives writing and reading, in block style and in braces, without a warning."""
    for text in (emit.yaml_document_text({"x": value}), f"x: {emit.flow_style_text(value)}\n"):
        tree = read_tree(text, "x.yaml", "en")
        assert tree.problems == []
        assert emit.value_for_text_comparison(tree.value) == emit.value_for_text_comparison(
            {"x": value}
        ), text


@pytest.mark.parametrize("text", ["Is it done?", "a?b", "?", "done? yes", "https://x/?a=1"])
def test_other_readers_read_what_stands_in_braces(text: str) -> None:
    """PyYAML without its C library takes a question mark in braces for an indicator."""
    written = emit.flow_style_text({"note": text, text: [text]})
    assert yaml.safe_load(written) == {"note": text, text: [text]}


SHEET = """\
format: assess/answers/1
answers:  # all
  # one
  A-1:   # item
    # before status
    status: unmet   # why
    note: |-  # nn
      a
      b

    # after note
    evidence:
      ev-1: policy   # p
    # tail of A-1

  A-2: {status: met, note: x}  # two
  A-3: {status: met, # c
     note: x}
people: {filler: a}
"""


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (FieldEdit(("answers", "A-1", "status"), "met"), "unmet ", "met "),
        (FieldEdit(("answers", "A-1", "note"), "c"), "|-  # nn\n      a\n      b\n", "c  # nn\n"),
        (
            FieldEdit(("answers", "A-1", "note"), REMOVE),
            "    note: |-  # nn\n      a\n      b\n",
            "",
        ),
        (
            FieldEdit(("answers", "A-1", "status"), "一\n二"),
            "unmet   # why\n",
            "|-   # why\n      一\n      二\n",
        ),
        (
            FieldEdit(("answers", "A-1", "evidence", "ev-1"), REMOVE),
            "    evidence:\n      ev-1: policy   # p\n",
            "    evidence: {}\n",
        ),
        (
            FieldEdit(("answers", "A-1", "at"), "2026-05-12"),
            "    # tail",
            '    at: "2026-05-12"\n    # tail',
        ),
        (
            FieldEdit(("answers", "A-2", "remediation", "due"), "2026-07-31"),
            "{status: met, note: x}  # two\n",
            ' # two\n    status: met\n    note: x\n    remediation:\n      due: "2026-07-31"\n',
        ),
        (
            FieldEdit(("answers", "A-3", "note"), REMOVE),
            "met, # c\n     note: x}",
            "met # c\n     }",
        ),
        (FieldEdit(("answers", "A-3", "status"), REMOVE), "{status: met, # c", "{ # c"),
        (FieldEdit(("answers", "A-3", "status"), "unmet"), "met, # c", "unmet, # c"),
        (FieldEdit(("answers", "A-3", "x", "y"), "a"), "x}\npeople", 'x, x: {"y": a}}\npeople'),
        (FieldEdit(("round",), "2026", ("format",)), "answers:  #", 'round: "2026"\nanswers:  #'),
        (
            FieldEdit(("answers", "A-0"), Answer(status="met"), ()),
            "  A-1:   #",
            "  A-0:\n    status: met\n  A-1:   #",
        ),
        (
            FieldEdit(("answers", "A-1b"), Answer(remediation=Remediation()), ("A-1",)),
            "    # tail",
            "  A-1b:\n    remediation:\n      state: planned\n    # tail",
        ),
    ],
)
def test_changes_by_example(edit: FieldEdit, old: str, new: str) -> None:
    """One stretch of the text changes, as shown; comments beside and around it stay."""
    assert SHEET.count(old) == 1
    assert apply_edits(SHEET, [edit]) == SHEET.replace(old, new)


def test_the_last_answer_leaves_an_empty_mapping() -> None:
    """The only answer goes: its mapping stays, in braces, and so do the comments."""
    text = "answers:  # all\n  # one\n  A-1:\n    status: met\n  # end\nround: x\n"
    expected = "answers: {}  # all\n  # one\n  # end\nround: x\n"
    assert apply_edits(text, [FieldEdit(("answers", "A-1"), REMOVE)]) == expected


def test_list_entries_that_stay_keep_their_comments() -> None:
    """An entry put between two others touches neither."""
    text = "sheets:  # all\n  - a # 1\n  # second\n  - c # 2\n"
    expected = "sheets:  # all\n  - a # 1\n  - b\n  # second\n  - c # 2\n"
    assert apply_edits(text, [FieldEdit(("sheets",), ["a", "b", "c"])]) == expected


def test_a_file_in_braces_is_edited_in_place() -> None:
    """A root in braces can't become a block: its text is changed where the field is."""
    text = "{format: x, answers: {A: {status: met}}, round: y}"
    edits = [
        FieldEdit(("answers", "A", "status"), "unmet"),
        FieldEdit(("answers", "B", "status"), "met"),
        FieldEdit(("round",), REMOVE),
        FieldEdit(("gone", "x"), REMOVE),
        FieldEdit(("format",), "x"),
        FieldEdit(("scope",), {}),
        FieldEdit(("scope", "system"), "portal"),
    ]
    assert apply_edits(text, edits) == (
        "{format: x, answers: {A: {status: unmet}, B: {status: met}}, scope: {system: portal}}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "answers:\n  A-1: x\n",
        "answers: {A-1: x}\n",
        "answers: {A-1: x} \n",
        "{answers: {A-1: x}}\n",
        "answers:\n  A-1: [x]\n",
        "answers: {A-1: {status: x}} # c\n",
        "answers:\n  A-1: {status: {x: z}}\n",
    ],
)
def test_a_text_or_list_on_the_way_is_refused(text: str) -> None:
    """A field of something that has no fields is an error, not a guess."""
    with pytest.raises(EditError):
        apply_edits(text, [FieldEdit(("answers", "A-1", "status", "x", "y"), "met")])


def test_braces_lose_only_their_field() -> None:
    """Where no comma stands beside the only field, and where removed fields were never there."""
    text = "a: { # c\n  x: 1}\nb: {x: {}}\n"
    assert apply_edits(text, [FieldEdit(("a", "x"), REMOVE)]) == "a: { # c\n  }\nb: {x: {}}\n"
    for path in (("a", "y"), ("b", "y", "z"), ("b", "x", "y")):
        assert apply_edits(text, [FieldEdit(path, REMOVE)]) == text


@pytest.mark.parametrize("longer", [["x", "x", "x"], ["x", "x", "y", "x"]])
def test_a_list_with_an_entry_twice_can_be_lengthened(longer: list[str]) -> None:
    """No entry counts both from the front and from the end."""
    text = "a:\n- x # first\n- x # second\nb: 1\n"
    new = apply_edits(text, [FieldEdit(("a",), longer)])
    assert _tree(new).value == {"a": longer, "b": 1}
    assert new.startswith("a:\n- x # first\n- x")
    assert "# second" in new


def test_list_entries_whose_dash_stands_alone_are_found() -> None:
    """An entry may begin on the line after its dash."""
    text = "a:\n  -\n    x: 1\n  -\n    # c\n    x: 2\n"
    assert apply_edits(text, [FieldEdit(("a",), [{"x": 1}])]) == "a:\n  -\n    x: 1\n"
    assert apply_edits(text, [FieldEdit(("a",), [{"x": 2}])]) == "a:\n  -\n    # c\n    x: 2\n"


def test_mappings_keep_the_comments_of_fields_that_stay() -> None:
    """A mapping replaced by a mapping is changed field by field, new fields in their order."""
    text = "a:\n  # first\n  x: 1\n  y: {z: 1}\n  # last\n  w: 2\n"
    edit = FieldEdit(("a",), {"x": 1, "new": 5, "y": {"z": 2}})
    expected = "a:\n  # first\n  x: 1\n  new: 5\n  y:\n    z: 2\n  # last\n"
    assert apply_edits(text, [edit]) == expected


def test_keys_are_put_at_the_head_where_no_sibling_is_before() -> None:
    """Also at the head of the file, and deeper than its entries."""
    assert apply_edits("x: 1\n", [FieldEdit(("w",), 0, ())]) == "w: 0\nx: 1\n"
    text = "a:\n  b:\n    x: 1\n"
    assert (
        apply_edits(text, [FieldEdit(("a", "b", "w"), 0, ())]) == "a:\n  b:\n    w: 0\n    x: 1\n"
    )


ENTRIES = {
    "under a mapping": "a: 1\nunits:\n  x:\n    name: 甲  # one\ncampaigns:\n  y: {title: 乙}\n",
    "at the end, with a comment": "units:\n  x:\n    name: 甲\n# end\n",
    "with blank rows": "units:\n  x:\n    name: |+\n      甲\n\n\nrest: 1\n",
    "without the mapping": "a: 1\n",
    "deeper": "units:\n    x:\n        name: 甲\n",
    "in braces, with such rows elsewhere": "units: {x: {name: 甲}}\nall:\n  n1:\n    name: 新\n",
    "with one that is there": "units:\n  n2:\n    name: 旧\n",
}


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("values", [["新", "新的", "又\n一\n"], ["又\n一\n", "x"], ["新", "新"]])
def test_entries_added_together_are_those_added_one_by_one(text: str, values: list[str]) -> None:
    """The content is that of single edits, and no other row changes."""
    edits = [
        FieldEdit(("units", f"n{number}"), {"name": value})
        for number, value in enumerate(values, 1)
    ]
    together = apply_edits(text, edits)
    single = text
    for edit in edits:
        single = apply_edits(single, [edit])
    assert _content_of_tree(_tree(together)) == _content_of_tree(_tree(single))
    assert set(text.split("\n")) - set(together.split("\n")) == set(text.split("\n")) - set(
        single.split("\n")
    )


def test_groups_of_entries_end_where_something_else_is_edited() -> None:
    """An entry twice, another mapping, a field, a removal: all are made in their order."""
    edits = [
        FieldEdit(("units", "a"), {"name": "甲"}),
        FieldEdit(("units", "b"), {"name": "乙"}),
        FieldEdit(("units", "a"), {"name": "丙"}),
        FieldEdit(("rest", "c"), {"name": "丁"}),
        FieldEdit(("rest", "c", "name"), "戊"),
        FieldEdit(("units", "b"), REMOVE),
        FieldEdit(("units", "d"), None),
    ]
    assert yaml.safe_load(apply_edits("x: 1\n", edits)) == {
        "x": 1,
        "units": {"a": {"name": "丙"}},
        "rest": {"c": {"name": "戊"}},
    }
