"""Writing the report that a command asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assess.cli.common import context
from assess.cli.common.context import LANG

if TYPE_CHECKING:
    from collections.abc import Callable

    from assess.report.render.job import RenderProgress
    from assess.report.render.produce import ProducedReport
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import ReportRequest


def write_requested_report(
    workspace: Workspace, request: ReportRequest, show_progress: Callable[[RenderProgress], None]
) -> tuple[Path, ProducedReport]:
    """Write a report; return its path and the report.

    Raises:
        AssessError: the report can't be made or written; nothing was changed.
    """
    from assess.report.export.formats import REPORT_FORMATS  # noqa: PLC0415  # not for --help
    from assess.report.render.produce import Production, produce_report  # noqa: PLC0415  # not for --help
    from assess.workspace.proof.report_file import (  # noqa: PLC0415  # not for --help
        refuse_changed_report,
        write_report,
    )

    path = request.find_path(workspace.root)
    seal = REPORT_FORMATS[request.format].seal
    refuse_changed_report(path, LANG, seal)
    made = produce_report(workspace, request, context.current_date(), Production(show_progress))
    write_report(path, made.rendered.pdf, LANG, seal)
    return path, made
