"""Serious hidden dangers (重大风险隐患): which triggers a finding matches."""

from __future__ import annotations

from collections.abc import Mapping

from assess.model.base import Bilingual, Node
from assess.model.results import ItemState


class HiddenDanger(Node, frozen=True, kw_only=True):
    """A trigger of the report template for MLPS assessment."""

    title: Bilingual
    signs: Bilingual
    """What is typically seen where it holds."""
    cases: tuple[str, ...] = ()
    """High-risk cases of the same fault."""
    items: tuple[str, ...] = ()
    """Items that ask for it; they match where they are not met."""


def select_matching_dangers_by_code(
    state: ItemState, dangers: Mapping[str, HiddenDanger]
) -> dict[str, HiddenDanger]:
    """Return the triggers that an item's result matches, by code."""
    return {
        code: danger
        for code, danger in dangers.items()
        if (state.high_risk_case in danger.cases)
        or (state.result == "unmet" and state.item.id in danger.items)
    }
