"""`assess demo`: makes a filled-in sample workspace and its PDF, or an office with its units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess import locations
from assess.cli.common.command_group import NamedChoice
from assess.cli.common.context import LANG, PROGRAM, _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.terminal import show_progress_on_stderr_line
from assess.cli.common.write_report import write_requested_report
from assess.display.figures import score_or_why_none_text
from assess.errors import EnvironmentLacksError, UsageError
from assess.harmless import quote_for_shell
from assess.i18n import LANGS, Lang
from assess.model.base import pick_text

if TYPE_CHECKING:
    from assess.workspace import Workspace


@click.command("demo", help=_("Make the workspace of a made-up bureau in DIR, and its report."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=NamedChoice(LANGS), help=_("language of the report"))
@click.option(
    "--district",
    "is_district",
    is_flag=True,
    help=_("make an office with 24 made-up units instead, and what they handed in for three years"),
)
def demo_command(folder: Path, lang: Lang | None, is_district: bool) -> int:
    """Make the workspace unless it exists, write its report, and print the next command.

    It ends with 3 where the machine lacks what sets the report.
    """
    if is_district:
        if lang is not None:
            words = _("these don't go together: {words}").format(words="--district --lang")
            raise UsageError(words, "assess demo --help")
        return _make_district(folder)
    from assess.workspace import Workspace  # noqa: PLC0415  # not for --help
    from assess.workspace.setup.demo import make_demo_workspace  # noqa: PLC0415  # deferred: only this needs it

    exists = (folder / locations.CONFIG).exists()
    workspace = Workspace(folder, LANG) if exists else make_demo_workspace(folder, LANG)
    click.echo(_("workspace: {path}").format(path=folder))
    code = ExitCode.OK
    try:
        _write_report(workspace, lang or LANG)
    except EnvironmentLacksError as error:
        click.echo(_("no report: {reason}").format(reason=error), err=True)
        code = ExitCode.ENVIRONMENT
    click.echo(_("next:") + f"  cd {quote_for_shell(str(folder))} && {PROGRAM}")
    return code


def _write_report(workspace: Workspace, lang: Lang) -> None:
    """Write the round's report; print its path, its number of pages and the scores."""
    from assess.workspace.core.report_request import ReportRequest  # noqa: PLC0415  # not for --help

    round_id = workspace.find_newest_open_round()
    names = tuple(workspace.list_sheets(round_id))
    request = ReportRequest(round_id, names, workspace.read_config().report.template, lang)
    path, made = write_requested_report(workspace, request, lambda _progress: None)
    click.echo(_("report: {path}, pages: {pages}").format(path=path, pages=made.rendered.pages))
    for sheet in made.inputs.sheets:
        text = _("score {score}").format(score=score_or_why_none_text(sheet.assessment, LANG))
        click.echo(f"{sheet.name}  {pick_text(sheet.assessment.title, LANG)}  {text}")


def _make_district(folder: Path) -> int:
    """Make the district and its documents unless it exists; print where they are.

    It ends with 3 where the machine lacks what sets the documents.
    """
    from assess.workspace.office.demo_district.make import (  # noqa: PLC0415  # not for --help
        FILES_FOLDER,
        OFFICE_FOLDER,
        is_district_complete,
        make_demo_district,
    )

    office = folder / OFFICE_FOLDER
    is_new = not is_district_complete(folder)
    if is_new:
        text = _("files handed in: {done} of {all}")
        with show_progress_on_stderr_line() as show_line:
            make_demo_district(
                folder, LANG, lambda done, count: show_line(text.format(done=done, all=count))
            )
    click.echo(_("folder of the office: {path}").format(path=office))
    click.echo(_("files that were handed in: {path}").format(path=folder / FILES_FOLDER))
    code = _make_documents(office) if is_new else ExitCode.OK
    click.echo(_("next:") + f"  cd {quote_for_shell(str(office))} && {PROGRAM} rollup status")
    return code


def _make_documents(office: Path) -> ExitCode:
    """Make the documents of the office, and print where they are."""
    from assess.cli.common.demo_documents import make_demo_documents  # noqa: PLC0415  # not for --help

    try:
        with show_progress_on_stderr_line() as show_line:
            documents = make_demo_documents(office, show_line)
    except EnvironmentLacksError as error:
        click.echo(_("not all documents: {reason}").format(reason=error), err=True)
        return ExitCode.ENVIRONMENT
    click.echo(_("workbook, circular, page and letters: {path}").format(path=documents))
    return ExitCode.OK
