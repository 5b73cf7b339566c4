from __future__ import annotations

from typing import Any

import pytest

from assess.engine.lint.config import has_condition_on_grade, lint_config
from assess.model.base import Number
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.config import Config, Grade, Pin, Round, System, Variant
from assess.model.conflict import Conflict, ConflictRow
from assess.problem import TreePath
from factories import checklist, config, conformity, fact_is, high_risk, profile, register, text

EGOV = checklist(conformity())
GRADED = checklist(
    conformity(applies_when=Condition(not_=fact_is("system.s", 2))),
    id="mlps",
    scope="system",
    profile={"people": FactDef(type="integer", question=text())},
)
BOTH = {"egov": EGOV, "mlps": GRADED}
PINS = {"egov": Pin(source="library"), "mlps": Pin(source="local")}


def found(
    given: Config, checklists: dict[str, Checklist] | None = None
) -> list[tuple[str, TreePath]]:
    """Return codes and paths of what is wrong in assess.yaml."""
    known = {"egov": EGOV} if checklists is None else checklists
    return [(one.code, one.path) for one in lint_config(given, known, register(), "en")]


def test_a_right_config() -> None:
    """What agrees with itself and its checklists gives not a word."""
    right = config(
        profile={"egov": True, "units": 25, "size": "small", "built": "2020-01-01"},
        checklists=PINS,
        systems={
            "portal": System(name=text(), grade=Grade(level=3, s=2, a=3), profile={"people": 4})
        },
        rounds={
            "2025": Round(title=text(), state="closed", tag="round/2025", signed="ev-1"),
            "2026": Round(title=text(), from_="2025", sheets=("egov", "mlps@portal")),
        },
    )
    assert found(right, BOTH) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sheets": ("egvo",)}, [("listed-checklist", ("sheets", 0))]),
        ({"sheets": ("egov", "egov")}, [("listed-twice", ("sheets", 1))]),
        ({"sheets": ("egov@portal",)}, [("listed-scope", ("sheets", 0))]),
        ({"sheets": ("mlps",)}, [("listed-scope", ("sheets", 0))]),
        ({"sheets": ("mlps@portla",)}, [("listed-system", ("sheets", 0))]),
        ({"from_": "2024"}, [("from-unknown", ("from",))]),
        ({"from_": "2026"}, [("from-itself", ("from",))]),
        ({"signed": "ev-9"}, [("signed-unknown", ("signed",))]),
        ({"state": "closed", "sheets": ("gone@gone",)}, [("tag-missing", ())]),
    ],
)
def test_rounds(fields: dict[str, Any], expected: list[tuple[str, TreePath]]) -> None:
    """What a round names must be there; a closed one is read at its tag."""
    given = config(checklists=PINS, rounds={"2026": Round(title=text(), **fields)})
    assert found(given, BOTH) == [(code, ("rounds", "2026", *path)) for code, path in expected]


@pytest.mark.parametrize(
    ("befores", "expected"),
    [
        ({"a": "b", "b": "a"}, [("a", "a ← b ← a")]),
        ({"x": "b", "a": "c", "b": "a", "c": "b"}, [("a", "a ← c ← b ← a")]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("a", "a ← b ← a"), ("c", "c ← d ← c")]),
        ({"a": None, "b": "a", "c": "b"}, []),
    ],
)
def test_rounds_in_a_circle(
    befores: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    """Each circle is named once, at its first round in the file, with its rounds in order."""
    rounds = {key: Round(title=text(), from_=before) for key, before in befores.items()}
    problems = lint_config(config(rounds=rounds), {}, register(), "en")
    assert [(problem.code, problem.path[1]) for problem in problems] == [
        ("from-circle", first) for first, _names in expected
    ]
    assert [problem.message.split(": ")[1] for problem in problems] == [
        names for _first, names in expected
    ]


def test_a_pinned_checklist_that_cannot_be_read_is_known() -> None:
    """That its file is wrong is reported there, not as an unknown name."""
    given = config(rounds={"2026": Round(title=text(), sheets=("egov",))}, profile={"what": 1})
    assert found(given, {}) == []


def test_near_names() -> None:
    """The nearest checklist is suggested."""
    given = config(rounds={"2026": Round(title=text(), sheets=("egvo",))})
    (problem,) = lint_config(given, {"egov": EGOV}, register(), "en")
    assert problem.hint == "did you mean egov?"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("egvo", True, "fact-undefined"),
        ("egov", "yes", "fact-type"),
        ("units", Number("2.5"), "fact-type"),
        ("units", 100, "fact-limits"),
        ("units", -1, "fact-limits"),
        ("share", "half", "fact-type"),
        ("town", " ", "fact-type"),
        ("built", "2026-02-30", "fact-type"),
        ("size", "huge", "fact-type"),
    ],
)
def test_facts(name: str, value: Any, expected: str) -> None:
    """Facts have the type and limits that a checklist gives them."""
    assert found(config(profile={name: value})) == [(expected, ("profile", name))]


