import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlps import build

ROOT = Path(__file__).resolve().parents[2]
CHECKLISTS = ROOT / "checklists"
COUNTS = {2: 135, 3: 211}
POINTS = {2: 68, 3: 71}
SECTIONS = {
    2: {
        "physical": 15,
        "network": 4,
        "boundary": 11,
        "computing": 23,
        "centre": 4,
        "rules": 6,
        "organisation": 9,
        "personnel": 7,
        "construction": 25,
        "operation": 31,
    },
    3: {
        "physical": 22,
        "network": 8,
        "boundary": 20,
        "computing": 34,
        "centre": 12,
        "rules": 7,
        "organisation": 14,
        "personnel": 12,
        "construction": 34,
        "operation": 48,
    },
}
FACTS = {"G": "system.level", "S": "system.s", "A": "system.a"}
LETTERS_OF_POINTS = {
    2: {
        "S": {"7.1.1.10", "7.1.2.3", "7.1.3.6"}
        | {f"7.1.4.{point}" for point in (1, 2, 6, 7, 9, 10)},
        "A": {"7.1.1.9", "7.1.4.8"},
    },
    3: {
        "S": {"8.1.1.10", "8.1.2.3", "8.1.3.6"}
        | {f"8.1.4.{point}" for point in (1, 2, 6, 7, 8, 10, 11)},
        "A": {"8.1.1.9", "8.1.4.9"},
    },
}
# The general cases of the guide with the clauses they name, level 3 first. Cases 6.1.3.2 and
# 6.4.6.3 name level-4 clauses and stand at the nearest level-3 ones.
CASES = {
    "6.1.1.1": ["8.1.1.2"],
    "6.1.2.1": ["8.1.1.5 a)"],
    "6.1.3.1": ["8.1.1.9 b)"],
    "6.1.3.2": ["8.1.1.9 c)"],
    "6.2.1.1": ["8.1.2.1 a)"],
    "6.2.1.2": ["8.1.2.1 d)", "7.1.2.1 b)"],
    "6.2.1.3": ["8.1.2.1 e)"],
    "6.2.2.1": ["8.1.2.2 b)"],
    "6.3.1.1": ["8.1.3.1 a)", "7.1.3.1"],
    "6.3.1.2": ["8.1.3.1 d)"],
    "6.3.2.1": ["8.1.3.2 a)", "7.1.3.2 a)"],
    "6.3.3.1": ["8.1.3.3 a)", "7.1.3.3"],
    "6.3.3.2": ["8.1.3.3 b)"],
    "6.3.3.3": ["8.1.3.3 c)"],
    "6.4.1.1": ["8.1.4.1 a)", "7.1.4.1 a)"],
    "6.4.1.2": ["8.1.4.1 c)", "7.1.4.1 c)"],
    "6.4.1.3": ["8.1.4.1 d)"],
    "6.4.2.1": ["8.1.4.2 b)", "7.1.4.2 b)"],
    "6.4.2.2": ["8.1.4.2 e)"],
    "6.4.3.1": ["8.1.4.4 b)", "7.1.4.4 b)"],
    "6.4.3.2": ["8.1.4.4 e)", "7.1.4.4 e)"],
    "6.4.3.3": ["8.1.4.4 d)", "7.1.4.4 d)"],
    "6.4.4.1": ["8.1.4.5", "7.1.4.5"],
    "6.4.5.1": ["8.1.4.8 a)"],
    "6.4.5.2": ["8.1.4.8 b)"],
    "6.4.6.1": ["8.1.4.9 a)"],
    "6.4.6.2": ["8.1.4.9 c)"],
    "6.4.6.3": ["8.1.4.9 b)"],
    "6.4.7.1": ["8.1.4.11 a)", "7.1.4.10 a)"],
    "6.4.7.2": ["8.1.4.11 b)", "7.1.4.10 b)"],
    "6.5.1.1": ["8.1.5.4 b)"],
    "6.5.1.2": ["8.1.5.4 d)"],
    "6.6.1.1": ["8.1.6.2 a)"],
    "6.7.1.1": ["8.1.7.1 a)"],
    "6.8.1.1": ["8.1.8.4 b)", "7.1.8.4 b)"],
    "6.9.1.1": ["8.1.9.3 a)", "7.1.9.3 a)"],
    "6.9.2.1": ["8.1.9.5 c)"],
    "6.9.3.1": ["8.1.9.7 b)"],
    "6.9.4.1": ["8.1.9.9 a)"],
    "6.9.4.2": ["8.1.9.9 c)"],
    "6.10.1.1": ["8.1.10.13 b)", "7.1.10.13 a)"],
    "6.10.1.2": ["8.1.10.13 c)"],
}
# The units of the general requirements that have a single check, counted in the standard.
SINGLE_CHECK = {
    2: "PES1 02 05 06 08 09 13 15; CNS1 03; ABS1 04 05; CES1 03 09 13 14 18 20; SMC1 02 04;"
    "PSS1 02-04; ORS1 05 08; HRS1 01 03; CMS1 01-08 11-15 17-20 23-25;"
    "MMS1 04 10 12-14 16 18-20 23 24 26-28 31",
    3: "PES1 02 05 07 10 12 16 18 20-22; CNS1 05; ABS1 03 17 19; CES1 03 10 13 15 19 30-33;"
    "SMC1 02 04 06 08; PSS1 01-05; ORS1 05 11 14; HRS1 01 04 12;"
    "CMS1 01-08 10 12-19 21-23 25-28 31-33; MMS1 04 12 15 17-19 27 29 30 35 36 38 39 41 42 44-48",
}
# docs/decisions/0024 says why.
THREE_GRADES_ALL_THE_SAME = {"L2-MMS1-28", "L3-CMS1-25", "L3-MMS1-42", "L3-PSS1-02"}
LEVEL_4_ONLY = {"6.1.3.2", "6.4.6.3"}
HIGH_CONTINUITY = {"6.1.3.1", "6.2.1.1", "6.2.1.3", "6.4.6.2", "6.4.6.3"}

