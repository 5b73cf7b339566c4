"""Values of the organization in a requirement: text is put in, nothing is evaluated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.engine.finding_name import item_label_and_title, label_and_problem_or_title
from assess.engine.lint.checklist import lint_checklist
from assess.engine.parameters import requirement_text_with_values, select_parameter_values
from assess.model.base import Number
from assess.model.checklist import FactDef
from assess.model.item import Conformity, Parameter
from assess.model.results import ItemState
from factories import checklist, text


def _shown(requirement: str, facts: dict[str, Any], *names: str) -> str:
    parameters = tuple(Parameter(fact=name, label=f"how {name}") for name in names)
    item = Conformity(id="A-1", requirement=requirement, parameters=parameters)
    values = select_parameter_values(item, facts)
    state = ItemState(item=item, section="s", number=1, applies="yes", parameters=values)
    return requirement_text_with_values(state, "en")


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, "Every [how often], at most [how many]."),
        ({"often": "90 days", "many": Number("2.50")}, "Every 90 days, at most 2.5."),
        ({"often": date(2026, 5, 12), "other": 1}, "Every 2026-05-12, at most [how many]."),
        ({"often": "{many}", "many": 3}, "Every {many}, at most 3."),
    ],
)
def test_values_and_labels_stand_in_the_requirement(facts: dict[str, Any], shown: str) -> None:
    """A value that looks like a placeholder stays as it is."""
    assert _shown("Every {often}, at most {many}.", facts, "often", "many") == shown


@pytest.mark.parametrize("words", ["{other}", "{often.x}", "{often", "}{", "{{}}", "{0} {often!r}"])
def test_other_braces_stay(words: str) -> None:
    """Whatever a format string would make of them."""
    assert _shown(words, {"often": "daily", "other": "no"}, "often") == words


def test_a_parameter_is_a_fact_that_can_be_written_out() -> None:
    """One that nothing defines is an error; one that stands nowhere is told."""
    profile = {
        "days": FactDef(type="text", question=text("几天？", "How long?")),
        "open": FactDef(type="boolean", question=text("开放？", "Open?")),
    }
    names = ("days", "open", "nothing", "days")
    parameters = tuple(Parameter(fact=name, label="x") for name in names)
    item = Conformity(id="A-1", requirement="Within {open} {nothing}.", parameters=parameters)
    found = [
        (problem.code, problem.path[-2])
        for problem in lint_checklist(checklist(item, profile=profile), "en")
        if "parameter" in problem.code
    ]
    assert found == [
        ("parameter-unused", 0),
        ("parameter-unknown", 1),
        ("parameter-unknown", 2),
        ("parameter-unused", 3),
    ]


def test_the_label_stands_before_the_name() -> None:
    """Of an item, and of a finding of it."""
    item = Conformity(id="A-1", label="AC-2(1)", title="Deny", requirement="R.", problem="Open")
    assert item_label_and_title(item, "en") == "AC-2(1) Deny"
    assert label_and_problem_or_title(item, "en") == "AC-2(1) Open"
