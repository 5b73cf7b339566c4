"""The table of lint rules: each code is one rule, used by the check beside it, and documented."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assess.engine.lint.codes import LINT_RULES

ROOT = Path(__file__).parents[3]
ENGINE = ROOT / "src" / "assess" / "engine"
SHARED = ("common.py", "value_rules.py", "lint_parts.py", "options.py", "kind.py")
"""Files whose rules are reported by checks elsewhere too."""

NAMED = {"value-form", "status-refused", "cell-repeated"}
"""Codes that have a name of their own in the source, because other modules use them."""

COMPUTED = {"punctuation-zh", "punctuation-en", "requirement-duplicate", "check-duplicate"}
"""Codes that a check puts together from the language or the field."""


@cache
def rule_files() -> list[tuple[Path, ast.Module]]:
    """Return the files that can hold rules, parsed once for all tests."""
    folders = (ENGINE / folder for folder in ("lint", "kinds"))
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [(path, ast.parse(path.read_text("utf-8"))) for path in paths]


def written_rules(tree: ast.Module) -> list[str]:
    """Return the codes for which a file writes a rule."""
    return [
        str(key.value)
        for table in ast.walk(tree)
        if isinstance(table, ast.Dict)
        for key, value in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id == "LintRule"
    ]


def test_each_written_rule_is_in_the_table() -> None:
    """A rule that a check file writes is joined into the table, and the table has no others."""
    written = {code for _path, tree in rule_files() for code in written_rules(tree)}
    assert written | NAMED == {code for rules in LINT_RULES.values() for code in rules}


def test_no_code_stands_for_two_rules_of_a_kind_of_file() -> None:
    """A code is written once; it may serve two kinds of files, each with its own text."""
    count = Counter(code for _path, tree in rule_files() for code in written_rules(tree))
    twice = {code for code, times in count.items() if times > 1}
    kinds = {code: [kind for kind, rules in LINT_RULES.items() if code in rules] for code in twice}
    assert kinds == {
        "evidence-expired": ["sheet", "register"],
        "fact-differs": ["checklist", "config"],
        "line-break": ["checklist", "sheet"],
    }


def test_a_rule_stands_beside_its_check() -> None:
    """The file that writes a rule reports it: a new rule changes one source file."""
    apart = []
    for path, tree in rule_files():
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        words = Counter(node.value for node in constants if isinstance(node.value, str))
        apart += [
            f"{path.name}: {code}"
            for code in written_rules(tree)
            if words[code] == 1 and code not in COMPUTED and path.name not in SHARED
        ]
    assert apart == []


@pytest.mark.parametrize("page", ["lint-rules.md", "lint-rules.en.md"])
def test_each_rule_is_documented(page: str) -> None:
    """Both languages have a row or a chapter for each code."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    codes = {code for rules in LINT_RULES.values() for code in rules}
    missing = {code for code in codes if f"| {code} |" not in text}
    assert {code for code in missing if f"### {code}\n" not in text} == set()
