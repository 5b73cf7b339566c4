"""What was added to a PDF since an earlier state of it: signatures, or more; in the child only.

Every object of the earlier state must be in the later one as it was, but for the few places that a
signature touches. pyHanko's own policy comes to the same for a report, and takes hours for it: it
reads the thousands of objects of an object stream one by one, from the start each time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

_ROOT = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"})
_FORM = frozenset({"/SigFlags", "/Fields", "/DR", "/DA"})
_FIELD = frozenset({"/V", "/AP", "/AS", "/Lock", "/SV", "/MK", "/F", "/M", "/P"})
_INFO = frozenset({"/ModDate", "/Producer"})
_UNSEEN = ("/XRef", "/ObjStm")
"""Objects that only say where others are."""


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
            for one in form.get("/Fields", []):
                if str(one.get("/FT", "")) == "/Sig":
                    yield one.objgen, _FIELD if "/V" not in one else frozenset()
        for page in self._before.pages:
            yield page.obj.objgen, frozenset({"/Annots"})

    def found(self) -> Iterator[str]:
        """Yield each change that is no signature's."""
        if self._before.trailer.Root.objgen != self._after.trailer.Root.objgen:
            yield "another catalog"
        lists = self._lists()
        for old in self._before.objects:
            new = self._after.get_object(old.objgen)
            metadata = isinstance(old, pikepdf.Stream) and str(old.get("/Type", "")) == "/Metadata"
            if metadata or old.objgen in lists or _unseen(old):
                continue
            yield from self._object(old, new)
        yield from self._additions()

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
        elif old.unparse(resolved=True) != new.unparse(resolved=True):
            yield name

    def _lists(self) -> set[tuple[int, int]]:
        """Return the lists of fields and annotations that are objects of their own."""
        form = self._before.Root.get("/AcroForm")
        lists = [page.obj.get("/Annots") for page in self._before.pages]
        lists.append(form.get("/Fields") if form is not None else None)
        return {one.objgen for one in lists if one is not None and one.is_indirect}

    def _additions(self) -> Iterator[str]:
        """Lists may only grow, and only by signature fields."""
        pairs: list[tuple[Any, Any]] = [
            (one.obj.get("/Annots", []), other.obj.get("/Annots", []))
            for one, other in zip(self._before.pages, self._after.pages, strict=True)
        ]
        pairs.append((_form_fields(self._before), _form_fields(self._after)))
        for old, new in pairs:
            known = [one.objgen for one in old]
            if [one.objgen for one in list(new)[: len(known)]] != known:
                yield "fields or links were taken out"
            for one in list(new)[len(known) :]:
                parent = one.get("/Parent", {})
                if "/Sig" not in (str(one.get("/FT", "")), str(parent.get("/FT", ""))):
                    yield "a field or link was added"


def _form_fields(document: pikepdf.Pdf) -> Any:
    form = document.Root.get("/AcroForm")
    return [] if form is None else form.get("/Fields", [])


def _rows(one: Any) -> dict[str, bytes]:
    """Return the values of a dictionary as they are written: references stay references."""
    return {key: _written(value) for key, value in one.items()}


def _written(value: Any) -> bytes:
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


def _unseen(one: Any) -> bool:
    return isinstance(one, pikepdf.Stream) and str(one.get("/Type", "")) in _UNSEEN
