"""Sub-questions: when they are asked, and that everything follows from it."""

from __future__ import annotations

from typing import Any

import pytest

from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.condition import Condition
from assess.model.item import Item
from assess.model.item_parts import Other
from assess.model.results import ItemState
from factories import (
    answer_is,
    assessed,
    checklist,
    choice,
    choices,
    conformity,
    fact_is,
    ladder,
    met,
    number,
    text_item,
    unmet,
)

OUT = Answer(status="not_applicable", note="无")


def child_of(parent: Item, answer: Answer | None, opens: Condition, **facts: Any) -> ItemState:
    """Return the state of a sub-question of a parent with this answer."""
    child = conformity("C", applies_when=opens)
    answers = {"C": met()} | ({} if answer is None else {parent.id: answer})
    return assessed((parent, child), answers, **facts).items[1]


def test_values_that_open() -> None:
    """A result, an option, a ticked option, a rung and a number open what waits for them."""
    for parent, answer, opens in (
        (conformity("P"), unmet(), answer_is("P", "unmet")),
        (conformity("P"), unmet(), Condition(item="P", in_=("partial", "unmet"))),
        (choice("P"), Answer(value="b"), answer_is("P", "b")),
        (choices("P"), Answer(value=["a", "b"]), answer_is("P", "b")),
        (choices("P"), Answer(value=["a"]), Condition(item="P", in_=("a", "b"))),
        (ladder("P"), Answer(value="never"), answer_is("P", "never")),
        (number("P"), Answer(value=4), Condition(item="P", above=3)),
        (number("P"), Answer(value=Number("2.5")), Condition(item="P", at_most=Number("2.5"))),
        (choice("P"), Answer(value="a"), Condition(not_=answer_is("P", "b"))),
    ):
        state = child_of(parent, answer, opens)
        assert (state.applies, state.closed, state.result) == ("yes", False, "met"), opens


@pytest.mark.parametrize("opens", [answer_is("P", "b"), Condition(not_=answer_is("P", "b"))])
@pytest.mark.parametrize("answer", [None, OUT, Answer(value="unheard of"), Answer(note="只有说明")])
def test_a_parent_without_result_opens_nothing(answer: Answer | None, opens: Condition) -> None:
    """Unanswered, not applicable or unreadable: closed, also under `not`; the answer is parked."""
    state = child_of(choice("P"), answer, opens)
    assert (state.applies, state.closed, state.result) == ("no", True, None)
    assert state.has_uncounted_answer


@pytest.mark.parametrize(
    ("answers", "waiting"),
    [
        ({}, ["B", "C"]),
        ({"A": Answer(status="not_applicable")}, ["B", "C"]),
        ({"A": OUT}, []),
        ({"A": met()}, []),
        ({"A": unmet()}, ["C"]),
        ({"A": unmet(), "B": met()}, []),
        ({"B": unmet()}, ["B", "C"]),
    ],
)
def test_what_waits_for_an_answer_to_come(answers: dict[str, Answer], waiting: list[str]) -> None:
    """Closed by what nobody has answered yet, or by an answer: the first may still open."""
    chain = (
        conformity("A"),
        conformity("B", applies_when=answer_is("A", "unmet")),
        conformity("C", applies_when=answer_is("B", "unmet")),
    )
    states = assessed(chain, dict(answers)).items
    assert [state.item.id for state in states if state.awaits_parent] == waiting


@pytest.mark.parametrize(("answer", "awaits"), [({}, True), ({"Q": met()}, False)])
def test_a_parent_that_no_checklist_has_is_not_waited_for(
    answer: dict[str, Answer], awaits: bool
) -> None:
    """Only the parent that exists can still open the item; lint names the missing one."""
    opens = Condition(any=(answer_is("P", "met"), answer_is("Q", "unmet")))
    state = assessed((conformity("Q"), conformity("C", applies_when=opens)), answer).items[1]
    assert (state.applies, state.closed, state.awaits_parent) == ("no", True, awaits)


