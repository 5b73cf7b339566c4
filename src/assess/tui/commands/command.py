"""The type of a command: keys, footer, help and palette are made from it."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Scope = Literal[
    "overview",
    "walk",
    "problems",
    "form",
    "table",
    "help",
    "picker",
    "ticks",
    "save_error",
    "evidence",
    "board",
    "finish",
    "profile",
    "confirm",
    "review",
    "proposals",
    "history",
    "conflicts",
    "sides",
    "rollup",
    "rollup_unit",
    "rollup_table",
]

OFFICE_SCOPES: Final[tuple[Scope, ...]] = ("rollup", "rollup_unit", "rollup_table")
"""The screens of an office's folder; all others need a workspace."""


class ScreenCommand(NamedTuple):
    """A command of one or more screens; their `handlers` say by its id what it does."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    scopes: tuple[Scope, ...]
    shown: str = ""
    """The keys in footer and help. Default: the first key."""
    footer: bool = False
    takes_key: bool = False
    """Whether the handler gets the key as its argument."""
    priority: bool = False
    """Whether the key works while the focus is in a text field."""

    @property
    def key_text(self) -> str:
        """The keys in footer and help."""
        return self.shown or self.keys[0]
