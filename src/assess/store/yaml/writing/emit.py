"""Write values as YAML: block style, one field a line, `|-` for multi-line text, no wrapping.

Whatever any YAML reader, old or new, could take for something other than text is quoted. Characters
are written as they are, rare Hanzi outside the basic plane too; only invisible ones are escaped.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from assess.store.yaml.reading.scalars import is_text

INDENT: Final = 2

_NOT_PLAIN = re.compile(
    r"""^[-?:,\[\]{}#&*!|>'"%@` ]|: |:$| \#|[ ]$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]"""
)
_NOT_PLAIN_IN_FLOW = re.compile(r"[\[\]{},:]")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_NOT_LITERAL = re.compile(
    "^[ \t\n]|\n\n$|(?:^|\n)[ \t]+(?:\n|$)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def plain(value: Any) -> Any:
    """Return a value of the model as dict, list, text and numbers, as a file would hold it.

    Fields that are None or empty are left out; all others are written, also where they equal their
    default: a later change of a default must not change what was answered.
    """
    if isinstance(value, msgspec.Struct):
        return _plain_struct(value)
    if isinstance(value, dict):
        inner = {str(key): plain(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value


def _plain_struct(value: msgspec.Struct) -> dict[str, Any]:
    info = value.__struct_config__
    found: dict[str, Any] = {}
    for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        inner = plain(getattr(value, name))
        if inner is not None and inner not in ({}, []):
            found[key] = inner
        if key == "id" and info.tag_field:
            found[info.tag_field] = info.tag
    return found


def document(value: Any) -> str:
    """Return a whole file for a mapping."""
    return "".join(f"{line}\n" for line in mapping(plain(value), 0))


def mapping(value: dict[str, Any], indent: int) -> list[str]:
    """Return the lines of a mapping that is not empty."""
    return [line for key, inner in value.items() for line in entry(key, inner, indent)]


def entry(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of one field."""
    return after(f"{' ' * indent}{_key(key)}:", value, indent)


def sequence(values: list[Any], indent: int) -> list[str]:
    """Return the lines of list entries whose dashes stand at `indent`."""
    lines: list[str] = []
    for value in values:
        if isinstance(value, dict) and value:
            first, *rest = mapping(value, indent + INDENT)
            lines += [f"{' ' * indent}- {first[indent + INDENT :]}", *rest]
        else:
            lines += after(f"{' ' * indent}-", value, indent)
    return lines


def after(head: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a value that follows `head`, a key or dash that stands at `indent`."""
    inner = indent + INDENT
    if isinstance(value, dict) and value:
        return [head, *mapping(value, inner)]
    if isinstance(value, list) and value:
        return [head, *sequence(value, inner)]
    if isinstance(value, str) and "\n" in value and not _NOT_LITERAL.search(value):
        return _literal(head, value, inner)
    return [f"{head} {flow(value, in_flow=False)}"]


def _literal(head: str, text: str, indent: int) -> list[str]:
    sign = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [f"{head} {sign}", *(f"{' ' * indent}{line}" if line else "" for line in lines)]


def flow(value: Any, *, in_flow: bool = True) -> str:
    """Return a value on one line; `in_flow`: inside brackets, where more must be quoted."""
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)}: {flow(one)}" for key, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(one) for one in value)}]"
    if not isinstance(value, str):
        return _number(value)
    if _needs_quotes(value) or (in_flow and _NOT_PLAIN_IN_FLOW.search(value)):
        return quoted(value)
    return value


def _number(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _needs_quotes(text: str) -> bool:
    return not is_text(text) or _NOT_PLAIN.search(text) is not None


def quoted(text: str) -> str:
    """Return `text` in double quotes, invisible characters escaped."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _key(key: str) -> str:
    return quoted(key) if _needs_quotes(key) or _NOT_PLAIN_IN_FLOW.search(key) else key


def canonical(value: Any) -> Any:
    """Return a form in which values that a file would hold alike are equal, and no others."""
    if isinstance(value, dict):
        return {key: canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [canonical(inner) for inner in value]
    return (type(value) is str, type(value) is bool, value)
