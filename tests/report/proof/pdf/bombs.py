"""PDFs of some kilobytes that unpack to very much, and one with a script."""

from __future__ import annotations

import io
import zlib

import pikepdf

BLOCK = 1 << 20


def pack_blanks(mebibytes: int, start: bytes = b"") -> bytes:
    """Return blanks as Flate packs them, a thousand times smaller."""
    packer = zlib.compressobj(9)
    blanks = b" " * BLOCK
    parts = [packer.compress(start), *(packer.compress(blanks) for _ in range(mebibytes))]
    return b"".join((*parts, packer.flush()))


def attach_blanks(pdf: bytes, mebibytes: int, names: tuple[str, ...]) -> bytes:
    """Return a PDF with attachments of blanks; all are packed apart."""
    packed = pack_blanks(mebibytes)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name in names:
            stream = document.make_stream(b"")
            stream.write(packed, filter=pikepdf.Name.FlateDecode)
            spec = pikepdf.AttachedFileSpec(document, b"", filename=name)
            document.attachments[name] = spec
            spec.obj.EF.F = spec.obj.EF.UF = stream
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def make_plain_pdf() -> bytes:
    """Return a PDF of a blank page."""
    document = pikepdf.new()
    document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf_with_script() -> bytes:
    """Return a PDF of a blank page that runs a script when a reader opens it."""
    document = pikepdf.new()
    document.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = script
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_CATALOG = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
)


def make_packed_objects(mebibytes: int) -> bytes:
    """Return a PDF whose fourth object stands in a stream of very many blanks."""
    head = b"%PDF-1.7\n"
    streams = _write_stream(b"/Type/ObjStm/N 1/First 4", pack_blanks(mebibytes, b"4 0 <</A 1>>"))
    parts, places = _write_objects(head, (*_CATALOG, b"null", streams))
    rows = b"".join(b"\1" + place.to_bytes(4) + b"\0" for place in places)
    rows = b"\0" * 6 + rows[:18] + b"\2" + (5).to_bytes(4) + b"\0" + rows[24:]
    return _end_with_table(parts, 6, rows + b"\1" + len(parts).to_bytes(4) + b"\0", packed=False)


def make_vast_table(mebibytes: int) -> bytes:
    """Return a PDF whose table of objects unpacks to very much."""
    parts, places = _write_objects(b"%PDF-1.7\n", _CATALOG)
    rows = b"\0" * 6 + b"".join(b"\1" + place.to_bytes(4) + b"\0" for place in places)
    rows += b"\1" + len(parts).to_bytes(4) + b"\0"
    return _end_with_table(parts, 4, pack_blanks(mebibytes, rows), packed=True)


def _write_stream(words: bytes, data: bytes) -> bytes:
    begin = b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (words, len(data))
    return begin + data + b"\nendstream"


def _write_objects(head: bytes, objects: tuple[bytes, ...]) -> tuple[bytes, list[int]]:
    """Return the bytes of a PDF so far, and where each object begins."""
    data, places = head, []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return data, places


def _end_with_table(data: bytes, number: int, rows: bytes, *, packed: bool) -> bytes:
    words = b"/Type/XRef/W[1 4 1]/Size %d/Root 1 0 R" % (number + 1)
    table = _write_stream(words, rows if packed else zlib.compress(rows))
    return data + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, table, len(data))
