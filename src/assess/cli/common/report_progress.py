"""The progress of making a report, on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import _
from assess.cli.common.terminal import erase_stderr_line

if TYPE_CHECKING:
    from assess.report.render.job import RenderProgress


def print_progress_json(progress: RenderProgress) -> None:
    """Print a step as a line of JSON."""
    click.echo(json.dumps({"step": progress.step, "page": progress.page}), err=True)


def make_progress_printer() -> Callable[[RenderProgress], None]:
    """Return a function that shows progress on a line; it does so only on a terminal."""
    steps = {
        "template": _("filling the template"),
        "layout": _("laying out"),
        "write": _("writing the PDF"),
    }
    if not sys.stderr.isatty():
        return lambda _progress: None

    def show_progress(progress: RenderProgress) -> None:
        page = _(", page {page}").format(page=progress.page) if progress.page else ""
        erase_stderr_line()
        click.echo(f"{steps[progress.step]}{page}", nl=False, err=True)

    return show_progress
