from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.checklist import lint_checklist
from assess.model.base import Number
from assess.model.item import (
    Choices,
    HighRisk,
    Item,
    Mitigation,
    Proof,
    Ref,
    Remedy,
    Silence,
    Verdict,
)
from assess.model.item_parts import Column, ColumnOption, Option, Other, Rows, Rung, Step
from assess.problem import TreePath
from factories import (
    checklist,
    choice,
    conformity,
    date_item,
    fact_is,
    high_risk,
    ladder,
    number,
    options,
    ratio,
    scoring,
    section,
    table,
    text,
    text_item,
)

AT = ("sections", 0, "items", 0)


def found(item: Item, **fields: Any) -> list[tuple[str, TreePath]]:
    """Return codes and paths, from the item on, of what is wrong with it."""
    problems = lint_checklist(checklist(item, **fields), "en")
    assert all(one.path[: len(AT)] == AT for one in problems)
    return [(one.code, one.path[len(AT) :]) for one in problems]


def step(degree: str = "1", **bounds: int) -> Step:
    """Return a step with these bounds."""
    return Step(degree=Number(degree), **{name: Number(one) for name, one in bounds.items()})


def rung(id_: str, degree: str) -> Rung:
    """Return a rung."""
    return Rung(id=id_, degree=Number(degree), text=text())


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (conformity(title="题"), [("language-missing", ("title",))]),
        (conformity(requirement="求"), [("language-missing", ("requirement",))]),
        (conformity(check=(text(), "查")), [("language-missing", ("check", 1))]),
        (
            conformity(remedy=Remedy(now="今", lasting="久")),
            [("language-missing", ("remedy", "now")), ("language-missing", ("remedy", "lasting"))],
        ),
        (
            conformity(evidence=(Proof(id="a", text="证"), Proof(id="a", text=text()))),
            [
                ("duplicate-id", ("evidence", 1, "id")),
                ("language-missing", ("evidence", 0, "text")),
            ],
        ),
        (conformity(check=(), evidence=()), [("check-missing", ()), ("proof-missing", ())]),
        (date_item(check=(), evidence=()), []),
        (conformity(weight=Number("-0.5")), [("weight-negative", ("weight",))]),
        (conformity(weight=Number(0)), []),
        (
            conformity(refs=(Ref(basis="csk", clause="1"),)),
            [("basis-unknown", ("refs", 0, "basis"))],
        ),
        (conformity(refs=(Ref(basis="csl", clause="1"),)), []),
        (conformity(supersedes=("OLD", "A-1")), [("supersedes-living", ("supersedes", 1))]),
        (
            conformity(still_valid=("zh-2b7d01c4aa10", "zh-2B7D01C4AA10", "2b7d01c4aa10")),
            [("still-valid-form", ("still_valid", 1)), ("still-valid-form", ("still_valid", 2))],
        ),
        (
            text_item(veto=True, high_risk=HighRisk(case="1")),
            [("never-fails", ("veto",)), ("never-fails", ("high_risk",))],
        ),
        (
            conformity(
                high_risk=high_risk(
                    mitigations=(Mitigation(id="a", lowers_to="low", text="缓"),) * 2,
                    applies_when=fact_is("nowhere", 1),
                )
            ),
            [
                ("fact-unknown", ("high_risk", "applies_when", "fact")),
                ("duplicate-id", ("high_risk", "mitigations", 1, "id")),
                ("language-missing", ("high_risk", "mitigations", 0, "text")),
                ("language-missing", ("high_risk", "mitigations", 1, "text")),
            ],
        ),
        (
            ladder(rungs=(rung("a", "0.5"), rung("a", "1"), rung("c", "-1"))),
            [
                ("duplicate-id", ("rungs", 1, "id")),
                ("rungs-order", ("rungs", 1, "degree")),
                ("degree-range", ("rungs", 2, "degree")),
            ],
        ),
        (ladder(rungs=(rung("a", "1"), rung("b", "1"))), []),
        (number(min=Number(2), max=Number(1)), [("limits-order", ("number", "max"))]),
        (
            ladder(verdict=Verdict(met=text("齐", "All"), not_applicable="never")),
            [("verdict-kind", ("verdict", "met"))],
        ),
        (conformity(verdict=Verdict(met=text("齐", "All"))), []),
        (number(unit="天"), [("language-missing", ("number", "unit"))]),
        (
            choice("E", "1", None, other=Other()),
            [("degree-missing", ("options", 1)), ("degree-missing", ("other",))],
        ),
        (
            choice("E", "1", "2", other=Other(degree=Number(3))),
            [
                ("degree-range", ("options", 1, "degree")),
                ("degree-range", ("other", "degree")),
            ],
        ),
        (choice("E", None, None, other=Other()), []),
        (
            Choices(
                id="F",
                title=text(),
                requirement=text(),
                options=(*options(None), Option(id="a", text="甲")),
            ),
            [("duplicate-id", ("options", 1, "id")), ("language-missing", ("options", 1, "text"))],
        ),
        (table(rows=Rows(min=3, max=2)), [("limits-order", ("rows", "max"))]),
        (
            table(
                columns=(
                    Column(id="a", title="列", type="choice"),
                    Column(
                        id="a",
                        title=text(),
                        type="number",
                        min=Number(2),
                        max=Number(1),
                        unit="米",
                        options=(ColumnOption(id="x", text="甲"),) * 2,
                    ),
                )
            ),
            [
                ("duplicate-id", ("columns", 1, "id")),
                ("language-missing", ("columns", 0, "title")),
                ("options-missing", ("columns", 0)),
                ("language-missing", ("columns", 1, "unit")),
                ("limits-order", ("columns", 1, "max")),
                ("duplicate-id", ("columns", 1, "options", 1, "id")),
                ("language-missing", ("columns", 1, "options", 0, "text")),
                ("language-missing", ("columns", 1, "options", 1, "text")),
                ("options-unused", ("columns", 1, "options")),
            ],
        ),
    ],
)
def test_items(item: Item, expected: list[tuple[str, TreePath]]) -> None:
    """What is wrong in an item is reported at its place, all of it."""
    assert sorted(found(item), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((step(at_least=9), step("0.5", at_least=7)), []),
        ((step(above=7), step("0.5", at_least=7)), []),
        ((step(at_least=7), step("0.5", above=7)), [("steps-order", (1,))]),
        ((step(at_least=7), step("0.5", at_least=9)), [("steps-order", (1,))]),
        ((step(at_most=7), step("0.5", at_most=30)), []),
        ((step(below=7), step("0.5", at_most=7)), []),
        ((step(at_most=7), step("0.5", below=7)), [("steps-order", (1,))]),
        ((step(at_least=9), step("0.5", at_most=3)), []),
        ((step(at_least=1, at_most=3), step("0.5", at_least=2)), []),
        ((step(at_least=1), step("0.5", at_least=2, below=5)), [("steps-order", (1,))]),
        ((Step(degree=Number(2)),), [("degree-range", (0, "degree")), ("step-empty", (0,))]),
    ],
)
def test_steps(steps: tuple[Step, ...], expected: list[tuple[str, TreePath]]) -> None:
    """A step that an earlier one hides, or without threshold, is reported; others are not."""
    wanted = [(code, ("ratio", "steps", *path)) for code, path in expected]
    assert found(ratio(steps=steps)) == wanted
    assert found(number(steps=steps)) == [(code, ("number", *path[1:])) for code, path in wanted]


