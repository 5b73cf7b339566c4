"""What travels inside a document, or beside it in a ZIP: the workspace's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from assess import locations
from assess.errors import ChangedOnDiskError
from assess.i18n import Lang, translator
from assess.model.provenance import InputFile
from assess.report.content.earlier import list_compared_and_earlier_rounds, list_rounds_before
from assess.report.content.inputs import BLANK_FORM, ReportInputs
from assess.report.content.inputs_zip import EARLIER, FACTS, PICTURE_END, PICTURES
from assess.report.content.repository_facts import encode_repository_facts
from assess.workspace import Workspace
from assess.workspace.core.provenance import paths_of_yaml_inputs
from assess.workspace.core.sources import RoundFiles
from assess.workspace.proof.attached_files import attachment_name_of_path

_CHECKLISTS: Final = (f"{locations.CHECKLISTS}/",)
_YAML: Final = (
    locations.CONFIG,
    locations.REGISTER,
    locations.FINDINGS,
    f"{locations.ANSWERS}/",
    *_CHECKLISTS,
)


class AttachedFile(NamedTuple):
    """A file that travels inside the PDF."""

    name: str
    path: str
    data: bytes


def list_input_paths_to_attach(inputs: ReportInputs) -> list[str]:
    """Return the paths of the inputs that travel inside the document, each as a file of its own.

    A blank form carries its checklists, by which an import knows what it asked, and no answers.
    """
    if inputs.request.effective_attachments != "none":
        wanted: tuple[str, ...] = _YAML
    else:
        wanted = _CHECKLISTS if inputs.template == BLANK_FORM else ()
    paths = (input_file.path for input_file in inputs.provenance.inputs)
    return [path for path in paths if path.startswith(wanted)] if wanted else []


def read_attachments(workspace: Workspace, inputs: ReportInputs) -> list[AttachedFile]:
    """Return the inputs that travel inside the document, each as a file of its own, by name.

    Raises:
        ChangedOnDiskError: a file has changed since the report was made.
    """
    source = workspace.find_round_files(inputs.round_id)
    wanted = set(list_input_paths_to_attach(inputs))
    files = [
        AttachedFile(
            attachment_name_of_path(input_file.path),
            input_file.path,
            _read_unchanged_file(source, input_file, workspace.lang),
        )
        for input_file in inputs.provenance.inputs
        if input_file.path in wanted
    ]
    return sorted(files)


def collect_input_files(
    workspace: Workspace, inputs: ReportInputs, thumbnails: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return everything that a document is made from, by path; see `inputs_zip`.

    Files of evidence stay where they are; `thumbnails` of them are by row.

    Raises:
        ChangedOnDiskError: a file has changed since the report was made.
    """
    source = workspace.find_round_files(inputs.round_id)
    files = {
        input_file.path: _read_unchanged_file(source, input_file, workspace.lang)
        for input_file in inputs.provenance.inputs
        if source.has_file(input_file.path)
    }
    for round_id in list_readable_rounds_in_report(workspace, inputs):
        files.update(_read_files_of_earlier_round(workspace, inputs, round_id))
    for row_id, thumbnail in thumbnails.items():
        files[f"{PICTURES}/{row_id}{PICTURE_END}"] = thumbnail
    return files | {FACTS: encode_repository_facts(inputs)}


def list_readable_rounds_in_report(workspace: Workspace, inputs: ReportInputs) -> list[str]:
    """Return the earlier rounds that the document shows, without those that can't be read here."""
    config, request = workspace.read_config(), inputs.request
    oldest_first = reversed(list_rounds_before(config, request.round_id))
    readable = {
        round_id
        for round_id, past in zip(oldest_first, inputs.past, strict=True)
        if past.fault is None
    }
    shown = list_compared_and_earlier_rounds(config, request)
    return [round_id for round_id in shown if round_id in readable | {request.against}]


def _read_files_of_earlier_round(
    workspace: Workspace, inputs: ReportInputs, round_id: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by which an earlier round was assessed."""
    source = workspace.find_round_files(round_id)
    listed = workspace.list_sheets(round_id)
    names = [name for name in inputs.request.sheets if name in listed]
    for path in sorted(paths_of_yaml_inputs(round_id, names)):
        if source.has_file(path):
            yield f"{EARLIER}/{round_id}/{path}", source.read_bytes(path)


def _read_unchanged_file(source: RoundFiles, input_file: InputFile, lang: Lang) -> bytes:
    data = source.read_bytes(input_file.path)
    if hashlib.sha256(data).hexdigest() != input_file.sha256:
        _ = translator(lang)
        message = _("{path} was changed while the report was made").format(path=input_file.path)
        raise ChangedOnDiskError(message, _("run the command again"))
    return data
