"""`assess init`."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.context import LANG, PROGRAM, _, today
from assess.i18n import LANGS, Lang


@click.command(
    "init", help=_("Make a workspace in DIR: a git repository with one round, this year's.")
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--org", metavar="NAME", help=_("name of the organization"))
@click.option("--lang", type=click.Choice(LANGS), default=LANG, help=_("language of the workspace"))
@click.option(
    "--checklist", "checklists", multiple=True, metavar="ID", help=_("pin this checklist")
)
@click.option("--system", "systems", multiple=True, metavar="ID", help=_("add this system"))
def init_command(
    folder: Path, org: str | None, lang: Lang, checklists: tuple[str, ...], systems: tuple[str, ...]
) -> None:
    """Make the workspace and say what to type next."""
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help

    made = Workspace.make(
        folder,
        organization=org,
        language=lang,
        checklists=checklists,
        systems=systems,
        today=today(),
        lang=LANG,
    )
    click.echo(_("workspace made: {path}").format(path=made.root))
    for name in made.sheets(made.newest_open_round()):
        click.echo(f"  {name}")
    click.echo(_("Unclassified use only: never enter state or work secrets."))
    click.echo(_("next:") + f"  cd {folder} && {PROGRAM} fill")
