"""Tests of the registries: each kind has its modules, and nothing else tells kinds apart."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

import assess
from assess.display.walk.kinds.registry import WALK_KINDS
from assess.engine.kinds.registry import KINDS, import_kind_objects
from assess.model.item import Item, Kind, find_kind_of_item
from assess.report.content.view.kinds.registry import REPORT_KINDS
from factories import (
    choice,
    choices,
    conformity,
    date_item,
    ladder,
    number,
    ratio,
    table,
    text_item,
)

SOURCE = Path(assess.__file__).parent
ITEMS = (
    conformity(),
    ladder(),
    ratio(),
    number(),
    choice(),
    choices(),
    date_item(),
    text_item(),
    table(),
)
MOST_FILES = 4
"""Source files that may ask which class an item has; the rest asks a registry."""


def test_each_kind_is_in_the_three_registries() -> None:
    """Engine, walk and report have a module for each kind that the model names."""
    kinds = set(get_args(Kind))
    assert set(KINDS) == set(WALK_KINDS) == set(REPORT_KINDS) == kinds
    assert {type(item) for item in ITEMS} == set(get_args(Item))


@pytest.mark.parametrize("item", ITEMS, ids=find_kind_of_item)
def test_kind_of_is_what_files_say(item: Item) -> None:
    """The name of a kind is the tag that its class has in files."""
    assert find_kind_of_item(item) == type(item).__struct_config__.tag


def test_a_kind_without_module_is_refused() -> None:
    """A package that lacks a kind's module can't be loaded."""
    with pytest.raises(ModuleNotFoundError, match="conformity"):
        import_kind_objects("assess.engine.scoring")


def _tests_on_kinds(path: Path) -> list[str]:
    """Return the tests of a file on the class of an item: `isinstance` and `case`."""
    names = {kind.__name__ for kind in get_args(Item)}
    text = path.read_text("utf-8")
    tree = ast.parse(text if any(name in text for name in names) else "")
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if (asked := _asked_class(node)) is not None
        and names & {name.id for name in ast.walk(asked) if isinstance(name, ast.Name)}
    ]


def _asked_class(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.MatchClass(cls=asked) | ast.Call(func=ast.Name("isinstance"), args=[_, asked]):
            return asked
    return None


def test_few_files_ask_for_the_class_of_an_item() -> None:
    """All but a few source files leave what differs by kind to the kinds' own modules."""
    asking = {path.name for path in SOURCE.rglob("*.py") if _tests_on_kinds(path)}
    assert len(asking) <= MOST_FILES, asking
    assert "item.py" in asking


def test_the_fields_of_fingerprints_are_pinned() -> None:
    """Another field would make every stored fingerprint of the kind stale (decision 0003)."""
    assert {name: kind.rule_fields for name, kind in KINDS.items()} == {
        "conformity": (),
        "ladder": ("rungs",),
        "ratio": ("ratio",),
        "number": ("number",),
        "choice": ("options", "other"),
        "choices": ("options", "other"),
        "date": ("date",),
        "text": ("text",),
        "table": ("columns", "rows"),
    }
