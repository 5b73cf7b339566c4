"""The objects that were appended to a PDF, read by a grammar that all readers share.

Nothing in them may look like an object, a table or a stream's end: where a reader can't read a
table, it searches the file for these words. In the child only.
"""

from __future__ import annotations

import re
import zlib
from typing import Final, NamedTuple

from assess.report.proof.pdf.strict_values import (
    BLANKS,
    PdfName,
    PdfValue,
    UnlikeError,
    read_value,
    require_condition,
)

MOST_OBJECTS: Final = 1 << 22
"""Readers disagree on objects with larger numbers."""
_MOST_UNPACKED: Final = 16 << 20
"""Bytes of a table of 800,000 objects."""
_HEAD: Final = re.compile(rb"([1-9]\d{0,6}) 0 obj(?=[\t\n\r <\[])")
_STREAM: Final = re.compile(rb"[\t\n\r ]*stream\r?\n")
_STREAM_END: Final = re.compile(rb"(?:\r\n|\n|\r)?endstream[\t\n\r ]*")
_PART_OF_A_WORD: Final = rb"[^\0\t\n\x0b\x0c\r\ \x80\xff()<>\[\]{}/%]"
_HIDDEN: Final = re.compile(
    rb"""\d [^0-9A-Za-z]++ \d++ [^0-9A-Za-z]*+ obj
    | (?<!_) obj (?!_)
    | xref | trailer | stream | endobj | %%EOF""".replace(b"_", _PART_OF_A_WORD),
    re.VERBOSE,
)
"""What readers that search a file for objects stop at; each knows other blanks."""


class PdfObject(NamedTuple):
    """An object and the bytes of its stream; no bytes where it is none."""

    number: int
    value: PdfValue
    stream: bytes | None
    start: int = 0
    end: int = 0
    """Where it begins and ends in the file."""

    @property
    def stream_dictionary(self) -> dict[str, PdfValue]:
        """The dictionary of a stream; empty where the object is none."""
        return self.value if isinstance(self.value, dict) and self.stream is not None else {}


def read_object(data: bytes) -> PdfObject:
    """Return the only object of the data, with its head and end.

    Raises:
        UnlikeError: there is none, more than one, or one in an unusual form.
    """
    head = _HEAD.match(data)
    body = data.rstrip(BLANKS)
    if head is None or not body.endswith(b"endobj") or len(body) == len(data):
        raise UnlikeError
    body = body[head.end() : -len(b"endobj")]
    value, end = read_value(body)
    refuse_hidden_objects(body[:end])
    return PdfObject(int(head[1]), value, _read_stream(body[end:], value))


def _read_stream(data: bytes, value: PdfValue) -> bytes | None:
    """Return the bytes of a stream, whose dictionary has their number."""
    begin = _STREAM.match(data)
    if begin is None:
        require_condition(not data.strip(BLANKS))
        return None
    length = require_integer(value, "Length")
    stream = data[begin.end() : begin.end() + length]
    require_condition(_STREAM_END.fullmatch(data, begin.end() + length) is not None)
    refuse_hidden_objects(stream)
    return stream


def refuse_hidden_objects(data: bytes) -> None:
    """Check that a reader that searches for objects finds none.

    Raises:
        UnlikeError: it might.
    """
    require_condition(_HIDDEN.search(data) is None)


def require_integer(dictionary: PdfValue, key: str, default: int | None = None) -> int:
    """Return a whole number of a dictionary that is not below zero.

    Raises:
        UnlikeError: there is no dictionary, or no such number in it.
    """
    number = dictionary.get(key, default) if isinstance(dictionary, dict) else None
    if type(number) is not int or number < 0:
        raise UnlikeError
    return number


def unpack_stream(element: PdfObject) -> bytes:
    """Return the content of a stream that is packed by Flate alone, or not at all.

    Raises:
        UnlikeError: it is packed in another way or with parameters, or holds too much.
        zlib.error: it is damaged.
    """
    require_condition("DecodeParms" not in element.stream_dictionary, f"object {element.number}")
    return unpack_flate(element)


def unpack_flate(element: PdfObject) -> bytes:
    """Return the content of a stream; what its parameters say is left to the caller.

    Raises:
        UnlikeError: it is packed in another way, or holds too much.
        zlib.error: it is damaged.
    """
    if "Filter" not in element.stream_dictionary:
        return element.stream or b""
    packing = element.stream_dictionary["Filter"]
    require_condition(isinstance(packing, PdfName) and packing == "FlateDecode")
    packer = zlib.decompressobj()
    data = packer.decompress(element.stream or b"", _MOST_UNPACKED)
    require_condition(packer.eof and not packer.unused_data.strip(b"\r\n"))
    return data
