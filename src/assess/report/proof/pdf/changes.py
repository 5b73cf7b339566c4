"""What was added to a PDF since an earlier state of it: signatures, or more; in the child only.

Every object of the earlier state must be in the later one as it was, but for the few places that a
signature touches. pyHanko's own policy comes to the same for a report, and takes hours for it: it
reads the thousands of objects of an object stream one by one, from the start each time.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from assess.i18n import N_

_ROOT = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"})
_FORM = frozenset({"/SigFlags", "/Fields", "/DR", "/DA"})
_FIELD = frozenset({"/V", "/AP", "/AS", "/Lock", "/SV", "/MK", "/F", "/M", "/P"})
_INFO = frozenset({"/ModDate", "/Producer"})
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_SHOWN = ("/Catalog", "/Pages", "/Page", "/Template")
"""What a reader that searches a file for objects may begin with: no signature adds one."""
_NEW_FIELD = frozenset({"/Type", "/Subtype", "/FT", "/Ff", "/T", "/TU", "/Rect", "/DA"} | _FIELD)
"""What a signature field that was added may have: nothing that acts, no parent, no kids."""
_SEAL = 170.1
"""Points, 60 mm: the longest side of a signature that was added; the largest seals have 58 mm."""


def more_than_signatures(old: bytes, new: bytes) -> str:
    """Return what is in `new`, beside signatures, that is not in `old`; '' where nothing is.

    Raises:
        pikepdf.PdfError: one of them can't be read.
    """
    with (
        pikepdf.open(io.BytesIO(old), attempt_recovery=False) as before,
        pikepdf.open(io.BytesIO(new), attempt_recovery=False) as after,
    ):
        return next(_Changes(before, after).found(), "")


class _Changes:
    def __init__(self, before: pikepdf.Pdf, after: pikepdf.Pdf) -> None:
        self._before = before
        self._after = after
        self._special = dict(self._places())

    def _places(self) -> Iterator[tuple[tuple[int, int], frozenset[str]]]:
        """Yield the objects that a signature touches, and which keys of each."""
        root = self._before.Root
        yield root.objgen, _ROOT
        if "/Info" in self._before.trailer:
            yield self._before.trailer.Info.objgen, _INFO
        form = root.get("/AcroForm")
        if form is not None:
            yield form.objgen, _FORM
            for field in form.get("/Fields", []):
                if str(field.get("/FT", "")) == "/Sig":
                    yield field.objgen, _FIELD if "/V" not in field else frozenset()
        for page in self._before.pages:
            yield page.obj.objgen, frozenset({"/Annots"})

    def found(self) -> Iterator[str]:
        """Yield each change that is no signature's."""
        if self._before.trailer.Root.objgen != self._after.trailer.Root.objgen:
            yield N_("another catalog")
        lists = self._lists()
        for old in self._before.objects:
            new = self._after.get_object(old.objgen)
            metadata = isinstance(old, pikepdf.Stream) and str(old.get("/Type", "")) == "/Metadata"
            if metadata or old.objgen in lists:
                continue
            yield from self._object(old, new)
        yield from self._added_pages()
        yield from self._additions()
        yield from self._description()
        if len(self._after.objects) and self._after.get_warnings():  # the first reads them all
            yield N_("an object that readers read in different ways")

    def _added_pages(self) -> Iterator[str]:
        """No page is added, also none that nothing refers to."""
        known = {old.objgen for old in self._before.objects}
        for new in self._after.objects:
            words = isinstance(new, pikepdf.Dictionary | pikepdf.Stream)
            if words and new.objgen not in known and str(new.get("/Type", "")) in _SHOWN:
                yield N_("a page was added")

    def _description(self) -> Iterator[str]:
        """Title, author and subject stay as they are; programs that sign write date and name."""
        before, after = self._before.trailer, self._after.trailer
        moved = "/Info" in before and before.Info.objgen != after.Info.objgen
        if moved or _dublin_core_fields(self._before) != _dublin_core_fields(self._after):
            yield N_("another title, author or subject")

    def _object(self, old: Any, new: Any) -> Iterator[str]:
        name = f"object {old.objgen[0]}"
        if type(old) is not type(new):
            yield name
        elif isinstance(old, pikepdf.Stream):
            if old.read_raw_bytes() != new.read_raw_bytes() or _rows(old) != _rows(new):
                yield name
        elif isinstance(old, pikepdf.Dictionary):
            allowed = self._special.get(old.objgen, frozenset())
            first, second = _rows(old), _rows(new)
            for key in first.keys() | second.keys():
                if key not in allowed and first.get(key) != second.get(key):
                    yield f"{name} {key}"
            if first.get("/AP") != second.get("/AP") and "/V" not in second:
                yield f"{name} /AP"
        elif old.unparse(resolved=True) != new.unparse(resolved=True):
            yield name

    def _lists(self) -> set[tuple[int, int]]:
        """Return the lists of fields and annotations that are objects of their own."""
        form = self._before.Root.get("/AcroForm")
        lists = [page.obj.get("/Annots") for page in self._before.pages]
        lists.append(form.get("/Fields") if form is not None else None)
        return {
            form_list.objgen
            for form_list in lists
            if form_list is not None and form_list.is_indirect
        }

    def _additions(self) -> Iterator[str]:
        """Lists may only grow, and only by signature fields; each stands once and is small."""
        pages = [
            _added(before_page.obj.get("/Annots", []), other.obj.get("/Annots", []))
            for before_page, other in zip(self._before.pages, self._after.pages, strict=True)
        ]
        fields = _added(_form_fields(self._before), _form_fields(self._after))
        if fields is None or None in pages:
            yield N_("fields or links were taken out")
            return
        shown = [annotation for page_annotations in pages for annotation in page_annotations or []]
        places = Counter(annotation.objgen for annotation in shown)
        known = {field.objgen for field in fields}
        values: Counter[tuple[int, int]] = Counter(
            field.V.objgen for field in fields if "/V" in field
        )
        for field in [*fields, *shown]:
            if not _is_signature(field) or field.objgen not in known or places[field.objgen] > 1:
                yield N_("a field or link was added")
            elif _sides(field) != (0, 0) and ("/V" not in field or values[field.V.objgen] > 1):
                yield N_("a field was added that shows something and is not signed")
            elif max(_sides(field)) > _SEAL:
                yield N_("a signature was added that covers more of a page than a seal")
        yield from self._form()

    def _form(self) -> Iterator[str]:
        """The form gets nothing that acts."""
        old: Any = self._before.Root.get("/AcroForm", {})
        new: Any = self._after.Root.get("/AcroForm", {})
        yield from (f"/AcroForm {key}" for key in new.keys() - old.keys() - _FORM)


