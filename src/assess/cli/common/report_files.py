"""`assess report --attachments`, `--inputs-zip`: the files inside a report, or beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assess.cli.common.context import LANG, _
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.report.render.produce import ProducedReport
    from assess.workspace import Workspace
    from assess.workspace.core.report_request import AttachmentChoice, ReportRequest

ATTACHMENTS: Final[tuple[AttachmentChoice, ...]] = ("all", "inputs", "none")
"""What `--attachments` takes."""


def refuse_unsupported_attachments(request: ReportRequest, zip_path: str | None) -> None:
    """Refuse files inside a report that is no PDF, and answers inside a blank form or beside it.

    Raises:
        UsageError: the options ask for that.
    """
    from assess.report.content.inputs import BLANK_FORM  # noqa: PLC0415  # not for --help

    if request.attachments is None and zip_path is None:
        return
    if request.format != "pdf":
        message = _("{form} holds no files: only a PDF does").format(form=request.format)
        raise UsageError(message, "--format pdf")
    if request.template == BLANK_FORM and (zip_path or request.attachments != "none"):
        raise UsageError(
            _("a blank form goes to others: it carries its checklists and no answers"),
            f"--template {BLANK_FORM} --attachments none",
        )


def write_inputs_zip(workspace: Workspace, made: ProducedReport, path: str | None) -> None:
    """Write the ZIP of everything that a report was made from, if a file is named for it.

    Raises:
        UsageError: another file stands there, or the inputs are too many or too large.
        AssessError: a file was changed meanwhile, or the ZIP can't be written.
    """
    if path is None:
        return
    from assess.report.render.inputs_package import make_zip_of_inputs  # noqa: PLC0415  # not for --help
    from assess.workspace.proof.report_file import (  # noqa: PLC0415  # not for --help
        seal_report_if_possible,
        write_report_unless_edited,
    )

    data = make_zip_of_inputs(workspace, made.inputs, {})
    write_report_unless_edited(
        Path(path), seal_report_if_possible(data, "package"), LANG, "package"
    )
    click.echo(_("all that it is made from: {path}").format(path=path), err=True)
