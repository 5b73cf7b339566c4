"""Which sheets of a round a report can be of."""

from __future__ import annotations

from collections.abc import Sequence

from assess.workspace import SheetName


def list_possible_selections(listed: Sequence[SheetName]) -> list[tuple[SheetName, ...]]:
    """Return which sheets of a round commands choose: all, those of a checklist or system, one."""
    chosen = [tuple(listed)]
    chosen += [
        tuple(listed_name for listed_name in listed if listed_name.checklist == name.checklist)
        for name in listed
    ]
    chosen += [
        tuple(listed_name for listed_name in listed if listed_name.system == name.system)
        for name in listed
        if name.system is not None
    ]
    chosen += [(name,) for name in listed]
    return list(dict.fromkeys(chosen))


def is_possible_selection(sheets: Sequence[SheetName], listed: Sequence[SheetName]) -> bool:
    """Return whether commands choose exactly these sheets of a round, in its order, each once."""
    return tuple(sheets) in list_possible_selections(listed)
