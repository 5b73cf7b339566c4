"""What signatures show in a PDF: each is a listed one, clipped to its place, and not too large."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator
from typing import Any

import pikepdf

from assess.i18n import N_

_PART = 0.25
"""The largest part of a page that all signatures on it may cover."""
_BOX, _MATRIX = 4, 6
"""Numbers of a /BBox and of a /Matrix."""


def wrong_seal(pdf: bytes, signed: Container[int]) -> str:
    """Return what is wrong with what signature fields show; '' where nothing is.

    `signed` are the object numbers of the fields whose signatures are listed. A reader draws the
    appearance of any field that has a value, whether a signature stands behind it or not.

    Raises:
        pikepdf.PdfError: the PDF can't be read.
    """
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
        filled = [field for field in _fields(document) if "/V" in field]
        if any(field.objgen[0] not in signed for field in filled):
            return N_("a field shows something and is not signed")
        if not all(_is_clipped(field.get("/AP", {})) for field in filled):
            return N_("a signature shows something beyond its place")
        places = {field.objgen for field in filled}
        if any(_covered_part(page, places) > _PART for page in document.pages):
            return N_("signatures cover more of a page than seals do")
    return ""


def _fields(document: pikepdf.Pdf) -> Iterator[Any]:
    form: Any = document.Root.get("/AcroForm", {})
    for field in form.get("/Fields", []):
        if str(field.get("/FT", "")) == "/Sig":
            yield field


def _is_clipped(appearances: Any) -> bool:
    """Return whether each appearance is a form that is drawn within its /BBox alone.

    PDFium draws a form without /BBox on the whole page.
    """
    return all(_has_box(form) for form in appearances.values())


def _has_box(form: Any) -> bool:
    if not isinstance(form, pikepdf.Stream) or str(form.get("/Subtype", "")) != "/Form":
        return False
    box, matrix = _numbers(form.get("/BBox")), _numbers(form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    if len(box) != _BOX or len(matrix) != _MATRIX:
        return False
    return min(abs(box[2] - box[0]), abs(box[3] - box[1])) >= 1


def _numbers(array: Any) -> list[float]:
    """Return the numbers of an array; nothing where it is no array of numbers."""
    if not isinstance(array, list | pikepdf.Array):
        return []
    try:
        return [float(number) for number in array]
    except (TypeError, ValueError):
        return []


def _covered_part(page: pikepdf.Page, places: Container[Any]) -> float:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    covered = 0.0
    for annotation in page.obj.get("/Annots", []):
        if annotation.objgen in places:
            x, y, far_x, far_y = (float(side) for side in annotation.get("/Rect", [0, 0, 0, 0]))
            covered += abs((far_x - x) * (far_y - y))
    return covered / max(1.0, abs((right - left) * (top - bottom)))
