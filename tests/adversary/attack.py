"""An attack: a place to build it in, and what must hold of the commands after it."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

DEFINED_CODES = frozenset(range(7))
"""Exit codes that the documentation defines; 70 is a bug."""


class Place(NamedTuple):
    """Where an attack is built."""

    home: Path
    """HOME of whoever runs the commands."""
    workspace: Path
    """A workspace with one commit, in a folder of `home`."""
    outside: Path
    """A folder beside `home`; nothing may change in it."""

    def git(self, *words: str, folder: Path | None = None) -> str:
        """Run plain git in the workspace or in `folder`, and return what it printed."""
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *words],
            cwd=folder or self.workspace,
            check=True,
            capture_output=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape")


Build = Callable[[Place], None]


class Attack(NamedTuple):
    """A hostile folder and what must hold of commands in it."""

    name: str
    build: Build
    commands: tuple[tuple[str, ...], ...]
    codes: frozenset[int]
    says: str
    exhaustive: bool


ATTACKS: list[Attack] = []
"""Every attack whose module was imported."""


def attack(
    *commands: str,
    code: int | None = None,
    says: str = "",
    exhaustive: bool = False,
) -> Callable[[Build], Build]:
    """Register an attack: after it each of `commands` must end with `code` and print `says`.

    Without `code` each defined exit code is right. Commands run in the workspace.
    """
    codes = DEFINED_CODES if code is None else frozenset((code,))
    lines = tuple(tuple(shlex.split(command)) for command in commands)

    def register(build: Build) -> Build:
        name = f"{build.__module__.rsplit('.', 1)[-1]}-{build.__name__}"
        ATTACKS.append(Attack(name, build, lines, codes, says, exhaustive))
        return build

    return register
