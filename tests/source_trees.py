"""The program's source as syntax trees, parsed once for all tests that read it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parent.parent / "src"


class SourceFile(NamedTuple):
    """A file of the program; nobody changes its tree."""

    path: Path
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]
    """All nodes of the tree."""


@cache
def parse_sources() -> tuple[SourceFile, ...]:
    """Return the files of the program in the order of their paths."""
    return tuple(parse_source(path) for path in sorted(SOURCE.rglob("*.py")))


def parse_source(path: Path) -> SourceFile:
    """Return a file with its tree."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    return SourceFile(path, text, tree, tuple(ast.walk(tree)))
