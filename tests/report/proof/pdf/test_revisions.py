"""Bytes appended to a PDF: only whole revisions, in which a table names every object."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import SimpleSigner

from assess.report.proof.pdf.additions import check_appended_revisions
from assess.report.proof.pdf.revisions import read_revisions
from assess.report.proof.pdf.strict_values import UNUSUAL, UnlikeError
from assess.report.proof.sign import SigningKey
from report import signing
from report.signing import Office, judged, signed

FORGED = (
    b"9001 0 obj\n<</Type/Catalog/Pages 9002 0 R>>\nendobj\n"
    b"9002 0 obj\n<</Type/Pages/Count 1/Kids[9003 0 R]>>\nendobj\n"
    b"9003 0 obj\n<</Type/Page/Parent 9002 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
)
TRAILER = b"trailer\n<</Size 9999/Root 9001 0 R>>\n"


def told(pdf: bytes, original: int) -> str:
    """Return what is told of the bytes behind the original ones as revisions."""
    try:
        read_revisions(pdf, original)
    except (UnlikeError, zlib.error):
        return UNUSUAL
    return ""


@pytest.fixture(scope="module")
def once(desk: Office) -> bytes:
    """The report with one signature."""
    with pytest.MonkeyPatch.context() as patch:
        signing.in_this_process(patch)
        return signed(desk.pdf, desk.person)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child for each question."""
    signing.in_this_process(monkeypatch)