def test_veto_goes_with_percent_only() -> None:
    """Under another method a veto is pointed out as unused."""
    assert found(conformity(veto=True)) == []
    assert found(conformity(veto=True), scoring=scoring("rate")) == [("veto-unused", ("veto",))]


def test_weights_under_deduction() -> None:
    """f(ω) is 1, 2 or 3; items without score are free."""
    items = (conformity(weight=Number(4)), text_item(weight=Number(4)))
    given = checklist(sections=(section(*items, domain="technical"),), scoring=scoring("deduction"))
    assert [one.code for one in lint_checklist(given, "en")] == ["weight-deduction"]


def test_silence_hides_warnings_and_never_errors() -> None:
    """An item may silence a warning for a reason; an error stays."""
    silence = tuple(
        Silence(rule=rule, reason="已论证") for rule in ("check-missing", "weight-negative")
    )
    item = conformity(check=(), weight=Number(-1), silence=silence)
    assert found(item) == [("weight-negative", ("weight",))]


def test_silence_of_one_item_is_not_that_of_the_next() -> None:
    """Only the item's own warnings are left out."""
    quiet = conformity("A", check=(), silence=(Silence(rule="check-missing", reason="x"),))
    problems = lint_checklist(checklist(quiet, conformity("B", check=())), "en")
    assert [one.path for one in problems] == [("sections", 0, "items", 1)]
