"""A report read back, so that it can be compared with another one; in the child only."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pikepdf

from assess.report.pdf_job import EmbeddedFile, Piece, Reading, Refused
from assess.report.pdf_text import Texts

PROVENANCE = "provenance.json"
MAX_PROVENANCE = 1024 * 1024
_MOST_PAGES = 20_000
_ACTIVE = ("/OpenAction", "/AA", "/JS", "/JavaScript")
_PASSIVE_ACTIONS = ("/URI", "/GoTo")


def read(pdf: bytes) -> Reading | Refused:
    """Return what a report holds."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as document:
            return _Reader(document).reading()
    except pikepdf.PasswordError:
        return Refused(code="encrypted")
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError, IndexError) as error:
        # What pikepdf raises where an object is missing or of another type than a report has.
        return Refused(
            code="unreadable", detail=str(error).splitlines()[0][:200] if str(error) else ""
        )


class _Reader:
    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._pages = list(document.pages)
        if len(self._pages) > _MOST_PAGES:
            raise ValueError("too many pages")
        self._numbers = {page.obj.objgen: at for at, page in enumerate(self._pages, 1)}
        texts = Texts()
        self._marked = [texts.marked(page) for page in self._pages]
        self._digests: dict[tuple[int, int], str] = {}

    def reading(self) -> Reading:
        files = list(self._files())
        proofs = [data for name, data in files if name == PROVENANCE]
        structure = hashlib.sha256()
        pieces = tuple(self._pieces(structure))
        return Reading(
            files=tuple(
                EmbeddedFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
                for name, data in files
            ),
            provenance=proofs[0] if len(proofs) == 1 and len(proofs[0]) < MAX_PROVENANCE else b"",
            info={str(key): str(value) for key, value in self._document.docinfo.items()},
            metadata=_text(self._document.Root.get("/Metadata")),
            pieces=pieces,
            running=tuple("".join(marks.values()) for marks in self._marked),
            drawings=tuple(self._drawing(page) for page in self._pages),
            annotations=tuple(self._annotations()),
            bookmarks=tuple(self._bookmarks()),
            structure=structure.hexdigest(),
            active=tuple(self._active()),
        )

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file that any object of the document embeds, however it is reached."""
        seen: set[tuple[int, int]] = set()
        for one in self._document.objects:
            if not isinstance(one, pikepdf.Dictionary) or "/EF" not in one:
                continue
            for stream in dict(one.EF.items()).values():
                if stream.objgen not in seen:
                    seen.add(stream.objgen)
                    name = str(one.get("/UF", one.get("/F", "")))
                    yield name, bytes(stream.read_bytes())

    def _pieces(self, structure: Any) -> Iterator[Piece]:
        """Yield the text in reading order; a table's head that is repeated on a page only once."""
        head = ""
        for kind, page, text in self._leaves(self._document.Root.StructTreeRoot, structure, 0):
            if kind == "head" and text == head:
                continue
            head = text if kind == "head" else head
            if text:
                yield Piece(page=page, text=text)

    def _leaves(self, element: Any, structure: Any, page: int) -> Iterator[tuple[str, int, str]]:
        # Not by recursion: a strange tree may be deeper than Python's stack.
        waiting: list[tuple[Any, int]] = [(element, page)]
        seen = 0
        while waiting:
            one, page = waiting.pop()
            seen += 1
            if seen > 100 * _MOST_PAGES:
                raise ValueError("too large a structure tree")
            if isinstance(one, int):
                yield "", page, self._marked[page - 1].pop(int(one), "") if page else ""
                continue
            if not isinstance(one, pikepdf.Dictionary) or "/Obj" in one:
                continue
            # 0 where the page was taken out of the document.
            page = self._numbers.get(one.Pg.objgen, 0) if "/Pg" in one else page
            kind, alternative = str(one.get("/S", "")), str(one.get("/Alt", ""))
            spoken = str(one.get("/ActualText", ""))
            structure.update(f"{kind}|{alternative}|{spoken}\n".encode("utf-8", "replace"))
            if alternative or spoken:
                yield "", page, "".join((alternative + spoken).split())
            if kind == "/THead":
                rows = (self._leaves(kid, structure, page) for kid in _kids(one))
                yield "head", page, "".join(text for row in rows for _, _, text in row)
                continue
            waiting += [(kid, page) for kid in reversed(_kids(one))]

    def _drawing(self, page: pikepdf.Page) -> str:
        hashed = hashlib.sha256()
        for key in ("/Contents", "/Resources", "/MediaBox"):
            hashed.update(self._digest(page.obj.get(key), 0).encode())
        return hashed.hexdigest()

    def _digest(self, one: Any, depth: int) -> str:
        """Return a digest of an object and what it leads to; shared objects are read once."""
        key = one.objgen if isinstance(one, pikepdf.Object) else (0, 0)
        if key in self._digests and key != (0, 0):
            return self._digests[key]
        if key != (0, 0):
            self._digests[key] = f"again {depth}"
        found = hashlib.sha256(self._plain(one, depth).encode("utf-8", "replace")).hexdigest()
        if key != (0, 0):
            self._digests[key] = found
        return found

    def _plain(self, one: Any, depth: int) -> str:
        if depth > 60:  # noqa: PLR2004  # no resource of ours is a quarter as deep
            raise ValueError("objects too deep")
        if isinstance(one, pikepdf.Array):
            return "[" + ",".join(self._digest(kid, depth + 1) for kid in list(one)) + "]"
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            rows = [
                f"{key}:{self._digest(value, depth + 1)}"
                for key, value in sorted(one.items())
                if key not in ("/Parent", "/P", "/Length", "/StructParents")
            ]
            return "{" + ",".join(rows) + "}" + _content(one)
        return f"{type(one).__name__} {one}"

    def _annotations(self) -> Iterator[str]:
        for number, page in enumerate(self._pages, 1):
            for one in page.obj.get("/Annots", []):
                action: Any = one.get("/A", {})
                target = one.get("/Dest", action.get("/URI", "") if action else "")
                words = [number, one.get("/Subtype", ""), one.get("/T", ""), target]
                yield json.dumps([str(word) for word in words], ensure_ascii=False)

    def _bookmarks(self) -> Iterator[str]:
        with self._document.open_outline() as outline:
            waiting = list(reversed(outline.root))
            while waiting:
                one = waiting.pop()
                yield str(one.title)
                waiting += reversed(one.children)

    def _active(self) -> Iterator[str]:
        for one in self._document.objects:
            if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                continue
            yield from (key[1:] for key in _ACTIVE if key in one)
            action = one.get("/A")
            if isinstance(action, pikepdf.Dictionary):
                kind = str(action.get("/S", ""))
                if kind.startswith("/") and kind not in _PASSIVE_ACTIONS:
                    yield kind[1:]


def _content(one: Any) -> str:
    if not isinstance(one, pikepdf.Stream):
        return ""
    try:
        data = one.read_bytes()
    except pikepdf.PdfError:
        # Pictures in JPEG are not unpacked.
        data = one.read_raw_bytes()
    return hashlib.sha256(data).hexdigest()


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _text(stream: Any) -> str:
    return "" if stream is None else bytes(stream.read_bytes()).decode("utf-8", "replace")
