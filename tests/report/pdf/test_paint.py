"""Following a page as a reader paints it."""

from __future__ import annotations

import pikepdf
import pytest

from assess.report.pdf.digests import Digests
from assess.report.pdf.means import Means
from assess.report.pdf.paint import Painter
from assess.report.pdf.text import Fonts


def looks(content: bytes) -> list[str]:
    """Return how the texts of a page of 100 × 100 points are painted, by the first word of each."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100)).obj
    inner = pikepdf.Dictionary(
        Subtype=pikepdf.Name.CIDFontType0, DW=500, W=[1, [1000, 1000], 5, 9, 250]
    )
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, DescendantFonts=[inner])
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
    page.Contents = document.make_stream(content)
    return [run.look.paint.split()[0] for run in Painter(Fonts(), Means(Digests())).page(page).runs]


@pytest.mark.parametrize(
    ("moves", "seen"),
    [
        (b"10 10 Td <0001> Tj", ["0"]),
        (b"10 200 Td <0001> Tj", ["cut"]),
        (b"10 50 Td 0 60 TD <0001> Tj", ["cut"]),
        (b"10 50 Td 0 -20 TD <0001> Tj T* <0001> Tj", ["0", "0"]),
        (b"10 50 Td 90 TL <0001> ' ", ["cut"]),
        (b'10 50 Td 10 TL 0 0 <0001> "', ["0"]),
        (b"10 50 Td 99 Ts <0001> Tj", ["cut"]),
        (b"1 0 0 1 10 50 Tm [<0001> -9000 <0001>] TJ", ["cut"]),
        (b"10 50 Td <00010002000100020001000200010002> Tj <0001> Tj", ["0", "0"]),
        (b"10 50 Td <000100020001000200010002000100020001> Tj", ["0"]),
        (b"10 50 Td <00050005000500050005> Tj", ["0"]),
    ],
)
def test_places_of_texts(moves: bytes, seen: list[str]) -> None:
    """Each way to move is followed: a text that it takes off the page is cut."""
    assert looks(b"BT /F 10 Tf " + moves + b" ET") == seen


@pytest.mark.parametrize(
    ("shape", "seen"),
    [
        (b"0 0 100 100 re f", ["covered"]),
        (b"0 0 100 100 re n", ["0"]),
        (b"60 60 20 20 re f", ["0"]),
        (b"0 14 m 100 14 l 0.1 w S", ["covered"]),
        (b"0 2 m 100 2 l 0.1 w S", ["0"]),
        (b"0 0 5 5 re W n 0 0 100 100 re f", ["0"]),
        (b"Q Q 0 0 100 100 re f", ["covered"]),
        (b"0 0 m 90 0 90 90 0 90 c h f", ["covered"]),
    ],
)
def test_what_covers(shape: bytes, seen: list[str]) -> None:
    """Only what is painted, later, within the clip, over the middle of a text."""
    assert looks(b"BT /F 10 Tf 10 10 Td <0001> Tj ET " + shape) == seen
    first = looks(b"q " + shape + b" Q BT /F 10 Tf 10 10 Td <0001> Tj ET")
    assert first == ["0"]
