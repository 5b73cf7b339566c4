"""A report says when the scores of an earlier round are missing, and how to get them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from assess.cli.common.exit_codes import ExitCode

from .conftest import Assess


def test_a_report_names_the_round_whose_tag_is_not_here(here: Path, assess: Assess) -> None:
    """The tag of a closed round was never fetched: the report is made, and the lack is told."""
    assert assess("answer", "EGN-BND-01", "met").code == 0
    assert assess("commit", "-m", "answers").code == 0
    assert assess("round", "close", "2026", "--yes").code == 0
    assert assess("round", "new", "2027").code == 0
    assert assess("commit", "-m", "new round").code == 0
    told = "without the scores of"
    made = assess("report", "--round", "2027", "--template", "summary")
    assert (made.code, told in made.err) == (ExitCode.OK, False)

    subprocess.run(["git", "tag", "-d", "round/2026"], cwd=here, check=True, capture_output=True)
    without = assess("report", "--round", "2027", "--template", "summary")
    assert without.code == ExitCode.OK
    assert told in without.err
    assert "assess round close 2026" in without.err