Tree = dict[str, Any]


@cache
def checklist(level: int) -> Tree:
    """Read a committed file, once."""
    text = (CHECKLISTS / f"mlps-level{level}.yaml").read_text(encoding="utf-8")
    tree: Tree = yaml.load(text, Loader=yaml.CSafeLoader)  # safe, and fast
    return tree


def items(level: int) -> list[Tree]:
    """All items of a level in order."""
    return [item for section in checklist(level)["sections"] for item in section["items"]]


def clause(item: Tree) -> str:
    """The item's own clause of GB/T 22239."""
    first: str = item["refs"][0]["clause"]
    return first


def conditions(tree: Any) -> list[Tree]:
    """Every comparison within a condition."""
    if isinstance(tree, dict):
        own = [tree] if "fact" in tree else []
        return own + [leaf for part in tree.values() for leaf in conditions(part)]
    if isinstance(tree, list):
        return [leaf for part in tree for leaf in conditions(part)]
    return []


def test_the_committed_files_are_what_the_source_makes(tmp_path: Path) -> None:
    """Line for line; `still_valid` is written by scripts/library_edition.py afterwards."""
    for built in build.build(tmp_path):
        assert built.read_text("utf-8").split("\n") == _built_lines(built.name), (
            f"{built.name} differs from its source: run scripts/mlps/build.py"
        )


def _built_lines(name: str) -> list[str]:
    """Return the lines of a committed file that the build makes."""
    lines = (CHECKLISTS / name).read_text("utf-8").split("\n")
    return [line for line in lines if not line.startswith("        still_valid:")]


