"""Reading a hand-in, a stranger's file: a function of its bytes, run in the limited child."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.workspace.hand_in.outcome import HandIn


def read_hand_in(data: bytes, folder: Path, today: date) -> HandIn:
    """Return what a hand-in holds, or why it is refused; no file makes it raise an error.

    The inputs are laid out in `folder`, which must be empty; nothing else is written. The report
    inside is not opened here: `check_hand_in_in_child` of `assess.report.proof.hand_in` does both.
    """
    raise NotImplementedError
