"""Codes of problems that are no lint rules: each is on the page of rules, and only those are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from source_trees import SOURCE, parse_sources

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z][a-z0-9.]*(-[a-z0-9]+)*")
ARGUMENT = {
    "Problem": 1,
    "_add_problem": 0,
    "_make_warning": 1,
    "_check_text": 3,
}
"""Which argument of a function is a code."""


def module_nodes() -> Iterator[ast.AST]:
    """Yield the nodes of the modules that report problems of files."""
    for source in parse_sources():
        if source.path.relative_to(SOURCE / "assess").parts[0] in ("store", "workspace", "merging"):
            yield from source.nodes


def is_text(node: ast.expr) -> bool:
    """Return whether an expression is a text of the interface."""
    function = node.func if isinstance(node, ast.Call) else None
    return isinstance(function, ast.Name) and function.id in ("_", "N_")


def codes_in(node: ast.AST) -> Iterator[str]:
    """Yield the codes of an argument, of a pair of code and text, of a table of texts by code."""
    found: Sequence[ast.expr | None] = ()
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = ARGUMENT.get(name)
        found = node.args[place : place + 1] if place is not None else ()
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1 and is_text(node.elts[1]):
        found = node.elts[:1]
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        found = [
            key
            for key, value in pairs
            if isinstance(value, ast.Tuple) and any(map(is_text, value.elts[:1]))
        ]
    for part in found:
        for inner in ast.walk(part) if part is not None else ():
            if isinstance(inner, ast.Constant) and CODE.fullmatch(str(inner.value)):
                yield str(inner.value)


@pytest.fixture(scope="module")
def documented() -> dict[str, Any]:
    """Return the meanings by code."""
    source = (ROOT / "scripts" / "lint_rules.yaml").read_text("utf-8")
    files: dict[str, Any] = yaml.safe_load(source)["files"]
    return files


def test_each_code_is_documented(documented: dict[str, Any]) -> None:
    """A code that the store, the workspace or a merge reports has a meaning in both languages."""
    reported = {code for node in module_nodes() for code in codes_in(node)}
    assert reported - documented.keys() == set()
    assert all(meaning.keys() == {"zh", "en"} for meaning in documented.values())


def test_no_code_is_documented_that_nothing_reports(documented: dict[str, Any]) -> None:
    """Each code of the page stands in the source."""
    constants = {
        node.value
        for node in module_nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert documented.keys() - constants == set()