def test_own_words_are_none_of_the_options() -> None:
    """An answer in own words, where they are allowed, is an answer that is no option."""
    own = Answer(value={"other": "别的"})
    opens = Condition(not_=answer_is("P", "b"))
    assert child_of(choice("P", "1", "0", other=Other()), own, opens).applies == "yes"
    assert child_of(choice("P"), own, opens).closed


def test_a_closed_parent_opens_nothing() -> None:
    """A chain closes as a whole, and opens with its stored answers again."""
    chain = (
        choice("A"),
        conformity("B", applies_when=answer_is("A", "a")),
        text_item("C", applies_when=answer_is("B", "unmet")),
    )
    stored = {"B": unmet(), "C": Answer(value="缺")}
    closed = assessed(chain, {"A": Answer(value="b"), **stored})
    assert [state.closed for state in closed.items] == [False, True, True]
    assert [state.has_uncounted_answer for state in closed.items] == [False, True, True]
    opened = assessed(chain, {"A": Answer(value="a"), **stored})
    assert [state.result for state in opened.items] == ["met", "unmet", "answered"]


def test_closed_ones_are_in_no_count_score_or_finding() -> None:
    """Their answers count nowhere; the numbers of the other items do not change."""
    items = (
        conformity("A"),
        conformity("B", applies_when=answer_is("A", "unmet")),
        conformity("C"),
    )
    closed = assessed(items, {"A": met(), "B": unmet()})
    assert (closed.counts.applicable, closed.counts.open, closed.findings) == (2, 1, ())
    assert closed.score is not None
    assert (closed.score.scored_items, float(closed.score.value)) == (1, 100.0)
    opened = assessed(items, {"A": unmet(), "B": unmet()})
    assert (opened.counts.applicable, len(opened.findings)) == (3, 2)
    for assessment in (closed, opened):
        assert [state.number for state in assessment.items] == [1, 2, 3]


def test_facts_and_answers_together() -> None:
    """What facts exclude is left out and not closed; an unknown fact matters once it is open."""
    opens = Condition(all=(answer_is("P", "b"), fact_is("egov", True)))
    yes = Answer(value="b")
    for answer, profile, expected in (
        (yes, {"egov": True}, ("yes", False)),
        (yes, {}, ("unknown", False)),
        (yes, {"egov": False}, ("no", False)),
        (None, {"egov": False}, ("no", False)),
        (None, {"egov": True}, ("no", True)),
        (None, {}, ("no", True)),
        (Answer(value="a"), {}, ("no", True)),
    ):
        state = child_of(choice("P"), answer, opens, profile=profile)
        assert (state.applies, state.closed) == expected, (answer, profile)
    assert child_of(choice("P"), yes, opens).missing_facts == ("egov",)
    assert child_of(choice("P"), None, opens).missing_facts == ()


def test_a_parent_that_facts_leave_out() -> None:
    """Its sub-question is left out by facts too: nobody can open it."""
    items = (
        conformity("P", applies_when=fact_is("egov", True)),
        conformity("C", applies_when=answer_is("P", "unmet")),
    )
    states = assessed(items, profile={"egov": False}).items
    assert [(state.applies, state.closed, state.number) for state in states] == [
        ("no", False, 0),
        ("no", False, 0),
    ]


def test_a_wrong_order_never_opens() -> None:
    """Lint refuses it; the assessment raises nothing, and a cycle closes both."""
    items = (
        conformity("C", applies_when=answer_is("P", "met")),
        conformity("P", applies_when=answer_is("C", "met")),
    )
    assert [state.applies for state in assessed(items, {"C": met(), "P": met()}).items] == [
        "no",
        "no",
    ]
    assert assessed((conformity("C", applies_when=answer_is("X", "met")),)).items[0].closed is False


def test_a_reused_assessment_follows_the_parents() -> None:
    """The history takes states over; those of sub-questions only where the parent is the same."""
    items = checklist(
        conformity("P"), conformity("C", applies_when=answer_is("P", "unmet")), conformity("X")
    )
    child, other = met(), met()
    before = assessed(items, {"P": met(), "C": child, "X": other})
    answers = {"P": unmet(), "C": child, "X": other}
    after = assessed(items, answers, reusable=before)
    assert after == assessed(items, answers)
    assert after.items[1].result == "met"
    assert after.items[2] is before.items[2]
