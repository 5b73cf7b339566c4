"""Text from files made safe to show: terminals obey nothing in it, and hide nothing."""

from __future__ import annotations

import unicodedata

_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, bidi and zero-width signs, surrogates, private and unassigned signs, line
separators."""


def make_visible(text: str) -> str:
    r"""Return `text` with escapes for what a terminal would obey or hide; line breaks stay.

    A terminal escape becomes `\x1b`, a right-to-left override `\u202e`; a tab becomes a space.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible_char, text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """Return `text` made visible, with spaces for line breaks."""
    return make_visible(text.replace("\n", " "))


def _visible_char(char: str) -> str:
    if char == "\n":
        return char
    if char == "\t":
        return " "
    if unicodedata.category(char) not in _ESCAPED:
        return char
    code = ord(char)
    if code <= 0xFF:  # noqa: PLR2004  # the widths of the escapes
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004  # the same
