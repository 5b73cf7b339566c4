from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.lint.checklist import CHECKLIST_RULES
from assess.engine.lint.condition import lint_applies_when
from assess.engine.lint.content import reach
from assess.engine.lint.parents import ItemOrder
from assess.engine.lint.texts import list_items_with_paths
from assess.engine.rulebook import ProblemCollector
from assess.engine.scoring.conditions import evaluate_condition
from assess.model.base import Number
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.item import HighRisk
from engine.content.sample import found, good
from factories import (
    answer_is,
    checklist,
    choice,
    choices,
    conformity,
    fact_is,
    ladder,
    number,
    text,
)


def fact(name: str, **operator: Any) -> Condition:
    """Return a comparison."""
    return Condition(fact=name, **operator)


def both(*parts: Condition) -> Condition:
    """Return the condition that all parts hold."""
    return Condition(all=parts)


def can_hold(condition: Condition, whole: Checklist) -> bool:
    """Return whether the condition can hold in a checklist."""
    return reach.may_condition_ever_hold(condition, whole, ItemOrder(whole))


NEVER = [
    both(fact_is("egov", True), fact_is("egov", False)),
    both(fact("units", at_least=5), fact("units", below=5)),
    both(fact("units", above=4), fact("units", below=5)),
    fact("units", below=0),
    fact("units", at_least=100),
    both(fact_is("size", "small"), fact_is("size", "large")),
    both(fact_is("town", "a"), Condition(not_=fact_is("town", "a"))),
    both(fact("built", above="2020-01-02"), fact("built", below="2020-01-03")),
    both(fact("system.level", is_=2), fact("system.s", is_=3)),
    both(fact("system.exposure", is_="internet"), fact("system.exposure", is_="egov")),
    both(fact_is("organization.elsewhere", True), fact_is("organization.elsewhere", False)),
    Condition(any=(both(fact_is("egov", True), fact_is("egov", False)), fact("units", below=0))),
]

SOMETIMES = [
    fact_is("egov", False),
    both(fact("units", at_least=5), fact("units", below=6)),
    both(fact("share", above=0), fact("share", below=1)),
    both(fact("share", above=Number("0.1")), fact("share", below=Number("0.2"))),
    fact("size", in_=("small", "huge")),
    Condition(not_=fact_is("town", "a")),
    both(fact("built", at_least="2020-01-02"), fact("built", below="2020-01-03")),
    both(fact("system.level", is_=3), fact("system.s", is_=2), fact("system.a", is_=3)),
    both(fact("organization.count", above=0), fact("organization.count", below=1)),
    fact_is("organization.elsewhere", False),
    fact("unheard", is_="x"),
    Condition(not_=fact("unheard", is_=True)),
]


@pytest.mark.parametrize("condition", NEVER)
def test_conditions_that_never_hold(condition: Condition) -> None:
    """Contradictions, values beyond the limits, and grades that can't be are found out."""
    assert not can_hold(condition, checklist(scope="system"))


@pytest.mark.parametrize("condition", SOMETIMES)
def test_conditions_that_can_hold(condition: Condition) -> None:
    """What some unit or system can meet passes, exact edges and fractions included."""
    assert can_hold(condition, checklist(scope="system"))


def test_the_limit_itself_is_tried() -> None:
    """Between the number of a condition and the next whole one the limit may be all there is."""
    depth = FactDef(type="number", question=text(), min=Number("0.1"), max=Number("0.8"))
    whole = checklist(profile={"depth": depth})
    assert can_hold(fact("depth", above=Number("0.5")), whole)
    assert can_hold(fact("depth", below=Number("0.5")), whole)
    assert not can_hold(fact("depth", above=Number("0.8")), whole)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_what_holds_somewhere_is_never_called_impossible(low: int, high: int, value: int) -> None:
    """If any number of units meets a condition, the condition can hold."""
    condition = both(fact("units", at_least=low), fact("units", at_most=high))
    if evaluate_condition(condition, {"units": value}).value:
        assert can_hold(condition, checklist())


def test_where_there_is_too_much_to_try_the_condition_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beyond the limit of combinations nothing is claimed."""
    monkeypatch.setattr(reach, "MOST", 1)
    assert can_hold(NEVER[0], checklist())


def test_items_and_their_cases_are_looked_at() -> None:
    """An item's condition, or its case's within it, is noted where it can never hold."""
    never, yes, no = NEVER[0], fact_is("egov", True), fact_is("egov", False)
    assert found(good(applies_when=never)) == ["never-applies applies_when"]
    risk = HighRisk(case="7.1.1.1", applies_when=no)
    item = good(applies_when=yes, high_risk=risk, weight=Number(3))
    assert found(item) == ["never-applies high_risk.applies_when"]
    assert found(good(high_risk=risk, weight=Number(3))) == []
    plain = HighRisk(case="7.1.1.1")
    assert found(good(applies_when=yes, high_risk=plain, weight=Number(3))) == []


ASKED = checklist(
    choice("ONE"),
    choices("MANY", "0.5", "0.2", "0.3"),
    ladder("STEPS"),
    number("DAYS", min=Number(1), max=Number(9)),
    conformity("RESULT", applies_when=answer_is("ONE", "a")),
    conformity("LOST", applies_when=both(fact_is("egov", True), fact_is("egov", False))),
)


@pytest.mark.parametrize(
    "condition",
    [
        answer_is("ONE", "b"),
        both(answer_is("MANY", "a"), answer_is("MANY", "b"), answer_is("MANY", "c")),
        both(answer_is("STEPS", "never"), fact_is("egov", False)),
        Condition(item="DAYS", above=8),
        both(answer_is("RESULT", "unmet"), answer_is("ONE", "a")),
        Condition(not_=answer_is("RESULT", "met")),
        answer_is("UNHEARD", "x"),
    ],
)
def test_answers_that_can_open(condition: Condition) -> None:
    """Ticks go together, numbers up to their limits, a parent with its own condition."""
    assert can_hold(condition, ASKED)


@pytest.mark.parametrize(
    "condition",
    [
        both(answer_is("ONE", "a"), answer_is("ONE", "b")),
        both(answer_is("STEPS", "never"), answer_is("STEPS", "yearly")),
        Condition(item="DAYS", above=9),
        Condition(item="DAYS", below=1),
        both(answer_is("RESULT", "unmet"), answer_is("ONE", "b")),
        answer_is("LOST", "met"),
    ],
)
def test_answers_that_never_open(condition: Condition) -> None:
    """What can't be answered at the same time, and what a parent that is not asked would say."""
    assert not can_hold(condition, ASKED)


