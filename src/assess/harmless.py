"""Text from anywhere on its way to a terminal or a pipe: nothing in it is obeyed or hidden."""

from __future__ import annotations

import os
from typing import Final

_SPACES: Final = frozenset("\t\u00a0\u1680\u202f\u205f\u3000") | set(
    map(chr, range(0x2000, 0x200B))
)
"""Blanks that Python does not call printable, and that only take room."""

_PLANE: Final = 0x10000
_DEL: Final = 0x7F


def harmless(text: str) -> str:
    r"""Return `text` with controls, bidi, zero-width, unassigned signs, surrogates as escapes.

    Line breaks and tabs stay. An escape is `\u001b`, as JSON has it, two of them beyond U+FFFF: so
    JSON that goes through here says the same as before.
    """
    return "\n".join(map(_line, text.split("\n")))


def one_line(text: str) -> str:
    """Return `text` harmless, with its line breaks shown as ⏎: it can't pass for another line."""
    return harmless(" ⏎ ".join(text.splitlines()))


def controls_shown(text: str) -> str:
    r"""Return `text` with its controls as escapes, as `harmless` writes them; all else stays.

    Line breaks and tabs stay. It is for text that is to be kept: an escape sequence that was pasted
    is read as `\u001b[31m` ever after, in files and reports too.
    """
    if text.isprintable():
        return text
    return "".join(_escape(sign) if _is_control(sign) else sign for sign in text)


def typed(word: str) -> str:
    r"""Return a file's name, a tag or the like as it is typed in a shell, whatever it is made of.

    Names come from repositories of others: `x; rm -r ~` is one word. What can't be printed, and
    bytes that are no UTF-8, stand as `$'\xff'`, which shells know.
    """
    import shlex  # noqa: PLC0415  # only for hints

    if word.isprintable():
        return shlex.quote(word)
    raw = "".join(map(_quoted_byte, os.fsencode(word)))
    return f"$'{raw}'"


def _quoted_byte(byte: int) -> str:
    char = chr(byte)
    plain = byte < _DEL and char.isprintable() and char not in "\\'"
    return char if plain else f"\\x{byte:02x}"


def _line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() or char in _SPACES else _escape(char) for char in line
    )


def _is_control(char: str) -> bool:
    return (char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f"


def _escape(char: str) -> str:
    code = ord(char)
    if code < _PLANE:
        return f"\\u{code:04x}"
    rest = code - _PLANE
    return f"\\u{0xD800 + (rest >> 10):04x}\\u{0xDC00 + (rest & 0x3FF):04x}"
