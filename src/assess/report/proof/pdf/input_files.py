"""The inputs of a document: those attached to it, or those of a ZIP; in the child only."""

from __future__ import annotations

import pikepdf

from assess.i18n import N_
from assess.report.content.inputs_zip import INPUTS_ZIP, MOST_IN_ALL, is_allowed_input_path
from assess.report.proof.pdf.broken import WRONG, make_unreadable_refusal
from assess.report.proof.pdf.job import InputFiles, PdfRefused, ReadInputsTask
from assess.report.proof.pdf.read import list_embedded_streams
from assess.report.proof.pdf.unpacking import UnpackedBytes, open_pdf_with_unpack_limit
from assess.report.proof.pdf.unzip_inputs import FAULTS, BrokenInputsError, unzip_inputs
from assess.workspace.core.arriving_zip import BrokenZipError, refuse_clashing_paths


def read_input_files(question: ReadInputsTask) -> InputFiles | PdfRefused:
    """Return the inputs by path."""
    try:
        if question.archive is not None:
            return InputFiles(files=unzip_inputs(question.archive))
        with open_pdf_with_unpack_limit(question.pdf, attempt_recovery=False) as document:
            return InputFiles(files=_read_attached_inputs(document, question))
    except BrokenInputsError as error:
        return PdfRefused(code="inputs-unreadable", detail=str(error))
    except BrokenZipError as error:
        return PdfRefused(code="inputs-unreadable", detail=FAULTS[error.fault])
    except pikepdf.PasswordError:
        return PdfRefused(code="encrypted")
    except (pikepdf.PdfError, *WRONG) as error:
        return make_unreadable_refusal(error)


def _read_attached_inputs(document: pikepdf.Pdf, question: ReadInputsTask) -> dict[str, bytes]:
    """Return the files of the attached ZIP; without one, the attached inputs.

    Raises:
        BrokenInputsError: a name is attached twice, or the ZIP is no ZIP of inputs.
    """
    paths = {
        name: path for name, path in question.paths_by_name.items() if is_allowed_input_path(path)
    }
    unpacked, files = UnpackedBytes(MOST_IN_ALL), {}
    for name, stream in list_embedded_streams(document):
        if name != INPUTS_ZIP and name not in paths:
            continue
        if name in files:
            raise BrokenInputsError(N_("a file is attached twice"))
        files[name] = unpacked.read_and_count_stream(stream)
    if INPUTS_ZIP in files:
        return unzip_inputs(files[INPUTS_ZIP])
    refuse_clashing_paths(paths[name] for name in files)
    return {paths[name]: data for name, data in files.items()}
