"""The values of PDF objects, read by a grammar that all readers share; in the child only.

Forms that readers interpret differently are refused: comments, blanks that only some readers
accept, numbers that overflow, repeated keys, and names with escaped letters (`#`).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from assess.i18n import N_

BLANKS: Final = b"\t\n\r "
_DEEPEST: Final = 32
_TOKEN: Final = re.compile(
    rb"""[\t\n\r ]*+(?:
    (?P<reference> [1-9]\d{0,6} [\t\n\r ]+ 0 [\t\n\r ]+ R ) (?![^\t\n\r ()<>\[\]/])
    | (?P<integer> -?\d{1,10} ) (?![^\t\n\r ()<>\[\]/])
    | (?P<real> -?(?: \d{1,10}\.\d{0,20} | \.\d{1,20} ) ) (?![^\t\n\r ()<>\[\]/])
    | (?P<word> true | false | null ) (?![^\t\n\r ()<>\[\]/])
    | / (?P<name> (?: [!"$&'*-.0-;=?-Z\\^-z|~] | \#[89A-Fa-f][0-9A-Fa-f] | \#20 )*+ )
        (?![^\t\n\r ()<>\[\]/])
    | (?P<begin> << | \[ )
    | (?P<end> >> | \] )
    | < (?P<hexadecimal> [0-9A-Fa-f\t\n\r ]*+ ) >
    | \( (?P<literal> (?: \\. | [^\\()] )*+ ) \)
    )""",
    re.VERBOSE | re.DOTALL,
)
UNUSUAL: Final = N_("bytes in a form that PDF readers may read in different ways")
_ESCAPE: Final = re.compile(rb"\\(?:([nrtbf()\\])|([0-7]{1,3})|)")
_ESCAPED: Final = dict(zip(b"nrtbf()\\", b"\n\r\t\b\f()\\", strict=True))
_LARGEST_BYTE: Final = 255
_CLOSING: Final = {b"<<": b">>", b"[": b"]"}
_WORDS: Final = {b"true": True, b"false": False, b"null": None}


class UnlikeError(ValueError):
    """The bytes are not what a signature appends, in a form that this program knows."""

    def __init__(self, detail: str = UNUSUAL) -> None:
        super().__init__(detail)


class ChangedError(ValueError):
    """A visible part of the report was changed; the text names it."""


class PdfName(str):
    """A name, without its stroke."""

    __slots__ = ()


class PdfReference(NamedTuple):
    """The number of an object that a value refers to."""

    number: int


Value = (
    bool | int | float | PdfName | bytes | PdfReference | list["Value"] | dict[str, "Value"] | None
)


def require_fitting(fits: bool, detail: str = UNUSUAL) -> None:
    """Raise the error where the bytes do not fit.

    Raises:
        UnlikeError: they do not.
    """
    if not fits:
        raise UnlikeError(detail)


def are_same_values(first: Value, second: Value) -> bool:
    """Return whether two values are equal, and of the same type; references stay references."""
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(
            are_same_values(value, second[key]) for key, value in first.items()
        )
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(are_same_values, first, second))
    numbers = type(first) in (int, float) and type(second) in (int, float)
    return (numbers or type(first) is type(second)) and first == second


def read_only_value(data: bytes) -> Value:
    """Return the value that is all there is.

    Raises:
        UnlikeError: there is none, more than one, or one in an unusual form.
    """
    value, end = read_value(data)
    require_fitting(not data[end:].strip(BLANKS))
    return value


def read_value(data: bytes) -> tuple[Value, int]:
    """Return the value with which the data begin, and where it ends.

    Raises:
        UnlikeError: there is none, or one in an unusual form.
    """
    return _read_value(data, _read_token(data, 0), 0)


def _read_token(data: bytes, start: int) -> re.Match[bytes]:
    token = _TOKEN.match(data, start)
    if token is None:
        raise UnlikeError
    return token


def _read_value(data: bytes, token: re.Match[bytes], depth: int) -> tuple[Value, int]:
    kind = str(token.lastgroup)
    require_fitting(kind != "end" and depth < _DEEPEST)
    if kind != "begin":
        return _parse_scalar(kind, token[kind]), token.end()
    items, end = _read_items(data, token, depth)
    return _make_dictionary(items) if token[kind] == b"<<" else items, end


def _read_items(data: bytes, begin: re.Match[bytes], depth: int) -> tuple[list[Value], int]:
    """Return the values up to the end of a list or dictionary, and where it ends."""
    items: list[Value] = []
    token = _read_token(data, begin.end())
    while token.lastgroup != "end":
        item, end = _read_value(data, token, depth + 1)
        items.append(item)
        token = _read_token(data, end)
    require_fitting(token["end"] == _CLOSING[begin["begin"]])
    return items, token.end()


def _make_dictionary(items: list[Value]) -> dict[str, Value]:
    keys = items[::2]
    require_fitting(len(items) % 2 == 0 and len({*map(str, keys)}) == len(keys))
    require_fitting(all(isinstance(key, PdfName) for key in keys))
    return {str(key): value for key, value in zip(keys, items[1::2], strict=True)}


def _parse_scalar(kind: str, text: bytes) -> Value:
    match kind:
        case "reference":
            return PdfReference(int(text.split()[0]))
        case "integer":
            return int(text)
        case "real":
            return float(text)
        case "word":
            return _WORDS[text]
        case "name":
            return PdfName(text.decode("ascii"))
        case _:
            return _parse_text(kind, text)


def _parse_text(kind: str, text: bytes) -> bytes:
    """Return the bytes of a text literal."""
    if kind == "hexadecimal":
        digits = b"".join(text.split())
        require_fitting(len(digits) % 2 == 0)
        return bytes.fromhex(digits.decode("ascii"))
    require_fitting(b"\r" not in text)
    return _ESCAPE.sub(_unescape_byte, text)


def _unescape_byte(match: re.Match[bytes]) -> bytes:
    """Return the byte of an escape sequence in a text literal."""
    require_fitting(match[1] is not None or match[2] is not None)
    number = _ESCAPED[match[1][0]] if match[1] else int(match[2], 8)
    require_fitting(number <= _LARGEST_BYTE)
    return bytes([number])
