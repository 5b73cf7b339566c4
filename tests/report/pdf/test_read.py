"""PDFs that were made to keep their reader busy: refused, and soon."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from assess.report.pdf.broken import DAMAGED
from assess.report.pdf.job import Refused
from assess.report.pdf.read import read

SECONDS = 20
"""Far more than any of them needs, and far less than the limit of the child."""


def _saved(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.StructTreeRoot = document.make_indirect(pikepdf.Dictionary())
    change(document)
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _element(document: pikepdf.Pdf, kind: str, *kids: Any) -> Any:
    words = {"/S": pikepdf.Name(kind), "/K": pikepdf.Array(list(kids))}
    return document.make_indirect(pikepdf.Dictionary(words))


def _loop(document: pikepdf.Pdf) -> None:
    element = _element(document, "/P")
    element.K.append(element)
    document.Root.StructTreeRoot.K = element


def _doubling(document: pikepdf.Pdf) -> None:
    """Each of sixty heads of tables holds the next one twice."""
    element = _element(document, "/P")
    for _ in range(60):
        element = _element(document, "/THead", element, element)
    document.Root.StructTreeRoot.K = element


def _pages_drawn_in_pages(document: pikepdf.Pdf) -> None:
    """Each of thirty drawings draws itself twice."""
    page = document.pages[0].obj
    drawing = document.make_stream(b"/Own Do /Own Do")
    drawing.update({"/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1]})
    drawing.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Own": drawing}))
    page.Resources = drawing.Resources
    page.Contents = document.make_stream(b"/Own Do\n" * 30)


def _bookmarks(document: pikepdf.Pdf) -> None:
    first = document.make_indirect(pikepdf.Dictionary(Title="x"))
    first.First = first.Next = first
    document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(First=first, Last=first))


@pytest.mark.parametrize("change", [_loop, _doubling, _pages_drawn_in_pages, _bookmarks])
def test_endless_documents_end(change: Callable[[pikepdf.Pdf], None]) -> None:
    """What leads back to itself is refused or read once; it never takes long."""
    pdf = _saved(change)
    start = time.monotonic()
    found = read(pdf)
    assert time.monotonic() - start < SECONDS
    if change in (_loop, _doubling):
        assert found == Refused(code="unreadable", detail="the structure tree is no tree")


def test_damage_is_told_in_words_for_people() -> None:
    """Whatever a library stumbles over, nothing of its insides is said."""
    broken = _saved(_no_annotation)
    assert read(broken) == Refused(code="unreadable", detail=DAMAGED)
    assert read(b"%PDF-1.7\n") == Refused(code="unreadable", detail=DAMAGED)


def _no_annotation(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = pikepdf.Array([1])


def test_a_deep_tree_is_read() -> None:
    """Depth alone is no harm: 50,000 elements, each in the one before, are read one by one."""

    def deep(document: pikepdf.Pdf) -> None:
        element = _element(document, "/P")
        for _ in range(50_000):
            element = _element(document, "/Sect", element)
        document.Root.StructTreeRoot.K = element

    start = time.monotonic()
    found = read(_saved(deep))
    assert not isinstance(found, Refused)
    assert found.pieces == ()
    assert time.monotonic() - start < SECONDS
