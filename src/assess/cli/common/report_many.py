"""`assess report --all`: writes a report of each sheet in each language, on all cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import context
from assess.cli.common.context import _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.terminal import erase_stderr_line

if TYPE_CHECKING:
    from assess.report.render.many import ReportOutcome
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import ReportRequest

_BAR = 30
"""Width of the progress bar in characters."""


def write_all_reports_or_exit(
    workspace: Workspace, requests: Sequence[ReportRequest], jobs: int | None, *, as_json: bool
) -> None:
    """Write all reports and print their paths; exit with 1 if a report failed."""
    from assess.report.render.many import produce_and_write_all_reports  # noqa: PLC0415  # not for --help

    workers = jobs or len(os.sched_getaffinity(0))
    progress = _make_progress_bar_printer(len(requests))
    outcomes = produce_and_write_all_reports(
        workspace, requests, context.current_date(), workers=workers, report_outcome=progress
    )
    if as_json:
        print_json([_outcome_for_json(outcome) for outcome in outcomes])
    for outcome in outcomes:
        if outcome.error is not None:
            text = _("error: {text}").format(
                text=f"{_sheet_names_text(outcome)} {outcome.request.lang}: {outcome.error}"
            )
            click.echo(text, err=True)
        elif not as_json:
            click.echo(str(outcome.path))
    if any(outcome.error for outcome in outcomes):
        click.get_current_context().exit(ExitCode.NO)


def _make_progress_bar_printer(report_count: int) -> Callable[[ReportOutcome], None]:
    """Return a function that shows how many reports are done; it does so only on a terminal."""
    done: list[ReportOutcome] = []

    def show_outcome(outcome: ReportOutcome) -> None:
        done.append(outcome)
        if not sys.stderr.isatty():
            return
        filled = _BAR * len(done) // report_count
        bar = f"[{'#' * filled}{'-' * (_BAR - filled)}] {len(done)}/{report_count}"
        end = "\n" if len(done) == report_count else ""
        erase_stderr_line()
        click.echo(f"{bar} {_sheet_names_text(outcome)}{end}", nl=False, err=True)

    return show_outcome


def _sheet_names_text(outcome: ReportOutcome) -> str:
    return ", ".join(map(str, outcome.request.sheets))


def _outcome_for_json(outcome: ReportOutcome) -> dict[str, Any]:
    return {
        "sheet": _sheet_names_text(outcome),
        "lang": outcome.request.lang,
        "path": str(outcome.path) if outcome.error is None else None,
        "pages": outcome.pages,
        "error": str(outcome.error) if outcome.error else None,
    }
