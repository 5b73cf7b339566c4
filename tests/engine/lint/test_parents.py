"""Lint of sub-questions: what their conditions read exists, comes first, and can open them."""

from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.checklist import lint_checklist
from assess.model.base import Number
from assess.model.condition import Condition
from assess.model.item import Item, Verdict
from assess.problem import Problem, TreePath
from factories import (
    answer_is,
    checklist,
    choice,
    choices,
    conformity,
    date_item,
    high_risk,
    ladder,
    number,
    ratio,
    table,
    text,
    text_item,
)

NO_PARTIAL = Verdict(met=text("有"), unmet=text("没有"))
PARENTS = (
    conformity("RESULT"),
    conformity("GRADES", verdict=NO_PARTIAL),
    choice("ONE"),
    choices("MANY"),
    ladder("STEPS"),
    number("DAYS", decimals=1),
    number("COUNT"),
    ratio("SHARE"),
    date_item("DAY"),
    text_item("WORDS"),
    table("ROWS"),
)


def problems_of(*items: Item) -> list[Problem]:
    """Return what is wrong with a checklist of these items."""
    return lint_checklist(checklist(*items), "en")


def found(condition: Condition) -> list[tuple[str, TreePath]]:
    """Return codes and paths, from the condition on, of what is wrong with a sub-question."""
    problems = problems_of(*PARENTS, conformity("CHILD", applies_when=condition))
    return [(problem.code, problem.path[5:]) for problem in problems]


@pytest.mark.parametrize(
    "condition",
    [
        answer_is("RESULT", "partial"),
        answer_is("GRADES", "unmet"),
        Condition(item="ONE", in_=("a", "b")),
        answer_is("MANY", "none"),
        answer_is("STEPS", "yearly"),
        Condition(item="DAYS", at_least=Number("2.5")),
        Condition(item="COUNT", above=Number("2.5")),
        Condition(all=(answer_is("ONE", "a"), Condition(not_=answer_is("MANY", "a")))),
    ],
)
def test_right_conditions(condition: Condition) -> None:
    """Operators and values that an answer can have pass."""
    assert found(condition) == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (answer_is("ONEE", "a"), ("parent-unknown", ("item",))),
        (answer_is("SHARE", 1), ("parent-kind", ("item",))),
        (answer_is("DAY", "2026-01-01"), ("parent-kind", ("item",))),
        (answer_is("WORDS", "x"), ("parent-kind", ("item",))),
        (Condition(item="ROWS", at_least=1), ("parent-kind", ("item",))),
        (answer_is("RESULT", "not_applicable"), ("answer-operand", ("is",))),
        (answer_is("RESULT", "yes"), ("answer-operand", ("is",))),
        (answer_is("GRADES", "partial"), ("answer-operand", ("is",))),
        (answer_is("ONE", "z"), ("answer-operand", ("is",))),
        (Condition(item="ONE", in_=("a", "z")), ("answer-operand", ("in", 1))),
        (Condition(item="ONE", above="a"), ("answer-operator", ("above",))),
        (Condition(item="STEPS", at_least="never"), ("answer-operator", ("at_least",))),
        (answer_is("STEPS", "often"), ("answer-operand", ("is",))),
        (answer_is("COUNT", "3"), ("answer-operand", ("is",))),
        (answer_is("COUNT", Number("2.5")), ("answer-operand", ("is",))),
        (
            Condition(any=(answer_is("ONE", "a"), Condition(not_=answer_is("X", 1)))),
            ("parent-unknown", ("any", 1, "not", "item")),
        ),
    ],
)
def test_wrong_conditions(condition: Condition, expected: tuple[str, TreePath]) -> None:
    """What nobody can answer is an error at its place."""
    assert found(condition) == [expected]


def test_what_to_do_is_said() -> None:
    """A near name, the possible values, the kinds that open."""
    hints = [
        problems_of(*PARENTS, conformity("CHILD", applies_when=condition))[0].hint
        for condition in (answer_is("ONEE", "a"), answer_is("ONE", "z"), answer_is("SHARE", 1))
    ]
    assert hints == [
        "did you mean ONE?",
        "it is one of: a, b",
        "read an item of one of these kinds: conformity, ladder, number, choice, choices",
    ]


def test_a_parent_stands_before() -> None:
    """Behind its sub-question it could open nothing."""
    wrong = problems_of(conformity("C", applies_when=answer_is("P", "met")), conformity("P"))
    assert [problem.code for problem in wrong] == ["parent-order"]
    assert wrong[0].hint.startswith("move “P” before it")


def test_cycles_are_shown_whole() -> None:
    """An item that opens itself, and three in a ring: at the place that breaks the order."""
    itself = problems_of(conformity("A", applies_when=answer_is("A", "met")))
    assert [(problem.code, problem.message[-6:]) for problem in itself] == [
        ("parent-cycle", " A → A")
    ]
    ring = problems_of(
        conformity("A", applies_when=answer_is("C", "met")),
        conformity("B", applies_when=answer_is("A", "met")),
        conformity("C", applies_when=answer_is("B", "met")),
    )
    assert [(problem.code, problem.path[3]) for problem in ring] == [("parent-cycle", 0)]
    assert ring[0].message.endswith("A → B → C → A")


def test_a_case_reads_facts_alone() -> None:
    """An answer decides over an item, never over its high-risk case."""
    case: Any = high_risk(applies_when=Condition(all=(answer_is("P", "met"),)))
    wrong = problems_of(conformity("P"), conformity("A", high_risk=case))
    assert [(problem.code, problem.path[4:]) for problem in wrong] == [
        ("case-reads-answer", ("high_risk", "applies_when", "all", 0, "item"))
    ]


def test_two_ways_to_one_parent_are_no_cycle() -> None:
    """A parent that both conditions of an item lead to is looked at once."""
    ring = problems_of(
        conformity("A", applies_when=answer_is("D", "met")),
        conformity("B", applies_when=answer_is("A", "met")),
        conformity("C", applies_when=answer_is("B", "met")),
        conformity("D", applies_when=Condition(all=(answer_is("B", "met"), answer_is("C", "met")))),
    )
    assert {problem.code for problem in ring} == {"parent-cycle"}
