"""Why a file is no PDF that can be read, in words for a person; in the child only."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from assess.i18n import N_
from assess.report.proof.pdf.job import PdfRefused

DAMAGED = N_("its objects are damaged; get the file anew from where it came")
"""Messages of libraries are about their internals and differ for each damage."""
WRONG: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What libraries raise where an object is missing, or of another type than it should be."""

_LONGEST_MESSAGE: Final = 200
"""Characters of a library's message that an error shows."""


class BrokenPdfError(ValueError):
    """A PDF contains a part that no report has; the text, marked by `N_`, names it."""


def make_unreadable_refusal(error: BaseException) -> PdfRefused:
    """Return the refusal of a PDF in which reading came upon `error`."""
    return PdfRefused(
        code="unreadable", detail=str(error) if isinstance(error, BrokenPdfError) else DAMAGED
    )


def shorten_library_error(error: BaseException) -> str:
    """Return the message of a library's error on one line, and a long one cut."""
    return " ".join(str(error).split())[:_LONGEST_MESSAGE]