def test_a_parent_that_is_never_asked_is_named() -> None:
    """The cure is at the parent; where the parent can be asked, the condition itself is wrong."""
    never = both(fact_is("egov", True), fact_is("egov", False))
    out = ProblemCollector("", "en", reach.REACH_RULES)
    whole = checklist(
        conformity("P", applies_when=never),
        conformity("C", applies_when=answer_is("P", "met")),
        number("N", max=Number(3)),
        conformity("D", applies_when=Condition(item="N", above=3)),
    )
    for located in list_items_with_paths(whole):
        reach.lint_impossible_conditions(out, whole, ItemOrder(whole), located)
    assert [(problem.code, problem.path[3]) for problem in out.problems] == [
        ("never-applies", 0),
        ("parent-never-applies", 1),
        ("never-opens", 3),
    ]
    assert "“P”" in out.problems[1].message


def test_a_cycle_is_left_to_its_own_rule() -> None:
    """Items that open each other are named as a cycle, not as ones that never open."""
    out = ProblemCollector("", "en", reach.REACH_RULES)
    whole = checklist(
        conformity("A", applies_when=answer_is("B", "met")),
        conformity("B", applies_when=answer_is("A", "met")),
    )
    for located in list_items_with_paths(whole):
        reach.lint_impossible_conditions(out, whole, ItemOrder(whole), located)
    assert list(out.problems) == []


@pytest.mark.parametrize("step", [1, -1], ids=["forwards", "backwards"])
def test_a_chain_of_sub_questions_takes_as_many_steps_as_it_has_items(step: int) -> None:
    """Each item opens the next; all of them, in either order, or in a ring, are looked at once."""
    small, large = _count_calls_for_chain(250, step), _count_calls_for_chain(1000, step)
    assert large < small * 5


def test_a_ring_of_sub_questions_takes_as_many_steps_as_it_has_items() -> None:
    """A ring against the order of the items is reported once, not once for each item."""
    small = _count_calls_for_chain(250, -1, ring=True)
    large = _count_calls_for_chain(1000, -1, ring=True)
    assert large < small * 5


def test_a_wide_condition_that_many_items_depend_on_is_read_once() -> None:
    """An item reads many answers, and many items read its answer."""
    small, large = _count_calls_for_fan(250), _count_calls_for_fan(1000)
    assert large < small * 5


def _count_calls_for_chain(count: int, step: int, *, ring: bool = False) -> int:
    """Return how many functions lint calls for a chain of items, each of which opens another."""
    numbers = range(count)[::step]
    items = [
        conformity(f"C-{number}", applies_when=answer_is(f"C-{before % count}", "met"))
        if before in numbers or ring
        else conformity(f"C-{number}")
        for number in range(count)
        for before in [number - step]
    ]
    return _count_calls_of_lint(checklist(*items))


def _count_calls_for_fan(count: int) -> int:
    roots = [conformity(f"R-{number}") for number in range(count)]
    wide = Condition(any=tuple(answer_is(root.id, "met") for root in roots))
    narrow = answer_is("W", "met")
    leaves = [conformity(f"L-{number}", applies_when=narrow) for number in range(count)]
    return _count_calls_of_lint(checklist(*roots, conformity("W", applies_when=wide), *leaves))


def _count_calls_of_lint(whole: Checklist) -> int:
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    order, out = (
        ItemOrder(whole),
        ProblemCollector("", "en", {**reach.REACH_RULES, **CHECKLIST_RULES}),
    )
    sys.setprofile(count)
    try:
        for located in list_items_with_paths(whole):
            path = (*located.path, "applies_when")
            lint_applies_when(out, whole, order, located.item, path)
            reach.lint_impossible_conditions(out, whole, order, located)
    finally:
        sys.setprofile(None)
    return calls


def test_a_condition_that_reads_too_much_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit of comparisons, those of the parents included, nothing is claimed."""
    never = both(fact_is("egov", True), fact_is("egov", False))
    whole = checklist(conformity("P", applies_when=never))
    assert not reach.may_condition_ever_hold(never, whole, ItemOrder(whole))

    monkeypatch.setattr(reach, "_MOST_COMPARISONS", 1)
    assert reach.may_condition_ever_hold(never, whole, ItemOrder(whole))
