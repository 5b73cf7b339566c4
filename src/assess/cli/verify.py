"""`assess verify`: checks a PDF against the commit it names; looks up a report's digest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common import closing_of_report, context
from assess.cli.common.context import LANG, _, current_date, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.input_file import read_whole_file
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import is_in_office_folder
from assess.cli.common.printed_digest import print_digest_match
from assess.cli.common.reservation_lines import (
    complete_reservation_kinds,
    parse_allowed_reservations,
)
from assess.cli.common.verification_json import digest_match_for_json, verification_for_json
from assess.cli.common.verification_lines import print_verification_result
from assess.cli.common.verified_inputs import complete_inputs_argument, verify_by_inputs
from assess.cli.common.verified_rollup import (
    print_rollup_provenance,
    rollup_for_json,
    verify_rollup_with_progress,
)
from assess.errors import NoWorkspaceError, UsageError
from assess.harmless import mark_line_breaks_and_escape

if TYPE_CHECKING:
    from assess.report.proof.result import VerificationResult
    from assess.report.proof.words import VerificationOutcome
    from assess.workspace import Workspace

_DIGEST = re.compile(r"[0-9a-fA-F]{12,64}")

EXIT_CODES: dict[VerificationOutcome, ExitCode] = {
    "genuine": ExitCode.OK,
    "reservations": ExitCode.RESERVATIONS,
    "not-genuine": ExitCode.NO,
    "not-proved": ExitCode.NOT_PROVED,
    "not-checkable": ExitCode.ENVIRONMENT,
}
"""Exit codes by the outcome of a verification."""


@click.command(
    "verify",
    help=_(
        "Make the report REPORT.pdf again from its commit and compare; or name the commit, the "
        "sheets and the score that DIGEST, from the foot of a page or its QR code, stands for. In "
        "the folder of an office: make the circular of a roll-up again."
    ),
)
@click.argument("what", metavar="REPORT.pdf|DIGEST")
@click.option(
    "--trust",
    "roots",
    multiple=True,
    metavar="FILE",
    help=_("a root certificate (PEM) that signatures must lead to"),
)
@click.option("--at", "day", metavar="D", help=_("the day on which certificates must be valid"))
@click.option("--date", "spoken_of", metavar="D", help=_("of a DIGEST: the --date of its report"))
@click.option(
    "-o",
    "out",
    metavar="FILE",
    help=_("write the report made here from the same commit, to be read instead"),
)
@click.option(
    "--allow",
    "allowed",
    metavar="KIND|sha256:…,…",
    callback=parse_allowed_reservations,
    shell_complete=complete_reservation_kinds,
    help=_(
        "kinds of reservations, or digests of files, that are known and no reason for exit code 6"
    ),
)
@click.option(
    "--inputs",
    metavar="ZIP|attached",
    shell_complete=complete_inputs_argument,
    help=_("hold it against its own data instead, without a repository; ends with 5 at best"),
)
@json_option
def verify_command(
    what: str,
    roots: tuple[str, ...],
    day: str | None,
    spoken_of: str | None,
    out: str | None,
    allowed: frozenset[str],
    inputs: str | None,
    as_json: bool,
) -> int:
    """Print the result of the verification; return the exit code of its outcome."""
    if inputs is not None:
        trusted = [read_whole_file(Path(name)) for name in roots]
        at = context.parse_day(day, "--at") or current_date()
        verification = verify_by_inputs(what, inputs, trusted, at)
        _print_verification_and_closing(
            verification, None, what, allowed, trusted=bool(roots), as_json=as_json
        )
        _write_remade_report(verification, out)
        return _verification_exit_code(verification, allowed)
    if _DIGEST.fullmatch(what) and not Path(what).exists():
        return _print_report_of_digest(
            what.lower(), context.parse_day(spoken_of, "--date"), allowed, as_json=as_json
        )
    from assess.report.proof.verify import verify_report  # noqa: PLC0415  # not for --help

    at = context.parse_day(day, "--at") or current_date()
    if is_in_office_folder():
        return _verify_rollup_of_office(what, roots, at, out, as_json=as_json)
    workspace = _open_workspace_of_report()
    trusted = [read_whole_file(Path(name)) for name in roots]
    verification = verify_report(
        workspace, read_whole_file(Path(what)), trusted, at, current_date()
    )
    _print_verification_and_closing(
        verification, workspace, what, allowed, trusted=bool(roots), as_json=as_json
    )
    _write_remade_report(verification, out)
    return _verification_exit_code(verification, allowed)


def _verify_rollup_of_office(
    path: str, roots: Sequence[str], at: date, out: str | None, *, as_json: bool
) -> int:
    """Print whether the circular of a roll-up is what this office's files give."""
    pdf = read_whole_file(Path(path))
    verification = verify_rollup_with_progress(pdf, list(map(Path, roots)), at)
    result = verification.result
    if as_json:
        print_json({**verification_for_json(result, ()), **rollup_for_json(verification)})
    else:
        print_verification_result(result, path, (), trusted=bool(roots))
        print_rollup_provenance(verification)
    _write_remade_report(result, out)
    return EXIT_CODES[result.outcome]


