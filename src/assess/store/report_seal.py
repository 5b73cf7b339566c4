"""Whether a report is as this program made it: neither signed nor filled in, so it can be replaced.

A PDF proves that by its structure: WeasyPrint wrote it in one piece, and the program's proof is in
it. A program that changes a PDF appends to it or writes it anew. Other formats get a seal: a
comment with the digest of all bytes before it. A program that saves the file anew drops or breaks
the seal. CSV and JSON have no comments, so they have no seal.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from typing import Final, Literal

SealForm = Literal["structure", "comment", "package", "none"]
"""What proves that a report is as made: the structure of a PDF, a comment at the end of a text, the
comment of a ZIP package; nothing."""

_SEAL: Final = b"assess sha256:"
_COMMENT: Final = re.compile(rb"<!-- assess sha256:([0-9a-f]{64}) -->\n\Z")
_NOTE: Final = re.compile(rb"(..)assess sha256:([0-9a-f]{64})\Z", re.DOTALL)
_NO_NOTE: Final = b"\0\0"
"""The end of a ZIP package without a comment: the comment's length."""

_PDF_HEAD: Final = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
"""The first bytes of each PDF of WeasyPrint; other programs write other ones."""

_PDF_END: Final = re.compile(rb"\nstartxref\n(\d{1,12})\n%%EOF\n\Z")
_XREF: Final = re.compile(rb"\d+ 0 obj\n<<[^>]*/Type /XRef")
_PACKED: Final = b"/Type /ObjStm"
_PACKED_HEAD: Final = re.compile(_PACKED + rb"[^>]{0,200}>>\nstream\n")
_PROOF: Final = b"provenance.json"
_MOST_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes of objects that are unpacked of a PDF: a few bytes may unpack to any size."""


def seal_report_if_possible(data: bytes, seal: SealForm) -> bytes:
    """Return a report with its seal; the same bytes if it can't have one."""
    note = _SEAL + hashlib.sha256(data).hexdigest().encode()
    if seal == "package" and data.endswith(_NO_NOTE):
        return data[: -len(_NO_NOTE)] + len(note).to_bytes(2, "little") + note
    return data + b"<!-- %s -->\n" % note if seal == "comment" else data


def is_unchanged_report(data: bytes) -> bool:
    """Return whether a report is byte for byte as this program wrote it; False in doubt."""
    if data.startswith(_PDF_HEAD):
        return _is_unsigned_single_revision_pdf(data) and _has_only_proof_objects(data)
    if comment := _COMMENT.search(data):
        return hashlib.sha256(data[: comment.start()]).hexdigest().encode() == comment[1]
    if note := _NOTE.search(data):
        body = data[: note.start()] + _NO_NOTE
        return hashlib.sha256(body).hexdigest().encode() == note[2]
    return False


def _is_unsigned_single_revision_pdf(data: bytes) -> bool:
    """Return whether a PDF was written in one piece: one object table at its end, no signature."""
    end = _PDF_END.search(data)
    if end is None or data.count(b"startxref") != 1 or b"/ByteRange" in data:
        return False
    return _XREF.match(data, int(end[1])) is not None


def _has_only_proof_objects(data: bytes) -> bool:
    """Return whether the only packed objects of a report name its proof.

    The last are looked at, so that a file of many, made to be slow, is as quick as another.
    """
    head = _PACKED_HEAD.match(data, max(0, data.rfind(_PACKED)))
    if head is None:
        return False
    try:
        packed = memoryview(data)[head.end() :]
        objects = zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
    except zlib.error:
        return False
    return _PROOF in objects
