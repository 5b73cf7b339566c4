"""A report read back, so that it can be compared with another one; in the child only."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from assess.i18n import N_
from assess.report.pdf.broken import BrokenPdfError, unreadable
from assess.report.pdf.digests import Digests
from assess.report.pdf.job import EmbeddedFile, Look, Piece, Reading, Refused
from assess.report.pdf.means import Means
from assess.report.pdf.paint import Painter
from assess.report.pdf.paint_state import Run
from assess.report.pdf.text import Fonts

PROVENANCE = "provenance.json"
MAX_PROVENANCE = 1024 * 1024
_MOST_PAGES = 20_000
_ACTIVE = ("/OpenAction", "/AA", "/JS", "/JavaScript")
_APPEARANCE = ("/AP", "/AS", "/MK", "/BS", "/Border", "/C", "/F", "/DA", "/Q", "/OC", "/Ff", "/V")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit")
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
        return unreadable(error)


_HEAD_BEGINS, _HEAD_ENDS = "head begins", "head ends"
_SPOKEN = Look(paint="spoken", size=0)


def by_mark(runs: Iterable[Run]) -> dict[int, list[Run]]:
    """Return what is shown by the number of its marked content."""
    found: dict[int, list[Run]] = {}
    for run in runs:
        found.setdefault(run.mark, []).append(run)
    return found


def _piece(page: int, runs: list[Run]) -> Piece:
    looks = tuple((len(run.text), run.look) for run in runs)
    return Piece(page=page, text="".join(run.text for run in runs), looks=looks)


def _alike(first: list[Piece], second: list[Piece]) -> bool:
    """Return whether two heads of tables are the same one, on two pages."""
    pairs = [[(one.text, one.looks) for one in side] for side in (first, second)]
    return pairs[0] == pairs[1]


def _text_of(marks: dict[int, list[Run]]) -> str:
    return "".join(run.text for runs in marks.values() for run in runs)


def _looks_of(marks: dict[int, list[Run]]) -> tuple[Look, ...]:
    found = {run.look for runs in marks.values() for run in runs}
    return tuple(sorted(found, key=repr))


def _frame(page: Any) -> str:
    boxes = [
        f"{key} {page[key].unparse() if isinstance(page[key], pikepdf.Object) else page[key]}"
        for key in _BOXES
        if key in page
    ]
    return " ".join([*boxes, *sorted(key for key in page if key != "/Annots")])


class _Reader:
    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._pages = list(document.pages)
        if len(self._pages) > _MOST_PAGES:
            raise BrokenPdfError(N_("too many pages"))
        self._numbers = {page.obj.objgen: at for at, page in enumerate(self._pages, 1)}
        self._digests = Digests()
        painter = Painter(Fonts(), Means(self._digests))
        self._paints = [painter.page(page.obj) for page in self._pages]
        self._marked = [by_mark(paint.runs) for paint in self._paints]

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
            running=tuple(_text_of(marks) for marks in self._marked),
            running_looks=tuple(_looks_of(marks) for marks in self._marked),
            frames=tuple(_frame(page.obj) for page in self._pages),
            figures=tuple(one for paint in self._paints for one in paint.figures),
            curves=sum(paint.curves for paint in self._paints),
            means=tuple(tuple(sorted(paint.means)) for paint in self._paints),
            parts=tuple(self._parts()),
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
        head: list[Piece] = []
        gathered: list[Piece] | None = None
        for step in self._leaves(structure):
            if isinstance(step, Piece):
                if gathered is not None:
                    gathered.append(step)
                elif step.text:
                    yield step
            elif step == _HEAD_BEGINS:
                gathered = []
            else:
                if gathered is not None and not _alike(gathered, head):
                    head = gathered
                    yield from (one for one in head if one.text)
                gathered = None

    def _leaves(self, structure: Any) -> Iterator[Piece | str]:
        """Yield the texts of the tree, and where the heads of tables begin and end."""
        # Not by recursion: a strange tree may be deeper than Python's stack.
        waiting: list[tuple[Any, int]] = [(self._document.Root.StructTreeRoot, 0)]
        seen: set[tuple[int, int]] = set()
        while waiting:
            one, page = waiting.pop()
            if isinstance(one, str):
                yield one
            elif isinstance(one, int):
                yield _piece(page, self._marked[page - 1].pop(int(one), []) if page else [])
            elif isinstance(one, pikepdf.Dictionary) and "/Obj" not in one:
                self._once(one, seen)
                # 0 where the page was taken out of the document.
                page = self._numbers.get(one.Pg.objgen, 0) if "/Pg" in one else page
                yield from self._told(one, page, structure)
                kids: list[Any] = [(kid, page) for kid in reversed(_kids(one))]
                if str(one.get("/S", "")) == "/THead":
                    kids = [(_HEAD_ENDS, 0), *kids, (_HEAD_BEGINS, 0)]
                waiting += kids

    def _once(self, element: Any, seen: set[tuple[int, int]]) -> None:
        """Refuse a tree in which something stands twice: it could be read for ever."""
        key = element.objgen
        if key in seen:
            raise BrokenPdfError(N_("the structure tree is no tree"))
        if key != (0, 0):
            seen.add(key)

    def _told(self, element: Any, page: int, structure: Any) -> Iterator[Piece]:
        """Yield what an element says instead of what it shows."""
        kind, alternative = str(element.get("/S", "")), str(element.get("/Alt", ""))
        spoken = str(element.get("/ActualText", ""))
        structure.update(f"{kind}|{alternative}|{spoken}\n".encode("utf-8", "replace"))
        if alternative or spoken:
            text = "".join((alternative + spoken).split())
            yield Piece(page=page, text=text, looks=((len(text), _SPOKEN),))

    def _drawing(self, page: pikepdf.Page) -> str:
        hashed = hashlib.sha256()
        for key in ("/Contents", "/Resources", "/MediaBox"):
            hashed.update(self._digests.of(page.obj.get(key)).encode())
        return hashed.hexdigest()

    def _annotations(self) -> Iterator[str]:
        for number, page in enumerate(self._pages, 1):
            for one in page.obj.get("/Annots", []):
                action: Any = one.get("/A", {})
                target = one.get("/Dest", action.get("/URI", "") if action else "")
                words = [number, one.get("/Subtype", ""), one.get("/T", ""), target]
                words.append(self._appearance(one))
                yield json.dumps([str(word) for word in words], ensure_ascii=False)

    def _appearance(self, annotation: Any) -> str:
        """Return a digest of how it looks, wherever it stands; of fields also how large it is."""
        kept = {key: annotation[key] for key in _APPEARANCE if key in annotation}
        rows = [f"{key}:{self._digests.of(value)}" for key, value in kept.items()]
        if str(annotation.get("/Subtype")) == "/Widget":
            left, bottom, right, top = (float(side) for side in annotation.Rect)
            rows.append(f"{round(right - left)} {round(top - bottom)}")
        return hashlib.sha256(" ".join(rows).encode()).hexdigest()[:16]

    def _parts(self) -> Iterator[str]:
        yield from sorted(str(key) for key in self._document.Root)
        form = self._document.Root.get("/AcroForm")
        if form is not None:
            yield from sorted(f"/AcroForm{key}" for key in form)

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


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _text(stream: Any) -> str:
    return "" if stream is None else bytes(stream.read_bytes()).decode("utf-8", "replace")
