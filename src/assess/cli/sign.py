"""`assess sign`: signs a report with a certificate."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.common.context import LANG, _, current_time
from assess.cli.common.input_file import read_whole_file


@click.command(
    "sign",
    help=_(
        "Sign REPORT.pdf with the certificate in a PKCS#12 file (PAdES). Its bytes stay as they "
        "are; the signature is appended. Sign again for further signatures. SM2 is not supported."
    ),
)
@click.argument("report", metavar="REPORT.pdf", type=click.Path(path_type=Path))
@click.option("--key", required=True, metavar="FILE", help=_("the PKCS#12 file (.p12, .pfx)"))
@click.option(
    "--password-file", metavar="FILE", help=_("its passphrase; asked for where it is not given")
)
@click.option("--field", metavar="NAME", help=_("the field to sign; the first empty one"))
@click.option("--seal", metavar="FILE", help=_("a picture of the seal, shown in its field"))
@click.option("--tsa", metavar="URL", help=_("a time stamp server, which proves the time"))
@click.option("-o", "--output", metavar="FILE", help=_("where to write; NAME-signed.pdf"))
def sign_command(
    *,
    report: Path,
    key: str,
    password_file: str | None,
    field: str | None,
    seal: str | None,
    tsa: str | None,
    output: str | None,
) -> None:
    """Append a signature; print its signer and field."""
    from assess.report.proof.sign import SigningKey, sign_report  # noqa: PLC0415  # deferred: not for --help
    from assess.workspace.proof.report_file import write_report_unless_edited  # noqa: PLC0415  # deferred: not for --help

    pdf, data = read_whole_file(report), read_whole_file(Path(key))
    picture = read_whole_file(Path(seal)) if seal else None
    made = sign_report(
        pdf,
        SigningKey(data, _read_or_ask_passphrase(password_file)),
        field=field,
        seal=picture,
        tsa=tsa,
        now=current_time(),
        lang=LANG,
    )
    target = Path(output) if output else _signed_path(report)
    write_report_unless_edited(target, made.pdf, LANG)
    click.echo(str(target))
    click.echo(
        _("signed by {signer} in the field {field}").format(signer=made.signer, field=made.field)
    )
    if not tsa:
        click.echo(_("the time is that of this machine; --tsa proves it"), err=True)


def _signed_path(report: Path) -> Path:
    """Return the path of the signed report: beside the unsigned report, which stays."""
    if report.stem.endswith("-signed"):
        return report
    return report.with_name(f"{report.stem}-signed{report.suffix}")


def _read_or_ask_passphrase(name: str | None) -> bytes | None:
    if name is not None:
        return read_whole_file(Path(name)).rstrip(b"\r\n") or None
    text: str = click.prompt(
        _("passphrase"), default="", hide_input=True, show_default=False, err=True
    )
    return text.encode() or None
