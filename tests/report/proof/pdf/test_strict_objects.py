"""Appended objects: the forms in which a reader sees another page than the one that is checked."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pikepdf
import pytest

from assess.report.proof.pdf.changes import more_than_signatures
from assess.report.proof.pdf.revisions import other_than_revisions

PAGE = b"<</Type/Page/MediaBox[0 0 595 842]>>"
FORGED = b"<</Type/Page/MediaBox[0 0 100 100]>>"
NUMBER, HOLDER, TABLE = 3, 40, 41


def original() -> bytes:
    """Return a PDF of one page, in a few hundred bytes."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


ORIGINAL = original()
BEFORE = int(re.findall(rb"startxref\s+(\d+)", ORIGINAL)[-1])


def stream(data: bytes, words: bytes = b"") -> bytes:
    """Return the body of an object that is a stream."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (words, len(data), data)


def with_table(objects: dict[int, bytes], trailer: bytes = b"", row_end: bytes = b" \n") -> bytes:
    """Return the PDF with a revision that ends with a plain table."""
    out, rows = bytearray(ORIGINAL), b""
    for number, body in objects.items():
        rows += b"%d 1\n%010d 00000 n%s" % (number, len(out), row_end)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"xref\n%strailer\n<</Size %d/Root 1 0 R/Prev %d%s>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (rows, max(objects) + 1, BEFORE, trailer, len(out))


def with_stream(objects: dict[int, bytes], packed: dict[int, tuple[int, int]]) -> bytes:
    """Return the PDF with a revision that ends with a stream as table."""
    out, rows = bytearray(ORIGINAL), {number: (2, *place) for number, place in packed.items()}
    for number, body in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[TABLE] = (1, len(out), 0)
    data = b"".join(struct.pack(">BIH", *rows[number]) for number in sorted(rows))
    index = b" ".join(b"%d 1" % number for number in sorted(rows))
    words = b"/Type/XRef/W[1 4 2]/Index[%s]/Size 50/Root 1 0 R/Prev %d" % (index, BEFORE)
    end = b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (TABLE, stream(data, words), len(out))


def pack(header: bytes, *bodies: bytes, words: bytes = b"", count: int = 2) -> bytes:
    """Return an object that packs others behind a header."""
    data = zlib.compress(header + b" ".join(bodies))
    rest = b"/Type/ObjStm/Filter/FlateDecode/N %d/First %d" % (count, len(header))
    return stream(data, rest + words)


def is_refused(pdf: bytes) -> bool:
    """Return whether the appended bytes are told."""
    return "other readers" in other_than_revisions(pdf, len(ORIGINAL))


def test_plain_revisions_pass() -> None:
    """A table, a stream as table, and packed objects, as signing programs write them."""
    two = pack(b"3 0 42 %d " % (len(PAGE) + 1), PAGE, b"[1 0 R (a\\)b) <0aF> /A#20B null -1.5]")
    places = {NUMBER: (HOLDER, 0), 42: (HOLDER, 1)}
    assert not is_refused(with_table({NUMBER: PAGE}))
    assert not is_refused(with_table({NUMBER: PAGE}, b"/ID[<00ff>(abc)]"))
    assert not is_refused(with_stream({NUMBER: PAGE, HOLDER: stream(b"x" * 9)}, {}))
    assert not is_refused(with_stream({HOLDER: two}, places))


TWICE = b"3 0 3 %d " % (len(FORGED) + 1)
ONCE = b"3 0 42 %d " % (len(PAGE) + 1)
BOTH = {NUMBER: (HOLDER, 0), 42: (HOLDER, 1)}
PACKED = {
    "a number twice, the first named": (pack(TWICE, FORGED, PAGE), {NUMBER: (HOLDER, 0)}),
    "a number twice, the last named": (pack(TWICE, FORGED, PAGE), {NUMBER: (HOLDER, 1)}),
    "an object that the table does not name": (pack(ONCE, PAGE, b"1"), {NUMBER: (HOLDER, 0)}),
    "objects at the place of others": (
        pack(ONCE, PAGE, PAGE),
        {NUMBER: (HOLDER, 1), 42: (HOLDER, 0)},
    ),
    "a place before the one before": (pack(b"3 9 42 0 ", b"null     ", PAGE), BOTH),
    "bytes before the first": (pack(b"3 4 42 45 ", b"111 ", PAGE, b"1"), BOTH),
    "two values as one object": (pack(ONCE, PAGE, b"1 2"), BOTH),
    "a comment": (pack(ONCE, PAGE, b"%x\n1"), BOTH),
    "a sign in a number": (pack(ONCE.replace(b"42", b"+42"), PAGE, b"1"), BOTH),
    "more objects than are counted": (pack(ONCE, PAGE, b"1", count=1), {NUMBER: (HOLDER, 0)}),
    "another stream as extension": (pack(ONCE, PAGE, b"1", words=b"/Extends 9 0 R"), BOTH),
    "a key twice": (pack(ONCE, PAGE, b"1", words=b"/N 1"), BOTH),
    "objects that nothing names": (pack(ONCE, PAGE, b"1"), {}),
    "no packed objects": (stream(b"3 0 ", b"/N 1/First 4"), {NUMBER: (HOLDER, 0)}),
    "another packing": (
        pack(ONCE, PAGE, b"1").replace(b"/FlateDecode", b"/LZWDecode"),
        BOTH,
    ),
    "a damaged stream": (stream(b"x", b"/Type/ObjStm/Filter/FlateDecode/N 1/First 4"), BOTH),
}


@pytest.mark.parametrize("name", PACKED)
def test_packed_objects_are_read_in_one_way(name: str) -> None:
    """What one reader finds by its number and another by its place is told."""
    holder, packed = PACKED[name]
    assert is_refused(with_stream({HOLDER: holder}, packed))


def hidden(blank: bytes, before: bytes) -> bytes:
    """Return an object as a reader finds it that searches, with other blanks."""
    return b"\n3%s0%sobj\n%s\n" % (blank, before, FORGED)


SEARCHED = {
    "a PDF blank": hidden(b" ", b" "),
    "PDFium's blanks": hidden(b"\x80", b"\xff"),
    "a vertical tab": hidden(b"\x0b", b"\x0b"),
    "JavaScript's blank": hidden(b"\xa0", b"\xa0"),
    "no blank": hidden(b" ", b""),
    "a comment between": hidden(b"%x\n", b" %x\n"),
    "a word between": hidden(b" ", b" word "),
    "a table": b"\nxref \n0 1\n",
    "an end of the stream": b"\nendstream\n",
    "the begin of a stream": b">>stream\n",
    "an end of the file": b"\n%%EOF\n",
}


@pytest.mark.parametrize("name", SEARCHED)
def test_a_reader_that_searches_finds_nothing(name: str) -> None:
    """Whatever looks like an object is told: in a stream, in a string, in the trailer's strings."""
    words = SEARCHED[name]
    assert is_refused(with_table({NUMBER: PAGE, HOLDER: stream(words)}))
    assert is_refused(with_table({NUMBER: PAGE, HOLDER: b"(%s)" % words}))
    assert is_refused(with_table({NUMBER: PAGE}, b"/ID[(%s)(x)]" % words))


