"""The kinds of answers by item: every kind that model.item names has a module of its own here.

The modules are loaded by the names of the kinds, so a new kind needs no line here. Packages above
hold their own part of each kind in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, get_args

from assess.engine.kinds.kind import AnswerKind
from assess.model.item import Item, Kind, find_kind_of_item


def import_kind_objects(package: str) -> dict[Kind, Any]:
    """Return the value `KIND` of every kind's module in a package.

    Raises:
        ModuleNotFoundError: a kind has no module there.
    """
    kinds: tuple[Kind, ...] = get_args(Kind)
    return {kind: import_module(f"{package}.{kind}").KIND for kind in kinds}


KINDS: Final[Mapping[Kind, AnswerKind[Any]]] = import_kind_objects("assess.engine.kinds")


def answer_kind(item: Item) -> AnswerKind[Any]:
    """Return what the engine knows about the kind of an item."""
    return KINDS[find_kind_of_item(item)]
