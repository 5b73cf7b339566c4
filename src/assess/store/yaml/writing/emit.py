"""Write values as YAML: block style, a field per line, `|-` for multi-line text, no wrapping.

A text is quoted if any YAML reader, old or new, could read it as something else. Characters are
written unchanged, also rare Hanzi outside the basic plane. Only invisible characters are escaped.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from assess.store.yaml.plain_values import convert_to_plain_without_empty_fields
from assess.store.yaml.reading.scalars import is_plain_scalar_always_text

INDENT: Final = 2

_NOT_PLAIN = re.compile(
    r"""^[-?:,\[\]{}#&*!|>'"%@` ]|: |:$| \#|[ ]$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]"""
)
_NOT_PLAIN_IN_FLOW = re.compile(r"[\[\]{},:?]")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_NOT_LITERAL = re.compile(
    "^[ \t\n]|\n\n$|(?:^|\n)[ \t]+(?:\n|$)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def yaml_document_text(value: Any) -> str:
    """Return the text of a file that has the fields of a mapping."""
    return "".join(
        f"{line}\n" for line in mapping_lines(convert_to_plain_without_empty_fields(value), 0)
    )


def mapping_lines(value: dict[str, Any], indent: int) -> list[str]:
    """Return the lines of a mapping, which must not be empty."""
    return [line for key, inner in value.items() for line in field_lines(key, inner, indent)]


def field_lines(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a field."""
    return lines_of_value_after(f"{' ' * indent}{_key_text(key)}:", value, indent)


def sequence_lines(values: list[Any], indent: int) -> list[str]:
    """Return the lines of list entries with their dashes at column `indent`."""
    lines: list[str] = []
    for value in values:
        if isinstance(value, dict) and value:
            first, *rest = mapping_lines(value, indent + INDENT)
            lines += [f"{' ' * indent}- {first[indent + INDENT :]}", *rest]
        else:
            lines += lines_of_value_after(f"{' ' * indent}-", value, indent)
    return lines


def lines_of_value_after(head: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a value after `head`, a key or dash at column `indent`."""
    inner = indent + INDENT
    if isinstance(value, dict) and value:
        return [head, *mapping_lines(value, inner)]
    if isinstance(value, list) and value:
        return [head, *sequence_lines(value, inner)]
    if isinstance(value, str) and "\n" in value and not _NOT_LITERAL.search(value):
        return _literal_lines(head, value, inner)
    return [f"{head} {flow_style_text(value, in_flow=False)}"]


def _literal_lines(head: str, text: str, indent: int) -> list[str]:
    sign = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [f"{head} {sign}", *(f"{' ' * indent}{line}" if line else "" for line in lines)]


def flow_style_text(value: Any, *, in_flow: bool = True) -> str:
    """Return a value on one line; `in_flow` is for values in brackets, which need more quotes."""
    if isinstance(value, dict):
        inner = ", ".join(
            f"{_key_text(key)}: {flow_style_text(field)}" for key, field in value.items()
        )
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow_style_text(entry) for entry in value)}]"
    if not isinstance(value, str):
        return _number_or_boolean_text(value)
    if _needs_quotes(value) or (in_flow and _NOT_PLAIN_IN_FLOW.search(value)):
        return quote_text(value)
    return value


def _number_or_boolean_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _needs_quotes(text: str) -> bool:
    return not is_plain_scalar_always_text(text) or _NOT_PLAIN.search(text) is not None


def quote_text(text: str) -> str:
    """Return `text` in double quotes, with invisible characters escaped."""
    return f'"{_ESCAPED.sub(_escape_character, text)}"'


def _escape_character(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _key_text(key: str) -> str:
    return quote_text(key) if _needs_quotes(key) or _NOT_PLAIN_IN_FLOW.search(key) else key


def value_for_text_comparison(value: Any) -> Any:
    """Return a form in which two values are equal only if a file has the same text for both."""
    if isinstance(value, dict):
        return {key: value_for_text_comparison(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [value_for_text_comparison(inner) for inner in value]
    return (type(value) is str, type(value) is bool, value)
