"""The kinds of answers in the walk, by item; the modules are loaded by the names of the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assess.display.walk.kinds.kind import WalkKind
from assess.engine.kinds.registry import import_kind_objects
from assess.model.item import Item, Kind, find_kind_of_item

WALK_KINDS: Final[Mapping[Kind, WalkKind[Any]]] = import_kind_objects("assess.display.walk.kinds")


def walk_kind(item: Item) -> WalkKind[Any]:
    """Return what the walk knows about the kind of an item."""
    return WALK_KINDS[find_kind_of_item(item)]
