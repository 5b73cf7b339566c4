"""`assess demo`: a filled-in workspace to look at, and its PDF."""

from __future__ import annotations

from pathlib import Path

import click

from assess.cli.context import LANG, _, today
from assess.errors import EnvironmentLacksError
from assess.i18n import LANGS, Lang


@click.command("demo", help=_("Make the workspace of a made-up bureau in DIR, and its report."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=click.Choice(LANGS), default=LANG, help=_("language of the report"))
def demo_command(folder: Path, lang: Lang) -> None:
    """Make it unless it is there, render the report unless it is there, say what to type next."""
    from assess.cli.report import render_round  # noqa: PLC0415  # not for --help
    from assess.workspace import Workspace  # noqa: PLC0415
    from assess.workspace.demo import make_demo  # noqa: PLC0415

    there = (folder / "assess.yaml").exists()
    here = Workspace(folder, LANG) if there else make_demo(folder, LANG)
    click.echo(_("workspace: {path}").format(path=folder))
    try:
        done = render_round(here, lang=lang, today=today())
    except EnvironmentLacksError as error:
        click.echo(_("no report: {reason}").format(reason=error), err=True)
    else:
        click.echo(_("report: {path}, {pages} pages").format(path=done.path, pages=done.pages))
        click.echo(_("score: {score}").format(score=done.score))
    click.echo(_("next:") + f"  cd {folder} && assess")
