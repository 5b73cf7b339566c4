from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.scoring.conditions import (
    ConditionVerdict,
    evaluate_condition,
    facts_of_scope,
    list_fact_names,
)
from assess.model.base import Number
from assess.model.condition import Condition
from assess.model.config import Grade, System
from factories import config, fact_is, text


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        (Condition(fact="f", is_=True), True, True),
        (Condition(fact="f", is_=1), True, False),
        (Condition(fact="f", is_=True), 1, False),
        (Condition(fact="f", is_=1), Number("1.0"), True),
        (Condition(fact="f", is_="1"), 1, False),
        (Condition(fact="f", in_=("a", "b")), "b", True),
        (Condition(fact="f", in_=(2, 3)), 4, False),
        (Condition(fact="f", at_least=3), 3, True),
        (Condition(fact="f", at_least=3), 2, False),
        (Condition(fact="f", above=3), 3, False),
        (Condition(fact="f", above=Number("0.1")), Number("0.10000000000000000001"), True),
        (Condition(fact="f", at_most=3), 3, True),
        (Condition(fact="f", at_most=3), 4, False),
        (Condition(fact="f", below=3), 3, False),
        (Condition(fact="f", below=3), 2, True),
        (Condition(fact="f", at_least="2026-01-01"), "2025-12-31", False),
        (Condition(fact="f", above="2026-01-01"), "2026-01-02", True),
    ],
)
def test_comparison(condition: Condition, value: Any, holds: bool) -> None:
    """Operators compare exactly, dates by order, and never a truth value with a number."""
    assert evaluate_condition(condition, {"f": value}) == ConditionVerdict(holds)


@pytest.mark.parametrize("value", ["many", True, ["x"]])
def test_a_fact_that_cannot_be_compared_is_unknown(value: Any) -> None:
    """A fact of the wrong type counts as not given, and is named."""
    assert evaluate_condition(Condition(fact="f", at_least=3), {"f": value}) == ConditionVerdict(
        None, ("f",)
    )


def test_a_missing_fact_is_unknown_and_named() -> None:
    """A fact not given is neither true nor false, also under `not`."""
    condition = Condition(not_=fact_is("f", True))
    assert evaluate_condition(condition, {}) == ConditionVerdict(None, ("f",))
    assert evaluate_condition(condition, {"f": True}) == ConditionVerdict(False)


def test_what_is_decided_misses_nothing() -> None:
    """One false part decides `all` and one true part `any`, whatever else is unknown."""
    parts = (fact_is("a", True), fact_is("b", True), fact_is("b", True))
    assert evaluate_condition(Condition(all=parts), {"a": False}) == ConditionVerdict(False)
    assert evaluate_condition(Condition(any=parts), {"a": True}) == ConditionVerdict(True)
    assert evaluate_condition(Condition(all=parts), {"a": True}) == ConditionVerdict(None, ("b",))
    assert evaluate_condition(Condition(any=parts), {"a": False}) == ConditionVerdict(None, ("b",))


def test_empty_groups() -> None:
    """`all` over nothing is true, `any` over nothing false."""
    assert evaluate_condition(Condition(all=()), {}) == ConditionVerdict(True)
    assert evaluate_condition(Condition(any=()), {}) == ConditionVerdict(False)


_leaves = st.builds(fact_is, st.sampled_from("abc"), st.booleans())
_conditions = st.recursive(
    _leaves,
    lambda inner: (
        st.builds(lambda parts: Condition(all=tuple(parts)), st.lists(inner, max_size=3))
        | st.builds(lambda parts: Condition(any=tuple(parts)), st.lists(inner, max_size=3))
        | st.builds(lambda part: Condition(not_=part), inner)
    ),
    max_leaves=8,
)


@given(_conditions, st.dictionaries(st.sampled_from("abc"), st.booleans()), st.data())
def test_giving_more_facts_never_turns_a_decision(
    condition: Condition, facts: dict[str, bool], data: st.DataObject
) -> None:
    """What is decided stays so whatever is given later; with all facts nothing is unknown."""
    before = evaluate_condition(condition, facts)
    rest = {name: data.draw(st.booleans()) for name in "abc" if name not in facts}
    after = evaluate_condition(condition, facts | rest)
    assert after.value is not None
    assert before.value in (None, after.value)
    assert set(before.missing) <= set(rest)
    assert (before.value is None) == bool(before.missing)


def test_facts_of_the_organization() -> None:
    """The organization's facts are seen bare and by their full name."""
    assert facts_of_scope(config(profile={"egov": True}), None) == {
        "egov": True,
        "organization.egov": True,
    }


def test_facts_of_a_system() -> None:
    """A system sees its own profile bare, the organization's by full name, its grade and fields."""
    system = System(
        name=text(),
        grade=Grade(level=3, s=2, a=3),
        exposure="internet",
        hosting="egov_cloud",
        profile={"units": 1},
    )
    found = facts_of_scope(config(profile={"units": 9}, systems={"portal": system}), "portal")
    assert found == {
        "units": 1,
        "organization.units": 9,
        "system.level": 3,
        "system.s": 2,
        "system.a": 3,
        "system.exposure": "internet",
        "system.hosting": "egov_cloud",
    }


def test_what_is_not_given_is_absent() -> None:
    """A system without a grade has no levels; an unknown system has only the organization's."""
    assert facts_of_scope(config(), "portal") == {}
    assert facts_of_scope(config(profile={"a": 1}), "nowhere") == {"organization.a": 1}


def test_fact_names() -> None:
    """All names a condition reads are found, once each, at every depth."""
    inner = Condition(any=(fact_is("a", 1), Condition(not_=fact_is("b", 1)), fact_is("a", 2)))
    assert list_fact_names(Condition(all=(inner, fact_is("c", 1)))) == ("a", "b", "c")
    assert list_fact_names(None) == ()
    assert list_fact_names(Condition(all=())) == ()
