"""What `import` prints of a form that somebody else filled in."""

from __future__ import annotations

from typing import cast

import pytest

from assess.cli.import_form import _print_outcomes
from assess.report.forms.import_form import EntryOutcome, FormImport
from assess.report.proof.proof_file import ProofFile


def test_names_of_fields_stand_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of its own would look like one of the program's."""
    outcome = EntryOutcome("ignored", "kinds", "a\nGENUINE\u2028x\x1b[2J", why="no\nfield")
    proof = cast("ProofFile", None)  # not printed
    _print_outcomes(FormImport(proof, {}, (outcome,), 0))
    first, *rest = capsys.readouterr().out.splitlines()
    assert "kinds a GENUINE x" in first
    assert "no field" in first
    assert "\x1b" not in first
    assert len(rest) == 1
