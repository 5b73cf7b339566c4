"""What signature fields show is what listed signatures show, and stays in its place."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from assess.report.proof.pdf.seals import wrong_seal

Change = Callable[[pikepdf.Pdf, Any], None]


def sealed(change: Change | None = None) -> tuple[bytes, set[int]]:
    """Return a page with one filled signature field, changed, and the number of that field."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(600, 800))
    form = pikepdf.Stream(document, b"0 0 10 10 re f")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 100, 40])
    field: Any = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T="seal",
            Rect=[0, 0, 100, 40],
            V=document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig)),
            AP=pikepdf.Dictionary(N=document.make_indirect(form)),
        )
    )
    document.pages[0].obj.Annots = pikepdf.Array([field])
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    if change is not None:
        change(document, field)
    out = io.BytesIO()
    document.save(out)
    with pikepdf.open(io.BytesIO(out.getvalue())) as written:
        number = written.Root.AcroForm.Fields[0].objgen[0]
    return out.getvalue(), {number}


def another_field(document: pikepdf.Pdf, field: Any) -> None:
    """Add a field of no listed signature."""
    added = document.make_indirect(pikepdf.Dictionary(field))
    document.Root.AcroForm.Fields.append(added)
    document.pages[0].obj.Annots.append(added)


def no_box(_document: pikepdf.Pdf, field: Any) -> None:
    """Take the box away that clips."""
    del field.AP.N.BBox


def flat_box(_document: pikepdf.Pdf, field: Any) -> None:
    """Make the box so flat that all is scaled to any size."""
    field.AP.N.BBox = pikepdf.Array([0, 0, 100, 0])


def odd_box(_document: pikepdf.Pdf, field: Any) -> None:
    """Make the box something else."""
    field.AP.N.BBox = pikepdf.Name.Box


def words_in_box(_document: pikepdf.Pdf, field: Any) -> None:
    """Write words where numbers belong."""
    field.AP.N.BBox = pikepdf.Array([pikepdf.Name.A, 0, 10, 10])


def states(_document: pikepdf.Pdf, field: Any) -> None:
    """Give an appearance for each state."""
    field.AP.N = pikepdf.Dictionary(On=field.AP.N)


def large(_document: pikepdf.Pdf, field: Any) -> None:
    """Cover most of the page."""
    field.Rect = pikepdf.Array([0, 0, 600, 500])


def test_an_ordinary_seal() -> None:
    """A signature with a box, listed and small, is as it should be."""
    assert wrong_seal(*sealed()) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (another_field, "is not signed"),
        (no_box, "beyond its place"),
        (flat_box, "beyond its place"),
        (odd_box, "beyond its place"),
        (words_in_box, "beyond its place"),
        (states, "beyond its place"),
        (large, "more of a page"),
    ],
)
def test_what_no_signature_shows(change: Change, said: str) -> None:
    """What a reader would draw beside listed signatures, or outside of their places, is told."""
    assert said in wrong_seal(*sealed(change))


def test_fields_that_nobody_filled_show_nothing() -> None:
    """A field without a value is not looked at, nor a document without a form."""

    def unfilled(_document: pikepdf.Pdf, field: Any) -> None:
        del field.V

    pdf, _number = sealed(unfilled)
    assert wrong_seal(pdf, set()) == ""
