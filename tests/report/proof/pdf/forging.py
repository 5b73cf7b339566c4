"""A small signed report whose signature was written by hand, so that each byte can be forged."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pikepdf
from pyhanko.sign.signers import SimpleSigner

from assess.report.proof.pdf.check import check_signatures_and_additions
from assess.report.proof.pdf.job import CheckedSignatures, CheckSignaturesTask
from report import office

NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
PASSWORD = b"pass"
_PLACE = b"[0 0000000000 0000000000 0000000000]"
_HOLE = b"0" * 6000
METADATA = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


@cache
def original() -> bytes:
    """Return a report of two pages; the second one has an empty field for a seal."""
    document = pikepdf.new()
    for words in (b"(page 1)", b"(page 2)"):
        document.add_blank_page(page_size=(600, 800))
        page = document.pages[-1].obj
        page.Contents = document.make_stream(b"BT 0 0 Td %s Tj ET" % words)
    empty = document.make_stream(b"")
    empty.Type, empty.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    empty.BBox = pikepdf.Array([0, 0, 100, 40])
    kinds = {"/Type": "/Annot", "/Subtype": "/Widget", "/FT": "/Sig"}
    seal: Any = pikepdf.Dictionary({key: pikepdf.Name(kind) for key, kind in kinds.items()})
    seal.T, seal.Rect, seal.F = "seal", pikepdf.Array([100, 100, 200, 140]), 4
    seal.AP = pikepdf.Dictionary(N=empty)
    seal = document.make_indirect(seal)
    document.pages[1].obj.Annots = pikepdf.Array([seal])
    document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=[seal]))
    document.Root.Lang = pikepdf.String("zh-CN")
    document.docinfo["/Title"] = "Report"
    document.Root.Metadata = document.make_stream(METADATA)
    document.Root.Metadata.Type = pikepdf.Name.Metadata
    document.Root.Metadata.Subtype = pikepdf.Name.XML
    out = io.BytesIO()
    document.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return out.getvalue()


@cache
def _opened() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(original()))


def number_of(element: Any) -> int:
    """Return the number of an object of the report."""
    return int(element.objgen[0])


def body_of(number: int) -> bytes:
    """Return an object of the report as it is written."""
    element: Any = _opened().get_object((number, 0))
    if isinstance(element, pikepdf.Stream):
        return stream(bytes(element.read_raw_bytes()), b"/Type/Metadata/Subtype/XML")
    return bytes(element.unparse(resolved=True))


_ROOT: Any = _opened().Root
ROOT, INFO, METADATA_NUMBER, FORM, SEAL, PAGE, SECOND_PAGE = (
    number_of(element)
    for element in (
        _ROOT,
        _opened().trailer.Info,
        _ROOT.Metadata,
        _ROOT.AcroForm,
        _ROOT.AcroForm.Fields[0],
        _opened().pages[0].obj,
        _opened().pages[1].obj,
    )
)
SIZE = int(_opened().trailer.Size)
FIELD, SIGNATURE, SHOWN, SPARE, TABLE = (SIZE + count for count in range(5))
"""Numbers of what a revision adds."""


def stream(data: bytes, words: bytes = b"") -> bytes:
    """Return the body of a stream."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (words, len(data), data)


SIGNATURE_BODY = (
    b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange%s/Contents<%s>>>"
    % (_PLACE, _HOLE)
)
SHOWN_BODY = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 40]")
WIDGET = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/F 132/Rect[%s]/P %d 0 R/V %d 0 R%s>>"


@dataclass(frozen=True)
class Revision:
    """An appended part, as it will be written."""

    objects: dict[int, bytes]
    trailer: bytes = b""
    """What stands in the trailer beside the usual."""
    root: int = ROOT
    info: int = INFO
    size: int | None = None
    """That of the trailer, where it is not the right one."""
    rows: bytes = b""
    """Rows of the table before the others."""
    before_table: bytes = b""
    end: bytes = b"\n%%EOF\n"
    previous: int | None = None

    def put(self, number: int, body: bytes) -> Revision:
        """Return it with another object."""
        return replace(self, objects={**self.objects, number: body})

    def edit(self, number: int, old: bytes, new: bytes) -> Revision:
        """Return it with other bytes in an object, that of the report where it has none."""
        body = self.objects.get(number) or body_of(number)
        assert old in body, (old, body)
        return self.put(number, body.replace(old, new, 1))


