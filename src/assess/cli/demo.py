"""`assess demo`: makes a filled-in sample workspace and its PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, PROGRAM, _, current_date
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
    """Make the workspace unless it exists, write its report, and print the next command."""
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help
    from assess.workspace.setup.demo import make_demo  # noqa: PLC0415  # deferred: only this needs it

    exists = (folder / "assess.yaml").exists()
    workspace = Workspace(folder, LANG) if exists else make_demo(folder, LANG)
    click.echo(_("workspace: {path}").format(path=folder))
    try:
        _write_report(workspace, lang)
    except EnvironmentLacksError as error:
        click.echo(_("no report: {reason}").format(reason=error), err=True)
    click.echo(_("next:") + f"  cd {folder} && {PROGRAM}")


def _write_report(workspace: Workspace, lang: Lang) -> None:
    """Write the round's report; print its path, its number of pages and the scores."""
    from assess.report.render.produce import default_report_path, produce_report, write_report  # noqa: PLC0415  # heavy

    round_id = workspace.newest_open_round()
    names = workspace.list_sheets(round_id)
    template = workspace.read_config().report.template
    made = produce_report(
        workspace,
        names,
        round_id,
        day=None,
        today=current_date(),
        lang=lang,
        template=template,
        report_progress=lambda _progress: None,
    )
    path = default_report_path(workspace, names, round_id, template, lang)
    write_report(path, made.rendered.pdf, LANG)
    click.echo(_("report: {path}, pages: {pages}").format(path=path, pages=made.rendered.pages))
    for sheet in made.inputs.sheets:
        score = sheet.assessment.score
        text = _("score {score}").format(score=shown(score.value if score else None))
        click.echo(f"{sheet.name}  {pick(sheet.assessment.title, LANG)}  {text}")
