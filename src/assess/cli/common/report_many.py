"""`assess report --all`: writes a report of each sheet in each language, on all cores."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from assess.cli.common import context
from assess.cli.common.context import _
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.terminal import erase_line
from assess.i18n import LANGS

if TYPE_CHECKING:
    from assess.cli.common.report_wish import Wish
    from assess.report.render.many import ReportOutcome
    from assess.workspace import Workspace

_BAR = 30
"""Width of the progress bar in characters."""


def write_all_reports(workspace: Workspace, wish: Wish, jobs: int | None, *, as_json: bool) -> None:
    """Write all reports and print their paths; exit with 1 if a report failed."""
    from assess.report.render.many import ReportSeries, list_all_reports, produce_all  # noqa: PLC0415  # not for --help

    wanted = list_all_reports(wish.names, (wish.lang,) if wish.lang else LANGS)
    today = context.current_date()
    series = ReportSeries(wish.round_id, wish.day, today, wish.template, wish.form, wish.against)
    workers = jobs or len(os.sched_getaffinity(0))
    progress = _progress_bar(len(wanted))
    outcomes = produce_all(workspace, wanted, series, workers=workers, report_outcome=progress)
    if as_json:
        click.echo(
            json.dumps(
                [_outcome_plain(outcome) for outcome in outcomes], ensure_ascii=False, indent=2
            )
        )
    for outcome in outcomes:
        if outcome.error is not None:
            text = _("error: {text}").format(
                text=f"{outcome.wanted.name} {outcome.wanted.lang}: {outcome.error}"
            )
            click.echo(text, err=True)
        elif not as_json:
            click.echo(str(outcome.path))
    if any(outcome.error for outcome in outcomes):
        click.get_current_context().exit(ExitCode.NO)


def _progress_bar(whole: int) -> Callable[[ReportOutcome], None]:
    """Return a function that shows how many reports are done; it does so only on a terminal."""
    done: list[ReportOutcome] = []

    def show_outcome(outcome: ReportOutcome) -> None:
        done.append(outcome)
        if not sys.stderr.isatty():
            return
        filled = _BAR * len(done) // whole
        bar = f"[{'#' * filled}{'-' * (_BAR - filled)}] {len(done)}/{whole}"
        end = "\n" if len(done) == whole else ""
        erase_line()
        click.echo(f"{bar} {outcome.wanted.name}{end}", nl=False, err=True)

    return show_outcome


def _outcome_plain(outcome: ReportOutcome) -> dict[str, Any]:
    return {
        "sheet": str(outcome.wanted.name),
        "lang": outcome.wanted.lang,
        "path": str(outcome.path) if outcome.error is None else None,
        "pages": outcome.pages,
        "error": str(outcome.error) if outcome.error else None,
    }
