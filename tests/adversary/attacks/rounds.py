"""Closed rounds whose tag, commits or files somebody else wrote."""

from __future__ import annotations

import os
from pathlib import Path

from adversary.attack import Place, attack

_COMMANDS = (
    "status",
    "status --json",
    "lint",
    "round carry 2026 --to 2027",
    "round reopen 2026 --reason x",
)


def _close(place: Place, tag: str = "round/2026") -> None:
    """Write round 2026 closed, and 2027 open."""
    path = place.workspace / "assess.yaml"
    text = path.read_text("utf-8").replace(
        "    state: open\n", f"    state: closed\n    tag: '{tag}'\n", 1
    )
    path.write_text(f'{text.rstrip()}\n  "2027":\n    title: x\n    sheets: []\n', "utf-8")
    place.git("commit", "-q", "-a", "-m", "Close")


def _sheet(place: Place) -> Path:
    folder = place.workspace / "answers" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "egov-network.yaml"


@attack(*_COMMANDS, "round close 2026 --yes", "sync")
def a_tag_that_is_no_commit(place: Place) -> None:
    """The tag of the closed round names a file."""
    _close(place)
    blob = place.git("hash-object", "-w", "assess.yaml").strip()
    place.git("tag", "round/2026", blob)


@attack(*_COMMANDS, "round close 2026 --keep theirs")
def a_tag_that_is_an_option(place: Place) -> None:
    """`tag` in assess.yaml begins like an option, or leads out of the folder of tags."""
    _close(place, "--upload-pack=touch ../../outside/x")
    place.git("tag", "round/2026.999999")


@attack("status", "log", "round reopen 2026 --reason x", code=None)
def a_reason_with_escape_sequences(place: Place) -> None:
    """Somebody pushed a commit that reopens the round, with signs that a terminal obeys."""
    _close(place)
    place.git("tag", "round/2026")
    path = place.workspace / "assess.yaml"
    path.write_text(path.read_text("utf-8").replace("state: closed", "state: open"), "utf-8")
    reason = "\x1b]0;x\x07\u202e" + "long " * 2000
    message = f"x\n\nRound-Reopened: 2026\nReopening-Reason: {reason}\n"
    place.git("-c", "user.name=\u202ea\x1b[31m", "commit", "-q", "-a", "-m", message)


@attack(*_COMMANDS)
def late_answers_in_a_pipe(place: Place) -> None:
    """A sheet of the closed round is a FIFO."""
    _close(place)
    place.git("tag", "round/2026")
    os.mkfifo(_sheet(place))


@attack(*_COMMANDS)
def late_answers_in_a_link(place: Place) -> None:
    """A sheet of the closed round is a link to a file outside."""
    _close(place)
    place.git("tag", "round/2026")
    _sheet(place).symlink_to(place.outside / "x.yaml")


@attack(*_COMMANDS, exhaustive=True)
def late_answers_of_eight_gigabytes(place: Place) -> None:
    """A sheet of the closed round is a sparse file without end."""
    _close(place)
    place.git("tag", "round/2026")
    with _sheet(place).open("wb") as stream:
        stream.truncate(8 * 1024**3)
