"""What becomes of one answer in an upgrade."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.engine.upgrade.checklist_diff import MovedItem
from assess.engine.upgrade.text_changes import TextComparison
from assess.model.answer import Answer
from assess.model.item import Item

Fate = Literal[
    "kept",
    "stale",
    "renamed",
    "merged",
    "split",
    "removed",
    "invalid",
    "restored",
    "unknown",
]
"""`kept`: stays and counts. `stale`: stays, to be confirmed. `renamed`: moves to the only item that
supersedes its own. `merged`, `split`, `removed`: parked; with the first two, the items in `into`
take the parts that fit. `invalid`: parked once confirmed. `restored`: moved back from `parked`.
`unknown`: an answer to no item of either version, left unchanged."""


class UpgradeStep(NamedTuple):
    """What becomes of one answer."""

    item: str
    """The item that was answered."""
    fate: Fate
    answer: Answer
    about: Item | None = None
    """The item of the new version; where it is not there any more, of the old one."""
    into: tuple[str, ...] = ()
    """Items of the new version that take the answer, or something of it."""
    carried: tuple[str, ...] = ()
    """Of a merged or split answer: those of `into` that take its verdict too."""
    stale: bool = False
    """The wording is another one than was answered: to be confirmed."""
    moved: MovedItem | None = None
    wording: tuple[TextComparison, ...] = ()
    """If stale or invalid: the old texts and the new ones."""
    faults: tuple[str, ...] = ()
    """Where invalid: why, ready to show."""
    confirmed: bool = False
    """If invalid: whether a person confirmed that it is parked."""
    proofs: tuple[str, ...] = ()
    """Evidence rows that serve `other` now, because the item no longer asks for their proof."""
