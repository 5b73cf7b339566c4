"""What a command is: the one declaration that keys, footer, help and palette are made from."""

from __future__ import annotations

from typing import Literal, NamedTuple

Scope = Literal[
    "overview",
    "walk",
    "problems",
    "form",
    "table",
    "help",
    "picker",
    "save_error",
    "evidence",
    "board",
    "finish",
    "profile",
    "confirm",
    "review",
    "history",
    "conflicts",
    "sides",
]


class Command(NamedTuple):
    """A command of one or more screens; its action is `action_` and its id."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    scopes: tuple[Scope, ...]
    shown: str = ""
    """The keys as footer and help show them; left out: the first key."""
    footer: bool = False
    takes_key: bool = False
    """Whether the action is told which key it was."""
    priority: bool = False
    """Whether it works while a text is being typed."""

    @property
    def key_text(self) -> str:
        """The keys as footer and help show them."""
        return self.shown or self.keys[0]
