"""Files of another version of the program, and what brings a workspace up to date."""

from __future__ import annotations

import os
import re

from adversary.attack import Place, attack

UPGRADE = "upgrade --workspace --trust"


def _outdated(place: Place) -> None:
    (place.workspace / ".gitignore").write_text("mine\n", "utf-8")
    place.git("commit", "-qam", "mine")


@attack(UPGRADE, code=3, says="core.worktree")
def work_tree_above_a_workspace_to_be_upgraded(place: Place) -> None:
    """The upgrade of the workspace's files refuses before it writes."""
    _outdated(place)
    place.git("config", "core.worktree", "../..")


@attack(UPGRADE, code=3, says="gitignore.old")
def gitignore_that_leads_out(place: Place) -> None:
    """.gitignore is a link to a file outside, which would get lines."""
    (place.workspace / ".gitignore").unlink()
    (place.workspace / ".gitignore").symlink_to(place.outside / "precious")


@attack(UPGRADE, "status")
def gitignore_that_is_a_pipe(place: Place) -> None:
    """Nobody waits for what a pipe at .gitignore will say."""
    (place.workspace / ".gitignore").unlink()
    os.mkfifo(place.workspace / ".gitignore")


@attack("status", "commit", "answer EGN-BND-01 met", code=4, says="format-newer")
def format_of_a_far_future(place: Place) -> None:
    """A number of nine digits is newer, and nothing else is said of the file."""
    config = place.workspace / "assess.yaml"
    text = config.read_text("utf-8")
    config.write_text(
        re.sub(r"assess/config/\d+", "assess/config/999999999", text, count=1), "utf-8"
    )