def test_facts_of_systems_come_from_checklists_for_systems() -> None:
    """A fact is looked up among checklists of its own scope."""
    portal = System(name=text(), grade=Grade(level=2, s=2, a=2), profile={"egov": True})
    given = config(systems={"portal": portal}, profile={"people": 1}, checklists=PINS)
    assert found(given, BOTH) == [
        ("fact-undefined", ("profile", "people")),
        ("fact-undefined", ("systems", "portal", "profile", "egov")),
    ]


def test_the_same_fact_defined_differently() -> None:
    """Checklists that ask the same fact must define it alike; the question may differ."""
    alike = {**profile(), "egov": FactDef(type="boolean", question="?")}
    other = {"egov": FactDef(type="text", question=text())}
    first = checklist(profile=alike, id="first")
    second = checklist(profile=other, id="second")
    assert found(config(), {"egov": EGOV, "first": first}) == []
    assert found(config(), {"egov": EGOV, "second": second}) == [
        ("fact-differs", ("checklists", "second"))
    ]


def test_a_grade_is_missing_where_a_listed_checklist_asks_for_it() -> None:
    """A warning at the system, once, and only for open rounds that list such a checklist."""
    listed = Round(title=text(), sheets=("mlps@portal", "other@portal"))
    given = config(rounds={"2026": listed}, checklists={**PINS, "other": Pin(source="local")})
    assert found(given, BOTH) == [("grade-missing", ("systems", "portal"))]
    assert found(config(), BOTH) == []
    plain = checklist(id="mlps", scope="system")
    one = config(rounds={"2026": Round(title=text(), sheets=("mlps@portal",))}, checklists=PINS)
    assert found(one, {"egov": EGOV, "mlps": plain}) == []


def test_the_level_is_the_higher_of_s_and_a() -> None:
    """A level that is neither S nor A is pointed out."""
    portal = System(name=text(), grade=Grade(level=2, s=2, a=3))
    assert found(config(systems={"portal": portal})) == [
        ("grade-level", ("systems", "portal", "grade", "level"))
    ]


def test_which_checklists_ask_for_the_grade() -> None:
    """Also a condition of a high-risk case asks."""
    case = high_risk(applies_when=Condition(fact="system.level", at_least=3))
    assert has_condition_on_grade(GRADED)
    assert has_condition_on_grade(checklist(conformity(high_risk=case)))
    assert not has_condition_on_grade(
        checklist(conformity(applies_when=fact_is("system.hosting", "x")))
    )


def test_people_and_conflicts() -> None:
    """Who accepted a variant must be known; conflicts stand in the way."""
    variant = Variant(digest="sha256:" + "0" * 64, reason="本地补充", by="nobody")
    given = config(checklists={"egov": Pin(source="library", variant=variant)})
    conflict = Conflict(path=("profile",), row=ConflictRow(field="variant"))
    problems = lint_config(given, {"egov": EGOV}, register(), "en", conflicts=[conflict])
    assert [(one.code, one.path) for one in problems] == [
        ("conflict", ("profile", "conflict", 0)),
        ("person-unknown", ("checklists", "egov", "variant", "by")),
    ]


def test_a_checklist_that_both_sides_accepted() -> None:
    """What comes after the decision is said: the merged file is neither of the two."""
    conflict = Conflict(path=("checklists", "egov"), row=ConflictRow(field="variant"))
    given = config(checklists={"egov": Pin(source="library")})
    (problem,) = lint_config(given, {"egov": EGOV}, register(), "en", conflicts=[conflict])
    assert problem.hint == (
        "decide: assess settle assess.yaml checklists.egov variant --ours, or --theirs;"
        " once nothing in the checklist is left to decide: assess checklist accept egov --reason …"
    )
