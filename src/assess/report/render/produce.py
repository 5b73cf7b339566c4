"""A report from beginning to end: inputs, view, child process, PDF."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from assess.errors import UsageError, WriteError
from assess.i18n import N_, Lang, translator
from assess.report.content.inputs import ReportInputs, gather_inputs, read_attachments, report_time
from assess.report.content.inputs import find_picture_files as pictures_of
from assess.report.content.view.build import build_report
from assess.report.export.writers import DATA, Form, from_html, from_view
from assess.report.render.child import RenderChild, RenderedReport, RenderLimits
from assess.report.render.job import PdfAttachment, RenderJob, RenderProgress
from assess.store.files import MAX_REPORT, read_regular, write_atomic, write_error
from assess.store.layout import report_path
from assess.store.report_seal import UNSEALED, is_as_made
from assess.store.shipped_files import shared_folder
from assess.workspace import SheetName, Workspace

PROVENANCE = "assess/provenance/1"
_ANOTHER_NAME: Final = N_("move it elsewhere, or write under another name: -o FILE")


class ReportChoice(NamedTuple):
    """Which report is wanted."""

    names: Sequence[SheetName]
    round_id: str
    day: date | None
    today: date
    lang: Lang
    template: str
    against: str | None


class ProducedReport(NamedTuple):
    """A report, and what it was made from."""

    inputs: ReportInputs
    rendered: RenderedReport


def produce_report(
    workspace: Workspace,
    names: Sequence[SheetName],
    round_id: str,
    *,
    day: date | None,
    today: date,
    lang: Lang,
    template: str,
    report_progress: Callable[[RenderProgress], None],
    limits: RenderLimits | None = None,
    form: Form = "pdf",
    against: str | None = None,
    turn: AbstractContextManager[object] | None = None,
    started: Callable[[RenderChild], None] | None = None,
) -> ProducedReport:
    """Return the report of the sheets `names`, read from the workspace as it stands on disk.

    It is compared with `against`, a round or a commit. `turn` is held while this process works, not
    while it waits for the child; `started` is given the child. These are for several at a time.

    Raises:
        FilesError: files of the workspace can't be used, or a conflict stands.
        TemplateError: the template is missing or wrong.
        EnvironmentLacksError: a library or font is missing.
        RenderError: a limit was reached, or a character has no font.
    """
    chosen = ReportChoice(names, round_id, day, today, lang, template, against)
    turn = turn or nullcontext()
    if form in DATA:
        with turn:
            inputs = _gather_chosen_inputs(workspace, chosen)
            data = from_view(form, build_report(inputs), report_time(inputs.today))
            return ProducedReport(inputs, RenderedReport(data, 0))
    with RenderChild(limits or RenderLimits(), workspace.lang) as child:
        if started is not None:
            started(child)
        with turn:
            inputs = _gather_chosen_inputs(workspace, chosen)
            job = replace(
                _make_workspace_job(workspace, inputs), form="pdf" if form == "pdf" else "html"
            )
        made = child.render_job(job, report_progress)
        if form == "pdf":
            return ProducedReport(inputs, made)
        with turn:
            data = from_html(form, made.pdf, job.view, job.moment)
            return ProducedReport(inputs, RenderedReport(data, 0))


def _gather_chosen_inputs(workspace: Workspace, chosen: ReportChoice) -> ReportInputs:
    return gather_inputs(
        workspace,
        chosen.names,
        chosen.round_id,
        day=chosen.day,
        today=chosen.today,
        lang=chosen.lang,
        template=chosen.template,
        against=chosen.against,
    )


def _make_workspace_job(workspace: Workspace, inputs: ReportInputs) -> RenderJob:
    source = workspace.round_files(inputs.round_id)
    files = [
        PdfAttachment(
            name=attachment.name,
            description=attachment.path,
            data=attachment.data,
            relationship="Source",
        )
        for attachment in read_attachments(source, inputs, workspace.lang)
    ]
    folders = (str(workspace.root / "templates"), str(shared_folder("templates")))
    picture_files = pictures_of(workspace.root, inputs)
    return make_render_job(inputs, files, folders, workspace.lang, pictures=picture_files)


def default_report_path(
    workspace: Workspace,
    names: Sequence[SheetName],
    round_id: str,
    template: str,
    lang: Lang,
    form: Form = "pdf",
) -> Path:
    """Return where a report is written unless told otherwise; of several sheets: `round`."""
    sheet = str(names[0]) if len(names) == 1 else "round"
    return workspace.root / report_path(round_id, sheet, template, lang, form)


def write_report(path: Path, data: bytes, lang: Lang, form: Form = "pdf") -> None:
    """Write a report so that a reader sees the old file or the whole new one.

    Raises:
        UsageError: a file that was signed or changed stands there.
        WriteError: it can't be written; nothing was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, path.parent, lang) from error
    refuse_changed_report(path, lang, form, data)
    write_atomic(path, data, lang)


def refuse_changed_report(path: Path, lang: Lang, form: Form = "pdf", data: bytes = b"") -> None:
    """Refuse to replace a file that can't be made again: it was signed, filled in or edited.

    Tables (CSV, JSON) show no change and may be replaced by tables. `data` that begins with all
    that stands there loses nothing.

    Raises:
        UsageError: names the file; or it is no ordinary file: a link, a pipe, a device, a folder.
        WriteError: the file can't be read.
    """
    try:
        old = _read_replaced_file(path, lang)
    except OSError as error:
        raise WriteError(f"{path}: {error.strerror}") from error
    is_table = form in UNSEALED and old is not None and not old.startswith(b"%PDF")
    if old is None or not (is_table or data.startswith(old) or is_as_made(old)):
        _ = translator(lang)
        message = _("{path} was signed or changed, or is no report of this program; it stays")
        raise UsageError(message.format(path=path), _(_ANOTHER_NAME))


def _read_replaced_file(path: Path, lang: Lang) -> bytes | None:
    """Return what stands in a file; None of one larger than any report, which is not read.

    Raises:
        UsageError: it is no ordinary file.
        OSError: it can't be read.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    if not stat.S_ISREG(status.st_mode):
        _ = translator(lang)
        message = _("{path} is no ordinary file but a link, a folder, a pipe or a device; it stays")
        raise UsageError(message.format(path=path), _(_ANOTHER_NAME))
    if status.st_size > MAX_REPORT:
        return None
    return read_regular(path, MAX_REPORT, os.O_NOFOLLOW)


def make_render_job(
    inputs: ReportInputs,
    files: Sequence[PdfAttachment],
    folders: Sequence[str],
    message_lang: Lang,
    *,
    pictures: Mapping[str, str] | None = None,
) -> RenderJob:
    """Return what the child is given to do; `words` is the language of its messages."""
    proof = inputs.provenance
    return RenderJob(
        view=build_report(inputs),
        template=inputs.template,
        folders=tuple(str(Path(folder).resolve()) for folder in folders),
        words=message_lang,
        moment=report_time(inputs.today),
        identifier=bytes.fromhex(proof.digest)[:16],
        attachments=tuple(files),
        pictures=dict(pictures or {}),
        provenance=msgspec.to_builtins(proof)
        | {
            "format": PROVENANCE,
            "template": inputs.template,
            "lang": inputs.lang,
            "date": inputs.today.isoformat(),
            "round": inputs.round_id,
            "sheets": [str(sheet_inputs.name) for sheet_inputs in inputs.sheets],
            "against": inputs.against,
            "against_mark": inputs.earlier.mark if inputs.against and inputs.earlier else None,
        },
    )
