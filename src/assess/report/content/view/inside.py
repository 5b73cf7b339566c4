"""What a document says of the files inside it."""

from __future__ import annotations

from assess.i18n import N_, Lang, translator
from assess.report.content.attachments import list_input_paths_to_attach
from assess.report.content.inputs import BLANK_FORM, ReportInputs
from assess.report.content.inputs_zip import INPUTS_ZIP
from assess.report.content.view.model import InputView

WITHOUT_DATA = N_("Without data: can't be verified on its own")
"""What the foot says of a PDF that carries no data of the unit."""


def list_input_views(inputs: ReportInputs) -> tuple[InputView, ...]:
    """Return the files that a report is made from, each with whether it is inside."""
    inside = set(list_input_paths_to_attach(inputs)) if inputs.request.format == "pdf" else set()
    return tuple(
        InputView(path=file.path, digest=file.sha256, inside=file.path in inside)
        for file in inputs.provenance.inputs
    )


def describe_attached_files(inputs: ReportInputs, lang: Lang) -> str:
    """Return in a sentence which files travel inside a PDF; '' for other formats."""
    _ = translator(lang)
    choice = inputs.request.effective_attachments
    if inputs.request.format != "pdf":
        return ""
    if choice == "none" and inputs.template == BLANK_FORM:
        return _(
            "Inside this PDF are the checklists and provenance.json, which holds digests; no "
            "answers."
        )
    if choice == "none":
        return _("Inside this PDF is provenance.json alone, which holds digests; no data.")
    text = _(
        "Inside this PDF are {count} files with all data: settings and people, answers with their "
        "notes, checklists, the evidence register; and provenance.json."
    )
    sentence = text.format(count=len(list_input_paths_to_attach(inputs)))
    if choice == "inputs":
        return sentence
    more = _(
        "{name} holds them again, with templates, the earlier rounds and the thumbnails shown."
    )
    return sentence + (" " if lang == "en" else "") + more.format(name=INPUTS_ZIP)


def describe_pdf_without_data(inputs: ReportInputs) -> str:
    """Return what the foot of a PDF says that carries no data of the unit; '' where it does."""
    if inputs.request.format != "pdf" or inputs.request.effective_attachments != "none":
        return ""
    return translator(inputs.lang)(WITHOUT_DATA)