def plain() -> bytes:
    """Return a PDF of one page whose table of objects is a plain one."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = "report"
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def updated(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a PDF with one more revision."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_signatures_are_whole_revisions(desk: Office) -> None:
    """One and two of them, over a table that is a stream and over a plain one."""
    for first in (desk.pdf, plain()):
        second = signed(first, desk.person)
        third = signed(second, desk.seal)
        assert told(first, len(first)) == ""
        assert told(second, len(first)) == ""
        assert told(third, len(first)) == ""
        assert told(third, len(second)) == ""


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"])
def test_other_line_ends_and_a_program_s_name(desk: Office, once: bytes, line_end: bytes) -> None:
    """Signing programs end lines in three ways; one family writes its name first."""
    at = once.rindex(b"\nstartxref")
    tail = once[at + 1 :].replace(b"\n", line_end)
    named = once[: at + 1] + b"%iText-Core-8.0.2" + line_end + tail
    assert told(once[: at + 1] + tail, len(desk.pdf)) == ""
    assert told(named, len(desk.pdf)) == ""


def in_front(words: bytes) -> Callable[[bytes], bytes]:
    """Return what puts words before the last startxref."""

    def put(data: bytes) -> bytes:
        at = data.rindex(b"startxref")
        return data[:at] + words + data[at:]

    return put


def behind(pattern: bytes, words: bytes) -> Callable[[bytes], bytes]:
    """Return what puts words in the place of the last match, of the same length or not."""

    def put(data: bytes) -> bytes:
        last = [*re.finditer(pattern, data)][-1]
        return data[: last.start()] + last.expand(words) + data[last.end() :]

    return put


HIDING = {
    "an object in a program's name": in_front(b"%iText startxref 9 0 obj\n"),
    "objects that no table names": in_front(FORGED),
    "objects with a trailer": in_front(FORGED + TRAILER),
    "a comment": in_front(b"%hidden\n"),
    "a plus sign": behind(rb"startxref\n(\d+)", rb"startxref\n+\1"),
    "zeros": behind(rb"startxref\n(\d+)", rb"startxref\n00\1"),
    "a comment before the number": behind(rb"startxref\n(\d+)", rb"startxref\n%c\n\1"),
    "a form feed": behind(rb"startxref\n", b"startxref\x0c"),
    "another number": behind(rb"startxref\n\d+", rb"startxref\n17"),
    "a number beyond the end": behind(rb"startxref\n\d+", rb"startxref\n999999999"),
    "a second startxref": lambda data: data + b"startxrefx\n",
    "bytes behind the end": lambda data: data + b"x",
    "a number that is no place of a table": behind(rb"startxref\n\d+", rb"startxref\n917000"),
    "a plus sign before the place of the table before": behind(rb"/Prev (\d)", rb"/Prev +\1"),
    "no table before": behind(rb"/Prev", rb"/Pref"),
    "another table before": behind(rb"/Prev \d", rb"/Prev 9"),
    "two tables before": behind(rb"(/Prev \d+)", rb"\1 \1"),
    "a table beside the table": behind(rb"/Prev", rb"/XRefStm 5 /Prev"),
    "a reference as number": behind(rb"(/Prev \d+)", rb"\1 0 R"),
    "a key in other signs": behind(rb"/Prev", rb"/P#72ev"),
    "another list of objects": behind(rb"(/Index \[ 0 1) \d", rb"\1 9"),
    "half a list of objects": behind(rb"/Index \[ 0 1", rb"/Index [ 0"),
    "another length": behind(rb"/Length \d+\n>>\nstream", rb"/Length 3\n>>\nstream"),
    "another width": behind(rb"/W \[ 1 8 2", rb"/W [ 1 7 3"),
    "widths that are too many": behind(rb"/W \[ 1 8 2", rb"/W [ 1 8 1 1"),
    "a stream that is not packed": behind(rb"/Filter /FlateDecode\n/Size", rb"/Size"),
    "an object within an object": behind(rb"/SubFilter", b"9001 0 obj <<>> /SubFilter"),
    "an object's head with a comment": behind(rb"/SubFilter", b"9001%\n0 obj <<>> /SubFilter"),
    "an object of another number": behind(
        rb"endobj\n(\d+) 0 obj\n<<\n/W", rb"endobj\n5 0 obj\n<<\n/W"
    ),
    "no end of an object": behind(rb"endobj\n\d+ 0 obj\n<<\n/W", b"endobx\n17 0 obj\n<<\n/W"),
}


@pytest.mark.parametrize("name", HIDING)
def test_bytes_that_a_reader_might_show(desk: Office, once: bytes, name: str) -> None:
    """What is not exactly as tables and places say it is told."""
    changed = HIDING[name](once)
    assert changed != once
    assert "different ways" in told(changed, len(desk.pdf))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (rb"(\d{10}) 00000 n", rb"\1 00001 n"),
        (rb"(\d{10}) 00000 n", rb"0000000017 00000 n"),
        (rb"trailer", rb"trailor"),
        (rb"trailer\n", b"0000000000 65535 f\ntrailer\n"),
        (rb"startxref\n", b"9 0 obj 1 endobj\nstartxref\n"),
    ],
)
def test_a_plain_table_is_read_as_strictly(desk: Office, pattern: bytes, words: bytes) -> None:
    """Places, generations and trailer of a plain table."""
    first = plain()
    changed = behind(pattern, words)(signed(first, desk.person))
    assert "different ways" in told(changed, len(first))


def test_every_revision_is_looked_at(desk: Office, once: bytes) -> None:
    """Also one that another revision follows."""
    third = signed(in_front(FORGED)(once), desk.seal)
    assert "different ways" in told(third, len(desk.pdf))


def signed_by_hand(pdf: bytes, key: SigningKey) -> bytes:
    """Return a PDF whose last signature is made anew over all of its bytes."""
    data = bytearray(pdf)
    place = [*re.finditer(rb"/ByteRange\s*\[[^\]]*\] *", pdf)][-1]
    contents = [*re.finditer(rb"/Contents <([0-9A-Fa-f]+)>", pdf)][-1]
    first, last = contents.start(1) - 1, contents.end(1) + 1
    words = b"/ByteRange [0 %d %d %d]" % (first, last, len(pdf) - last)
    data[place.start() : place.end()] = words.ljust(place.end() - place.start())
    digest = hashlib.sha256(bytes(data[:first]) + bytes(data[last:])).digest()
    signer = SimpleSigner.load_pkcs12_data(key.data, [], key.password)
    made: Any = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
    data[first + 1 : last - 1] = made.dump().hex().encode().ljust(last - first - 2, b"0")
    return bytes(data)


@pytest.mark.parametrize(
    "name",
    [
        "a plus sign",
        pytest.param("a second startxref", marks=pytest.mark.exhaustive),
        pytest.param("objects with a trailer", marks=pytest.mark.exhaustive),
    ],
)
def test_a_forged_document_behind_a_signature(desk: Office, once: bytes, name: str) -> None:
    """A self-made signature that covers hidden objects, and holds, does not make them genuine."""
    hidden = in_front(FORGED + TRAILER)(once)
    forged = signed_by_hand(HIDING[name](hidden), desk.person)
    found = judged(desk, forged, desk.authority.pem)
    assert (found.outcome, found.before) == ("not-proved", "genuine")
    assert "appended-unknown" in [cause.code for cause in found.causes]
    assert all(each.intact and each.valid for each in found.signatures)


def test_a_key_that_stands_twice(desk: Office, once: bytes) -> None:
    """Some readers take the first of two, others the last: neither is genuine."""
    twice = once.replace(b"/BitsPerComponent 8", b"/Width 9 /Height  9")
    assert len(twice) == len(once)
    assert check_appended_revisions(once, len(desk.pdf)).problem == ""
    assert "different ways" in check_appended_revisions(twice, len(desk.pdf)).problem


def test_a_title_in_the_place_of_the_title(desk: Office) -> None:
    """What windows show as title is the report's, wherever it stands."""

    def point_elsewhere(writer: Any) -> None:
        words = {generic.NameObject("/Title"): generic.TextStringObject("FORGED")}
        made: Any = generic.DictionaryObject
        writer.set_info(writer.add_object(made(words)))

    changed = updated(desk.pdf, point_elsewhere)
    found = check_appended_revisions(changed, len(desk.pdf))
    assert (found.problem, found.changed) == ("another title, author or subject", True)
