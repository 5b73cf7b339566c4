from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.walk import (
    HISTORY,
    Walk,
    list_ids_of_unanswered_items,
    start_walk_at_first_unanswered,
)
from assess.model.answer import Answer
from assess.model.checklist import Checklist
from factories import assessed, checklist, conformity, fact_is, met, section

ORDER = ("a", "b", "c", "d", "e")
WALK = Walk(order=ORDER, sections=("s", "s", "t", "t", "u"))
EMPTY = Walk(order=(), sections=())


def at(walk: Walk | None) -> str | None:
    """Return the current item of a walk that went somewhere."""
    assert walk is not None
    return walk.current_item


def test_next_unanswered_wraps_once_round() -> None:
    """From the one after the current to the end, then from the start; the current comes last."""
    walk = Walk(order=ORDER, sections=WALK.sections, position=2)
    assert at(walk.go_to_next_unanswered({"a", "c", "e"})) == "e"
    assert at(walk.go_to_next_unanswered({"a", "c"})) == "a"
    assert walk.go_to_next_unanswered({"c"}) == walk
    assert walk.go_to_next_unanswered(()) is None


def test_skip_wraps() -> None:
    """Skipping goes on in the order, from the last to the first."""
    last = WALK.go_to_applicable_item("e")
    assert last is not None
    assert at(WALK.go_to_next_item()) == "b"
    assert at(last.go_to_next_item()) == "a"


def test_back_follows_history_then_order() -> None:
    """Back goes where one came from; with no history, to the item before; then None."""
    walk = WALK.go_to_applicable_item("d")
    assert walk is not None
    walk = walk.go_to_next_item()
    assert at(walk) == "e"
    came_from = walk.go_back()
    assert at(came_from) == "d"
    assert came_from is not None
    start = came_from.go_back()
    assert at(start) == "a"
    assert start is not None
    assert start.go_back() is None
    fresh = Walk(order=ORDER, sections=WALK.sections, position=3)
    assert at(fresh.go_back()) == "c"


def test_go_to() -> None:
    """By id, None for an unknown one; where one stands already nothing is remembered."""
    assert at(WALK.go_to_applicable_item("c")) == "c"
    assert WALK.go_to_applicable_item("z") is None
    assert WALK.go_to_applicable_item("a") == WALK


def test_go_to_section() -> None:
    """To its first unanswered item, else its first; None for a section without items."""
    assert at(WALK.go_to_section("t", {"d"}.__contains__)) == "d"
    assert at(WALK.go_to_section("t", {"a"}.__contains__)) == "c"
    assert WALK.go_to_section("z", {"d"}.__contains__) is None


def test_section_and_current() -> None:
    """The walk knows its item and section; an empty one has neither and goes nowhere."""
    assert (WALK.current_item, WALK.current_section) == ("a", "s")
    assert (EMPTY.current_item, EMPTY.current_section) == (None, None)
    assert EMPTY.go_to_next_item() == EMPTY
    assert (EMPTY.go_to_next_unanswered({"a"}), EMPTY.go_back()) == (None, None)


def test_history_is_bounded() -> None:
    """Only the latest steps are remembered, however long one walks."""
    walk = WALK
    for _ in range(HISTORY + 50):
        walk = walk.go_to_next_item()
    assert len(walk.history) == HISTORY


def _move(walk: Walk, move: str, still: set[str]) -> Walk | None:
    if move == "next":
        return walk.go_to_next_unanswered(still)
    if move == "skip":
        return walk.go_to_next_item()
    return walk.go_back() if move == "back" else walk.go_to_applicable_item(move)


_moves = st.lists(st.sampled_from(["skip", "back", "next", "c", "e"]), max_size=40)


@given(_moves, st.sets(st.sampled_from(ORDER)))
def test_no_move_leaves_the_order(moves: list[str], still: set[str]) -> None:
    """Whatever one does, the walk stands on an item, and what it was stays untouched."""
    walk = WALK
    for move in moves:
        before = walk.current_item
        made = _move(walk, move, still)
        assert walk.current_item == before
        walk = made or walk
        assert walk.current_item in ORDER
        assert set(walk.history) <= set(ORDER)


