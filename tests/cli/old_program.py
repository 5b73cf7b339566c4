"""The workspace that version 1259ee0 made, and that program itself, for tests beside today's."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import make_old_workspace

ROOT = Path(__file__).resolve().parents[2]
COMMIT = "1259ee0"
BUNDLE = ROOT / "tests" / "data" / "workspaces" / COMMIT / "workspace.bundle"
SHEET = "answers/2027/egov-network.yaml"
"""The sheet of its open round."""


def has_history() -> bool:
    """Return whether the old commit is in this repository: not in an archive or a shallow clone."""
    words = ["git", "-C", str(ROOT), "cat-file", "-e", f"{COMMIT}^{{commit}}"]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def old_program(folder: Path) -> Any:
    """Return the old program, taken out of the history into a folder."""
    return make_old_workspace.OldProgram(folder, COMMIT)


def shared(folder: Path, *clones: str) -> list[Path]:
    """Make a shared repository of the old workspace, and clones of it; return the clones."""
    stick = folder / "stick.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(BUNDLE), str(stick)], check=True)
    for name in clones:
        subprocess.run(["git", "clone", "-q", str(stick), str(folder / name)], check=True)
    return [folder / name for name in clones]
