"""`assess demo`: a filled-in workspace to look at, and its PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, PROGRAM, _, today
from assess.errors import EnvironmentLacksError
from assess.i18n import LANGS, Lang
from assess.model.base import pick
from assess.model.results import shown

if TYPE_CHECKING:
    from assess.workspace import Workspace


@click.command("demo", help=_("Make the workspace of a made-up bureau in DIR, and its report."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=click.Choice(LANGS), default=LANG, help=_("language of the report"))
def demo_command(folder: Path, lang: Lang) -> None:
    """Make it unless it is there, render its report, say what to type next."""
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help
    from assess.workspace.setup.demo import make_demo  # noqa: PLC0415  # deferred: only this needs it

    there = (folder / "assess.yaml").exists()
    here = Workspace(folder, LANG) if there else make_demo(folder, LANG)
    click.echo(_("workspace: {path}").format(path=folder))
    try:
        _report(here, lang)
    except EnvironmentLacksError as error:
        click.echo(_("no report: {reason}").format(reason=error), err=True)
    click.echo(_("next:") + f"  cd {folder} && {PROGRAM}")


def _report(here: Workspace, lang: Lang) -> None:
    """Render the round's report and print where it is, its pages and the scores."""
    from assess.report.render.produce import default_path, produce, write  # noqa: PLC0415  # heavy

    round_id = here.newest_open_round()
    names = here.sheets(round_id)
    template = here.config().report.template
    made = produce(
        here,
        names,
        round_id,
        day=None,
        today=today(),
        lang=lang,
        template=template,
        heard=lambda _progress: None,
    )
    path = default_path(here, names, round_id, template, lang)
    write(path, made.rendered.pdf, LANG)
    click.echo(_("report: {path}, pages: {pages}").format(path=path, pages=made.rendered.pages))
    for one in made.inputs.sheets:
        score = one.assessment.score
        text = _("score {score}").format(score=shown(score.value if score else None))
        click.echo(f"{one.name}  {pick(one.assessment.title, LANG)}  {text}")
