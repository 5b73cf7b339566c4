"""What `assess verify` prints of signatures: those of a report, and that of its commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assess.china_time import format_china_time
from assess.cli.common.context import LANG, _
from assess.engine.punctuation import clause_comma_sign

if TYPE_CHECKING:
    from assess.report.proof.pdf.job import CheckedSignature
    from assess.report.proof.result import VerificationResult

_UNSEEN = frozenset(("uncommitted", "commit-missing", "commit-unreachable"))
"""Causes that mean that the commit's signature is unknown."""

_NO_SIGNERS = 'allowed keys file ""'


def print_commit_signature(verification: VerificationResult) -> None:
    """Print whether the commit is signed, where it was looked at."""
    if verification.by_inputs:
        return
    if verification.commit_signature is None:
        if _UNSEEN.isdisjoint(cause.code for cause in verification.causes):
            click.echo(_("the commit bears no signature: its author is only what git was told"))
        return
    valid, output = verification.commit_signature
    click.echo(
        _("the commit's signature holds:") if valid else _("the commit's signature is unproved:")
    )
    for line in output.splitlines():
        click.echo(f"  {click.unstyle(line)}")
    if not valid and _NO_SIGNERS in output:
        click.echo(
            _(
                "to say who signed git needs your own list of signers: "
                "git config --global gpg.ssh.allowedSignersFile FILE"
            )
        )


def format_signature_line(signature: CheckedSignature, *, trusted: bool) -> str:
    """Return a signature and whether it holds, as a line."""
    from assess.report.content.view.people import SIGNATURES  # noqa: PLC0415  # not for --help
    from assess.report.proof.words import signature_place_text  # noqa: PLC0415  # not for --help

    text = _("signature “{field}”: “{signer}”, {time} ({stamp}), {state}")
    words = {str(role): _(label) for role, label in SIGNATURES}
    states = [_signature_state(signature)]
    if trusted:
        states.append(_("trusted") if signature.trusted else _("not trusted"))
    states += filter(None, [signature_place_text(signature.place, LANG)])
    return text.format(
        field=words.get(signature.field, _replace_quotes(signature.field)),
        signer=_replace_quotes(signature.signer),
        time=format_china_time(signature.at) if signature.at else "–",
        stamp=_("time stamp") if signature.stamped else _("time not proved"),
        state=clause_comma_sign(LANG).join(states),
    )


def _replace_quotes(name: str) -> str:
    """Return a name that can't end the quotes around it and go on as the rest of the line."""
    return name.translate({ord("“"): "'", ord("”"): "'"})


def _signature_state(signature: CheckedSignature) -> str:
    if not (signature.intact and signature.valid):
        return _("does not hold")
    whole = signature.whole
    return _("holds") if whole else _("holds for the bytes that it covers, not for what follows")
