"""`assess report --all`: each sheet in each language, on all cores."""

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
from assess.cli.common.terminal import wipe_line
from assess.i18n import LANGS

if TYPE_CHECKING:
    from assess.cli.common.report_wish import Wish
    from assess.report.render.many import Outcome
    from assess.workspace import Workspace

_BAR = 30
"""Characters of the progress bar."""


def report_all(here: Workspace, wish: Wish, jobs: int | None, *, as_json: bool) -> None:
    """Write all reports and print their paths; exit code 1 where one failed."""
    from assess.report.render.many import Series, every, produce_all  # noqa: PLC0415  # not for --help

    wanted = every(wish.names, (wish.lang,) if wish.lang else LANGS)
    today = context.today()
    series = Series(wish.round_id, wish.day, today, wish.template, wish.form, wish.against)
    workers = jobs or len(os.sched_getaffinity(0))
    told = _bar(len(wanted))
    outcomes = produce_all(here, wanted, series, workers=workers, told=told)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in outcomes], ensure_ascii=False, indent=2))
    for one in outcomes:
        if one.error is not None:
            text = _("error: {text}").format(
                text=f"{one.wanted.name} {one.wanted.lang}: {one.error}"
            )
            click.echo(text, err=True)
        elif not as_json:
            click.echo(str(one.path))
    if any(one.error for one in outcomes):
        click.get_current_context().exit(ExitCode.NO)


def _bar(whole: int) -> Callable[[Outcome], None]:
    """Return what shows how many are done; on a terminal only, where it can be wiped."""
    done: list[Outcome] = []

    def show(outcome: Outcome) -> None:
        done.append(outcome)
        if not sys.stderr.isatty():
            return
        filled = _BAR * len(done) // whole
        bar = f"[{'#' * filled}{'-' * (_BAR - filled)}] {len(done)}/{whole}"
        end = "\n" if len(done) == whole else ""
        wipe_line()
        click.echo(f"{bar} {outcome.wanted.name}{end}", nl=False, err=True)

    return show


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "sheet": str(outcome.wanted.name),
        "lang": outcome.wanted.lang,
        "path": str(outcome.path) if outcome.error is None else None,
        "pages": outcome.pages,
        "error": str(outcome.error) if outcome.error else None,
    }
