"""Workspaces that many tests begin with: each is made once a run, and copied for every test."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assess.store.git.trust.trusted_programs import (
    is_repository_trusted,
    record_trust_in_git_programs,
)
from assess.workspace import Workspace
from assess.workspace.setup.demo import make_demo_workspace
from tracing import trace_again


def demo(root: Path) -> Workspace:
    """Make the demo's workspace."""
    return make_demo_workspace(root, "en")


class Samples:
    """The workspaces of a run, by the function that makes them.

    All workers of a run have them in one folder; a lock lets the first that needs a sample make it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, make: Callable[[Path], Workspace], root: Path) -> Workspace:
        """Return a copy at `root` of what `make` makes; the user trusts it, as the one who made it.

        A workspace shows the name of the folder in which it was made: each name has its own sample.
        """

        def make_and_note(place: Path) -> dict[str, Any]:
            made = make(place / root.name)
            return {"lang": made.lang}

        place, notes = self._make_once(f"{_name_sample(make)}.{root.name}", make_and_note)
        shutil.copytree(place / root.name, root, symlinks=True)
        record_trust_in_git_programs(root)
        return Workspace(root, notes["lang"])

    def copy_place(self, make: Callable[[Path], None], place: Path) -> None:
        """Copy into `place` the folders that `make` makes: workspaces and the bare repository.

        Settings of git that name the place of the sample name that of the copy. The user trusts
        the workspaces that whoever made them trusted.
        """

        def make_and_note(sample: Path) -> dict[str, Any]:
            make(sample)
            made = [folder for folder in sample.iterdir() if (folder / ".git").exists()]
            return {"trusted": [folder.name for folder in made if is_repository_trusted(folder)]}

        sample, notes = self._make_once(_name_sample(make), make_and_note)
        shutil.copytree(sample, place, symlinks=True, dirs_exist_ok=True)
        for settings in (*place.glob("*/config"), *place.glob("*/*/config")):
            text = settings.read_text("utf-8")
            settings.write_text(text.replace(f"{sample}/", f"{place}/"), "utf-8")
        for name in notes["trusted"]:
            record_trust_in_git_programs(place / name)

    def _make_once(
        self, name: str, make_and_note: Callable[[Path], dict[str, Any]]
    ) -> tuple[Path, dict[str, Any]]:
        """Return the folder of a sample and what was noted of it when it was made."""
        place = self.folder / name
        notes = place.with_name(f"{place.name}.json")
        if not notes.exists():
            with lock_file(place.with_name(f"{place.name}.lock")):
                if not notes.exists():
                    shutil.rmtree(place, ignore_errors=True)
                    place.mkdir()
                    with trace_again():
                        text = json.dumps(make_and_note(place))
                    unfinished = place.with_name(f"{place.name}.new")
                    unfinished.write_text(text, "utf-8")
                    unfinished.replace(notes)
        return place, json.loads(notes.read_text("utf-8"))


def _name_sample(make: Callable[..., object]) -> str:
    return f"{make.__module__}.{make.__qualname__}"


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Wait until no other worker has the lock; the system frees that of a worker that ended."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