def _open_workspace_of_report() -> Workspace:
    """Return the workspace of the current folder, whose history is compared with a report.

    Raises:
        UsageError: there is none; whoever received a report has no use for a new one.
    """
    try:
        workspace = context.open_workspace()
    except NoWorkspaceError as error:
        hint = _(
            "run it in the repository of whoever made the report, or in a clone of it; without one:"
            " assess verify REPORT.pdf --inputs attached"
        )
        raise UsageError(error.message, hint) from None
    open_git_snapshot_for_command(workspace)
    return workspace


def _print_verification_and_closing(
    verification: VerificationResult,
    workspace: Workspace | None,
    path: str,
    allowed: Collection[str],
    *,
    trusted: bool,
    as_json: bool,
) -> None:
    """Print the result, with the closing that it stands on where there is a workspace."""
    if as_json:
        closing = workspace and closing_of_report.closing_for_json(workspace, verification)
        row = {**verification_for_json(verification, allowed), "closing": closing}
        print_json(row)
        return
    # A history that can't be read is told before a verdict, not after it.
    lines = (
        list(closing_of_report.describe_closing_for_report(workspace, verification))
        if workspace
        else []
    )
    print_verification_result(verification, path, allowed, trusted=trusted)
    for line in lines:
        click.echo(mark_line_breaks_and_escape(line))


def _write_remade_report(verification: VerificationResult, out: str | None) -> None:
    if out is None or verification.made_here is None:
        return
    from assess.workspace.proof.report_file import write_report_unless_edited  # noqa: PLC0415  # not for --help

    write_report_unless_edited(Path(out), verification.made_here, LANG)
    click.echo(_("the report made here: {path}").format(path=out), err=True)


def _verification_exit_code(verification: VerificationResult, allowed: Collection[str]) -> ExitCode:
    """Return the exit code; with nothing but allowed reservations that of a genuine report."""
    settled = verification.doubts.are_allowed(allowed) and not verification.causes
    if verification.outcome == "reservations" and settled:
        return ExitCode.OK
    return EXIT_CODES[verification.outcome]


def _print_report_of_digest(
    digits: str, day: date | None, allowed: Collection[str], *, as_json: bool
) -> int:
    from assess.report.proof.digest import find_report_of_digest  # noqa: PLC0415  # not for --help
    from assess.report.proof.doubts import find_doubts_of_digest  # noqa: PLC0415  # not for --help

    workspace = _open_workspace_of_report()
    match = find_report_of_digest(workspace, digits, day)
    if match is None:
        _print_unknown_digest(digits, as_json=as_json)
        return ExitCode.NO
    doubts = find_doubts_of_digest(workspace, match, current_date())
    if as_json:
        row = {
            **digest_match_for_json(match, doubts, allowed),
            "closing": closing_of_report.closing_of_digest_for_json(workspace, match, doubts),
        }
        print_json(row)
    else:
        lines = list(closing_of_report.describe_closing_for_digest(workspace, match, doubts))
        print_digest_match(match, doubts, allowed)
        for line in lines:
            click.echo(mark_line_breaks_and_escape(line))
    if doubts is None or not doubts.are_allowed(allowed):
        return ExitCode.RESERVATIONS
    return ExitCode.OK


def _print_unknown_digest(digits: str, *, as_json: bool) -> None:
    from assess.report.proof.digest import MOST_COMMITS  # noqa: PLC0415  # not for --help

    if as_json:
        print_json(None)
        return
    text = _("no report of the newest {count} commits has the digest {digest}")
    click.echo(text.format(count=MOST_COMMITS, digest=digits))
    click.echo(_("if it was made with --date, give the same --date here"), err=True)
