"""The objects of a PDF are put into bytes once, and each as soon as it is whole.

pydyf puts everything into bytes twice, compression included, where the file has an identifier. It
lists all pages anew each time that one is referred to, once for every element of the structure
tree: a tenth of a large report. And it holds a page's drawing as some thousand small pieces. It
compresses at zlib's highest level, which takes four times as long for a hundredth of the size.
"""

from __future__ import annotations

import zlib
from types import SimpleNamespace
from typing import Any

import pydyf
from pydyf import _to_bytes


def share_page_references() -> None:
    """Let a PDF list its pages once they are there; call once, before the first render."""
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    known: tuple[bytes, ...] = getattr(pdf, "listed_pages", ())
    if len(known) * 3 != len(kids):
        pdf.listed_pages = known = tuple(f"{number} 0 R".encode() for number in kids[::3])
    return known


def compress_lightly() -> None:
    """Let pydyf compress at zlib's own level; call once, before the first render."""
    pydyf.zlib = SimpleNamespace(compress=zlib.compress, compressobj=_compressor)


def _compressor(*, level: int) -> Any:  # noqa: ARG001  # the signature of what it stands for
    return zlib.compressobj()


def join_when_painted(page: Any) -> None:
    """Make one piece of what a page has drawn, when it is painted."""
    paint = page.paint

    def painted(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        stream.stream = [join(stream.stream)]

    page.paint = painted


def join(drawing: list[Any]) -> bytes:
    """Return one piece that draws what the pieces draw."""
    return b"\n".join(_to_bytes(part) for part in drawing)


def put_into_bytes(pdf: Any) -> None:
    """Replace each object of a finished PDF by its bytes."""
    for at, one in enumerate(pdf.objects):
        if one.free != "f":
            pdf.objects[at] = _Bytes(one)


class _Bytes(pydyf.Object):  # type: ignore[misc]  # the library is untyped
    """An object that is written as it is, under the number of the one that it stands for."""

    def __init__(self, whole: Any) -> None:
        super().__init__()
        self.number = whole.number
        self.generation = whole.generation
        self._data: bytes = whole.data
        self._compressible: bool = whole.compressible

    @property
    def data(self) -> bytes:
        """What is written."""
        return self._data

    @property
    def compressible(self) -> bool:
        """Whether it may stand in an object stream."""
        return self._compressible
