"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MAX_LINES, MAX_FUNCTION = 400, 60


def test_files_and_functions_stay_small() -> None:
    """No file over 400 lines, no function over 60."""
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= MAX_LINES, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno
                assert length < MAX_FUNCTION, f"{path}:{node.lineno} {node.name}"


def test_only_the_store_runs_programs_and_reads_yaml() -> None:
    """One layer starts git and parses YAML; only doctor, the editor and rendering run more."""
    allowed = {"store", "cli/doctor.py", "report", "tui"}
    for path in SOURCES:
        name = path.relative_to(ROOT / "src" / "assess").as_posix()
        text = path.read_text("utf-8")
        runs = re.search(
            r"^\s*(import (subprocess|yaml)|from (subprocess|yaml) )", text, re.MULTILINE
        )
        assert not runs or any(name.startswith(part) for part in allowed), name


def test_exemptions_carry_a_reason() -> None:
    """Each `noqa`, `type: ignore` or `no cover` says why on its line."""
    mark = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w-]+\]|pragma: no cover)")
    for path in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = mark.search(line)
            if found and path != Path(__file__):
                assert "#" in line[found.end() :], f"{path}:{number}: {line.strip()}"


def test_safe_is_never_used_in_templates() -> None:
    """Nothing in a template escapes the escaping."""
    for path in sorted((ROOT / "templates").rglob("*.html*")):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8")), path


def test_the_entry_imports_nothing_of_the_current_folder() -> None:
    """`./run assess` stands in somebody's workspace: a click.py there must not be imported."""
    starts = re.findall(r"python\" (.*-m assess)", (ROOT / "run").read_text("utf-8"))
    assert starts == ["-P -m assess", "-P -m assess"]
