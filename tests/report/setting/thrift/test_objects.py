"""Pages are listed once and objects put into bytes once; the file stays the same."""

from __future__ import annotations

import zlib
from collections import Counter
from typing import Any

import pydyf
import pytest
import weasyprint

from assess.report.setting.thrift import objects

PAGES = '<html lang="en"><title>x</title><p>one<p style="break-before: page">two'


def plain() -> bytes:
    """Return a tagged PDF as the libraries write it."""
    pdf: bytes = weasyprint.HTML(string=PAGES).write_pdf(**OPTIONS)
    return pdf


OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_identifier": b"x"}


def test_pages_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page's reference is made once, however often it is asked for; then the list is kept."""
    monkeypatch.setattr(pydyf.PDF, "page_references", pydyf.PDF.page_references)
    objects.share_page_references()
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({}))
    first = pdf.page_references
    assert pdf.page_references is first

    pdf.add_page(pydyf.Dictionary({}))

    assert pdf.page_references == tuple(f"{page} 0 R".encode() for page in pdf.pages["Kids"][::3])
    assert len(pdf.page_references) == 2


def test_the_file_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all savings the bytes are those of the libraries alone."""
    expected = plain()
    monkeypatch.setattr(pydyf.PDF, "page_references", pydyf.PDF.page_references)
    objects.share_page_references()
    document = weasyprint.HTML(string=PAGES).render(pdf_variant="pdf/ua-1")
    for page in document.pages:
        objects.join_when_painted(page)

    def finish(_document: object, pdf: pydyf.PDF) -> None:
        drawings = [one for one in pdf.objects if isinstance(one, weasyprint.pdf.stream.Stream)]
        assert {len(one.stream) for one in drawings} == {1}
        objects.put_into_bytes(pdf)

    assert document.write_pdf(finisher=finish, **OPTIONS) == expected


def test_each_stream_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identifier, which covers all objects, costs no second compression."""
    times: Counter[int] = Counter()
    data = pydyf.Stream.data

    def counted(stream: pydyf.Stream) -> bytes:
        times[stream.number] += 1
        written: bytes = data.fget(stream)
        return written

    monkeypatch.setattr(pydyf.Stream, "data", property(counted))

    weasyprint.HTML(string=PAGES).write_pdf(
        finisher=lambda _document, pdf: objects.put_into_bytes(pdf), **OPTIONS
    )

    own = [count for number, count in times.items() if number < max(times) - 1]
    assert own
    assert set(own) == {1}


def test_streams_are_compressed_at_the_level_that_zlib_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The highest one takes four times as long for a hundredth of the size."""
    monkeypatch.setattr(pydyf, "zlib", zlib)
    words = b"0 Tc 1 0 0 -1 0 842 cm " * 99

    objects.compress_lightly()

    written = pydyf.Stream([words], compress=True).data
    assert zlib.compress(words) in written
