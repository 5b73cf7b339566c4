"""`assess verify`: is this PDF what the repository gives, and what does a digest stand for."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assess.cli import context
from assess.cli.context import _, json_option, today
from assess.cli.exit_codes import ExitCode
from assess.cli.whole_file import read_whole
from assess.harmless import one_line
from assess.model.results import shown

if TYPE_CHECKING:
    from assess.report.pdf.job import Signature
    from assess.report.verifying.digest import Stood
    from assess.report.verifying.verify import Verdict

_DIGEST = re.compile(r"[0-9a-fA-F]{12,64}")


_UNSEEN = frozenset(("uncommitted", "commit-missing", "commit-unreachable"))
"""Causes with which nothing is known of the commit's signature."""

_NO_SIGNERS = 'allowed keys file ""'


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
@json_option
def verify_command(
    what: str, roots: tuple[str, ...], day: str | None, spoken_of: str | None, as_json: bool
) -> int:
    """Print the verdict; exit with 1 where the report is different or the digest unknown."""
    if _DIGEST.fullmatch(what) and not Path(what).exists():
        return _digest(what.lower(), context.day(spoken_of, "--date"), as_json=as_json)
    from assess.report.verifying.verify import verify  # noqa: PLC0415  # not for --help

    here = context.workspace()
    trusted = [read_whole(Path(one)) for one in roots]
    found = verify(
        here, read_whole(Path(what)), trusted, context.day(day, "--at") or today(), today()
    )
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        _tell(found, trusted=bool(roots))
    return ExitCode.OK if found.kind in ("same", "content") else ExitCode.NO


def _tell(found: Verdict, *, trusted: bool) -> None:
    verdicts = {
        "same": _("same bytes: this is what the commit gives"),
        "content": _("same content: inputs, attached files and text are those of the commit"),
        "draft": _("DRAFT: it can't be compared"),
        "different": _("DIFFERENT: this is not what the commit gives"),
    }
    click.echo(verdicts[found.kind])
    for one in found.causes:
        click.echo(f"  {one_line(one.text)}  [{one.code}]")
    if found.kind == "different" and found.before != "different":
        click.echo(
            _("the report itself, before what was added: {verdict}").format(
                verdict=verdicts[found.before]
            )
        )
    if found.tools and found.before == "content":
        click.echo(
            _(
                "this is no proof of the drawing: set with other tools or fonts; texts, their "
                "colours and sizes, figures and what covers them agree; the shapes of letters and "
                "where they stand can't be compared:"
            )
        )
        for tool in found.tools:
            click.echo(f"  {one_line(tool)}")
    if found.proof is not None:
        _tell_origin(found)
    for signature in found.signatures:
        click.echo(one_line(_signed(signature, trusted=trusted)))
    if found.signatures and not trusted:
        click.echo(_("whose certificates these are was not checked: give --trust ROOT.pem"))


def _tell_origin(found: Verdict) -> None:
    proof = found.proof
    if proof is None:
        return
    rows = (
        (_("commit"), proof.commit or "–"),
        (_("round"), proof.round),
        (_("sheets"), ", ".join(proof.sheets)),
        (_("state as of"), proof.date),
        (_("digest"), proof.digest),
    )
    for name, text in rows:
        click.echo(_("{field}: {value}").format(field=name, value=one_line(text)))
    if found.commit_signature is None:
        if _UNSEEN.isdisjoint(one.code for one in found.causes):
            click.echo(_("the commit bears no signature: its author is only what git was told"))
        return
    holds, said = found.commit_signature
    click.echo(
        _("the commit's signature holds:") if holds else _("the commit's signature is unproved:")
    )
    for line in said.splitlines():
        click.echo(f"  {click.unstyle(line)}")
    if not holds and _NO_SIGNERS in said:
        click.echo(
            _(
                "to say who signed git needs your own list of signers: "
                "git config --global gpg.ssh.allowedSignersFile FILE"
            )
        )


def _signed(one: Signature, *, trusted: bool) -> str:
    text = _("signature {field}: {signer}, {time} ({stamp}), {state}")
    states = [_("holds") if one.intact and one.valid and one.whole else _("does not hold")]
    if trusted:
        states.append(_("trusted") if one.trusted else _("not trusted"))
    states += [one.place] if one.place else []
    return text.format(
        field=one.field,
        signer=one.signer,
        time=one.at.isoformat() if one.at else "–",
        stamp=_("time stamp") if one.stamped else _("the signer's own clock"),
        state=", ".join(states),
    )


def _digest(digits: str, day: date | None, *, as_json: bool) -> int:
    from assess.report.verifying.digest import MOST_COMMITS, find  # noqa: PLC0415  # not for --help

    found = find(context.workspace(), digits, day)
    if as_json:
        click.echo(
            json.dumps(_plain_digest(found) if found else None, ensure_ascii=False, indent=2)
        )
    elif found is None:
        text = _("no report of the newest {count} commits has the digest {digest}")
        click.echo(text.format(count=MOST_COMMITS, digest=digits))
        click.echo(_("if it was made with --date, give the same --date here"), err=True)
    else:
        _tell_digest(found)
    return ExitCode.OK if found else ExitCode.NO


def _tell_digest(found: Stood) -> None:
    names = {
        "digest": _("digest"),
        "commit": _("commit"),
        "round": _("round"),
        "template": _("template"),
        "lang": _("language"),
        "date": _("state as of"),
    }
    plain = _plain_digest(found)
    for key, name in names.items():
        click.echo(_("{field}: {value}").format(field=name, value=plain[key]))
    for sheet, score in plain["sheets"].items():
        click.echo(_("{sheet}: score {score}").format(sheet=sheet, score=score))


def _plain_digest(found: Stood) -> dict[str, Any]:
    scores = {
        str(name): shown(one.score.value if one and one.score else None)
        for name, one in found.sheets.items()
    }
    return {
        "digest": found.digest,
        "commit": found.commit,
        "round": found.round_id,
        "template": found.template,
        "lang": found.lang,
        "date": found.day.isoformat(),
        "sheets": scores,
    }


def _plain(found: Verdict) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415  # not for --help

    signed = found.commit_signature
    return {
        "verdict": found.kind,
        "report": found.before,
        "causes": [{"code": one.code, "text": one.text} for one in found.causes],
        "other_tools": list(found.tools),
        "commit": found.proof.commit if found.proof else None,
        "digest": found.proof.digest if found.proof else None,
        "round": found.proof.round if found.proof else None,
        "sheets": list(found.proof.sheets) if found.proof else [],
        "signatures": msgspec.to_builtins(found.signatures),
        "commit_signature": None if signed is None else {"holds": signed[0], "said": signed[1]},
    }
