from __future__ import annotations

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.model.base import Number
from assess.store.yaml.reading.tree import UNREADABLE, pause_garbage_collector, read_tree


def _codes(text: str) -> list[str]:
    return [one.code for one in read_tree(text, "x.yaml", "en").problems]


def test_scalars_are_read_by_the_core_schema() -> None:
    """Numbers exact, booleans only true and false, everything else text."""
    text = """
    - [1, -2, +3, 0o17, 0x1F]
    - [1.50, .5, 1e3, -0.7, 1.]
    - [true, False, TRUE]
    - ["1", '1', yep, 甲, 1.2.3, "true", 8.1.3.2 a)]
    """
    values = read_tree(text, "x.yaml", "en").value
    assert values == [
        [1, -2, 3, 15, 31],
        [Number("1.50"), Number("0.5"), Number(1000), Number("-0.7"), Number(1)],
        [True, False, True],
        ["1", "1", "yep", "甲", "1.2.3", "true", "8.1.3.2 a)"],
    ]
    assert [type(one) for row in values[1:3] for one in row] == [Number] * 5 + [bool] * 3
    assert str(values[1][0]) == "1.50"


def test_conflicts_are_taken_out_wherever_they_stand() -> None:
    """By path of their mapping: at the root, under keys, and in entries of lists."""
    text = "conflict: [a]\nx:\n  - {y: 1}\n  - {y: 2, conflict: [b]}\nz: {conflict: {w: 1}}\n"
    tree = read_tree(text, "x.yaml", "en")
    assert tree.value == {"x": [{"y": 1}, {"y": 2}], "z": {}}
    assert tree.conflicts == {(): ["a"], ("x", 1): ["b"], ("z",): {"w": 1}}


def test_lines_are_of_block_keys_of_depth_one_and_two() -> None:
    """Keys in braces and deeper ones are not needed, and not kept."""
    text = "# c\na:\n  b: {x: 1}\n\n  c:\n    d: 1\ne: {f: 1}\ng:\n  - h: 1\n"
    lines = read_tree(text, "x.yaml", "en").lines
    assert lines == {("a",): 1, ("a", "b"): 2, ("a", "c"): 4, ("e",): 6, ("g",): 7}


def test_the_first_of_two_equal_keys_counts() -> None:
    """A second key is reported; its value neither replaces the first nor hides errors in it."""
    tree = read_tree("a: 1\na: 2\n'a': {b: ~}\n", "x.yaml", "en")
    assert tree.value == {"a": 1}
    assert [one.code for one in tree.problems] == [
        "yaml-duplicate-key",
        "yaml-duplicate-key",
        "yaml-null",
    ]


def test_what_was_reported_leaves_a_mark() -> None:
    """Places that could not be read are marked, so that nothing is said of them twice."""
    tree = read_tree("[~, 1e99, *a, !!int 1]", "x.yaml", "en")
    assert tree.value == [UNREADABLE] * 4
    assert read_tree("a: [", "x.yaml", "en").value is UNREADABLE
    assert read_tree("{a: *b}", "x.yaml", "en").value == {"a": UNREADABLE}


def test_anchored_collections_are_refused_too() -> None:
    """Anchors and tags on lists and mappings are found like those on texts."""
    assert _codes("a: &a {x: 1}\nb: !!set [x]\n") == ["yaml-anchor", "yaml-tag"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 65 + "]" * 65, "too-deep"),
        ("{a: " * 65 + "1" + "}" * 65, "too-deep"),
        pytest.param("[" + "a," * 1_000_001 + "]", "too-many-events", marks=pytest.mark.exhaustive),
        ("a: " + "b" * (1024 * 1024 + 1), "scalar-too-large"),
        ("a: '" + "b" * (1024 * 1024 + 1) + "'", "scalar-too-large"),
        ("[" + "~," * 101 + "]", "too-many-problems"),
        ("<<<<<<< a\n" * 200, "merge-markers"),
    ],
)
def test_limits_are_refused_in_bounded_memory(text: str, code: str) -> None:
    """The last problem names the limit; a hundred problems are the most."""
    tracemalloc.start()
    codes = _codes(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes[-1] == code
    assert len(codes) <= 101
    assert peak < 80 * 1024 * 1024


def test_the_key_after_an_alias_is_a_key() -> None:
    """What an alias stands for can't be read; what follows it can."""
    read = read_tree("a: *x\nb: 1\nc: [*y, 2]\n", "x.yaml", "en")
    assert read.value == {"a": UNREADABLE, "b": 1, "c": [UNREADABLE, 2]}
    assert [one.code for one in read.problems] == ["yaml-alias", "yaml-alias"]


def test_no_more_events_are_read_than_the_limit() -> None:
    """Behind the limit nothing is read, and the message names the limit of this file."""
    (problem,) = read_tree("[" + "a," * 200 + "]", "x.yaml", "en", 100).problems
    assert (problem.code, problem.message) == (
        "too-many-events", "the file holds more than 100 parts"
    )  # fmt: skip
    assert read_tree("[" + "a," * 90 + "]", "x.yaml", "en", 100).problems == []


def test_limits_themselves_are_allowed() -> None:
    """Exactly 64 levels and exactly a MiB are read."""
    assert _codes("[" * 64 + "]" * 64) == []
    assert _codes("a: " + "b" * (1024 * 1024)) == []


def test_the_collector_is_as_it_was() -> None:
    """Paused while reading, on afterwards if it was on, off if it was off."""
    with pause_garbage_collector():
        assert not gc.isenabled()
        with pause_garbage_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_end_marker_of_a_merge_alone_is_noticed() -> None:
    """Half of the markers deleted is still an unsettled merge; in a text they are text."""
    assert _codes("a: 1\n>>>>>>> theirs\n") == ["merge-markers"]
    assert _codes('a: "<<<<<<< x"\n') == []


def test_messages_repeat_little_of_the_file() -> None:
    """A long key is cut in the message, and stands on one line."""
    (problem,) = read_tree(f'"{"k" * 500}": 1\n"{"k" * 500}": 1\n', "x.yaml", "en").problems
    assert len(problem.message) < 120
    assert "…" in problem.message


@given(
    st.text(alphabet=st.sampled_from("a1: -\n\t[]{},#&*!|>'\"%@`?~<=.\\甲\0\r\ufeff"), max_size=40)
)
def test_nothing_is_ever_raised(text: str) -> None:
    """Any text gives a tree or problems; errors have a position in the text."""
    tree = read_tree(text, "x.yaml", "zh")
    rows = text.count("\n") + 1
    assert all(1 <= one.line <= rows + 1 and one.column >= 1 for one in tree.problems)
    assert tree.problems or tree.value is not UNREADABLE
