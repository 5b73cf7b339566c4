import re
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlps import build

import factories as make
from assess.engine.scoring.assessment import assess_sheet
from assess.engine.scoring.conditions import evaluate_condition
from assess.model.answer import Scope
from assess.model.checklist import Checklist
from assess.model.config import Config, Grade, System
from assess.model.item import Item
from assess.workspace.core.library import read_checklist_file

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {
    "cloud": {2: 29, 3: 46},
    "mobile": {2: 14, 3: 19},
    "iot": {2: 7, 3: 20},
    "ics": {2: 15, 3: 21},
}
CHAPTERS = {"cloud": "2", "mobile": "3", "iot": "4", "ics": "5"}
PARTS = {2: "7", 3: "8"}
GRADES = [(max(s, a), s, a) for s, a in product((1, 2, 3), repeat=2) if max(s, a) > 1]
S_POINTS = {
    2: {"1.10", "2.3", "3.6", "4.1", "4.2", "4.6", "4.7", "4.9", "4.10"},
    3: {"1.10", "2.3", "3.6", "4.1", "4.2", "4.6", "4.7", "4.8", "4.10", "4.11"},
}
A_POINTS = {2: {"1.9", "4.8"}, 3: {"1.9", "4.9"}}
# Cases 43 to 81 with the clauses they name, level 3 first. Two are for level-4 systems, whose own
# clauses no file here holds; they stand at the nearest level-3 clause.
CASES = {
    "7.1.1.1": {"8.2.1.1", "7.2.1.1"},
    "7.2.1.1": {"8.2.2.1 a)", "7.2.2.1 a)"},
    "7.2.1.2": {"8.2.2.1 b)", "7.2.2.1 b)"},
    "7.2.1.3": {"8.2.5.1 a)"},
    "7.2.1.4": {"8.2.2.1 c)", "7.2.2.1 c)"},
    "7.3.1.1": {"8.2.3.1 a)", "7.2.3.1 a)"},
    "7.3.2.1": {"8.2.3.2 a)", "7.2.3.2 a)"},
    "7.4.1.1": {"8.2.4.4 c)"},
    "7.4.2.1": {"8.2.4.5 a)", "7.2.4.3 a)"},
    "7.4.3.1": {"8.2.4.6 a)", "7.2.4.4 a)"},
    "7.4.3.2": {"8.2.4.6 d)"},
    "7.4.4.1": {"8.2.4.7 b)", "7.2.4.5 b)"},
    "7.5.1.1": {"8.2.5.1 b)"},
    "7.6.1.1": {"8.2.6.1 a)", "7.2.5.1 a)"},
    "7.6.2.1": {"8.2.6.2 a)", "7.2.5.2 a)"},
    "7.7.1.1": {"8.2.7.1", "7.2.6.1"},
    "8.1.1.1": {"8.3.1.1", "7.3.1.1"},
    "8.2.1.1": {"8.3.2.1", "7.3.2.1"},
    "8.2.2.1": {"8.3.2.2", "7.3.2.2"},
    "8.2.3.1": {"8.3.2.3 d)", "7.3.2.3 d)"},
    "8.2.3.2": {"8.3.2.3 e)", "7.3.2.3 e)"},
    "8.2.3.3": {"8.3.2.3 b)", "7.3.2.3 b)"},
    "8.3.1.1": {"8.3.3.2 b)"},
    "8.3.1.2": {"8.3.3.2 c)"},
    "8.4.1.1": {"8.3.4.1 a)", "7.3.4.1 a)"},
    "8.4.1.2": {"8.3.4.1 b)"},
    "9.1.1.1": {"8.4.1.1 a)", "7.4.1.1 a)"},
    "9.2.1.1": {"8.4.2.1", "7.4.2.1"},
    "9.3.1.1": {"8.4.3.1 a)"},
    "9.3.2.1": {"8.4.3.2 a)"},
    "10.1.1.1": {"8.5.1.1 a)", "7.5.1.1 a)"},
    "10.2.1.1": {"8.5.2.1 a)", "7.5.2.1 a)"},
    "10.2.1.2": {"8.5.2.1 b)", "7.5.2.1 b)"},
    "10.2.2.1": {"8.5.2.2", "7.5.2.2"},
    "10.3.1.1": {"8.5.3.1 a)", "7.5.3.1 a)"},
    "10.3.2.1": {"8.5.3.3 d)"},
    "10.4.1.1": {"8.5.4.1 d)"},
    "10.4.1.2": {"8.5.4.1 e)"},
    "10.5.1.1": {"8.5.5.1", "7.5.5.1"},
}
FROM_LEVEL_4 = {"7.2.1.3", "8.1.1.1"}
FROM_LEVEL_3 = {
    *("7.3.2.1", "7.4.1.1", "7.4.3.2", "7.5.1.1", "7.6.2.1"),
    *("8.2.1.1", "8.2.3.1", "8.2.3.3", "8.3.1.1", "8.3.1.2", "8.4.1.1", "8.4.1.2"),
    *("9.1.1.1", "9.3.1.1", "9.3.2.1", "10.2.2.1", "10.3.2.1", "10.4.1.1", "10.4.1.2"),
}
"""By the guide's scope; 7.4.3.2 reaches level 2 there, but only level 3 has the clause."""

