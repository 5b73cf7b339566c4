"""Workspaces that many tests begin with: each is made once a session, and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from assess.store.git.trust.trusted_programs import record_trust_in_programs
from assess.workspace import Workspace


class Samples:
    """The workspaces of a session, by the function that makes them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Callable[[Path], Workspace], Workspace] = {}

    def copy(self, make: Callable[[Path], Workspace], root: Path) -> Workspace:
        """Return a copy at `root` of what `make` makes; the user trusts it, as the one who made it.

        The first one is made in a folder of the same name, which a workspace may show.
        """
        if make not in self._made:
            self._made[make] = make(self._folder / str(len(self._made)) / root.name)
        sample = self._made[make]
        shutil.copytree(sample.root, root, symlinks=True)
        record_trust_in_programs(root)
        return Workspace(root, sample.lang)
