"""The bytes that were appended to a PDF, read strictly; in the child only.

Readers differ on a file that is not quite as it should be. Where one can't read the place of the
table of objects, it searches the file for objects, and shows what no table names. So the appended
bytes must be revisions, and every byte of a revision belongs to an object that its table names.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from assess.i18n import N_

_END_OF_LINE: Final = rb"(?:\r\n|\n|\r)"
_BLANKS: Final = b"\0\t\n\x0c\r "
_TAIL: Final = re.compile(
    rb"(?:%iText[-A-Za-z0-9 .]{0,60}_)?startxref_([1-9]\d{0,9})_%%EOF_?\Z".replace(
        b"_", _END_OF_LINE
    )
)
"""What a revision ends with; one family of signing programs writes its name before it."""
_LONGEST_TAIL: Final = 128
_HEAD: Final = re.compile(rb"([1-9]\d{0,9}) 0 obj(?![A-Za-z0-9])")
_GAP: Final = rb"(?:[\0\t\n\x0c\r ]|%[^\r\n]*[\r\n])+"
_HIDDEN: Final = re.compile(rb"\d" + _GAP + rb"\d+" + _GAP + rb"obj|endobj|trailer|startxref|%%EOF")
"""What a reader that searches a file for objects stops at."""

_RUN: Final = rb"(\d+) (\d+) ?_((?:\d{10} \d{5} [nf](?: \r| \n|\r\n|\n))*)".replace(
    b"_", _END_OF_LINE
)
_TABLE: Final = re.compile(
    rb"xref ?_((?:".replace(b"_", _END_OF_LINE) + _RUN + rb")+)trailer\s*(<<.*>>)\s*\Z", re.DOTALL
)
_STREAM: Final = re.compile(
    rb"([1-9]\d*) 0 obj\s*(<<.*?>>)\s*stream\r?\n(.*)endstream\s*endobj\s*\Z", re.DOTALL
)
_STRING: Final = rb"(?:<[0-9A-Fa-f]*>|\((?:\\.|[^\\()])*\))"
_ID: Final = re.compile(rb"/ID\s*\[\s*" + _STRING + rb"\s*" + _STRING + rb"\s*\]", re.DOTALL)
_PLAIN_WORDS: Final = re.compile(
    rb"<<[\sA-Za-z0-9/\[\]]*(?:<<[\sA-Za-z0-9/]*>>[\sA-Za-z0-9/\[\]]*)?>>"
)
_NAMES: Final = frozenset(
    b"Size Prev Root Info Type XRef W Index Filter FlateDecode DecodeParms Predictor Columns"
    b" Length".split()
)
_MOST: Final = 16 << 20
"""Bytes of a table: 800,000 objects."""
_INSIDE: Final = 2
"""Kind of an entry: an object that is inside of another one."""
_FIELDS: Final = 3
"""Fields of an entry: kind and two values."""
_WIDEST: Final = 32
_UP: Final = 2
_PREDICTED: Final = 10


class _UnlikeError(ValueError):
    """The bytes are not what a signature appends."""


class _Table(NamedTuple):
    """Where a revision's own objects begin, by number, and where the table before it is."""

    offsets: dict[int, int]
    previous: int


def other_than_revisions(pdf: bytes, original: int) -> str:
    """Return what the bytes from `original` on are beside whole revisions; '' where nothing."""
    try:
        _check_revisions(pdf, original)
    except (_UnlikeError, zlib.error):
        return N_("bytes that the table of objects does not name: other readers may show them")
    return ""


def _check_revisions(pdf: bytes, original: int) -> None:
    """Walk from the last revision to the original.

    Raises:
        _UnlikeError: bytes of a revision belong to no object that it names.
        zlib.error: the same.
    """
    end = len(pdf)
    tail = _tail(pdf, end)
    while end > original:
        place = int(tail[1])
        _require(original <= place < tail.start())
        table = _table(pdf[place : tail.start()], place)
        end = original if table.previous < original else _end_of(pdf, table.previous, place)
        _require(end <= place)
        stop = tail.start() if place in table.offsets.values() else place
        _check_objects(pdf[:stop], end, table.offsets)
        tail = _tail(pdf, end)
        _require(int(tail[1]) == table.previous)


def _require(fits: bool) -> None:
    if not fits:
        raise _UnlikeError


def _tail(pdf: bytes, end: int) -> re.Match[bytes]:
    tail = _TAIL.search(pdf, max(0, end - _LONGEST_TAIL), end)
    if tail is None:
        raise _UnlikeError
    return tail


def _end_of(pdf: bytes, place: int, until: int) -> int:
    """Return where the revision ends whose table is at `place`."""
    words = rb"startxref_%d_%%%%EOF_?" % place
    found = re.compile(words.replace(b"_", _END_OF_LINE)).search(pdf, place, until)
    if found is None:
        raise _UnlikeError
    return found.end()