TENANTS_ONLY = {"7.4.3.1", "7.6.1.1"}
EITHER_SIDE = {"7.3.1.1"}
WITHOUT_MITIGATION = {
    *("7.1.1.1", "7.2.1.1", "7.2.1.2", "7.2.1.3", "7.2.1.4", "7.4.1.1", "7.4.2.1", "7.4.3.2"),
    *("7.4.4.1", "7.6.1.1", "7.6.2.1", "7.7.1.1", "8.2.2.1", "8.2.3.2", "8.4.1.1", "8.4.1.2"),
    *("9.1.1.1", "9.2.1.1", "10.3.1.1"),
}


@cache
def library(name: str) -> Checklist:
    """Read a committed checklist, once."""
    return read_checklist_file(ROOT / "checklists" / f"mlps-{name}.yaml", "zh")


@cache
def clauses(level: int, chapter: str) -> frozenset[str]:
    """Return the clauses of a chapter from the program's table of the standard."""
    path = ROOT / "src" / "assess" / "data" / "clauses.yaml"
    table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # safe, and fast
    points: dict[str, int] = table["gbt22239"]["points"]
    found = set()
    for point, letters in points.items():
        if point.startswith(f"{PARTS[level]}.{chapter}."):
            found |= {f"{point} {chr(97 + n)})" for n in range(letters)} or {point}
    return frozenset(found)


def graded(level: int, s: int, a: int) -> Config:
    """Return a configuration whose system has this grade."""
    grade = Grade(level=level, s=s, a=a)
    return make.config(systems={"portal": System(name=make.text(), grade=grade)})


def applying(name: str, level: int, s: int, a: int) -> list[Item]:
    """Return the items that a system of this grade gets, as the program counts them."""
    sheet = make.sheet(scope=Scope(system="portal"))
    found = assess_sheet(library(name), sheet, graded(level, s, a), make.register(), make.TODAY)
    states = [one for part in found.sections for one in part.items]
    assert {one.applies for one in states} <= {"yes", "no"}
    return [one.item for one in states if one.applies == "yes"]


def cited(item: Item) -> list[str]:
    """Return the clauses of the standard that an item cites."""
    return [ref.clause for ref in item.refs if ref.basis == "gbt22239"]


def own(items: list[Item], level: int) -> list[str]:
    """Return the clauses of one level that items cite, with repeats."""
    return [leaf for item in items for leaf in cited(item) if leaf.startswith(PARTS[level])]


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize(("level", "s", "a"), GRADES)
def test_a_system_gets_each_clause_of_its_level_once(name: str, level: int, s: int, a: int) -> None:
    """The extension points are all G: only the system's level decides, whatever S and A."""
    items = applying(name, level, s, a)
    assert len(items) == COUNTS[name][level]
    assert Counter(own(items, level)) == Counter(clauses(level, CHAPTERS[name]))


@pytest.mark.parametrize("name", COUNTS)
def test_other_levels(name: str) -> None:
    """Level 1 gets nothing here; level 4, which asks no less than level 3, the level-3 items."""
    assert applying(name, 1, 1, 1) == []
    assert applying(name, 4, 4, 3) == applying(name, 3, 3, 3)


@pytest.mark.parametrize(("level", "s", "a"), GRADES)
def test_both_general_files_give_the_requirements_of_annex_a(level: int, s: int, a: int) -> None:
    """G points at the system's level, S points at that of S, A points at that of A."""
    levels = {"G": level, "S": s, "A": a}
    wanted = {
        clause
        for one in PARTS
        for clause in clauses(one, "1")
        if levels[_letter(clause, one)] == one
    }
    items = [*applying("level2", level, s, a), *applying("level3", level, s, a)]
    found = [cited(item)[0] for item in items]
    assert Counter(found) == Counter(wanted)


def _letter(clause: str, level: int) -> str:
    point = clause.partition(" ")[0].removeprefix(f"{PARTS[level]}.1.")
    return "S" if point in S_POINTS[level] else "A" if point in A_POINTS[level] else "G"


