"""Digests of what a PDF holds, for comparing; in the child only."""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf

from assess.i18n import N_
from assess.report.pdf.broken import BrokenPdfError

_DEEPEST = 60
"""No resource of ours is a quarter as deep."""

_BACKWARDS = ("/Parent", "/P", "/Length", "/StructParents")


class Digests:
    """The digests of a document's objects, each read once."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], str] = {}

    def of(self, one: Any, depth: int = 0) -> str:
        """Return a digest of an object and what it leads to.

        Raises:
            ValueError: it leads deeper than anything in a report.
        """
        key = one.objgen if isinstance(one, pikepdf.Object) else (0, 0)
        if key in self._found and key != (0, 0):
            return self._found[key]
        if key != (0, 0):
            self._found[key] = f"again {depth}"
        found = hashlib.sha256(self._plain(one, depth).encode("utf-8", "replace")).hexdigest()
        if key != (0, 0):
            self._found[key] = found
        return found

    def _plain(self, one: Any, depth: int) -> str:
        if depth > _DEEPEST:
            raise BrokenPdfError(N_("objects too deep"))
        if isinstance(one, pikepdf.Array):
            return "[" + ",".join(self.of(kid, depth + 1) for kid in list(one)) + "]"
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            rows = [
                f"{key}:{self.of(value, depth + 1)}"
                for key, value in sorted(one.items())
                if key not in _BACKWARDS
            ]
            return "{" + ",".join(rows) + "}" + _content(one)
        return f"{type(one).__name__} {one}"


def _content(one: Any) -> str:
    if not isinstance(one, pikepdf.Stream):
        return ""
    try:
        data = one.read_bytes()
    except pikepdf.PdfError:
        # Pictures in JPEG are not unpacked.
        data = one.read_raw_bytes()
    return hashlib.sha256(data).hexdigest()
