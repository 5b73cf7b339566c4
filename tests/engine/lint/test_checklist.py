from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.checklist import lint_checklist
from assess.model.base import Bilingual, Number
from assess.model.checklist import Band, Basis, Cap, Checklist, FactDef, FactOption
from assess.model.conflict import Conflict, ConflictRow
from assess.model.item import Item
from assess.problem import TreePath
from factories import (
    band,
    checklist,
    choice,
    choices,
    conformity,
    date_item,
    ladder,
    number,
    ratio,
    scoring,
    section,
    table,
    text,
    text_item,
)

ALL_KINDS: tuple[Item, ...] = (
    conformity("A"),
    ladder("B"),
    ratio("C"),
    number("D"),
    choice("E"),
    choices("F"),
    date_item("G"),
    text_item("H"),
    table("I"),
)


def found(given: Checklist) -> list[tuple[str, TreePath]]:
    """Return codes and paths of what is wrong."""
    return [(one.code, one.path) for one in lint_checklist(given, "en")]


def test_a_right_checklist() -> None:
    """A checklist of every kind, in both languages, gives not a word."""
    assert found(checklist(*ALL_KINDS)) == []


def test_duplicates_point_at_the_second() -> None:
    """Ids used twice are reported where they stand the second time."""
    given = checklist(
        sections=(section(conformity("A"), conformity("A")), section(conformity("A"))),
        scoring=scoring(bands=(band("x", at_least=Number(9)), band("x", at_least=Number(0)))),
    )
    assert found(given) == [
        ("duplicate-id", ("scoring", "bands", 1, "id")),
        ("duplicate-id", ("sections", 1, "id")),
        ("duplicate-item", ("sections", 0, "items", 1, "id")),
        ("duplicate-item", ("sections", 1, "items", 0, "id")),
    ]


def test_the_reserved_id() -> None:
    """`conflict` as an id would be read as what a merge left, so nothing may have it."""
    given = checklist(sections=(section(conformity("A"), conformity("conflict")),), id="conflict")
    assert found(given) == [
        ("id-reserved", ("id",)),
        ("id-reserved", ("sections", 0, "items", 1, "id")),
    ]


def test_missing_languages() -> None:
    """Texts in one language are named with what they lack; blank counts as missing."""
    given = checklist(
        title="只有中文",
        summary=Bilingual(zh=" ", en="Only English"),
        basis={"csl": Basis(title=Bilingual())},
    )
    problems = lint_checklist(given, "en")
    assert [(one.path, one.message, one.severity) for one in problems] == [
        (("title",), "this text lacks English", "warning"),
        (("basis", "csl", "title"), "this text lacks Chinese, English", "warning"),
        (("summary",), "this text lacks Chinese", "warning"),
    ]


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ({"type": "integer", "min": Number(3), "max": Number(2)}, [("limits-order", ("max",))]),
        ({"type": "integer", "min": Number(2), "max": Number(2)}, []),
        ({"type": "choice"}, [("options-missing", ())]),
        (
            {"type": "text", "options": (FactOption(id="a", text="甲"),)},
            [("options-unused", ("options",)), ("language-missing", ("options", 0, "text"))],
        ),
        (
            {"type": "choice", "options": (FactOption(id="a", text=text()),) * 2},
            [("duplicate-id", ("options", 1, "id"))],
        ),
    ],
)
def test_facts(fact: dict[str, Any], expected: list[tuple[str, TreePath]]) -> None:
    """Facts have sound limits, and options where they are choices and only there."""
    given = checklist(profile={"f": FactDef(question=text(), **fact)})
    assert found(given) == [(code, ("profile", "f", *path)) for code, path in expected]


@pytest.mark.parametrize(
    ("method", "fields", "expected"),
    [
        ("percent", {"partial": Number("1.1")}, [("degree-range", ("partial",))]),
        ("percent", {"attention": Number("0.5")}, [("attention-unused", ("attention",))]),
        ("deduction", {"attention": Number(-1)}, [("degree-range", ("attention",))]),
        (
            "rate",
            {"high_risk": Cap(caps_at=Number(101))},
            [("cap-range", ("high_risk", "caps_at"))],
        ),
        ("rate", {"high_risk": Cap(caps_at=Number(100)), "partial": Number(1)}, []),
    ],
)
def test_scoring(method: str, fields: dict[str, Any], expected: list[tuple[str, TreePath]]) -> None:
    """Parameters lie in their ranges and go with the method."""
    given = checklist(sections=(section(domain="technical"),), scoring=scoring(method, **fields))
    assert found(given) == [(code, ("scoring", *path)) for code, path in expected]


TOP = band("a", at_least=Number(90), without="high_risk")
ZERO = band("z", at_least=Number(0))


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ((TOP, ZERO), []),
        ((TOP, band("z")), []),
        ((TOP, band("b", at_least=Number(90)), ZERO), []),
        ((band("a", above=Number(90)), band("b", at_least=Number(90)), ZERO), []),
        ((TOP, band("b", above=Number(90)), ZERO), [("bands-order", (1,))]),
        ((ZERO, TOP), [("bands-order", (1,)), ("bands-gap", (1,))]),
        ((TOP,), [("bands-gap", (0,))]),
        ((band("a", above=Number(0)),), [("bands-gap", (0,))]),
        ((band("z", without="high_risk"),), [("bands-gap", (0,))]),
        ((band("b"), ZERO), [("band-form", (0,))]),
        ((band("b"), ZERO, TOP), [("band-form", (0,)), ("bands-order", (2,)), ("bands-gap", (2,))]),
        ((band("b", at_least=Number(1), above=Number(1)), ZERO), [("band-form", (0,))]),
    ],
)
def test_bands(bands: tuple[Band, ...], expected: list[tuple[str, TreePath]]) -> None:
    """Bands go down, each by one threshold, and the last takes all that is left."""
    given = checklist(scoring=scoring(bands=bands))
    assert found(given) == [(code, ("scoring", "bands", *path)) for code, path in expected]


def test_deduction_wants_domains() -> None:
    """Under deduction each section says which side it is on."""
    given = checklist(
        sections=(section(domain="technical"), section(id_="s2")), scoring=scoring("deduction")
    )
    assert found(given) == [("domain-missing", ("sections", 1))]


def test_conflicts_left_standing() -> None:
    """Every row of a conflict is reported at its place."""
    row = ConflictRow(field="title", by="li")
    conflicts = [Conflict(path=("basis",), row=row), Conflict(path=("basis",), row=row)]
    problems = lint_checklist(checklist(), "en", file="c.yaml", conflicts=conflicts)
    assert [(one.code, one.path, one.file) for one in problems] == [
        ("conflict", ("basis", "conflict", 0), "c.yaml"),
        ("conflict", ("basis", "conflict", 1), "c.yaml"),
    ]