def test_an_s2a3_system_by_number() -> None:
    """One combination counted by hand: G and A items of level 3, S items of level 2."""
    letters = Counter((item.letter, item.id[:2]) for item in _general(3, 2, 3))
    assert letters == {("G", "L3"): 181, ("A", "L3"): 6, ("S", "L2"): 15}


def _general(level: int, s: int, a: int) -> list[Item]:
    return [item for name in ("level2", "level3") for item in applying(name, level, s, a)]


@pytest.mark.parametrize("name", COUNTS)
def test_unit_codes_have_no_gap(name: str) -> None:
    """Each level's ids run through the domains as Annex C of GB/T 28448 numbers them."""
    source = build.load(ROOT / "scripts" / "mlps" / f"{name}.yaml")
    entries = [
        item
        for section in source["sections"]
        for point in section["points"]
        for item in point["items"]
    ]
    for level in (2, 3):
        ids = [item[f"level{level}"]["id"] for item in entries if f"level{level}" in item]
        numbers: dict[str, list[int]] = {}
        for one in ids:
            match = re.fullmatch(rf"L{level}-([A-Z]{{3}}){CHAPTERS[name]}-(\d\d)", one)
            assert match, one
            numbers.setdefault(match[1], []).append(int(match[2]))
        assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
        assert len(ids) == COUNTS[name][level]


@pytest.mark.parametrize("name", COUNTS)
def test_an_id_says_from_which_level_on(name: str) -> None:
    """A shared item bears its level-2 code; G throughout, the lowest level's clause first."""
    for item in library(name).items().values():
        assert item.letter == "G"
        assert cited(item)[0].startswith(PARTS[int(item.id[1])]), item.id


def _risky() -> list[tuple[str, Item]]:
    return [
        (name, item)
        for name in COUNTS
        for item in library(name).items().values()
        if item.high_risk is not None
    ]


def test_every_extension_case_stands_at_its_clauses() -> None:
    """All 39, at no other clause; a shared item cites the clause of both levels."""
    found: dict[str, set[str]] = {}
    for _, item in _risky():
        assert item.high_risk is not None
        found.setdefault(item.high_risk.case, set()).update(cited(item))
        assert ("high-risk-guide", item.high_risk.case) in [(r.basis, r.clause) for r in item.refs]
        assert item.weight == 3, item.id
    assert found == CASES


def _reaches(item: Item, level: int, *, platform: bool | None) -> bool:
    """Return whether the case of an item counts for such a system."""
    facts = {"system.level": level, "system.s": level, "system.a": level}
    if platform is not None:
        facts["cloud_platform"] = platform
    assert item.high_risk is not None
    both = (item.applies_when, item.high_risk.applies_when)
    return all(evaluate_condition(one, facts).value is True for one in both if one is not None)


def test_cases_reach_the_levels_and_sides_of_the_guide() -> None:
    """Level and, on a cloud, platform or tenant narrow the cases as the guide does."""
    for name, item in _risky():
        assert item.high_risk is not None
        case = item.high_risk.case
        sides = (True, False) if name == "cloud" else (None,)
        for level, platform in product((2, 3, 4), sides):
            from_level = 4 if case in FROM_LEVEL_4 else 3 if case in FROM_LEVEL_3 else 2
            side = platform is None or case in EITHER_SIDE or platform != (case in TENANTS_ONLY)
            wanted = level >= max(from_level, _lowest(item)) and (level in _levels(item)) and side
            assert _reaches(item, level, platform=platform) == wanted, (item.id, level, platform)


def _lowest(item: Item) -> int:
    return int(item.id[1])


def _levels(item: Item) -> set[int]:
    facts = [(level, {"system.level": level}) for level in (2, 3, 4)]
    when = item.applies_when
    assert when is not None
    return {level for level, given in facts if evaluate_condition(when, given).value}


def test_mitigations_stand_where_the_guide_has_some() -> None:
    """None invented, none left out."""
    for _, item in _risky():
        assert item.high_risk is not None
        bare = item.high_risk.case in WITHOUT_MITIGATION
        assert bool(item.high_risk.mitigations) != bare, item.id


@pytest.mark.parametrize("name", COUNTS)
def test_check_texts_differ_and_say_enough(name: str) -> None:
    """No two items share their steps; 60 characters on average."""
    texts = ["".join(str(step) for step in item.check) for item in library(name).items().values()]
    assert len(set(texts)) == len(texts)
    steps = [step for item in library(name).items().values() for step in item.check]
    length = sum(len(_zh(step)) for step in steps)
    assert length / len(texts) >= 60


def _zh(text: Any) -> str:
    return str(text.zh)
