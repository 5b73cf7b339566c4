"""Writing the report that a command asks for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess.cli.common import context
from assess.cli.common.context import LANG, _
from assess.cli.common.terminal import write_bytes_to_stdout
from assess.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assess.report.render.job import RenderProgress
    from assess.report.render.produce import ProducedReport
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import ReportRequest


STDOUT: Final = "-"
"""The output that means standard output."""

_DEVICES: Final = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def write_requested_report(
    workspace: Workspace, request: ReportRequest, show_progress: Callable[[RenderProgress], None]
) -> tuple[Path, ProducedReport]:
    """Write a report; return its path and the report.

    Raises:
        AssessError: the report can't be made or written; nothing was changed.
    """
    from assess.report.export.formats import REPORT_FORMATS  # noqa: PLC0415  # not for --help
    from assess.report.render.produce import ReportProduction, produce_report  # noqa: PLC0415  # not for --help
    from assess.workspace.proof.report_file import (  # noqa: PLC0415  # not for --help
        refuse_replacing_edited_report,
        write_report_unless_edited,
    )

    path = request.output_path(workspace.root)
    if str(path) in _DEVICES:
        raise UsageError(
            _("{path} is no file; standard output has a name of its own").format(path=path),
            "assess report -o -",
        )
    seal = REPORT_FORMATS[request.format].seal
    refuse_replacing_edited_report(path, LANG, seal)
    made = produce_report(
        workspace, request, context.current_date(), ReportProduction(show_progress)
    )
    write_report_unless_edited(path, made.rendered.pdf, LANG, seal)
    return path, made


def write_requested_report_to_stdout(
    workspace: Workspace, request: ReportRequest, show_progress: Callable[[RenderProgress], None]
) -> ProducedReport:
    """Write a report to standard output and return it; no file is written.

    Raises:
        UsageError: standard output is a terminal, and the format is no text.
        AssessError: the report can't be made or written.
    """
    from assess.report.export.formats import REPORT_FORMATS  # noqa: PLC0415  # not for --help
    from assess.report.render.produce import ReportProduction, produce_report  # noqa: PLC0415  # not for --help

    shows_text = sys.stdout.isatty()
    if shows_text and not REPORT_FORMATS[request.format].is_text:
        message = _("a terminal can't show {form}: lead it into a file or a program")
        hint = f"assess report --format {request.format} -o - > FILE"
        raise UsageError(message.format(form=request.format), hint)
    made = produce_report(
        workspace, request, context.current_date(), ReportProduction(show_progress)
    )
    if shows_text:
        sys.stdout.write(made.rendered.pdf.decode("utf-8", "replace"))
    else:
        write_bytes_to_stdout(made.rendered.pdf)
    return made
