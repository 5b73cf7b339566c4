"""Forms that no program wrote: their fields end."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from assess.report.proof.pdf import form
from assess.report.proof.pdf.form import read_pdf_form_fields
from assess.report.proof.pdf.job import PdfFormFields, PdfRefused


def made(add_fields: Callable[[pikepdf.Pdf], list[pikepdf.Object]]) -> bytes:
    """Return a PDF whose form has these fields."""
    document = pikepdf.new()
    fields = pikepdf.Array(add_fields(document))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def field(document: pikepdf.Pdf, name: str, *kids: pikepdf.Object) -> pikepdf.Object:
    """Return a text field."""
    entries = {"/FT": pikepdf.Name.Tx, "/T": pikepdf.String(name), "/V": pikepdf.String("v")}
    if kids:
        entries["/Kids"] = pikepdf.Array(kids)
    return document.make_indirect(pikepdf.Dictionary(entries))


def own_kid(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return a field that is its own kid."""
    loop = field(document, "x")
    loop.Kids = pikepdf.Array([loop])
    return [loop]


def own_grandkid(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return a field without a name of its own that is a kid of its kid."""
    inner = field(document, "")
    outer = field(document, "", inner)
    inner.Kids = pikepdf.Array([outer])
    return [outer]


def long_chain(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return a field with a kid, which has a kid, and so on."""
    last = field(document, "x")
    for _turn in range(600):
        last = field(document, "x", last)
    return [last]


def test_kids_bear_the_names_of_their_parents() -> None:
    """A field with kids has no value of its own."""

    def family(document: pikepdf.Pdf) -> list[pikepdf.Object]:
        return [field(document, "a", field(document, "b"), field(document, "c"))]

    found = read_pdf_form_fields(made(family))
    assert isinstance(found, PdfFormFields)
    assert found.values == {"a.b": "v", "a.c": "v"}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (own_kid, "a field is among its own kids"),
        (own_grandkid, "a field is among its own kids"),
        (long_chain, "too many fields"),
    ],
)
def test_fields_without_end_are_refused(
    fields: Callable[[pikepdf.Pdf], list[pikepdf.Object]], reason: str
) -> None:
    """At once: not when the time of the process that reads them is over."""
    assert read_pdf_form_fields(made(fields)) == PdfRefused(code="unreadable", detail=reason)


def test_too_many_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of fields is limited as well."""
    monkeypatch.setattr(form, "_MOST_FIELDS", 1)
    pdf = made(lambda document: [field(document, "a"), field(document, "b")])
    assert read_pdf_form_fields(pdf) == PdfRefused(code="unreadable", detail="too many fields")
