"""The values of plain (unquoted) scalars by the core schema of YAML 1.2 and by YAML 1.1.

Rules: https://yaml.org/spec/1.2.2/#103-core-schema and https://yaml.org/type/ (1.1). The reader
follows the core schema. The writer quotes each text that one of the two would not read as text.
"""

from __future__ import annotations

import re
from typing import Any, Final

from assess.model.base import Number

YamlScalar = str | int | bool | Number | None

_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_YAML_11 = re.compile(
    r"y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=|<<"
    r"|[-+]?0[0-9_]*[0-7_]|[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+"  # octal, binary, hexadecimal
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60
    r"|[-+]?\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9:.]+.*)?"
)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
SPECIAL_FIRST = frozenset("0123456789+-.~nNtTfFyYoO=<")
"""The first characters of plain scalars that are no text; the empty scalar is none either."""

_MOST_DIGITS: Final = 30
_LARGEST_EXPONENT: Final = 30
"""Numbers beyond these limits make exact arithmetic slow (1e999999999); no answer needs them."""


class NumberLimitError(ValueError):
    """A number that is not finite, of too many digits, or whose exponent is out of range."""


def parse_plain_scalar(text: str) -> YamlScalar:
    """Return the value of a plain scalar by the core schema.

    Raises:
        NumberLimitError: the number is beyond the limits.
    """
    if text and text[0] not in SPECIAL_FIRST:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return _parse_integer(text)
    if _FLOAT.fullmatch(text):
        return _parse_number(text)
    if _NOT_FINITE.fullmatch(text):
        raise NumberLimitError(text)
    return text


def _parse_integer(text: str) -> int:
    prefix = text[:2] if text[:2] in ("0o", "0x") else ""
    if len(text.lstrip("+-")) - len(prefix) > _MOST_DIGITS:
        raise NumberLimitError(text)
    value = int(text, 0) if prefix else int(text)
    if abs(value) >= 10**_MOST_DIGITS:
        raise NumberLimitError(text)
    return value


def _parse_number(text: str) -> Number:
    mantissa, _, exponent = text.lower().partition("e")
    digits = sum(map(str.isdigit, mantissa))
    if digits > _MOST_DIGITS or len(exponent.lstrip("+-0")) > len(str(_LARGEST_EXPONENT)):
        raise NumberLimitError(text)
    number = Number(text)
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise NumberLimitError(text)
    return number


def differs_in_yaml_11(text: str, value: YamlScalar) -> bool:
    """Return whether YAML 1.1 reads a plain scalar differently from `value`, the core value."""
    if type(value) is str:
        return _YAML_11.fullmatch(text) is not None
    return type(value) is int and _LEADING_ZERO.fullmatch(text) is not None


def is_plain_scalar_always_text(text: str) -> bool:
    """Return whether every YAML reader reads this plain scalar as text."""
    if text[:1] not in SPECIAL_FIRST and text:
        return True
    return not (
        text in _CONSTANTS
        or _INTEGER.fullmatch(text)
        or _FLOAT.fullmatch(text)
        or _NOT_FINITE.fullmatch(text)
        or _YAML_11.fullmatch(text)
    )


def convert_to_number(kind: type, value: Any) -> Any:
    """Return the Number of an integer or Number of the tree, for `msgspec.convert`.

    Raises:
        TypeError: the value is something else; a quoted number is text.
    """
    if type(value) is Number:
        return value
    if type(value) is int and kind is Number:
        return Number(value)
    message = "Expected a number"
    raise TypeError(message)