BODIES = {
    "a length elsewhere": b"<</Length 42 0 R>>\nstream\nabc\nendstream",
    "a length that is too short": b"<</Length 2>>\nstream\nabc\nendstream",
    "a blank behind stream": b"<</Length 3>>\nstream \nabc\nendstream",
    "a second table": stream(b"", b"/Type/XRef"),
    "a key twice": b"<</A 1/A 2>>",
    "a letter in signs": b"<</P#61ges 1>>",
    "a blank that only some know": b"<</A\x801>>",
    "a form feed": b"<</A\x0c1>>",
    "a comment": b"<</A%c\n1>>",
    "a number that overflows": b"[4294967299 0 R]",
    "another generation": b"[3 1 R]",
    "a bracket that is missing": b"<</A [1>>",
    "a value too many": b"<</A 1>> 2",
    "a key without value": b"<</A>>",
    "a number as key": b"<<1 2>>",
    "a word": b"word",
    "lists in lists": b"[" * 40 + b"]" * 40,
    "another bracket": b"[1>>",
}


@pytest.mark.parametrize("name", BODIES)
def test_values_are_read_in_one_way(name: str) -> None:
    """Forms of which readers make different things are told."""
    assert is_refused(with_table({HOLDER: BODIES[name]}))


@pytest.mark.parametrize(
    ("trailer", "row_end"),
    [
        (b"", b"\n"),
        (b"/ID[(%s)(x)]" % (b"x" * 129), b" \n"),
        (b"/ID 1", b" \n"),
        (b"/Info 1", b" \n"),
        (b"/Encrypt 3 0 R", b" \n"),
    ],
)
def test_tables_are_read_in_one_way(trailer: bytes, row_end: bytes) -> None:
    """Rows of 19 bytes make a reader search; the trailer holds nothing else."""
    assert is_refused(with_table({NUMBER: PAGE}, trailer, row_end))


def test_a_revision_begins_on_a_line_of_its_own() -> None:
    """An object behind `%%EOF` is a comment for a reader that searches."""
    pdf = with_table({NUMBER: PAGE})
    assert other_than_revisions(pdf, len(ORIGINAL)) == ""
    at = len(ORIGINAL)
    glued = ORIGINAL.rstrip() + pdf[at:].replace(b"%d\n" % at, b"%d\n" % (at - 1))
    assert other_than_revisions(glued, len(ORIGINAL.rstrip()))


def test_no_page_is_added() -> None:
    """A page or catalog that nothing refers to may be shown by a reader that searches."""
    for kind in (b"Page", b"Catalog"):
        changed = with_table({HOLDER: b"<</Type/%s>>" % kind})
        assert more_than_signatures(ORIGINAL, changed) == "a page was added"
    assert more_than_signatures(ORIGINAL, with_table({HOLDER: b"<</Type/Font>>"})) == ""
