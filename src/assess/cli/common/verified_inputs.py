"""`assess verify --inputs`: a report held against its own data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.input_file import read_whole_file
from assess.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assess.report.proof.result import VerificationResult

ATTACHED: Final = "attached"
"""The word that stands for the inputs inside the report; a file of that name is `./attached`."""


def complete_inputs_argument(
    _context: click.Context, _parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Return that a file may be meant, and the word for attached inputs."""
    words = [CompletionItem(ATTACHED)] if ATTACHED.startswith(begun) else []
    return [CompletionItem(begun, type="file"), *words]


def verify_by_inputs(
    report: str, inputs: str, roots: Sequence[bytes], at: date
) -> VerificationResult:
    """Return whether a report is what its inputs give; no workspace is needed.

    Raises:
        UsageError: there is no such file.
        EnvironmentLacksError: the machine lacks what reports need, or a limit was reached.
    """
    from assess.report.proof.verify_inputs import verify_report_by_inputs  # noqa: PLC0415  # not for --help

    if not Path(report).exists():
        message = _("{path}: no such file; --inputs needs the PDF itself").format(path=report)
        raise UsageError(message, f"assess verify REPORT.pdf --inputs {inputs}")
    archive = None if inputs == ATTACHED else read_whole_file(Path(inputs))
    pdf = read_whole_file(Path(report))
    return verify_report_by_inputs(pdf, archive, roots, at, current_date(), LANG)
