"""The parts of an XLSX workbook: a ZIP of XML, read in pieces and never unpacked as a whole."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from assess.damaged_zip import ENCRYPTED, ZIP_ERRORS
from assess.display.table.spreadsheet_text import TooLargeError
from assess.i18n import N_

MOST_UNPACKED: Final = 32 * 1024**2
"""Bytes that all parts may have that are read; 20,000 cells have some 2 MiB."""
MOST_ELEMENTS: Final = 1_000_000
"""Elements of all parts that are read; a cell and its text are four."""
DEEPEST: Final = 64
"""Elements that stand in each other; those of a sheet are six."""
_MOST_PARTS: Final = 2000
_PIECE: Final = 1 << 20
"""Large, because the parser reads an element that is not complete from its start again."""
_COMPRESSIONS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that workbooks have; others unpack with as much memory as the file asks for."""

DAMAGED: Final = N_("{file} is damaged, or no workbook (XLSX)")
_TOO_MUCH: Final = N_("{file} unpacks to more than a table needs")


class WorkbookError(ValueError):
    """A workbook can't be read; the text, marked by `N_`, says why, `words` are its words."""

    hint = N_("save the sheet alone as a new XLSX or CSV file, without a password")

    def __init__(self, message: str, **words: str) -> None:
        super().__init__(message)
        self.message = message
        self.words = words


class ElementReader:
    """What is done with the elements of a part; names are those without the namespace."""

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end_element(self, name: str) -> None:
        """Take the end of an element."""

    def collect_text(self, text: str) -> None:
        """Take a piece of text."""


class WorkbookParts:
    """The parts of a workbook by name.

    Of all parts together at most `MOST_UNPACKED` bytes and `MOST_ELEMENTS` elements are read.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS:
            raise WorkbookError(DAMAGED) from None
        if len(self._archive.infolist()) > _MOST_PARTS:
            raise WorkbookError(_TOO_MUCH)
        if len(self._archive.infolist()) > len(self._archive.NameToInfo):
            # Of two parts with one name another program may read the other one.
            raise WorkbookError(DAMAGED)
        self._bytes_left = MOST_UNPACKED
        self._elements_left = MOST_ELEMENTS
        self._depth = 0

    def __contains__(self, name: str) -> bool:
        """Return whether the workbook has a part."""
        return name in self._archive.NameToInfo

    def feed_elements_to_reader(self, name: str, reader: ElementReader) -> None:
        """Give the elements of a part to `reader`, piece by piece.

        Raises:
            WorkbookError: the part is missing, damaged, too large, too deep or encrypted, or
                declares a document type, by which XML grows without bound; or `reader` raised it.
            TooLargeError: `reader` raised it.
        """
        parser = self._make_xml_parser(reader)
        try:
            for piece in self._read_part_in_chunks(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (WorkbookError, TooLargeError):
            raise
        except (*ZIP_ERRORS, expat.ExpatError):
            raise WorkbookError(DAMAGED) from None

    def _make_xml_parser(self, reader: ElementReader) -> expat.XMLParserType:
        self._depth = 0

        def start_element(name: str, attributes: Mapping[str, str]) -> None:
            self._elements_left -= 1
            self._depth += 1
            if self._elements_left < 0 or self._depth > DEEPEST:
                raise WorkbookError(_TOO_MUCH)
            words = {_strip_namespace(key): value for key, value in attributes.items()}
            reader.start_element(_strip_namespace(name), words)

        def end_element(name: str) -> None:
            self._depth -= 1
            reader.end_element(_strip_namespace(name))

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start_element
        parser.EndElementHandler = end_element
        parser.CharacterDataHandler = reader.collect_text
        parser.StartDoctypeDeclHandler = _refuse_document_type
        return parser

    def _read_part_in_chunks(self, name: str) -> Iterator[bytes]:
        info = self._archive.getinfo(name)
        if info.flag_bits & ENCRYPTED:
            raise WorkbookError(N_("{file} is protected by a password"))
        if info.compress_type not in _COMPRESSIONS:
            raise WorkbookError(DAMAGED)
        with self._archive.open(info) as part:
            while piece := part.read(_PIECE):
                self._bytes_left -= len(piece)
                if self._bytes_left < 0:
                    raise WorkbookError(_TOO_MUCH)
                yield piece


def _strip_namespace(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_document_type(*_declaration: object) -> None:
    raise WorkbookError(DAMAGED)


class _RelationReader(ElementReader):
    """The relations of a part: the targets by id, and by the last word of their types."""

    def __init__(self, folder: str) -> None:
        self.by_id: dict[str, str] = {}
        self.by_type: dict[str, str] = {}
        self._folder = folder

    def start_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(self._folder, attributes.get("Target", "")))
            self.by_id[attributes.get("Id", "")] = target.lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_type.setdefault(kind, target.lstrip("/"))


class Relations:
    """Where the parts stand that a part names."""

    def __init__(self, parts: WorkbookParts, name: str) -> None:
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        self._reader = _RelationReader("/" + folder)
        if relations in parts:
            parts.feed_elements_to_reader(relations, self._reader)

    def target_of_id(self, relation_id: str) -> str:
        """Return the part of a relation; '' where there is none."""
        return self._reader.by_id.get(relation_id, "")

    def target_of_type(self, kind: str) -> str:
        """Return the first part of a type; '' where there is none."""
        return self._reader.by_type.get(kind, "")
