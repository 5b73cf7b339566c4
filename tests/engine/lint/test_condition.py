from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.checklist import lint_checklist
from assess.model.base import Number
from assess.model.condition import Condition
from assess.problem import TreePath
from factories import checklist, conformity, fact_is

AT = ("sections", 0, "items", 0, "applies_when")


def found(condition: Condition, **fields: Any) -> list[tuple[str, TreePath]]:
    """Return codes and paths, from the condition on, of what is wrong with it."""
    item = conformity(applies_when=condition)
    problems = lint_checklist(checklist(item, **fields), "en")
    return [(one.code, one.path[len(AT) :]) for one in problems]


@pytest.mark.parametrize(
    "condition",
    [
        fact_is("egov", True),
        fact_is("organization.egov", False),
        Condition(fact="units", at_least=Number("2.5")),
        Condition(fact="share", below=Number("0.5")),
        Condition(fact="built", above="2020-01-01"),
        Condition(fact="size", in_=("small", "large")),
        fact_is("town", "青溪"),
    ],
)
def test_right_conditions(condition: Condition) -> None:
    """Operators and operands that go with the fact pass."""
    assert found(condition) == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (fact_is("egv", True), ("fact-unknown", ("fact",))),
        (fact_is("organization.egv", True), ("fact-unknown", ("fact",))),
        (fact_is("system.colour", "red"), ("fact-unknown", ("fact",))),
        (fact_is("system.level", 3), ("fact-scope", ("fact",))),
        (Condition(fact="egov", at_least=1), ("operator-type", ("at_least",))),
        (Condition(fact="size", above="small"), ("operator-type", ("above",))),
        (fact_is("egov", "true"), ("operand-type", ("is",))),
        (fact_is("units", Number("2.5")), ("operand-type", ("is",))),
        (fact_is("built", "2026-02-30"), ("operand-type", ("is",))),
        (Condition(fact="units", at_most="3"), ("operand-type", ("at_most",))),
        (Condition(fact="size", in_=("small", "huge")), ("operand-type", ("in", 1))),
        (
            Condition(all=(fact_is("egov", True), fact_is("x", 1))),
            ("fact-unknown", ("all", 1, "fact")),
        ),
        (Condition(any=(fact_is("x", 1),)), ("fact-unknown", ("any", 0, "fact"))),
        (Condition(not_=fact_is("x", 1)), ("fact-unknown", ("not", "fact"))),
    ],
)
def test_wrong_conditions(condition: Condition, expected: tuple[str, TreePath]) -> None:
    """What can't be right is reported at its place, at every depth."""
    assert found(condition) == [expected]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(fact="system.level", at_least=3), []),
        (fact_is("system.exposure", "internet"), []),
        (fact_is("system.hosting", "moon"), [("operand-type", ("is",))]),
        (fact_is("organization.anything", 1), []),
        (fact_is("egov", True), []),
        (fact_is("nothing", True), [("fact-unknown", ("fact",))]),
    ],
)
def test_conditions_of_a_system(condition: Condition, expected: list[Any]) -> None:
    """A system's checklist reads grade and fields, and may read any organization's fact."""
    assert found(condition, scope="system") == expected


def test_near_names_and_forms_are_told() -> None:
    """The hint names the nearest fact, or what the fact can be."""
    item = conformity(applies_when=fact_is("egv", True))
    (unknown,) = lint_checklist(checklist(item), "en")
    assert unknown.hint == "did you mean egov?"
    item = conformity(applies_when=fact_is("size", Number("2.50")))
    (wrong,) = lint_checklist(checklist(item), "en")
    assert wrong.message == "“2.5” can never be the fact “size”"
    assert wrong.hint == "it is one of: small, large"