def invisible() -> Revision:
    """Return the signature in a field of its own that shows nothing."""
    field_body = WIDGET % (b"0 0 0 0", PAGE, SIGNATURE, b"")
    return add_field(Revision({FIELD: field_body, SIGNATURE: SIGNATURE_BODY}), FIELD, PAGE)


def visible() -> Revision:
    """Return the signature in a field of its own that shows something on page 1."""
    shown = b"/AP<</N %d 0 R>>" % SHOWN
    field_body = WIDGET % (b"300 300 400 340", PAGE, SIGNATURE, shown)
    objects = {FIELD: field_body, SIGNATURE: SIGNATURE_BODY, SHOWN: SHOWN_BODY}
    return add_field(Revision(objects), FIELD, PAGE)


def sealed() -> Revision:
    """Return the signature in the report's own field."""
    revision = Revision({SIGNATURE: SIGNATURE_BODY, SHOWN: SHOWN_BODY})
    body = re.sub(rb"/N \d+ 0 R", b"/N %d 0 R" % SHOWN, body_of(SEAL))
    return revision.put(SEAL, body.replace(b"<<", b"<</V %d 0 R" % SIGNATURE, 1))


def add_field(revision: Revision, number: int, page: int | None = None) -> Revision:
    """Return a revision that names one more field, and shows it on a page."""
    named = b" %d 0 R ]" % number
    revision = revision.edit(FORM, b" ]", named)
    return revision if page is None else annotate(revision, page, number)


def annotate(revision: Revision, page: int, number: int) -> Revision:
    """Return a revision in which a page shows one more annotation."""
    body = revision.objects.get(page) or body_of(page)
    if b"/Annots" in body:
        words = re.sub(rb"(/Annots ?\[[^\]]*)\]", rb"\1 %d 0 R ]" % number, body)
    else:
        words = body.replace(b"<<", b"<</Annots [ %d 0 R ]" % number, 1)
    return revision.put(page, words)


def size_of(pdf: bytes) -> int:
    """Return how many numbers of objects a PDF has, 0 included."""
    return int(re.findall(rb"/Size (\d+)", pdf)[-1])


def append(base: bytes, revision: Revision) -> bytes:
    """Return a PDF with one more revision, signed where a place for a signature is in it."""
    previous = int(re.findall(rb"startxref\s+(\d+)", base)[-1])
    out, rows = bytearray(base), revision.rows
    right = max(size_of(base), *(number + 1 for number in revision.objects))
    for number, body in sorted(revision.objects.items()):
        rows += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += revision.before_table
    place = len(out)
    words = (revision.size or right, revision.root, revision.info)
    previous = previous if revision.previous is None else revision.previous
    out += b"xref\n%strailer\n<</Size %d/Root %d 0 R/Info %d 0 R" % (rows, *words)
    out += b"/Prev %d%s>>\nstartxref\n%d%s" % (previous, revision.trailer, place, revision.end)
    return sign_in_place(bytes(out), len(base))


@cache
def signer() -> Any:
    """Return whose signature it is."""
    key = office.Authority().key("王敏", PASSWORD)
    return SimpleSigner.load_pkcs12_data(key, [], PASSWORD)


def sign_in_place(pdf: bytes, start: int) -> bytes:
    """Return a PDF with a signature over all of it, in the first place for it behind `start`."""
    data = bytearray(pdf)
    hole = pdf.find(b"<" + _HOLE, start)
    if hole < 0:
        return pdf
    end = hole + len(_HOLE) + 2
    place = pdf.find(_PLACE, start)
    if place >= 0:
        words = b"[0 %010d %010d %010d]" % (hole, end, len(pdf) - end)
        data[place : place + len(words)] = words
    digest = hashlib.sha256(bytes(data[:hole]) + bytes(data[end:])).digest()
    made: Any = asyncio.run(signer().async_sign(digest, "sha256"))
    data[hole + 1 : end - 1] = made.dump().hex().encode().ljust(len(_HOLE), b"0")
    return bytes(data)


def checked(pdf: bytes) -> CheckedSignatures | None:
    """Return what is found of a PDF; None where it is too damaged."""
    answer = check_signatures_and_additions(
        CheckSignaturesTask(pdf=pdf, original=len(original()), roots=(), moment=NOW)
    )
    return answer if isinstance(answer, CheckedSignatures) else None


def is_genuine(pdf: bytes) -> bool:
    """Return whether a report would be called genuine without a reservation."""
    found = checked(pdf)
    return (
        found is not None
        and found.permitted
        and len(found.signatures) > 0
        and all(each.intact and each.valid and each.whole for each in found.signatures)
        and not any(each.outside for each in found.signatures)
    )
