"""`assess verify`: checks whether a PDF is the report of a commit; looks up a report's digest."""

from __future__ import annotations

import re
from collections.abc import Collection
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
from assess.cli.common.printed_digest import print_digest_match
from assess.cli.common.reservation_lines import (
    complete_reservation_kinds,
    describe_origins_and_later_changes,
    parse_allowed_reservations,
    reservation_lines,
)
from assess.cli.common.signature_lines import format_signature_line, print_commit_signature
from assess.cli.common.verification_json import digest_match_for_json, verification_for_json
from assess.cli.common.verified_inputs import complete_inputs_argument, verify_by_inputs
from assess.display.figures import item_counts_sentence, score_or_why_none_text
from assess.errors import NoWorkspaceError, UsageError
from assess.harmless import mark_line_breaks_and_escape, quote_for_shell

if TYPE_CHECKING:
    from assess.report.content.inputs import SheetInputs
    from assess.report.proof.result import VerificationResult
    from assess.report.proof.words import VerificationOutcome
    from assess.workspace import Workspace

_DIGEST = re.compile(r"[0-9a-fA-F]{12,64}")


_OTHER_PROGRAM = frozenset(("other-program", "again-elsewhere"))
"""Causes for which another version of the program may prove the report."""

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
        "sheets and the score that DIGEST, from the foot of a page or its QR code, stands for."
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

    workspace = _open_workspace_of_report()
    trusted = [read_whole_file(Path(name)) for name in roots]
    verification = verify_report(
        workspace,
        read_whole_file(Path(what)),
        trusted,
        context.parse_day(day, "--at") or current_date(),
        current_date(),
    )
    _print_verification_and_closing(
        verification, workspace, what, allowed, trusted=bool(roots), as_json=as_json
    )
    _write_remade_report(verification, out)
    return _verification_exit_code(verification, allowed)


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
    _print_verification_result(verification, path, allowed, trusted=trusted)
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


def _print_verification_result(
    verification: VerificationResult, path: str, allowed: Collection[str], *, trusted: bool
) -> None:
    click.echo(_verification_headline(verification))
    for cause in verification.causes:
        click.echo(f"  {mark_line_breaks_and_escape(cause.text)}  [{cause.code}]")
    for line in reservation_lines(verification.doubts.reservations, allowed):
        click.echo(mark_line_breaks_and_escape(line))
    for tool in verification.tools:
        click.echo(f"  {mark_line_breaks_and_escape(tool)}")
    if verification.outcome != verification.before and verification.proof is not None:
        text = _("the report itself, before what was added: {verdict}")
        click.echo(text.format(verdict=_verification_outcome_text(verification.before)))
    _print_unproven_claims(verification)
    if verification.proof is not None:
        _print_provenance(verification)
    _print_commands_for_other_program(verification, path)
    _print_differing_passages(verification)
    for signature in verification.signatures:
        click.echo(mark_line_breaks_and_escape(format_signature_line(signature, trusted=trusted)))
    if verification.signatures and not trusted:
        click.echo(_("whose certificates these are was not checked: give --trust ROOT.pem"))


def _verification_headline(verification: VerificationResult) -> str:
    if verification.inputs_agree:
        return _("AGREES WITH ITS OWN DATA, not compared with git")
    if verification.by_inputs and verification.outcome == "not-genuine":
        return _("NOT GENUINE: this is not what its own data give")
    return _verification_outcome_text(verification.outcome)


def _verification_outcome_text(outcome: VerificationOutcome) -> str:
    texts = {
        "genuine": _("GENUINE: byte for byte what the commit gives"),
        "reservations": _("GENUINE, WITH RESERVATIONS: the report is what the commit gives, but"),
        "not-proved": _("NOT PROVED HERE: this machine can't prove what it shows"),
        "not-checkable": _("CAN'T BE CHECKED HERE: there is nothing to hold it against"),
        "not-genuine": _("NOT GENUINE: this is not what the commit gives"),
    }
    return texts[outcome]


def _print_unproven_claims(verification: VerificationResult) -> None:
    """Print what the PDF claims about itself without a proof."""
    claims = verification.claims
    if claims.organization:
        text = _("it claims to be the report of: {organization}")
        click.echo(text.format(organization=mark_line_breaks_and_escape(claims.organization)))
    for digest in claims.digests:
        text = _("a digest is printed in it; what it stands for: assess verify {digest}")
        click.echo(text.format(digest=digest))


def _print_differing_passages(verification: VerificationResult) -> None:
    """Print the passages that differ between the PDF and the report made here."""
    rows = (
        (_("only in the PDF: {text}"), verification.texts.only_theirs),
        (_("only in the report made here: {text}"), verification.texts.only_ours),
    )
    for text, passages in rows:
        for passage in passages:
            click.echo(f"  {text.format(text=mark_line_breaks_and_escape(passage))}")
    if any(verification.texts):
        click.echo(_("to read the report made here instead: assess verify … -o FILE"))


def _print_commands_for_other_program(verification: VerificationResult, path: str) -> None:
    """Print the commands with which another version of the program proves the report."""
    if not _OTHER_PROGRAM.intersection(cause.code for cause in verification.causes):
        return
    from assess.workspace.core.program import find_checkout_folder  # noqa: PLC0415  # not for --help

    program = verification.proof.program if verification.proof else None
    checkout = find_checkout_folder()
    if program is None or program.commit is None:
        click.echo(_("prove it with the version that made it: install that, then verify again"))
        return
    # Not in the current folder: a workspace holds no other repository.
    folder = f"~/assess-{program.commit[:10]}"
    source = "ASSESS" if checkout is None else str(checkout)
    click.echo(_("prove it with the version that made it:"))
    clone = f"git clone {quote_for_shell(source)} {folder}"
    click.echo(f"  {clone} && git -C {folder} checkout {quote_for_shell(program.commit)}")
    click.echo(f"  {folder}/run assess verify {quote_for_shell(path)}")


def _print_provenance(verification: VerificationResult) -> None:
    proof = verification.proof
    if proof is None:
        return
    rows = (
        (
            _("commit, as it says") if verification.by_inputs else _("commit"),
            proof.commit or "–",
        ),
        (_("round"), proof.round),
        (_("sheets"), ", ".join(proof.sheets)),
        (_("state as of"), proof.date),
        (_("digest"), proof.digest),
    )
    for name, text in rows:
        click.echo(
            _("{field}: {value}").format(field=name, value=mark_line_breaks_and_escape(text))
        )
    for sheet in verification.sheets:
        click.echo(_format_sheet_figures(sheet))
    for line in describe_origins_and_later_changes(verification.doubts):
        click.echo(mark_line_breaks_and_escape(line))
    print_commit_signature(verification)


def _format_sheet_figures(sheet: SheetInputs) -> str:
    """Return the score and the counts of a sheet at the commit, as a line."""
    from assess.report.content.view.left_out import (  # noqa: PLC0415  # not for --help
        count_closed_sub_questions,
        count_items_left_out_by_facts,
    )

    text = _("{sheet}: score {score}. {counts} Further items that facts leave out: {left_out}.")
    closed = count_closed_sub_questions(sheet)
    if closed:
        more = _("Sub-questions that other answers leave out: {count}.").format(count=closed)
        text = f"{text} {more}"
    return text.format(
        sheet=sheet.name,
        score=score_or_why_none_text(sheet.assessment, LANG),
        counts=item_counts_sentence(sheet.assessment.counts, LANG),
        left_out=count_items_left_out_by_facts(sheet),
    )


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
