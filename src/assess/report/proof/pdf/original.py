"""What a signature may touch of the report that it is appended to; in the child only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf

from assess.report.proof.pdf.strict_objects import PdfObject
from assess.report.proof.pdf.strict_values import PdfName, PdfReference, PdfValue, read_single_value
from assess.report.proof.pdf.unpacking import open_pdf_with_unpack_limit

PAGE = "page"
PAGE_LIST = "annotations of a page"
FIELD = "field"
FIELD_LIST = "fields"
FORM = "form"
CATALOG = "catalog"
INFO = "info"
METADATA = "metadata"


class OriginalObjects(NamedTuple):
    """The objects of a PDF that signatures may touch."""

    root: int
    info: int | None
    size: int
    """Numbers from here on are free."""
    pages: dict[int, tuple[int, float]]
    """Place of a page in the document, from 1, and its area in square points; by number."""
    names: list[bytes]
    """Names of all fields."""
    objects: dict[int, PdfObject]
    roles: dict[int, str]
    """What each of these objects is, by number."""


def read_objects_signing_may_change(pdf: bytes) -> OriginalObjects:
    """Return what signatures may touch.

    Raises:
        pikepdf.PdfError: it can't be read.
        UnlikeError: such an object is in a form that no report has.
        BrokenPdfError: it unpacks to too much.
    """
    with open_pdf_with_unpack_limit(pdf, attempt_recovery=False) as document:
        pages = {page.obj.objgen[0]: page for page in document.pages}
        touched = list(_list_objects_signing_may_change(document))
        return OriginalObjects(
            root=document.Root.objgen[0],
            info=document.trailer.Info.objgen[0] if "/Info" in document.trailer else None,
            size=int(document.trailer.Size),
            pages={
                number: (place, _page_area(page))
                for place, (number, page) in enumerate(pages.items(), 1)
            },
            names=[bytes(field.get("/T", b"")) for field in _form_field_array(document)],
            objects={
                element.objgen[0]: _parse_object_strictly(element) for element, _role in touched
            },
            roles={element.objgen[0]: role for element, role in touched},
        )


def _list_objects_signing_may_change(document: pikepdf.Pdf) -> Iterator[tuple[Any, str]]:
    """Yield each object that a signature may touch, and what it is."""
    root: Any = document.Root
    form: Any = root.get("/AcroForm", pikepdf.Dictionary())
    fields: Any = _form_field_array(document)
    yield root, CATALOG
    yield from (
        (each, role) for each, role in ((form, FORM), (fields, FIELD_LIST)) if _is_indirect(each)
    )
    for field in fields:
        if _is_indirect(field) and str(field.get("/FT", "")) == "/Sig" and "/V" not in field:
            yield field, FIELD
    for page in document.pages:
        yield page.obj, PAGE
        annotations: Any = page.obj.get("/Annots")
        if annotations is not None and _is_indirect(annotations):
            yield annotations, f"{PAGE_LIST} {page.obj.objgen[0]}"
    for dictionary, key, role in ((document.trailer, "/Info", INFO), (root, "/Metadata", METADATA)):
        if key in dictionary:
            yield dictionary[key], role


def _form_field_array(document: pikepdf.Pdf) -> Any:
    form: Any = document.Root.get("/AcroForm", pikepdf.Dictionary())
    return form.get("/Fields", pikepdf.Array())


def _is_indirect(element: Any) -> bool:
    return bool(element.is_indirect)


def _parse_object_strictly(element: Any) -> PdfObject:
    """Return an object as the grammar of appended objects reads it."""
    if isinstance(element, pikepdf.Stream):
        data = bytes(element.read_bytes())
        return PdfObject(element.objgen[0], _parse_value_strictly(element.stream_dict), data)
    return PdfObject(element.objgen[0], _parse_value_strictly(element), None)


def _parse_value_strictly(element: Any) -> PdfValue:
    return read_single_value(element.unparse(resolved=True))


def _page_area(page: pikepdf.Page) -> float:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    return max(1.0, abs((right - left) * (top - bottom)))


def list_reference_numbers(value: PdfValue) -> list[int]:
    """Return the numbers of a list of references; other elements are left out."""
    items = value if isinstance(value, list) else []
    return [item.number for item in items if isinstance(item, PdfReference)]


def has_name_value(dictionary: dict[str, PdfValue], key: str, *names: str) -> bool:
    """Return whether a key of a dictionary has one of some names as value."""
    value = dictionary.get(key)
    return isinstance(value, PdfName) and str(value) in names
