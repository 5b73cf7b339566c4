"""Opening a PDF and unpacking its streams, with an end; in the child only.

A stream of some kilobytes may unpack to gigabytes. The library ends each one at a limit; all that
is read of one PDF is counted.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf.settings import set_qpdf_limits

from assess.i18n import N_
from assess.report.proof.pdf.broken import BrokenPdfError

MOST_OF_A_STREAM: Final = 16 << 20
"""Bytes; no file of a workspace that travels in a report has more."""
MOST_OF_A_PDF: Final = 128 << 20
"""Bytes of all streams that are read of a PDF."""
_TOO_MUCH: Final = N_("it unpacks to more than a report holds")
_LIMIT_REACHED: Final = "memory limit exceeded"
"""What the library says of a stream at its limit."""
_WITHOUT_LIMIT: Final = ("/LZWDecode", "/LZW", "/DCTDecode", "/DCT")
"""Ways of packing whose end the library does not limit as it does Flate; no report has them."""


@contextlib.contextmanager
def open_pdf_with_unpack_limit(
    pdf: bytes, *, attempt_recovery: bool = True
) -> Iterator[pikepdf.Pdf]:
    """Open a PDF none of whose streams unpacks to more than a limit.

    Without recovery, an object that is missing for that reason counts as well.

    Raises:
        BrokenPdfError: a limit was reached.
        pikepdf.PdfError: it can't be read.
    """
    set_qpdf_limits(flate_max_memory=MOST_OF_A_STREAM, run_length_max_memory=MOST_OF_A_STREAM)
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=attempt_recovery) as document:
            yield document
            warnings = [] if attempt_recovery else document.get_warnings()
    except pikepdf.PdfError as error:
        if _LIMIT_REACHED in str(error):
            raise BrokenPdfError(_TOO_MUCH) from error
        raise
    if any(_LIMIT_REACHED in str(warning) for warning in warnings):
        raise BrokenPdfError(_TOO_MUCH)


class UnpackedBytes:
    """The count of what was unpacked of a PDF."""

    def __init__(self, most: int = MOST_OF_A_PDF) -> None:
        self._left = most

    def read_and_count_stream(self, stream: Any) -> bytes:
        """Return the content of a stream, and count it.

        Raises:
            BrokenPdfError: it is too large, or packed in a way that no report has.
            pikepdf.PdfError: it is damaged, or too large.
        """
        packing = stream.get("/Filter", [])
        names = [packing] if isinstance(packing, pikepdf.Name) else packing
        if any(str(name) in _WITHOUT_LIMIT for name in names):
            raise BrokenPdfError(N_("a part of it is packed in a way that no report uses"))
        data = bytes(stream.read_bytes())
        self.count_and_limit_bytes(len(data))
        return data

    def count_and_limit_bytes(self, count: int) -> None:
        """Count bytes of a stream or a text.

        Raises:
            BrokenPdfError: these are too many, or all together are.
        """
        self._left -= count
        if count > MOST_OF_A_STREAM or self._left < 0:
            raise BrokenPdfError(_TOO_MUCH)