@pytest.mark.parametrize("level", COUNTS)
def test_every_clause_has_one_item(level: int) -> None:
    """135 and 211 clauses in 68 and 71 control points."""
    sections = {section["id"]: len(section["items"]) for section in checklist(level)["sections"]}
    assert sections == SECTIONS[level]
    all_items = items(level)
    assert len(all_items) == COUNTS[level]
    assert len({item["id"] for item in all_items}) == COUNTS[level]
    assert len({clause(item) for item in all_items}) == COUNTS[level]
    assert len({clause(item).split(" ")[0] for item in all_items}) == POINTS[level]


@pytest.mark.parametrize("level", COUNTS)
def test_ids_follow_the_unit_codes(level: int) -> None:
    """The series have no gap but L3-CES1-16, which GB/T 28448 leaves out."""
    numbers: dict[str, list[int]] = {}
    for item in items(level):
        match = re.fullmatch(rf"L{level}-([A-Z]{{3}}1)-(\d\d)", item["id"])
        assert match, item["id"]
        numbers.setdefault(match[1], []).append(int(match[2]))
    for code, found in numbers.items():
        skipped = {16} if (level, code) == (3, "CES1") else set()
        assert found == [n for n in range(1, found[-1] + 1) if n not in skipped], code


@pytest.mark.parametrize("level", COUNTS)
def test_letters_decide_where_an_item_applies(level: int) -> None:
    """S and A points after Annex A of GB/T 22239, the rest G."""
    for item in items(level):
        point = clause(item).split(" ")[0]
        marked = LETTERS_OF_POINTS[level]
        letter = next((name for name, points in marked.items() if point in points), "G")
        assert item["letter"] == letter, item["id"]
        assert item["applies_when"] == {"fact": FACTS[letter], "is": level}, item["id"]


def test_every_general_high_risk_case_stands_at_its_clauses() -> None:
    """All 42, at no other clause than those of the guide."""
    found: dict[str, list[str]] = {}
    for level in (3, 2):
        for item in items(level):
            if "high_risk" in item:
                found.setdefault(item["high_risk"]["case"], []).append(clause(item))
    assert len(CASES) == 42
    assert found == CASES


def test_the_scope_of_cases() -> None:
    """Continuity, key industry and level 4 narrow the cases that say so."""
    for item in items(2) + items(3):
        risk = item.get("high_risk", {})
        if not risk:
            continue
        scope = conditions(risk.get("applies_when", {}))
        assert ({"fact": "system.level", "at_least": 4} in scope) == (risk["case"] in LEVEL_4_ONLY)
        assert ({"fact": "high_continuity", "is": True} in scope) == (
            risk["case"] in HIGH_CONTINUITY
        )
        assert ({"fact": "key_industry", "is": True} in scope) == (risk["case"] == "6.3.3.3")
        assert item["weight"] == 3, item["id"]


@pytest.mark.parametrize("level", COUNTS)
def test_units_with_a_single_check_have_two_grades(level: int) -> None:
    """GB/T 28448 knows no partly met there; ladders and ratios keep their measure."""
    units = set(list_units(level, SINGLE_CHECK[level]))
    judged = {item["id"]: item for item in items(level) if item["kind"] == "conformity"}
    assert units <= {item["id"] for item in items(level)}
    three = {key for key, item in judged.items() if "partial" in item["verdict"]}
    assert units & three == THREE_GRADES_ALL_THE_SAME & units


def list_units(level: int, words: str) -> list[str]:
    """Return the unit codes of a list such as `PES1 02 05 07-09`, lists joined by semicolons."""
    codes: list[str] = []
    for series in words.split(";"):
        name, *numbers = series.split()
        for number in numbers:
            first, _, last = number.partition("-")
            codes += [
                f"L{level}-{name}-{unit:02d}" for unit in range(int(first), int(last or first) + 1)
            ]
    return codes


@pytest.mark.parametrize("level", COUNTS)
def test_check_texts_differ(level: int) -> None:
    """No two items share their steps, and the steps say enough."""
    texts = [str(item["check"]) for item in items(level)]
    assert len(set(texts)) == len(texts)
    length = sum(len(step["zh"]) for item in items(level) for step in item["check"])
    assert length / len(texts) >= 60
