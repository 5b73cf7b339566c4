from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.sheet import SheetPath, lint_sheet, parse_sheet_path
from assess.model.answer import ChecklistRef, Scope, Sheet, SheetPeople
from assess.model.checklist import Checklist
from assess.model.config import Config, Person, Pin, Round, Variant
from assess.model.conflict import ABSENT, Conflict, ConflictRow
from assess.problem import Problem, TreePath
from factories import SHEET_FILE, TODAY, checklist, config, conformity, met, register, sheet, text

ONE = "sha256:" + "1" * 64
TWO = "sha256:" + "2" * 64


def lint(
    given: Sheet,
    *,
    against: Checklist | None = None,
    facts: Config | None = None,
    file: str = SHEET_FILE,
    **settings: Any,
) -> list[Problem]:
    """Return what is wrong in a sheet of the organization's."""
    known = against or checklist(conformity())
    return lint_sheet(
        given, known, facts or config(), register(), TODAY, "en", file=file, **settings
    )


def found(given: Sheet, **settings: Any) -> list[tuple[str, TreePath, str]]:
    """Return codes, paths and severities."""
    return [(one.code, one.path, one.severity) for one in lint(given, **settings)]


def test_a_right_sheet() -> None:
    """An empty sheet in its place is right; problems carry its path."""
    assert found(sheet()) == []
    assert [one.file for one in lint(sheet(round="2025"))] == [SHEET_FILE] * 2


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (SHEET_FILE, SheetPath("2026", "egov", None)),
        ("/w/answers/2026/mlps@portal.yaml", SheetPath("2026", "mlps", "portal")),
        ("answers/egov.yaml", None),
        ("elsewhere.yaml", None),
    ],
)
def test_what_a_path_says(file: str, expected: SheetPath | None) -> None:
    """answers/ROUND/CHECKLIST[@SYSTEM].yaml, and nothing else."""
    assert parse_sheet_path(file) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("answers/2026/other.yaml", ("sheet-checklist", ("checklist", "id"), "error")),
        ("answers/2025/egov.yaml", ("sheet-round", ("round",), "error")),
        ("answers/2026/egov@portal.yaml", ("sheet-scope", ("scope",), "error")),
    ],
)
def test_the_file_is_named_otherwise(file: str, expected: Any) -> None:
    """Name and folder must agree with what the sheet says."""
    assert found(sheet(), file=file) == [expected]


def test_scope_kind_and_unknown_system() -> None:
    """A system's sheet for an organization's checklist, and a system nobody knows."""
    given = sheet(scope=Scope(system="portla"))
    assert found(given, file="answers/2026/egov@portla.yaml") == [
        ("scope-kind", ("scope",), "error"),
        ("system-unknown", ("scope", "system"), "error"),
        ("sheet-not-listed", ("round",), "warning"),
    ]
    unknown = lint(given, file="x.yaml")[1]
    assert unknown.hint == "did you mean portal?"


def test_organization_and_round() -> None:
    """Another organization's sheet, and a round that is not in assess.yaml."""
    assert found(sheet(scope=Scope(organization="other"), round="2027"), file="x.yaml") == [
        ("organization-unknown", ("scope", "organization"), "error"),
        ("round-unknown", ("round",), "error"),
    ]


def test_a_sheet_the_round_does_not_list() -> None:
    """A forgotten sheet is a warning that says what to add."""
    (problem,) = lint(sheet(), facts=config(rounds={"2026": Round(title=text())}))
    assert (problem.code, problem.hint) == ("sheet-not-listed", "add “egov” to its `sheets`")


def test_versions() -> None:
    """Another version than the pinned one needs an upgrade, whatever the digests."""
    given = sheet(checklist=ChecklistRef(id="egov", version="2025.2", digest=ONE))
    assert found(given, digest=TWO) == [("checklist-version", ("checklist", "version"), "error")]


@pytest.mark.parametrize(
    ("own", "pinned", "pin", "expected"),
    [
        (ONE, ONE, Pin(source="library"), []),
        (None, ONE, Pin(source="library"), []),
        (ONE, None, Pin(source="library"), []),
        (ONE, TWO, Pin(source="library"), ["error"]),
        (ONE, TWO, None, ["error"]),
        (ONE, TWO, Pin(source="local"), ["warning"]),
        (ONE, TWO, Pin(source="library", variant=Variant(digest=TWO, reason="补充")), []),
        (ONE, TWO, Pin(source="library", variant=Variant(digest=ONE, reason="旧")), ["error"]),
    ],
)
def test_a_pin_edited_by_hand(
    own: str | None, pinned: str | None, pin: Pin | None, expected: list[str]
) -> None:
    """An edited pin is an error, unless accepted as a variant; a local one may be edited."""
    given = sheet(checklist=ChecklistRef(id="egov", version="2026.1", digest=own))
    facts = config(checklists={"egov": pin} if pin else {})
    seen = found(given, facts=facts, digest=pinned)
    assert seen == [("checklist-digest", ("checklist", "digest"), one) for one in expected]


def test_people_and_assignments() -> None:
    """Everybody named must be in assess.yaml; only sections and items can be assigned."""
    given = sheet(
        people=SheetPeople(filler="wang", reviewer="nobody", leader="none"),
        assigned={"s1": "wang", "A-1": "no", "s2": "li"},
    )
    assert found(given) == [
        ("person-unknown", ("people", "reviewer"), "error"),
        ("person-unknown", ("people", "leader"), "error"),
        ("person-unknown", ("assigned", "A-1"), "error"),
        ("assigned-unknown", ("assigned", "s2"), "error"),
    ]


def test_near_people() -> None:
    """A mistyped person is suggested."""
    facts = config(people={"wang-min": Person(name="王敏")})
    (problem,) = lint(sheet(people=SheetPeople(filler="wang-mni")), facts=facts)
    assert problem.hint == "did you mean wang-min?"


def test_unknown_items() -> None:
    """An answer to an item the checklist lacks is named with the nearest ones."""
    (problem,) = lint(sheet({"A-11": met()}))
    assert (problem.code, problem.path) == ("item-unknown", ("answers", "A-11"))
    cure = "put the answer aside: assess upgrade egov; or delete it"
    assert problem.hint == f"did you mean A-1? {cure}"


def test_conflicts_left_standing() -> None:
    """Every open conflict is an error at its row."""
    row = ConflictRow(field="value", theirs=ABSENT)
    conflicts = [Conflict(path=("answers", "A-1"), row=row)]
    assert found(sheet(), conflicts=conflicts) == [
        ("conflict", ("answers", "A-1", "conflict", 0), "error")
    ]


def test_near_names_are_sought_only_for_the_first_unknown_items() -> None:
    """A sheet of another checklist: thousands of slow searches would help nobody."""
    given = sheet({f"B-{index}": met() for index in range(50)})
    seen = lint(given, against=checklist(*(conformity(f"A-{index}") for index in range(50))))
    assert [one.code for one in seen] == ["item-unknown"] * 50
    assert [one.hint.startswith("did you mean") for one in seen] == [True] * 20 + [False] * 30
