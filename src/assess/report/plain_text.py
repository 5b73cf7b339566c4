"""Text from files made safe to print: nothing in it is obeyed, everything in it is seen."""

from __future__ import annotations

import unicodedata
from typing import Any

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, bidi and zero-width signs, surrogates, private and unassigned ones, line separators."""


def visible(text: str) -> str:
    r"""Return `text` with what would be obeyed, hidden or drawn as a box as an escape.

    A right-to-left override becomes `\u202e`, as the terminal shows it; line breaks stay.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible_char, text.replace("\r\n", "\n").replace("\t", " ")))


def all_visible(tree: Any) -> Any:
    """Return plain values (as JSON has them) with every text in them made visible."""
    if isinstance(tree, str):
        return visible(tree)
    if isinstance(tree, dict):
        return {visible(name): all_visible(value) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [all_visible(one) for one in tree]
    return tree


def _visible_char(char: str) -> str:
    if char == "\n" or unicodedata.category(char) not in _ESCAPED:
        return char
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004  # the widths of the escapes
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  # the same
