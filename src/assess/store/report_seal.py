"""Whether a report is as this program made it: nobody signed or filled it in, it can be made again.

A PDF shows that by how it is written: at once, by the library that sets reports, with the program's
proof in it; whatever changes a PDF appends to it or writes it anew. Other forms get a seal: the
hash of what stands before it, as a comment that whoever saves the file elsewhere drops or breaks.
CSV and JSON have no comments, so nothing is known of them.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Final

_SEAL: Final = b"assess sha256:"
_COMMENT: Final = re.compile(rb"<!-- assess sha256:([0-9a-f]{64}) -->\n\Z")
_NOTE: Final = re.compile(rb"(..)assess sha256:([0-9a-f]{64})\Z", re.DOTALL)
_PACKAGES: Final = ("docx", "xlsx")
_TEXTS: Final = ("html", "md")
UNSEALED: Final = ("csv", "json")
"""Forms that show no change."""

_NO_NOTE: Final = b"\0\0"
"""How a ZIP package without a comment ends: the comment's length."""

_PDF_HEAD: Final = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
"""How the library that sets reports begins each PDF; every other writer has signs of its own."""

_PDF_END: Final = re.compile(rb"\nstartxref\n(\d{1,12})\n%%EOF\n\Z")
_XREF: Final = re.compile(rb"\d+ 0 obj\n<<[^>]*/Type /XRef")
_PACKED: Final = re.compile(rb"/Type /ObjStm[^>]*>>\nstream\n")
_PROOF: Final = b"provenance.json"
_MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of objects that are unpacked of one PDF: a few bytes may unpack to anything."""


def seal(data: bytes, form: str) -> bytes:
    """Return a report of this form with its seal; as it is where the form has no place for one."""
    digest = hashlib.sha256(data).hexdigest().encode()
    note = _SEAL + digest
    if form in _PACKAGES and data.endswith(_NO_NOTE):
        return data[: -len(_NO_NOTE)] + len(note).to_bytes(2, "little") + note
    return data + b"<!-- %s -->\n" % note if form in _TEXTS else data


def is_as_made(data: bytes) -> bool:
    """Return whether a report is byte for byte as this program wrote it; False where in doubt."""
    if data.startswith(_PDF_HEAD):
        return _is_plain_pdf(data) and _has_proof(data)
    if comment := _COMMENT.search(data):
        return hashlib.sha256(data[: comment.start()]).hexdigest().encode() == comment[1]
    if note := _NOTE.search(data):
        body = data[: note.start()] + _NO_NOTE
        return hashlib.sha256(body).hexdigest().encode() == note[2]
    return False


def _is_plain_pdf(data: bytes) -> bool:
    """Return whether a PDF was written at once: one table of objects, at its end, unsigned."""
    end = _PDF_END.search(data)
    if end is None or data.count(b"startxref") != 1 or b"/ByteRange" in data:
        return False
    return _XREF.match(data, int(end[1])) is not None


def _has_proof(data: bytes) -> bool:
    left = _MOST_UNPACKED
    for stream in _PACKED.finditer(data):
        try:
            objects = zlib.decompressobj().decompress(data[stream.end() :], left)
        except zlib.error:
            return False
        if _PROOF in objects:
            return True
        left -= len(objects)
        if left <= 0:
            return False
    return False
