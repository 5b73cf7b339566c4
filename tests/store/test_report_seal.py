"""Whether a report is as it was made."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from assess.store import report_seal
from assess.store.report_seal import is_unchanged_report, seal_report_if_possible

SAMPLES = sorted((Path(__file__).parents[2] / "reports").glob("*.pdf"))


def package() -> bytes:
    """Return a small ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("a.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize("sample", SAMPLES[::5], ids=lambda path: path.name)
def test_samples_are_as_they_were_made(sample: Path) -> None:
    """A report is known by how it is written; whatever is appended to it is seen."""
    data = sample.read_bytes()
    assert is_unchanged_report(data)
    assert not is_unchanged_report(data + b"\n")
    update = b"1 0 obj\n<</Type /Sig /ByteRange [0 1 2 3]>>\nendobj\nstartxref\n9\n%%EOF\n"
    assert not is_unchanged_report(data + update)
    assert not is_unchanged_report(data.replace(b"\nstartxref\n", b"\n/ByteRange\nstartxref\n"))
    assert not is_unchanged_report(data.replace(b"\xf0\x9f\x96\xa4", b"\xe2\xe3\xcf\xd3", 1))


def pdf(objects: bytes, more: bytes = b"") -> bytes:
    """Return a PDF of the writer that reports have, whose packed objects are these bytes."""
    body = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n" + more
    body += b"1 0 obj\n<</Type /ObjStm/N 1>>\nstream\n" + objects + b"\nendstream\nendobj\n"
    table = b"2 0 obj\n<</Type /XRef>>\nstream\n\nendstream\nendobj"
    return body + table + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)


def test_only_a_report_has_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another document of the same writer is none; nor one that unpacks to too much, or not."""
    proof = zlib.compress(b"(provenance.json)")
    assert is_unchanged_report(pdf(proof))
    assert is_unchanged_report(
        pdf(proof, b"3 0 obj\n<</Type /ObjStm>>\nstream\n" + zlib.compress(b"x"))
    )
    assert not is_unchanged_report(pdf(zlib.compress(b"(letter.txt)")))
    assert not is_unchanged_report(pdf(b"no stream"))
    assert not is_unchanged_report(pdf(proof).replace(b"/XRef", b"/None"))
    assert not is_unchanged_report(pdf(proof).replace(b"/ObjStm", b"/Others"))
    monkeypatch.setattr(report_seal, "_MOST_UNPACKED", 8)
    assert not is_unchanged_report(pdf(zlib.compress(b"0123456789 provenance.json")))


@pytest.mark.parametrize(
    "part", [b"/Type /ObjStm", b"/Type /ObjStm>>\nstream\n" + zlib.compress(b"")]
)
def test_a_file_made_to_be_slow_is_read_once(part: bytes) -> None:
    """Half a million begins of packed objects, or of empty ones; it took hours once."""
    assert not is_unchanged_report(pdf(b"no stream", part * (8 * 1024**2 // len(part))))


def test_texts_have_a_seal() -> None:
    """A sign more or less before or behind it breaks it."""
    data = seal_report_if_possible("<p>报告</p>\n".encode(), "comment")
    assert data.startswith("<p>报告</p>\n".encode())
    assert is_unchanged_report(data)
    assert not any(is_unchanged_report(other) for other in (b" " + data, data + b"\n", data[1:]))


def test_packages_have_a_seal() -> None:
    """It is the package's comment, so that it opens as ever."""
    data = seal_report_if_possible(package(), "package")
    assert is_unchanged_report(data)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        assert book.comment.startswith(b"assess sha256:")
    assert not is_unchanged_report(data.replace(b"a.xml", b"b.xml"))
    assert seal_report_if_possible(b"no package", "package") == b"no package"


def test_formats_without_a_place_for_it() -> None:
    """They stay as they are, and nothing is known of them."""
    assert seal_report_if_possible(b"a,b\n", "none") == b"a,b\n"
    assert not is_unchanged_report(b"a,b\n")
