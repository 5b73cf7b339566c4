"""Settling conflicts."""

from __future__ import annotations

import pytest

from assess.engine.merge.conflict_names import WHOLE, make_conflict_name
from assess.engine.merge.settle import (
    can_settle_without_editor,
    fields_after_settling,
    our_value_of_conflict_field,
)
from assess.model.conflict import ABSENT, Conflict, ConflictRow
from assess.problem import TreePath

SAID = {"field": "value", "theirs": 3, "fingerprint": "f", "by": "li", "at": "t"}
NOTE = {"field": "note", "by": "li"}


def test_ours_stands_already() -> None:
    """Only the row goes; the last one takes `conflict` along."""
    assert fields_after_settling({}, [SAID, NOTE], 0, theirs=False) == {"conflict": [NOTE]}
    assert fields_after_settling({}, [NOTE], 0, theirs=False) == {"conflict": ABSENT}


def test_theirs_is_taken_with_all_that_it_says() -> None:
    """Nothing of our answer is mixed into theirs; who said it when comes along."""
    assert fields_after_settling({}, [SAID, NOTE], 0, theirs=True) == {
        "status": ABSENT,
        "value": 3,
        "fingerprint": "f",
        "mitigation": ABSENT,
        "risk": ABSENT,
        "taken_from": ABSENT,
        "by": "li",
        "at": "t",
        "conflict": [NOTE],
    }


def test_a_field_that_theirs_removed_goes() -> None:
    """And only that field: the stamp stays that of the answer."""
    assert fields_after_settling({}, [NOTE], 0, theirs=True) == {"note": ABSENT, "conflict": ABSENT}


@pytest.mark.parametrize(
    ("path", "field", "theirs", "can"),
    [
        ((), "note", True, True),
        ((), "rungs[a]", True, False),
        ((), "items[]", True, False),
        ((), "value[name=a].level", True, True),
        ((), "value[name=a]", True, True),
        ((), "items[]", False, True),
        (("sections", 0), "title", False, False),
    ],
)
def test_rows_about_lists_are_for_an_editor(
    path: TreePath, field: str, theirs: bool, can: bool
) -> None:
    """A key press can't put an entry where it belongs; to keep an order only the row goes."""
    assert can_settle_without_editor(conflict(path, field), theirs=theirs) is can


@pytest.mark.parametrize(
    ("path", "field", "name"),
    [
        (("answers", "A-1"), "note", ("A-1", "note")),
        (("answers", "A-1", "remediation"), "due", ("A-1", "remediation.due")),
        (("answers",), "A-1", ("A-1", WHOLE)),
        (("evidence", "ev-1"), "title", ("ev-1", "title")),
        (("people", "li"), "name", ("people.li", "name")),
        ((), "language", (WHOLE, "language")),
        ((), "answers", (WHOLE, "answers")),
        (("sections", 0), "title", ("sections.0", "title")),
    ],
)
def test_names_of_conflicts(path: TreePath, field: str, name: tuple[str, str]) -> None:
    """An answer or row by its id, all else by its path; a dot is the whole of it."""
    assert make_conflict_name(conflict(path, field)) == name


def conflict(path: TreePath, field: str) -> Conflict:
    """Return a conflict about a field."""
    return Conflict(path=path, row=ConflictRow(field=field))


ROWS: list[dict[str, object]] = [
    {"name": "a", "level": 2},
    {"name": "b"},
    {"name": "b", "level": 1},
]


@pytest.mark.parametrize(
    ("field", "theirs", "rows"),
    [
        ("value[name=a].level", 3, [{"name": "a", "level": 3}, *ROWS[1:]]),
        ("value[name=a].level", ABSENT, [{"name": "a"}, *ROWS[1:]]),
        ("value[name=b#2].level", 5, [*ROWS[:2], {"name": "b", "level": 5}]),
        ("value[name=b#2]", ABSENT, ROWS[:2]),
        ("value[name=c]", {"name": "c"}, [*ROWS, {"name": "c"}]),
        ("value[name=c].level", 3, ROWS),
    ],
)
def test_theirs_of_a_table_is_taken_into_its_row(
    field: str, theirs: object, rows: list[object]
) -> None:
    """A cell changes in its row; a row comes back at the end; the rest of the answer stays."""
    row = {"field": field, **({} if theirs is ABSENT else {"theirs": theirs}), "by": "li"}
    settled = fields_after_settling({"value": ROWS}, [row, NOTE], 0, theirs=True)
    assert settled == {"value": rows, "conflict": [NOTE]}
    kept = fields_after_settling({"value": ROWS}, [row], 0, theirs=False)
    assert kept == {"conflict": ABSENT}


def test_no_value_stands_in_what_is_no_mapping() -> None:
    """A row that was edited by hand into a text."""
    assert our_value_of_conflict_field("text", "note") is None
    assert our_value_of_conflict_field({"note": "a"}, "note") == "a"
