"""A report from beginning to end: inputs, view, child process, PDF or another format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from assess.i18n import Lang
from assess.report.content.attachments import AttachedFile, read_attachments
from assess.report.content.document_size import (
    refuse_oversized_document,
    refuse_oversized_request,
)
from assess.report.content.empty_letters import refuse_empty_letter
from assess.report.content.inputs import (
    ReportInputs,
    gather_inputs,
    list_cited_evidence_ids,
    midnight_of_report_day,
)
from assess.report.content.inputs import find_cited_picture_files as pictures_of
from assess.report.content.inputs_zip import INPUTS_ZIP
from assess.report.content.repository_facts import RepositoryFacts
from assess.report.content.view.build import build_report_view
from assess.report.export.formats import REPORT_FORMATS, ReportFormat
from assess.report.render.child import RenderChild, RenderedReport, RenderLimits
from assess.report.render.inputs_package import make_zip_of_inputs
from assess.report.render.job import PdfAttachment, RenderJob, RenderProgress
from assess.workspace import Workspace
from assess.workspace.core.library import list_template_folders
from assess.workspace.core.report_request import ReportRequest

_FORMAT, _FORMAT_WITH_CHOICE = "assess/provenance/1", "assess/provenance/2"
"""Of the provenance: programs that know the first one alone attach the inputs to every document."""


class ProducedReport(NamedTuple):
    """A report, and what it was made from."""

    inputs: ReportInputs
    rendered: RenderedReport


class ReportProduction(NamedTuple):
    """How a report is made: what is called meanwhile, and whose turn it is."""

    report_progress: Callable[[RenderProgress], None] = lambda _progress: None
    turn: AbstractContextManager[object] = nullcontext()
    """The lock that is held while this process computes, not while it waits for the child."""
    take_child: Callable[[RenderChild], None] = lambda _child: None
    """Called with the child when it is started."""
    thumbnails: Mapping[str, str] = MappingProxyType({})
    """Thumbnails of evidence that were made before: files by row."""
    facts: RepositoryFacts | None = None
    """What the repository told; None where the workspace has one."""


_ALONE = ReportProduction()


def produce_report(
    workspace: Workspace, request: ReportRequest, today: date, production: ReportProduction = _ALONE
) -> ProducedReport:
    """Return the requested report, made from the workspace on disk.

    Raises:
        FilesError: files of the workspace can't be used, or contain a conflict.
        UsageError: the document would be too large.
        TemplateError: the template is missing or wrong.
        EnvironmentLacksError: a library or font is missing.
        RenderError: a limit was reached, or a character has no font.
        UsageError: a letter would say nothing, or has no sender or addressee.
    """
    report_format = REPORT_FORMATS[request.format]
    if report_format.source == "view":
        with production.turn:
            inputs = gather_inputs(workspace, request, today)
            view = build_report_view(inputs, with_form=False)
            data = report_format.make_report(view, midnight_of_report_day(inputs.today))
            return ProducedReport(inputs, RenderedReport(data, 0))
    return _produce_in_child(workspace, request, today, production)


def _produce_in_child(
    workspace: Workspace, request: ReportRequest, today: date, production: ReportProduction
) -> ProducedReport:
    report_format = REPORT_FORMATS[request.format]
    with RenderChild(RenderLimits(), workspace.lang) as child:
        production.take_child(child)
        with production.turn:
            refuse_oversized_request(workspace, request)
            inputs = gather_inputs(workspace, request, today)
            if production.facts is not None:
                inputs = production.facts.replace_in_inputs(inputs)
            refuse_oversized_document(inputs, workspace.lang)
            refuse_empty_letter(inputs, workspace.lang)
            job = _make_render_job_of_workspace(
                workspace, inputs, report_format, production.thumbnails
            )
        rendered = child.render_job(job, production.report_progress)
        if report_format.source == "pdf":
            return ProducedReport(inputs, rendered)
        with production.turn:
            data = report_format.make_report(job.view, job.moment, rendered.pdf)
            return ProducedReport(inputs, RenderedReport(data, 0))


def _make_render_job_of_workspace(
    workspace: Workspace,
    inputs: ReportInputs,
    report_format: ReportFormat,
    thumbnails: Mapping[str, str],
) -> RenderJob:
    attached = read_attachments(workspace, inputs) if report_format.source == "pdf" else []
    if report_format.source == "pdf" and inputs.request.effective_attachments == "all":
        data = make_zip_of_inputs(workspace, inputs, thumbnails)
        attached.append(AttachedFile(INPUTS_ZIP, INPUTS_ZIP, data))
    files = [
        PdfAttachment(
            name=attachment.name,
            description=attachment.path,
            data=attachment.data,
            relationship="Source",
        )
        for attachment in attached
    ]
    folders = list(map(str, list_template_folders(workspace.root)))
    picture_files = pictures_of(workspace.root, inputs)
    job = make_render_job(inputs, files, folders, workspace.lang, pictures=picture_files)
    cited = list_cited_evidence_ids(inputs.sheets, inputs.outside)
    ready = {row_id: thumbnails[row_id] for row_id in cited if row_id in thumbnails}
    return replace(
        job,
        thumbnails=ready,
        form="pdf" if report_format.source == "view" else report_format.source,
    )


def make_render_job(
    inputs: ReportInputs,
    files: Sequence[PdfAttachment],
    folders: Sequence[str],
    message_lang: Lang,
    *,
    pictures: Mapping[str, str] | None = None,
) -> RenderJob:
    """Return the job of the child; `message_lang` is the language of its messages."""
    proof, choice = inputs.provenance, inputs.request.effective_attachments
    chosen = {} if choice == "inputs" else {"attachments": choice}
    return RenderJob(
        view=build_report_view(inputs),
        template=inputs.template,
        folders=tuple(str(Path(folder).resolve()) for folder in folders),
        words=message_lang,
        moment=midnight_of_report_day(inputs.today),
        identifier=bytes.fromhex(proof.digest)[:16],
        attachments=tuple(files),
        pictures=dict(pictures or {}),
        provenance=msgspec.to_builtins(proof)
        | chosen
        | {
            "format": _FORMAT_WITH_CHOICE if chosen else _FORMAT,
            "template": inputs.template,
            "lang": inputs.lang,
            "date": inputs.today.isoformat(),
            "round": inputs.round_id,
            "sheets": [str(sheet_inputs.name) for sheet_inputs in inputs.sheets],
            "against": inputs.compared_revision,
            "against_mark": inputs.compared_commit_or_digest,
        },
    )
