"""What `assess verify` prints of a verification."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, _
from assess.cli.common.reservation_lines import (
    describe_origins_and_later_changes,
    reservation_lines,
)
from assess.cli.common.signature_lines import format_signature_line, print_commit_signature
from assess.display.figures import item_counts_sentence, score_or_why_none_text
from assess.harmless import mark_line_breaks_and_escape, quote_for_shell

if TYPE_CHECKING:
    from assess.report.content.inputs import SheetInputs
    from assess.report.proof.result import VerificationResult
    from assess.report.proof.words import VerificationOutcome

_OTHER_PROGRAM = frozenset(("other-program", "again-elsewhere"))
"""Causes for which another version of the program may prove the report."""


def print_verification_result(
    verification: VerificationResult, path: str, allowed: Collection[str], *, trusted: bool
) -> None:
    """Print the verdict and its causes, what the document says of itself, and its signatures."""
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
    from assess.engine.scoring.left_out import (  # noqa: PLC0415  # not for --help
        count_closed_sub_questions,
        count_items_left_out_by_facts,
    )

    text = _("{sheet}: score {score}. {counts} Further items that facts leave out: {left_out}.")
    closed = count_closed_sub_questions(sheet.assessment)
    if closed:
        more = _("Sub-questions that other answers leave out: {count}.").format(count=closed)
        text = f"{text} {more}"
    return text.format(
        sheet=sheet.name,
        score=score_or_why_none_text(sheet.assessment, LANG),
        counts=item_counts_sentence(sheet.assessment.counts, LANG),
        left_out=count_items_left_out_by_facts(sheet.assessment),
    )
