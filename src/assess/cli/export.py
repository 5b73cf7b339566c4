"""`assess export --sanitised -o DIR`: writes a copy for a higher body."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assess.cli.common import context
from assess.cli.common.context import _, json_option, round_option
from assess.errors import UsageError
from assess.harmless import quote_for_shell


@click.command(
    "export",
    help=_(
        "Write a round as a workspace of its own, people, addresses, notes and evidence removed or"
        " replaced by pseudonyms that stay the same; its scores and findings are the same."
    ),
)
@click.option("--sanitised", is_flag=True, help=_("the only kind of export there is"))
@round_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help=_("a new folder"),
)
@json_option
def export_command(sanitised: bool, round_id: str | None, output: Path, as_json: bool) -> None:
    """Write the copy, and print the command for its report."""
    from assess.workspace.sharing.sanitised_export import (  # noqa: PLC0415  # not for --help
        KEY,
        export_sanitised,
    )

    if not sanitised:
        raise UsageError(
            _("say that the copy is to be sanitised"), "assess export --sanitised -o DIR"
        )
    if str(output) == "-":
        text = _("an export is a folder; standard output can't hold one")
        raise UsageError(text, "assess export --sanitised -o DIR")
    workspace = context.open_workspace()
    done = export_sanitised(workspace, round_id or workspace.find_last_open_round_by_id(), output)
    if done.has_new_key:
        text = _(
            "{path} was no key of this workspace's own, so it was made anew: pseudonyms differ from"
            " those of earlier exports"
        )
        click.echo(text.format(path=KEY), err=True)
    if as_json:
        row = {"folder": str(done.folder), "files": list(done.files)}
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    for path in done.files:
        click.echo(f"{done.folder}/{path}")
    click.echo(
        _(
            "kept as they are: names and ids of the organization and its systems (also in file"
            " names), the id of the round, texts of checklists, addressee, marking and heads of"
            " reports; read them through before you hand the folder on"
        ),
        err=True,
    )
    click.echo(_("next:") + f"  cd {quote_for_shell(str(done.folder))} && assess report")
