"""What a plain (unquoted) scalar means: the core schema of YAML 1.2, and what YAML 1.1 would read.

Rules: https://yaml.org/spec/1.2.2/#103-core-schema and https://yaml.org/type/ (1.1). The reader
reads by the core schema; the writer quotes whatever either of the two would not read as text.
"""

from __future__ import annotations

import re
from typing import Any, Final

from assess.model.base import Number

Scalar = str | int | bool | Number | None

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
"""What a plain scalar that is not text may begin with; it may also be empty."""

_MOST_DIGITS: Final = 30
_LARGEST_EXPONENT: Final = 30
"""Numbers beyond these make exact arithmetic expensive (1e999999999); no answer needs them."""


class NumberLimitError(ValueError):
    """A number that is not finite, of too many digits, or whose exponent is out of range."""


def core(text: str) -> Scalar:
    """Return what the core schema reads in a plain scalar.

    Raises:
        NumberLimitError: if it is a number that the program does not take.
    """
    if text and text[0] not in SPECIAL_FIRST:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _number(text)
    if _NOT_FINITE.fullmatch(text):
        raise NumberLimitError(text)
    return text


def _integer(text: str) -> int:
    prefix = text[:2] if text[:2] in ("0o", "0x") else ""
    if len(text.lstrip("+-")) - len(prefix) > _MOST_DIGITS:
        raise NumberLimitError(text)
    value = int(text, 0) if prefix else int(text)
    if abs(value) >= 10**_MOST_DIGITS:
        raise NumberLimitError(text)
    return value


def _number(text: str) -> Number:
    mantissa, _, exponent = text.lower().partition("e")
    digits = sum(map(str.isdigit, mantissa))
    if digits > _MOST_DIGITS or len(exponent.lstrip("+-0")) > len(str(_LARGEST_EXPONENT)):
        raise NumberLimitError(text)
    number = Number(text)
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise NumberLimitError(text)
    return number


def differs_in_yaml_11(text: str, value: Scalar) -> bool:
    """Return whether YAML 1.1 reads a plain scalar otherwise than core, which reads `value`."""
    if type(value) is str:
        return _YAML_11.fullmatch(text) is not None
    return type(value) is int and _LEADING_ZERO.fullmatch(text) is not None


def is_text(text: str) -> bool:
    """Return whether every YAML reader takes this plain scalar for text."""
    if text[:1] not in SPECIAL_FIRST and text:
        return True
    return not (
        text in _CONSTANTS
        or _INTEGER.fullmatch(text)
        or _FLOAT.fullmatch(text)
        or _NOT_FINITE.fullmatch(text)
        or _YAML_11.fullmatch(text)
    )


def number_hook(kind: type, value: Any) -> Any:
    """Give `msgspec.convert` a Number from an integer or Number of the tree.

    Raises:
        TypeError: for anything else: quoted numbers are text.
    """
    if type(value) is Number:
        return value
    if type(value) is int and kind is Number:
        return Number(value)
    message = "Expected a number"
    raise TypeError(message)
