"""What one answer opens: the same as a new assessment, and only what stands below it is decided."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.scoring.states import build_assessment_context, compute_item_state
from assess.engine.scoring.sub_questions import SubQuestionIndex
from assess.model.answer import Answer
from assess.model.checklist import Checklist
from assess.model.condition import Condition
from assess.model.results import ItemState
from factories import (
    TODAY,
    answer_is,
    assessed,
    checklist,
    conformity,
    met,
    register,
    sheet,
    unmet,
)

OUT = Answer(status="not_applicable", note="无")


def states_of(items: Checklist, answers: Mapping[str, Answer]) -> dict[str, ItemState]:
    """Return the states of a new assessment, by item."""
    return {state.item.id: state for state in assessed(items, dict(answers)).items}


def decide(
    items: Checklist, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> dict[str, ItemState]:
    """Return what opens and closes where answers change."""
    context = build_assessment_context(items.scoring, {}, sheet(), register(), TODAY)
    changed = [item for item in items.items() if before.get(item) != after.get(item)]
    index = SubQuestionIndex(items)
    return index.recompute_opened_and_closed_items(
        changed, states_of(items, before), after.get, context
    )


NAMES = "ABCDEF"
TREE = checklist(
    conformity("A"),
    conformity("B", applies_when=answer_is("A", "unmet")),
    conformity("C", applies_when=answer_is("B", "unmet")),
    conformity("D", applies_when=Condition(any=(answer_is("A", "met"), answer_is("C", "met")))),
    conformity("E", applies_when=Condition(not_=answer_is("D", "met"))),
    conformity("F", applies_when=Condition(all=(answer_is("E", "met"), answer_is("A", "met")))),
)
_answers = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([met(), unmet(), OUT]))


@given(_answers, _answers)
def test_it_is_what_a_new_assessment_says(
    before: dict[str, Answer], after: dict[str, Answer]
) -> None:
    """Whatever changes: opened and closed are exactly the items whose applicability differs."""
    was, now = states_of(TREE, before), states_of(TREE, after)
    decided = decide(TREE, before, after)
    assert decided.keys() == {name for name in NAMES if was[name].applies != now[name].applies}
    for name, state in decided.items():
        assert (state.applies, state.closed, state.result) == (
            now[name].applies,
            now[name].closed,
            now[name].result,
        )


@pytest.mark.parametrize("parents", [40, 1000])
def test_an_answer_decides_only_over_what_stands_below_it(
    parents: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many decisions at 200 items as at 5,000: the item, its four children, no other."""
    items = checklist(
        *(
            item
            for number in range(parents)
            for item in (
                conformity(f"P{number}"),
                *(
                    conformity(f"P{number}.{child}", applies_when=answer_is(f"P{number}", "unmet"))
                    for child in range(4)
                ),
            )
        )
    )
    states, index = states_of(items, {}), SubQuestionIndex(items)
    context = build_assessment_context(items.scoring, {}, sheet(), register(), TODAY)
    decided: list[object] = []

    def count(item: object, *args: object) -> ItemState:
        decided.append(item)
        return compute_item_state(item, *args)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("assess.engine.scoring.sub_questions.compute_item_state", count)
    opened = index.recompute_opened_and_closed_items(["P7"], states, {"P7": unmet()}.get, context)
    assert list(opened) == [f"P7.{child}" for child in range(4)]
    assert len(decided) == 5


def test_a_wrong_order_ends() -> None:
    """Items that open each other are decided once, as in an assessment: nothing opens."""
    items = checklist(
        conformity("A", applies_when=answer_is("B", "met")),
        conformity("B", applies_when=answer_is("A", "met")),
    )
    assert decide(items, {}, {"A": met(), "B": met()}) == {}


def test_only_parents_have_sub_questions() -> None:
    """An item without any needs no second decision."""
    index = SubQuestionIndex(TREE)
    assert index.has_sub_questions("A")
    assert not index.has_sub_questions("none")
