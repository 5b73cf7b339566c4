"""The ZIP of everything that a document was made from, thumbnails of evidence included."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from assess.i18n import Lang
from assess.report.content.attachments import collect_input_files
from assess.report.content.inputs import ReportInputs, find_cited_picture_files
from assess.report.content.inputs_zip import make_inputs_zip
from assess.report.render.child import RenderChild, RenderLimits
from assess.workspace import Workspace

WORKER = "assess.report.render.thumbnail_worker"


def make_zip_of_inputs(
    workspace: Workspace, inputs: ReportInputs, thumbnails: Mapping[str, str]
) -> bytes:
    """Return the ZIP of all inputs of a document.

    `thumbnails` are files by row that were made before; the others are made from the evidence.

    Raises:
        ChangedOnDiskError: a file has changed since the report was made.
        UsageError: the inputs are too many, or too large.
        EnvironmentLacksError: the child that makes thumbnails reached a limit.
    """
    pictures = {row_id: Path(file).read_bytes() for row_id, file in thumbnails.items()}
    pictures |= _make_thumbnails_in_child(
        find_cited_picture_files(workspace.root, inputs), workspace.lang
    )
    return make_inputs_zip(collect_input_files(workspace, inputs, pictures), workspace.lang)


def _make_thumbnails_in_child(files: Mapping[str, str], lang: Lang) -> dict[str, bytes]:
    """Return the thumbnails of files by row; a picture is never opened in this process."""
    if not files:
        return {}
    with RenderChild(RenderLimits(), lang, WORKER) as child:
        question = msgspec.json.encode(files)
        data = child.send_question_and_wait(question, lambda _progress: None)[1]
    return msgspec.json.decode(data, type=dict[str, bytes])