def _check_objects(pdf: bytes, start: int, offsets: dict[int, int]) -> None:
    """Check that the bytes from `start` on are the objects at these offsets, and no others."""
    places = sorted((offset, number) for number, offset in offsets.items())
    bounds = [offset for offset, _number in places] + [len(pdf)]
    _require(start <= bounds[0] and not pdf[start : bounds[0]].strip(_BLANKS))
    for (_offset, number), (first, last) in zip(places, pairwise(bounds), strict=True):
        _check_object(pdf[first:last], number)


def _check_object(data: bytes, number: int) -> None:
    head = _HEAD.match(data)
    body = data.rstrip(_BLANKS)
    if head is None or int(head[1]) != number or not body.endswith(b"endobj"):
        raise _UnlikeError
    _require(_HIDDEN.search(body, head.end(), len(body) - len(b"endobj")) is None)


def _table(section: bytes, place: int) -> _Table:
    """Return what the table of objects at a place says: a plain one, or a stream."""
    if (plain := _TABLE.match(section)) is not None:
        words = _words(plain[5])
        offsets = _own(_plain_entries(plain[1]))
        _require(place not in offsets.values())
    elif (stream := _STREAM.match(section)) is not None:
        words = _words(stream[2])
        offsets = _own(_stream_entries(words, stream[3]))
        _require(offsets.setdefault(int(stream[1]), place) == place)
    else:
        raise _UnlikeError
    return _Table(offsets, _number(words, b"Prev"))


_Entry = tuple[int, int, int, int]
"""Number of an object, kind (0 free, 1 at a place, 2 inside of another object), and two values."""


def _own(entries: Iterator[_Entry]) -> dict[int, int]:
    """Return the places of objects; each number stands once."""
    seen: set[int] = set()
    offsets: dict[int, int] = {}
    holders: set[int] = set()
    for number, kind, value, generation in entries:
        _require(number not in seen and kind <= _INSIDE)
        seen.add(number)
        if kind == 1:
            _require(generation == 0)
            offsets[number] = value
        elif kind == _INSIDE:
            holders.add(value)
    _require(holders <= offsets.keys() and len({*offsets.values()}) == len(offsets))
    return offsets


def _plain_entries(runs: bytes) -> Iterator[_Entry]:
    for first, count, rows in re.findall(_RUN, runs):
        entries = re.findall(rb"(\d{10}) (\d{5}) ([nf])", rows)
        _require(len(entries) == int(count))
        for number, (place, generation, kind) in enumerate(entries, int(first)):
            yield number, int(kind == b"n"), int(place), int(generation)


def _words(words: bytes) -> bytes:
    """Return a trailer without its ID; it has each key once, and no key that acts."""
    left, count = _ID.subn(b"", words)
    names = re.findall(rb"/([^\s/<>\[\]()]*)", left)
    _require(count <= 1 and len(set(names)) == len(names) and set(names) <= _NAMES)
    _require(_PLAIN_WORDS.fullmatch(left) is not None)
    return left


def _number(words: bytes, name: bytes, default: int | None = None) -> int:
    found = re.search(rb"/" + name + rb"\s+(\d{1,10})\s*(?=/|>>)", words)
    if found is None and default is not None and b"/" + name not in words:
        return default
    if found is None:
        raise _UnlikeError
    return int(found[1])


def _numbers(words: bytes, name: bytes) -> list[int]:
    found = re.search(rb"/" + name + rb"\s*\[([\d\s]*)\]", words)
    return [int(each) for each in found[1].split()] if found is not None else []


def _stream_entries(words: bytes, data: bytes) -> Iterator[_Entry]:
    widths = _numbers(words, b"W")
    length = _number(words, b"Length")
    _require(len(widths) == _FIELDS and 0 < sum(widths) <= _WIDEST)
    _require(not data[length:].strip(b"\r\n"))
    rows = _rows(words, data[:length], sum(widths))
    index = _numbers(words, b"Index") or [0, _number(words, b"Size")]
    _require(len(index) % 2 == 0 and sum(index[1::2]) == len(rows))
    runs = zip(index[::2], index[1::2], strict=True)
    numbers = [first + each for first, count in runs for each in range(count)]
    ends = [0, *accumulate(widths)]
    for number, row in zip(numbers, rows, strict=True):
        kind, value, generation = (int.from_bytes(row[a:b], "big") for a, b in pairwise(ends))
        yield number, kind if widths[0] else 1, value, generation


def _rows(words: bytes, data: bytes, width: int) -> list[bytes]:
    """Return the rows of a table that is a stream, unpacked."""
    if b"/FlateDecode" in words:
        data = zlib.decompressobj().decompress(data, _MOST)
    predicted = _number(words, b"Predictor", 1) >= _PREDICTED
    size = width + predicted
    _require(len(data) % size == 0)
    rows = [data[at : at + size] for at in range(0, len(data), size)]
    return list(accumulate(rows, _lifted, initial=bytes(width)))[1:] if predicted else rows


def _lifted(above: bytes, row: bytes) -> bytes:
    """Return a row that says by how much it differs from the row above, or that it does not."""
    _require(row[0] in (0, _UP))
    base = above if row[0] else bytes(len(above))
    return bytes((low + high) % 256 for low, high in zip(row[1:], base, strict=True))
