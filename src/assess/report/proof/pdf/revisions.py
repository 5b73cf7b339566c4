"""The bytes that were appended to a PDF, read strictly; in the child only.

Readers differ on a file that is not quite as it should be. Where one can't read the place of the
table of objects, it searches the file for objects, and shows what no table names. So the appended
bytes must be revisions, and every byte of a revision belongs to an object that its table names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from assess.report.proof.pdf.strict_objects import (
    MOST_OBJECTS,
    PdfObject,
    read_object,
    refuse_hidden_objects,
    require_integer,
    unpack_flate,
)
from assess.report.proof.pdf.strict_values import (
    BLANKS,
    PdfName,
    PdfReference,
    PdfValue,
    UnlikeError,
    read_single_value,
    require_condition,
)

_END_OF_LINE: Final = rb"(?:\r\n|\n|\r)"
_TAIL: Final = re.compile(
    rb"(?:%iText[-A-Za-z0-9.]{0,60}_)?startxref_([1-9]\d{0,9})_%%EOF_?\Z".replace(
        b"_", _END_OF_LINE
    )
)
"""What a revision ends with; one family of signing programs writes its name before it."""
_LONGEST_TAIL: Final = 128
_RUN: Final = rb"(\d{1,10}) (\d{1,10}) ?_((?:\d{10} \d{5} [nf](?: \r| \n|\r\n))*)".replace(
    b"_", _END_OF_LINE
)
"""Rows have 20 bytes: some readers count them so, and search the file where they do not fit."""
_TABLE: Final = re.compile(
    rb"xref ?_((?:".replace(b"_", _END_OF_LINE) + _RUN + rb")+)trailer(?=[\t\n\r <])"
)
_TRAILER_KEYS: Final = frozenset({"Size", "Prev", "Root", "Info", "ID"})
_TABLE_KEYS: Final = _TRAILER_KEYS | {"Type", "W", "Index", "Filter", "DecodeParms", "Length"}
_LONGEST_ID: Final = 128
_FIELDS: Final = 3
"""Fields of an entry: kind and two values."""
_WIDTHS: Final = ((1, 1), (1, 8), (0, 2))
"""The least and most bytes of each field of a row: type, place, generation."""
_UP: Final = 2
_PREDICTED: Final = range(10, 16)
"""Predictors of pictures of the kind PNG, of which each row names its own."""


class PdfRevision(NamedTuple):
    """What was appended at a time."""

    end: int
    objects: dict[int, PdfObject]
    """By number; a stream that is the table of objects is none of them."""
    table: int
    """Number of the table of objects; 0 where it is no stream."""
    trailer: dict[str, PdfValue]
    mixed: bool
    """Its table is plain and the one before it a stream.

    A reader that can't go from one to the other loses what is packed behind the stream.
    """


class _PdfObjectTable(NamedTuple):
    """The offsets of the objects of a revision, and the other data of its table."""

    offsets: dict[int, int]
    dictionary: dict[str, PdfValue]
    number: int = 0

    @property
    def previous_table_offset(self) -> int:
        """Where the table before it is."""
        return require_integer(self.dictionary, "Prev")


def read_revisions(pdf: bytes, original: int) -> list[PdfRevision]:
    """Return the revisions that the bytes from `original` on are, the first one first.

    Raises:
        UnlikeError: bytes of a revision belong to no object that it names.
        zlib.error: the same.
    """
    end, revisions = len(pdf), []
    tail = _find_last_table_pointer(pdf, end)
    while end > original:
        place, stop = int(tail[1]), end
        require_condition(original <= place < tail.start())
        table = _parse_object_table(pdf[place : tail.start()], place)
        end = (
            original
            if table.previous_table_offset < original
            else _find_revision_end(pdf, table.previous_table_offset, place)
        )
        require_condition(end <= place and not {*pdf[end - 1 : end + 1]}.isdisjoint(b"\r\n"))
        mixed = not table.number and pdf[table.previous_table_offset :][:4] != b"xref"
        objects = _read_objects(pdf[: tail.start() if table.number else place], end, table)
        revisions.append(PdfRevision(stop, objects, table.number, table.dictionary, mixed))
        tail = _find_last_table_pointer(pdf, end)
        require_condition(int(tail[1]) == table.previous_table_offset)
    return revisions[::-1]


def _find_last_table_pointer(pdf: bytes, end: int) -> re.Match[bytes]:
    tail = _TAIL.search(pdf, max(0, end - _LONGEST_TAIL), end)
    if tail is None:
        raise UnlikeError
    refuse_hidden_objects(tail[0][: tail[0].rindex(b"startxref")])
    return tail


def _find_revision_end(pdf: bytes, table_offset: int, until: int) -> int:
    """Return where the revision ends whose table is at `table_offset`."""
    words = rb"startxref_%d_%%%%EOF_" % table_offset
    match = re.compile(words.replace(b"_", _END_OF_LINE)).search(pdf, table_offset, until)
    if match is None:
        raise UnlikeError
    return match.end()


def _read_objects(pdf: bytes, start: int, table: _PdfObjectTable) -> dict[int, PdfObject]:
    """Return the objects that the bytes from `start` on are; the table names all of them."""
    places = sorted((offset, number) for number, offset in table.offsets.items())
    bounds = [offset for offset, _number in places] + [len(pdf)]
    require_condition(start <= bounds[0] and not pdf[start : bounds[0]].strip(BLANKS))
    objects = {}
    for (_offset, number), (first, last) in zip(places, pairwise(bounds), strict=True):
        element = read_object(pdf[first:last])._replace(start=first, end=last)
        kind = element.stream_dictionary.get("Type")
        require_condition(element.number == number and kind != PdfName("ObjStm"))
        require_condition((kind == PdfName("XRef")) == (number == table.number))
        if number != table.number:
            objects[number] = element
    return objects


def _parse_object_table(section: bytes, table_offset: int) -> _PdfObjectTable:
    """Return the data of the table of objects at an offset: a plain table, or a stream."""
    plain = _TABLE.match(section)
    if plain is None:
        element = read_object(section)
        require_condition(
            element.stream_dictionary.keys() <= _TABLE_KEYS
            and element.stream_dictionary.get("Type") == PdfName("XRef")
        )
        _check_trailer(element.stream_dictionary)
        offsets = _check_and_map_numbers_to_offsets(_parse_stream_table_entries(element))
        require_condition(offsets.setdefault(element.number, table_offset) == table_offset)
        return _PdfObjectTable(offsets, element.stream_dictionary, element.number)
    trailer = section[plain.end() :]
    refuse_hidden_objects(trailer)
    dictionary = read_single_value(trailer)
    if not isinstance(dictionary, dict) or not dictionary.keys() <= _TRAILER_KEYS:
        raise UnlikeError
    _check_trailer(dictionary)
    offsets = _check_and_map_numbers_to_offsets(_parse_plain_table_entries(plain[1]))
    require_condition(table_offset not in offsets.values())
    return _PdfObjectTable(offsets, dictionary)


def _check_trailer(dictionary: dict[str, PdfValue]) -> None:
    texts = _read_list_or_empty(dictionary, "ID")
    require_condition(all(isinstance(each, bytes) and len(each) <= _LONGEST_ID for each in texts))
    require_condition(isinstance(dictionary.get("Root"), PdfReference))
    require_condition(isinstance(dictionary.get("Info", PdfReference(1)), PdfReference))
    require_condition(0 < require_integer(dictionary, "Size") <= MOST_OBJECTS)


_PdfTableEntry = tuple[int, int, int, int]
"""Number of an object, kind (0 free, 1 at a place), and two values."""


def _check_and_map_numbers_to_offsets(entries: Iterable[_PdfTableEntry]) -> dict[int, int]:
    """Return the places of objects; numbers rise, and only number 0 is free."""
    offsets: dict[int, int] = {}
    last = -1
    for number, kind, value, generation in entries:
        require_condition(last < number < MOST_OBJECTS)
        last = number
        require_condition((kind == 1 and generation == 0) if number else kind == 0)
        if number:
            offsets[number] = value
    require_condition(len({*offsets.values()}) == len(offsets) > 0)
    return offsets


def _parse_plain_table_entries(runs: bytes) -> Iterator[_PdfTableEntry]:
    for first, count, rows in re.findall(_RUN, runs):
        entries = re.findall(rb"(\d{10}) (\d{5}) ([nf])", rows)
        require_condition(len(entries) == int(count))
        for number, (place, generation, kind) in enumerate(entries, int(first)):
            yield number, int(kind == b"n"), int(place), int(generation)


def _read_list_or_empty(dictionary: dict[str, PdfValue], key: str) -> list[PdfValue]:
    """Return a list of a dictionary; empty where there is none."""
    items = dictionary.get(key, [])
    if not isinstance(items, list):
        raise UnlikeError
    return items


def _read_number_list_or_empty(dictionary: dict[str, PdfValue], key: str) -> list[int]:
    """Return a list of whole numbers; empty where there is none."""
    items = _read_list_or_empty(dictionary, key)
    numbers = [each for each in items if type(each) is int and each >= 0]
    require_condition(len(numbers) == len(items))
    return numbers


def _parse_stream_table_entries(element: PdfObject) -> Iterator[_PdfTableEntry]:
    dictionary = element.stream_dictionary
    widths = _read_number_list_or_empty(dictionary, "W")
    require_condition(len(widths) == _FIELDS)
    # Poppler rebuilds the table of a stream whose fields are wider.
    require_condition(
        all(low <= width <= most for width, (low, most) in zip(widths, _WIDTHS, strict=True))
    )
    rows = _unpack_table_rows(element, sum(widths))
    index = _read_number_list_or_empty(dictionary, "Index") or [
        0,
        require_integer(dictionary, "Size"),
    ]
    require_condition(len(index) % 2 == 0 and sum(index[1::2]) == len(rows))
    runs = zip(index[::2], index[1::2], strict=True)
    numbers = [first + each for first, count in runs for each in range(count)]
    ends = [0, *accumulate(widths)]
    for number, row in zip(numbers, rows, strict=True):
        kind, value, generation = (int.from_bytes(row[a:b], "big") for a, b in pairwise(ends))
        yield number, kind, value, generation


def _unpack_table_rows(element: PdfObject, width: int) -> list[bytes]:
    """Return the rows of a table that is a stream, unpacked."""
    data = unpack_flate(element)
    how = element.stream_dictionary.get("DecodeParms") or {}
    predictor = require_integer(how, "Predictor", 1)
    predicted = predictor in _PREDICTED
    require_condition(predicted or predictor == 1)
    require_condition(isinstance(how, dict) and how.keys() <= {"Predictor", "Columns"})
    require_condition(
        "Filter" in element.stream_dictionary or "DecodeParms" not in element.stream_dictionary
    )
    require_condition(not predicted or require_integer(how, "Columns") == width)
    size = width + predicted
    require_condition(len(data) % size == 0)
    rows = [data[at : at + size] for at in range(0, len(data), size)]
    return (
        list(accumulate(rows, _undo_row_predictor, initial=bytes(width)))[1:] if predicted else rows
    )


def _undo_row_predictor(above: bytes, row: bytes) -> bytes:
    """Return the decoded row, which is stored plainly or as differences to the row above."""
    require_condition(row[0] in (0, _UP))
    base = above if row[0] else bytes(len(above))
    return bytes((low + high) % 256 for low, high in zip(row[1:], base, strict=True))