def _added(old: Any, new: Any) -> list[Any] | None:
    """Return by what a list grew; None where something was taken out of it."""
    known = [old_object.objgen for old_object in old]
    new_objects = list(new)
    return (
        new_objects[len(known) :]
        if [new_object.objgen for new_object in new_objects[: len(known)]] == known
        else None
    )


def _is_signature(field: Any) -> bool:
    kinds = str(field.get("/FT", "")), str(field.get("/Subtype", ""))
    return field.is_indirect and kinds == ("/Sig", "/Widget") and not field.keys() - _NEW_FIELD


def _sides(annotation: Any) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in annotation.get("/Rect", [0, 0, 0, 0]))
    return abs(right - left), abs(top - bottom)


def _dublin_core_fields(document: pikepdf.Pdf) -> dict[str, object]:
    """Return title, author and subject as the metadata have them."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return {key: value for key, value in metadata.items() if key.startswith(_DUBLIN_CORE)}


def _form_fields(document: pikepdf.Pdf) -> Any:
    form = document.Root.get("/AcroForm")
    return [] if form is None else form.get("/Fields", [])


def _rows(form: Any) -> dict[str, bytes]:
    """Return the values of a dictionary as they are written: references stay references."""
    return {key: _written(value) for key, value in form.items()}


def _written(value: Any) -> bytes:
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()
