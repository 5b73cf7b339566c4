"""`assess verify` of a circular or the JSON of a roll-up, in the folder of an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.input_file import read_whole_file
from assess.cli.common.office_context import open_office
from assess.cli.common.unit_progress import show_unit_progress
from assess.harmless import mark_line_breaks_and_escape

if TYPE_CHECKING:
    from assess.report.proof.rollup.verify_rollup import RollUpVerification


def verify_rollup_with_progress(data: bytes, roots: Sequence[Path], at: date) -> RollUpVerification:
    """Return what the verification came to, and show which unit's file is being read.

    Raises:
        as `verify_rollup`.
    """
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.report.proof.rollup.verify_rollup import (  # noqa: PLC0415  # as above
        HandInReading,
        SubmittedRollUp,
        verify_rollup,
    )

    today = current_date()
    submitted = SubmittedRollUp(data, tuple(map(read_whole_file, roots)), at)
    with show_unit_progress() as show_unit:
        reading = HandInReading(lambda file: check_hand_in(file, today, LANG), show_unit)
        return verify_rollup(open_office(), submitted, today, reading)


def print_rollup_provenance(verification: RollUpVerification) -> None:
    """Print what the document says of itself, and the commit by which it was checked."""
    proof = verification.proof
    if proof is None:
        return
    rows = (
        (_("commit with these files"), verification.commit or "–"),
        (_("campaign"), proof.campaign),
        (_("category"), proof.category or _("all units")),
        (_("state as of"), proof.date),
    )
    for name, text in rows:
        click.echo(
            _("{field}: {value}").format(field=name, value=mark_line_breaks_and_escape(text))
        )


def rollup_for_json(verification: RollUpVerification) -> dict[str, Any]:
    """Return the same for JSON output, with the program that made the document."""
    import msgspec  # noqa: PLC0415  # not for --help

    proof = verification.proof
    return {
        "commit": verification.commit,
        "program": msgspec.to_builtins(proof.program) if proof else None,
        "campaign": proof.campaign if proof else None,
        "category": proof.category if proof else None,
        "date": proof.date if proof else None,
    }
