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

MOST_UNPACKED: Final = 64 * 1024**2
"""Bytes that all parts may have that are read; 20,000 cells have some 2 MiB."""

_MOST_PARTS: Final = 2000
_PIECE: Final = 1 << 16

DAMAGED: Final = N_("{file} is damaged, or no workbook (XLSX)")


class WorkbookError(ValueError):
    """A workbook can't be read; the text, marked by `N_`, says why, `words` are its words."""

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

    def take_text(self, text: str) -> None:
        """Take a piece of text."""


class WorkbookParts:
    """The parts of a workbook by name; together at most `MOST_UNPACKED` bytes of them are read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_ERRORS:
            raise WorkbookError(DAMAGED) from None
        if len(self._archive.infolist()) > _MOST_PARTS:
            raise WorkbookError(N_("{file} unpacks to more than a table needs"))
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        """Return whether the workbook has a part."""
        return name in self._archive.NameToInfo

    def read_elements(self, name: str, reader: ElementReader) -> None:
        """Give the elements of a part to `reader`, piece by piece.

        Raises:
            WorkbookError: the part is missing, damaged, too large or encrypted, or declares a
                document type, by which XML grows without bound.
            TooLargeError: `reader` raised it.
        """
        parser = _make_parser(reader)
        try:
            for piece in self._read_pieces(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (WorkbookError, TooLargeError):
            raise
        except (*ZIP_ERRORS, expat.ExpatError):
            raise WorkbookError(DAMAGED) from None

    def _read_pieces(self, name: str) -> Iterator[bytes]:
        info = self._archive.getinfo(name)
        if info.flag_bits & ENCRYPTED:
            raise WorkbookError(N_("{file} is protected by a password"))
        with self._archive.open(info) as part:
            while piece := part.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise WorkbookError(N_("{file} unpacks to more than a table needs"))
                yield piece


def _make_parser(reader: ElementReader) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: reader.start_element(
        _local_name(name), {_local_name(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: reader.end_element(_local_name(name))
    parser.CharacterDataHandler = reader.take_text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _local_name(name: str) -> str:
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
            parts.read_elements(relations, self._reader)

    def target_of_id(self, relation_id: str) -> str:
        """Return the part of a relation; '' where there is none."""
        return self._reader.by_id.get(relation_id, "")

    def target_of_type(self, kind: str) -> str:
        """Return the first part of a type; '' where there is none."""
        return self._reader.by_type.get(kind, "")
