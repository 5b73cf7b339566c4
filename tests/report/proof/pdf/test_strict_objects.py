"""Appended objects: the forms in which a reader sees another page than the one that is checked."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
import pytest

from assess.report.proof.pdf.additions import check_appended_revisions
from assess.report.proof.pdf.revisions import read_revisions
from assess.report.proof.pdf.strict_objects import read_object
from assess.report.proof.pdf.strict_values import UnlikeError

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


def with_stream(
    objects: dict[int, bytes],
    packed: dict[int, tuple[int, int]] | None = None,
    widths: tuple[int, ...] = (1, 4, 2),
    words: bytes = b"",
) -> bytes:
    """Return the PDF with a revision that ends with a stream as table."""
    rows = {number: (2, *place, 0) for number, place in (packed or {}).items()}
    out = bytearray(ORIGINAL)
    for number, body in objects.items():
        rows[number] = (1, len(out), 0, 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows[TABLE] = (1, len(out), 0, 0)
    data = b"".join(
        (value % (256**width or 1)).to_bytes(width, "big")
        for number in sorted(rows)
        for value, width in zip(rows[number], widths, strict=False)
    )
    data = zlib.compress(data) if b"/FlateDecode/D" in words else data
    index = b" ".join(b"%d 1" % number for number in sorted(rows))
    listed = b" ".join(b"%d" % width for width in widths)
    words += b"/Type/XRef/W[%s]/Index[%s]/Size 50/Root 1 0 R/Prev %d" % (listed, index, BEFORE)
    end = b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (TABLE, stream(data, words), len(out))


def is_refused(pdf: bytes, original: bytes = ORIGINAL) -> bool:
    """Return whether the appended bytes are told."""
    try:
        read_revisions(pdf, len(original))
    except (UnlikeError, zlib.error):
        return True
    return False


def test_plain_revisions_pass() -> None:
    """A table and a stream as table, as signing programs write them."""
    assert not is_refused(with_table({NUMBER: PAGE}))
    assert not is_refused(with_table({NUMBER: PAGE}, b"/ID[<00ff>(abc)]"))
    assert not is_refused(with_stream({NUMBER: PAGE, HOLDER: stream(b"x" * 9)}))


def test_no_object_is_packed() -> None:
    """Readers find packed objects in different ways, and those that search find none."""
    data = zlib.compress(b"3 0 " + PAGE)
    words = b"/Type/ObjStm/Filter/FlateDecode/N 1/First 4"
    assert is_refused(with_stream({HOLDER: stream(data, words)}))
    assert is_refused(with_stream({HOLDER: stream(data, words)}, {NUMBER: (HOLDER, 0)}))
    assert is_refused(with_stream({HOLDER: stream(data)}, {NUMBER: (HOLDER, 0)}))
    assert is_refused(with_table({HOLDER: stream(data, words)}))


@pytest.mark.parametrize(
    "widths",
    [(2, 4, 2), (5, 4, 2), (1, 9, 2), (1, 4, 3), (1, 4), (1, 4, 2, 0), (0, 4, 2), (1, 0, 2)],
)
def test_widths_of_a_table(widths: tuple[int, ...]) -> None:
    """Poppler searches the file where a width is larger than it expects."""
    assert is_refused(with_stream({NUMBER: PAGE}, widths=widths))
    assert not is_refused(with_stream({NUMBER: PAGE}, widths=(1, 8, 2)))
    assert not is_refused(with_stream({NUMBER: PAGE}, widths=(1, 4, 0)))


@pytest.mark.parametrize(
    "words",
    [
        b"/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 7>>",
        b"/Filter/FlateDecode/DecodeParms<</Predictor 16/Columns 7>>",
        b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>",
        b"/Filter/FlateDecode/DecodeParms<</Predictor 1/Colors 3>>",
        b"/DecodeParms<<>>",
        b"/DecodeParms[null]",
        b"/Filter/LZWDecode",
        b"/Filter[/FlateDecode/FlateDecode]",
        b"/Extends 3 0 R",
    ],
)
def test_a_table_is_packed_in_one_way(words: bytes) -> None:
    """A reader that unpacks rows in another way finds objects at other places."""
    assert is_refused(with_stream({NUMBER: PAGE}, words=words))
    usual = b"/Filter/FlateDecode/DecodeParms<</Predictor 1/Columns 7>>"
    assert not is_refused(with_stream({NUMBER: PAGE}, words=usual))


def test_objects_are_kept_apart() -> None:
    """A reader that searches does not see an object right behind `endobj`."""
    assert read_object(b"9 0 obj\n[1]\nendobj\n").value == [1]
    with pytest.raises(UnlikeError):
        read_object(b"9 0 obj\n[1]\nendobj")


def test_numbers_of_a_table_rise() -> None:
    """A number that stands twice, or before a smaller one, is told."""
    pdf = with_table({HOLDER: PAGE, NUMBER: PAGE})
    assert is_refused(pdf)
    assert not is_refused(with_table({NUMBER: PAGE, HOLDER: PAGE}))


def test_a_plain_table_behind_a_stream_is_told() -> None:
    """A reader that can't go back to the stream loses what is packed behind it."""
    second = with_stream({NUMBER: PAGE})
    place = len(second)
    words = b"3 0 obj\n%s\nendobj\n" % PAGE
    table = b"xref\n3 1\n%010d 00000 n \ntrailer\n<</Size 50/Root 1 0 R/Prev %d>>\n"
    before = int(re.findall(rb"startxref\s+(\d+)", second)[-1])
    third = second + words + table % (place, before)
    third += b"startxref\n%d\n%%%%EOF\n" % (place + len(words))
    assert [each.mixed for each in read_revisions(third, len(ORIGINAL))] == [False, True]


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
    at = len(ORIGINAL)
    glued = ORIGINAL.rstrip() + pdf[at:].replace(b"%d\n" % at, b"%d\n" % (at - 1))
    assert is_refused(glued, ORIGINAL.rstrip())


def test_only_number_0_is_free() -> None:
    """An object of the report can't be taken away."""
    row = b"xref\n3 1\n"
    pdf = with_table({NUMBER: PAGE})
    assert is_refused(pdf.replace(row, b"xref\n2 1\n0000000000 00001 f \n3 1\n"))
    assert not is_refused(pdf.replace(row, b"xref\n0 1\n0000000000 65535 f \n3 1\n"))


def test_no_page_is_added() -> None:
    """An object that nothing refers to may be shown by a reader that searches."""
    for kind in (b"Page", b"Catalog", b"Font"):
        pdf = with_table({HOLDER: b"<</Type/%s>>" % kind})
        assert check_appended_revisions(pdf, len(ORIGINAL)).problem == "object 40"
