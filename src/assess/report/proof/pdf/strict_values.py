"""The values of PDF objects, read by a grammar that all readers share; in the child only.

Only the forms are accepted that signing writes. Refused are comments, blanks that only some
readers accept, numbers that overflow or have many digits, repeated keys, `null`, names with other
signs than letters, digits and `_.+-`, and text with control characters or short escapes.
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
    | (?P<integer> -?\d{1,6} ) (?![^\t\n\r ()<>\[\]/])
    | (?P<large> \d{7,10} ) (?![^\t\n\r ()<>\[\]/])
    | (?P<real> -?\d{1,6}\.\d{1,6} ) (?![^\t\n\r ()<>\[\]/])
    | (?P<word> true | false ) (?![^\t\n\r ()<>\[\]/])
    | / (?P<name> [-+.0-9A-Z_a-z]++ ) (?![^\t\n\r ()<>\[\]/])
    | (?P<begin> << | \[ )
    | (?P<end> >> | \] )
    | < (?P<hexadecimal> (?: [0-9A-Fa-f]{2} )*+ ) >
    | \( (?P<literal> (?: \\ (?: [nrtbf()\\] | [0-3][0-7]{2} ) | [ -'*-\[\]-~] )*+ ) \)
    )""",
    re.VERBOSE | re.DOTALL,
)
UNUSUAL: Final = N_("bytes in a form that PDF readers may read in different ways")
_ESCAPE: Final = re.compile(rb"\\(?:([nrtbf()\\])|([0-7]{3}))")
_ESCAPED: Final = dict(zip(b"nrtbf()\\", b"\n\r\t\b\f()\\", strict=True))
_LARGE_KEYS: Final = ("ByteRange", "Length", "Prev", "Size")
"""Keys whose numbers are places and sizes in the file, with more than six digits."""
_LARGEST: Final = 2**31 - 1
_CLOSING: Final = {b"<<": b">>", b"[": b"]"}
_WORDS: Final = {b"true": True, b"false": False}


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


PdfValue = (
    bool
    | int
    | float
    | PdfName
    | bytes
    | PdfReference
    | list["PdfValue"]
    | dict[str, "PdfValue"]
    | None
)


def require_condition(fits: bool, detail: str = UNUSUAL) -> None:
    """Raise the error where the bytes do not fit.

    Raises:
        UnlikeError: they do not.
    """
    if not fits:
        raise UnlikeError(detail)


def are_same_values(first: PdfValue, second: PdfValue) -> bool:
    """Return whether two values are equal, and of the same type; references stay references."""
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(
            are_same_values(value, second[key]) for key, value in first.items()
        )
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(are_same_values, first, second))
    numbers = type(first) in (int, float) and type(second) in (int, float)
    return (numbers or type(first) is type(second)) and first == second


def read_single_value(data: bytes) -> PdfValue:
    """Return the value that is all there is.

    Raises:
        UnlikeError: there is none, more than one, or one in an unusual form.
    """
    value, end = read_value(data)
    require_condition(not data[end:].strip(BLANKS))
    return value


def read_value(data: bytes) -> tuple[PdfValue, int]:
    """Return the value with which the data begin, and where it ends.

    Raises:
        UnlikeError: there is none, or one in an unusual form.
    """
    return _read_value(data, _read_token(data, 0), 0, large=False)


def _read_token(data: bytes, start: int) -> re.Match[bytes]:
    token = _TOKEN.match(data, start)
    if token is None:
        raise UnlikeError
    return token


def _read_value(
    data: bytes, token: re.Match[bytes], depth: int, *, large: bool
) -> tuple[PdfValue, int]:
    kind = str(token.lastgroup)
    require_condition(kind != "end" and depth < _DEEPEST and (large or kind != "large"))
    if kind != "begin":
        return _parse_scalar(kind, token[kind]), token.end()
    is_dictionary = token[kind] == b"<<"
    items, end = _read_items(data, token, depth, large=large and not is_dictionary)
    return _make_dictionary(items) if is_dictionary else items, end


def _read_items(
    data: bytes, begin: re.Match[bytes], depth: int, *, large: bool
) -> tuple[list[PdfValue], int]:
    """Return the values up to the end of a list or dictionary, and where it ends."""
    items: list[PdfValue] = []
    is_dictionary = begin["begin"] == b"<<"
    token = _read_token(data, begin.end())
    while token.lastgroup != "end":
        is_large_value = is_dictionary and len(items) % 2 == 1 and items[-1] in _LARGE_KEYS
        item, end = _read_value(data, token, depth + 1, large=large or is_large_value)
        items.append(item)
        token = _read_token(data, end)
    require_condition(token["end"] == _CLOSING[begin["begin"]])
    return items, token.end()


def _make_dictionary(items: list[PdfValue]) -> dict[str, PdfValue]:
    keys = items[::2]
    require_condition(len(items) % 2 == 0 and len({*map(str, keys)}) == len(keys))
    require_condition(all(isinstance(key, PdfName) for key in keys))
    return {str(key): value for key, value in zip(keys, items[1::2], strict=True)}


def _parse_scalar(kind: str, text: bytes) -> PdfValue:
    match kind:
        case "reference":
            return PdfReference(int(text.split()[0]))
        case "integer" | "large":
            require_condition(int(text) <= _LARGEST)
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
        return bytes.fromhex(text.decode("ascii"))
    return _ESCAPE.sub(_unescape_byte, text)


def _unescape_byte(match: re.Match[bytes]) -> bytes:
    """Return the byte of an escape sequence in a text literal."""
    return bytes([_ESCAPED[match[1][0]] if match[1] else int(match[2], 8)])