@given(st.sets(st.sampled_from(ORDER)))
def test_every_open_item_is_met_in_one_round(still: set[str]) -> None:
    """Answering each found item, one meets every unanswered one once, then None."""
    walk: Walk | None = WALK
    left = set(still)
    met_so_far = []
    while walk is not None and (walk := walk.go_to_next_unanswered(left)) is not None:
        met_so_far.append(walk.current_item)
        left.discard(walk.current_item or "")
    assert sorted(str(one) for one in met_so_far) == sorted(still)


@pytest.fixture(name="two")
def _two() -> Checklist:
    first = section(conformity("A"), conformity("B", applies_when=fact_is("egov", True)))
    return checklist(sections=(first, section(conformity("C"), id_="s2")))


def test_begin_at_the_first_unanswered(two: Checklist) -> None:
    """`fill` opens on the first unanswered item, on the first where all are answered."""
    walk = start_walk_at_first_unanswered(assessed(two, {"A": met()}))
    assert (walk.current_item, walk.order, walk.sections) == (
        "B",
        ("A", "B", "C"),
        ("s1", "s1", "s2"),
    )
    assert (
        start_walk_at_first_unanswered(
            assessed(two, {"A": met(), "B": met(), "C": met()})
        ).current_item
        == "A"
    )
    assert start_walk_at_first_unanswered(assessed(checklist())).current_item is None


def test_unanswered(two: Checklist) -> None:
    """What applies, or may apply, and has no answer."""
    assert list_ids_of_unanswered_items(assessed(two, {"A": met()})) == {"B", "C"}
    assert list_ids_of_unanswered_items(assessed(two, {"A": met()}, profile={"egov": False})) == {
        "C"
    }


def test_follow_keeps_the_place_when_facts_change(two: Checklist) -> None:
    """When items come or go, one stands on the same item, else on the next that applies."""
    before = start_walk_at_first_unanswered(assessed(two, {"A": met()})).go_to_next_item()
    assert (before.current_item, before.history) == ("C", ("B",))
    without = assessed(two, {"A": met()}, profile={"egov": False})
    after = before.renew_for_assessment(without)
    assert (after.current_item, after.order, after.history) == ("C", ("A", "C"), ())
    on_b = start_walk_at_first_unanswered(assessed(two, {"A": met()}))
    assert on_b.renew_for_assessment(without).current_item == "C"
    assert (
        start_walk_at_first_unanswered(assessed(two))
        .renew_for_assessment(assessed(checklist()))
        .current_item
        is None
    )


def test_follow_keeps_the_history_of_what_still_applies(two: Checklist) -> None:
    """Whoever goes back after a fact changed comes where they came from, unless it is gone."""
    walk = start_walk_at_first_unanswered(assessed(two, {"A": met()})).go_to_applicable_item("A")
    assert walk is not None
    walk = walk.go_to_applicable_item("C")
    assert walk is not None
    assert walk.history == ("B", "A")
    after = walk.renew_for_assessment(assessed(two, {"A": met()}, profile={"egov": False}))
    assert after.history == ("A",)
    assert at(after.go_back()) == "A"


def test_follow_falls_back_to_the_last_item() -> None:
    """Where nothing after the current one applies any more, the last that does is taken."""
    given = checklist(conformity("A"), conformity("B", applies_when=fact_is("egov", True)))
    walk = start_walk_at_first_unanswered(assessed(given, {"A": met()}))
    assert walk.current_item == "B"
    assert (
        walk.renew_for_assessment(
            assessed(given, {"A": met()}, profile={"egov": False})
        ).current_item
        == "A"
    )


def test_not_applicable_without_its_reason_is_to_be_done() -> None:
    """The walk begins there and goes there as to an item without an answer."""
    found = assessed(
        checklist(conformity("a"), conformity("b"), conformity("c")),
        {"a": met(), "b": Answer(status="not_applicable"), "c": met()},
    )
    assert list_ids_of_unanswered_items(found) == {"b"}
    assert start_walk_at_first_unanswered(found).current_item == "b"
