"""`assess init`: makes a workspace."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import LANG, PROGRAM, _, current_date, json_option
from assess.cli.common.json_output import print_json
from assess.i18n import LANGS, Lang
from assess.workspace.setup.make_workspace import make_and_commit_workspace


@click.command(
    "init", help=_("Make a workspace in DIR: a git repository with one round, this year's.")
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--org", metavar="NAME", help=_("name of the organization"))
@click.option("--lang", type=NamedChoice(LANGS), default=LANG, help=_("language of the workspace"))
@click.option(
    "--checklist",
    "checklists",
    multiple=True,
    metavar="ID|FILE",
    help=_("pin this checklist in place of the usual one"),
)
@click.option("--system", "systems", multiple=True, metavar="ID", help=_("add this system"))
@json_option
def init_command(
    *,
    folder: Path,
    org: str | None,
    lang: Lang,
    checklists: tuple[str, ...],
    systems: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make the workspace, and print the next command."""
    from assess.workspace.core.unfinished_init import is_workspace_incomplete  # noqa: PLC0415  # not for --help

    going_on = is_workspace_incomplete(folder)
    made = make_and_commit_workspace(
        folder,
        organization=org,
        language=lang,
        checklists=checklists,
        systems=systems,
        today=current_date(),
        lang=LANG,
    )
    round_id = made.find_newest_open_round()
    sheets = [str(name) for name in made.list_sheets(round_id)]
    if as_json:
        row = {"path": str(made.root), "round": round_id, "sheets": sheets}
        print_json(row)
        return
    text = _("workspace made: {path}")
    if going_on:
        text = _("an earlier init was ended half way; the workspace is made now: {path}")
    click.echo(text.format(path=made.root))
    for name in sheets:
        click.echo(f"  {name}")
    click.echo(_("Unclassified use only: never enter state or work secrets."))
    click.echo(_("next:") + f"  cd {shlex.quote(str(folder))} && {PROGRAM} fill")
