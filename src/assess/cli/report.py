"""`assess report`: writes the report of a round, or of a sheet, as PDF or in other formats."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from assess.cli.common import complete_ids, context
from assess.cli.common.asking import ask_yes_or_no
from assess.cli.common.command_group import NamedChoice, WholeNumber
from assess.cli.common.commit_preparation import print_clock_warnings
from assess.cli.common.context import (
    _,
    _n,
    acting_person_option,
    json_option,
    system_and_round_options,
)
from assess.cli.common.git_snapshot import open_git_snapshot_for_command
from assess.cli.common.report_files import (
    ATTACHMENTS,
    refuse_unsupported_attachments,
    write_inputs_zip,
)
from assess.cli.common.report_progress import make_progress_printer, print_progress_json
from assess.cli.common.report_result import print_report_result
from assess.cli.common.terminal import erase_stderr_line
from assess.cli.common.write_report import (
    STDOUT,
    write_requested_report,
    write_requested_report_to_stdout,
)
from assess.errors import UsageError
from assess.i18n import LANGS, Lang
from assess.parent_process import end_when_named_parent_ends
from assess.report.export.formats import REPORT_FORMATS

if TYPE_CHECKING:
    from assess.model.answer import Sheet
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import AttachmentChoice, ReportRequest


class AskedReport(TypedDict):
    """The words of the command that say which report is asked for."""

    checklist: str | None
    system: str | None
    round_id: str | None
    lang: Lang | None
    template: str | None
    form: str
    against: str | None
    day: str | None
    output: str | None
    attachments: AttachmentChoice | None
    zip_path: str | None


@click.command("report", help=_("Render the round, or one sheet of it, as PDF or in other forms."))
@click.argument("checklist", required=False, shell_complete=complete_ids.checklists)
@system_and_round_options
@click.option("--lang", type=NamedChoice(LANGS), help=_("language of the report"))
@click.option("--template", metavar="NAME", help=_("template of the report"))
@click.option(
    "--format",
    "form",
    type=NamedChoice(tuple(REPORT_FORMATS)),
    default="pdf",
    help=_("form of the report; csv holds the ledger, xlsx also answers, counts and tables"),
)
@click.option("--against", metavar="R", help=_("a round or a commit to compare with"))
@click.option("--date", "day", metavar="D", help=_("the day it speaks of; that of the commit"))
@click.option("--commit", is_flag=True, help=_("commit the workspace's own files first"))
@click.option(
    "-o", "--output", metavar="FILE", help=_("where to write the report; - is standard output")
)
@click.option(
    "--attachments",
    type=NamedChoice(ATTACHMENTS),
    help=_("files inside the PDF: all it is made from, the YAML files alone, or no data"),
)
@click.option(
    "--inputs-zip",
    "zip_path",
    metavar="FILE",
    help=_("write a ZIP of all it is made from, for: assess verify --inputs FILE"),
)
@click.option("--all", "every", is_flag=True, help=_("each sheet in each language, on all cores"))
@click.option("--jobs", type=WholeNumber(1, 256), help=_("how many at a time, with --all"))
@click.option("--watch", is_flag=True, help=_("render again whenever a file is saved"))
@click.option(
    "--progress",
    type=NamedChoice(("text", "json")),
    default="text",
    help=_("how to show progress"),
)
@acting_person_option
@json_option
def report_command(
    *,
    commit: bool,
    every: bool,
    jobs: int | None,
    watch: bool,
    progress: str,
    acting: str | None,
    as_json: bool,
    **asked: Unpack[AskedReport],
) -> None:
    """Write the report; print its path, pages and scores."""
    end_when_named_parent_ends(signal.SIGINT)
    output, zip_path = asked["output"], asked["zip_path"]
    _refuse_conflicting_options(
        every=every,
        watch=watch,
        output=output,
        jobs=jobs,
        as_json=as_json,
        zip_path=zip_path,
    )
    workspace = context.open_workspace(acting)
    if not watch:
        open_git_snapshot_for_command(workspace)
    request = _make_report_request(workspace, asked)
    refuse_unsupported_attachments(request, zip_path)
    _commit_before_report_if_confirmed(
        workspace, request.round_id, commit, ask=progress == "text" and not (as_json or watch)
    )
    if every or watch:
        _warn_of_clocks_unless_day_set(request, workspace)
    if every:
        langs = (asked["lang"],) if asked["lang"] else LANGS
        _write_all_reports(workspace, request, langs, jobs, as_json=as_json)
    elif watch:
        from assess.cli.common.report_watch import rewrite_report_after_each_save  # noqa: PLC0415  # only for --watch

        rewrite_report_after_each_save(workspace, request)
    else:
        _write_report_and_print_result(
            workspace, request, zip_path, progress, output=output, as_json=as_json
        )


def _make_report_request(workspace: Workspace, asked: AskedReport) -> ReportRequest:
    """Return the request of the words of the command; what it leaves open is in assess.yaml."""
    from assess.workspace.core.report_request import ReportRequest  # noqa: PLC0415  # not for --help

    config = workspace.read_config()
    round_id = asked["round_id"] or workspace.find_newest_open_round()
    sheets = context.choose_sheets(workspace, round_id, asked["checklist"], asked["system"])
    output = asked["output"]
    return ReportRequest(
        round_id=round_id,
        sheets=tuple(sheets),
        template=_choose_template(asked["template"], asked["form"], config.report.template),
        lang=asked["lang"] or config.language,
        format=asked["form"],
        against=asked["against"],
        day=context.parse_day(asked["day"], "--date"),
        output=Path(output) if output and output != STDOUT else None,
        attachments=asked["attachments"],
    )


def _write_all_reports(
    workspace: Workspace,
    request: ReportRequest,
    langs: Sequence[Lang],
    jobs: int | None,
    *,
    as_json: bool,
) -> None:
    """Write a report of each sheet in each language."""
    from assess.cli.common.report_many import write_all_reports_or_exit  # noqa: PLC0415  # only for --all

    requests = request.split_by_sheet_and_language(langs)
    write_all_reports_or_exit(workspace, requests, jobs, as_json=as_json)


def _write_report_and_print_result(
    workspace: Workspace,
    request: ReportRequest,
    zip_path: str | None,
    progress: str,
    *,
    output: str | None,
    as_json: bool,
) -> None:
    """Write the report to its file or to standard output, and its ZIP; print what it came to."""
    show_progress = print_progress_json if progress == "json" else make_progress_printer()
    path = None
    if output == STDOUT:
        made = write_requested_report_to_stdout(workspace, request, show_progress)
    else:
        path, made = write_requested_report(workspace, request, show_progress)
    if sys.stderr.isatty():
        erase_stderr_line()
    # Only now: these sheets are decoded, and what is too large was refused without that.
    _warn_of_clocks_unless_day_set(
        request, workspace, [sheet.sheet for sheet in made.inputs.sheets]
    )
    print_report_result(path, made, as_json=as_json and path is not None)
    write_inputs_zip(workspace, made, zip_path)


def _warn_of_clocks_unless_day_set(
    request: ReportRequest, workspace: Workspace, sheets: Sequence[Sheet] | None = None
) -> None:
    """Print warnings about clocks, unless the day of the report is set by hand."""
    if request.day is None:
        print_clock_warnings(workspace, sheets)


def _refuse_conflicting_options(
    *,
    every: bool,
    watch: bool,
    output: str | None,
    jobs: int | None,
    as_json: bool,
    zip_path: str | None,
) -> None:
    for wrong, options in (
        (every and watch, "--all --watch"),
        (every and output, "--all --output"),
        (jobs and not every, "--jobs"),
        (watch and output == STDOUT, "--watch -o -"),
        (as_json and output == STDOUT, "--json -o -"),
        (every and zip_path, "--all --inputs-zip"),
        (watch and zip_path, "--watch --inputs-zip"),
    ):
        if wrong:
            raise UsageError(_("these don't go together: {words}").format(words=options), "--all")


def _choose_template(wanted: str | None, form: str, default: str) -> str:
    """Return the template; a format that can hold only one takes that one.

    Raises:
        UsageError: another template is named for such a format.
    """
    only = REPORT_FORMATS[form].template
    if only is None:
        return wanted or default
    if wanted not in (None, only):
        text = _("{form} holds the {template} only").format(form=form, template=only)
        raise UsageError(text, f"--format {form} --template {only}")
    return only


def _commit_before_report_if_confirmed(
    workspace: Workspace, round_id: str, is_wanted: bool, *, ask: bool
) -> None:
    """Commit the workspace's files if the option or the user on the terminal says so."""
    if not (is_wanted or (ask and sys.stdin.isatty() and sys.stderr.isatty())):
        return
    from assess.workspace.sharing.commit import restore_files_and_commit_workspace  # noqa: PLC0415  # not for --help

    changed = workspace.list_uncommitted_report_inputs()
    if not changed:
        return
    question = _n(
        "{count} file is not committed; commit it, so that this is no draft?",
        "{count} files are not committed; commit them, so that this is no draft?",
        len(changed),
    )
    if is_wanted or ask_yes_or_no(question.format(count=len(changed))):
        text = _("Self-check {round}: state of the report").format(round=round_id)
        restore_files_and_commit_workspace(
            workspace, today=context.current_date(), custom_message=text
        )
