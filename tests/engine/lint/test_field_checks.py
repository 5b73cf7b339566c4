"""Lint of field checks in a checklist, and of answers that break them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, get_args

import msgspec
import pytest
import yaml

from assess.engine.lint.checklist import lint_checklist
from assess.engine.lint.sheet import lint_sheet
from assess.model.answer import Answer
from assess.model.base import Bilingual
from assess.model.field_check import FieldCheck, FieldCheckForm
from assess.model.item import Item
from assess.model.item_parts import Column
from assess.problem import Problem, TreePath
from factories import (
    SHEET_FILE,
    TODAY,
    checklist,
    config,
    conformity,
    date_item,
    number,
    ratio,
    register,
    sheet,
    table,
    text,
)

DOCS: Final = Path(__file__).parents[3] / "docs"

TERMS: Final = (
    Column(id="name", title=text(), type="text"),
    *(Column(id=name, title=text(), type="date") for name in ("from", "to_day")),
)
ITEMS = (
    *(number("N-1"), number("N-2"), number("N-3")),
    *(ratio("R-1"), table("T-1"), date_item("D-1"), date_item("D-2"), conformity("C-1")),
    *(table("L-1", columns=TERMS), table("L-2", columns=TERMS)),
)


def broken_rules(said: Bilingual | None = None, **form: Any) -> list[tuple[str, TreePath]]:
    """Return codes and paths, from the check on, of what is wrong with a check."""
    check = FieldCheck(text=said or text(), **form)
    problems = lint_checklist(checklist(*ITEMS, checks=(check,)), "en")
    return [(problem.code, problem.path[2:]) for problem in problems if problem.path[0] == "checks"]


@pytest.mark.parametrize(
    "form",
    [
        {"sum": ("N-1", "N-2", "R-1.part"), "equals": "R-1.whole"},
        {"value": "T-1.rows", "at_most": "N-1"},
        {"rows": "T-1", "equals": "N-1"},
        {"column": "T-1.ports", "sum_equals": "T-1.rows"},
        {"column": "T-1.mbps", "sum_equals": "N-1"},
        {"dates": ("D-1", "D-2"), "in_order": True},
        {"dates": ("L-1.from", "L-1.to_day"), "in_order": True},
    ],
)
def test_right_checks(form: dict[str, Any]) -> None:
    """Operands that have what the check reads pass; one item may give several of its numbers."""
    assert broken_rules(**form) == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"sum": ("N-1", "N-9"), "equals": "N-2"}, ("field-check-item", ("sum", 1))),
        ({"value": "C-1", "at_most": "N-2"}, ("field-check-number", ("value",))),
        ({"value": "N-1", "at_most": "R-1"}, ("field-check-number", ("at_most",))),
        ({"value": "N-1", "at_most": "R-1.share"}, ("field-check-number", ("at_most",))),
        ({"sum": ("D-1",), "equals": "N-2"}, ("field-check-number", ("sum", 0))),
        ({"rows": "T-1", "equals": "T-1"}, ("field-check-number", ("equals",))),
        ({"rows": "N-1", "equals": "N-2"}, ("field-check-table", ("rows",))),
        ({"rows": "T-1.rows", "equals": "N-2"}, ("field-check-table", ("rows",))),
        ({"column": "T-1.carrier", "sum_equals": "N-1"}, ("field-check-column", ("column",))),
        ({"column": "T-1.cost", "sum_equals": "N-1"}, ("field-check-column", ("column",))),
        ({"column": "T-9.cost", "sum_equals": "N-1"}, ("field-check-item", ("column",))),
        ({"dates": ("D-1", "N-1"), "in_order": True}, ("field-check-date", ("dates", 1))),
        ({"dates": ("L-1.from", "L-1.name"), "in_order": True}, ("field-check-date", ("dates", 1))),
        ({"dates": ("L-1.from", "D-1"), "in_order": True}, ("field-check-mixed", ("dates", 1))),
        (
            {"dates": ("L-1.from", "L-2.from"), "in_order": True},
            ("field-check-mixed", ("dates", 1)),
        ),
        ({"sum": ("N-1", "N-1"), "equals": "N-2"}, ("field-check-twice", ("sum", 1))),
        ({"value": "N-1", "at_most": "N-1"}, ("field-check-twice", ("at_most",))),
        ({"dates": ("D-1", "D-2", "D-1"), "in_order": True}, ("field-check-twice", ("dates", 2))),
    ],
)
def test_wrong_checks(form: dict[str, Any], expected: tuple[str, TreePath]) -> None:
    """Each fault is told where it stands."""
    assert expected in broken_rules(**form)


def test_columns_that_can_be_summed_up_are_named() -> None:
    """Those of numbers; a table without one has a dash."""
    named = []
    for key in ("T-1", "L-1"):
        check = FieldCheck(text=text(), column=f"{key}.carrier", sum_equals="N-1")
        problems = lint_checklist(checklist(*ITEMS, checks=(check,)), "en")
        named += [problem.hint for problem in problems if problem.code == "field-check-column"]
    assert len(named) == 2
    assert "T-1.mbps, T-1.ports" in str(named[0])
    assert "–" in str(named[1])


def test_a_check_says_what_must_be_so() -> None:
    """A text of blanks says nothing."""
    empty = broken_rules(Bilingual(zh=" "), rows="T-1", equals="N-1")
    assert ("field-check-text", ("text",)) in empty


@pytest.mark.parametrize("page", ["writing-checklists.md", "writing-checklists.en.md"])
def test_the_example_of_the_page_is_right(page: str) -> None:
    """It shows each form once, and passes for the items that the page names."""
    source = (DOCS / page).read_text("utf-8")
    (block,) = re.findall(r"(?ms)^```yaml\nformat: assess/checklist/3\n(checks:.*?)^```$", source)
    checks = msgspec.convert(yaml.safe_load(block)["checks"], tuple[FieldCheck, ...])
    assert {type(check.form) for check in checks} == set(get_args(FieldCheckForm))
    terminals = Column(id="terminals", title=text(), type="integer")
    items: tuple[Item, ...] = (
        *(number(f"FRM-SYS-0{place}") for place in (1, 2, 3, 4, 7)),
        *(ratio("FRM-SYS-05"), table("FRM-SYS-06", columns=(terminals,))),
        *(date_item("FRM-SYS-08"), date_item("FRM-SYS-09")),
    )
    problems = lint_checklist(checklist(*items, checks=checks), "en")
    assert [problem for problem in problems if problem.path[0] == "checks"] == []


def lint_answers(answers: dict[str, Answer]) -> list[Problem]:
    """Return what is wrong with answers to two numbers that must add up to a third."""
    check = FieldCheck(text=text("分项之和", "parts"), sum=("N-1", "N-2"), equals="N-3")
    problems = lint_sheet(
        sheet(answers),
        checklist(*ITEMS, checks=(check,)),
        config(),
        register(),
        TODAY,
        "en",
        file=SHEET_FILE,
    )
    return [problem for problem in problems if problem.code == "field-check"]


def test_answers_that_break_a_check_are_a_warning() -> None:
    """It stands at the last of them, and names all; what is not answered yet breaks nothing."""
    answers = {name: Answer(value=value) for name, value in (("N-1", 5), ("N-2", 8), ("N-3", 25))}
    (problem,) = lint_answers(answers)
    assert problem.severity == "warning"
    assert problem.path == ("answers", "N-3")
    assert problem.message == "answers do not fit together: 5 + 8 = 13, must equal N-3 (25): parts"
    assert problem.hint.endswith("N-1, N-2, N-3")
    assert lint_answers({**answers, "N-3": Answer(value=13)}) == []
    assert lint_answers({"N-1": Answer(value=5), "N-3": Answer(value=25)}) == []
