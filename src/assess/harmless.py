r"""Text made harmless: a terminal obeys no character of it, and no character of it is hidden.

A character has one form of escape, `\u001b`: on the terminal, in reports, in problems, in commit
messages.
"""

from __future__ import annotations

import codecs
import os
import re
from typing import Final

_SPACES: Final = frozenset("\t\u00a0\u1680\u202f\u205f\u3000") | set(
    map(chr, range(0x2000, 0x200B))
)
"""Spaces that Python does not call printable, and that only take room."""

_PLAIN_WORD: Final = r"(?!-)[\w@%+=:,./\-\u0080-\U0010ffff]+"
"""ASCII characters that mean nothing to a shell, and all beyond ASCII."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Controls other than line breaks and tabs."""

_UNSEEN: Final = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0, 0x1D159),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xFFF0, 0xFFF9),
            *range(0xE0000, 0xE1000),
        ),
    )
)
"""Joiners, fillers, selectors of variants, the blank of Braille: signs that show nothing, though
their categories are those of letters, marks, symbols, or none yet (most are default ignorable)."""

_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})

_PLANE: Final = 0x10000
_DEL: Final = 0x7F


def escape_unprintable_characters(text: str) -> str:
    r"""Return `text` with controls, bidi, zero-width, unassigned signs, surrogates as escapes.

    Line breaks and tabs stay. An escape is `\u001b`, as JSON has it, two of them beyond U+FFFF: so
    JSON has the same values before and after.
    """
    if text.isprintable():
        return text
    return "\n".join(map(_escape_unprintable_in_line, text.split("\n")))


def escape_and_replace_tabs(text: str) -> str:
    """Return `text` harmless for a screen or a page: with spaces for tabs, without CR before LF."""
    if text.isprintable():
        return text
    return escape_unprintable_characters(text.replace("\r\n", "\n").replace("\t", " "))


def escape_as_single_line(text: str) -> str:
    """Return `text` made visible, with spaces for line breaks."""
    return escape_and_replace_tabs(text.replace("\n", " "))


def mark_line_breaks_and_escape(text: str) -> str:
    """Return `text` harmless, with its line breaks shown as ⏎: it can't pass for another line."""
    return escape_unprintable_characters(" ⏎ ".join(text.splitlines()))


def has_line_break(text: str) -> bool:
    """Return whether a text has more than one line, by any line break of Unicode."""
    return text.splitlines() not in ([], [text])


def escape_control_characters(text: str) -> str:
    r"""Return `text` with its controls as escapes; other characters, line breaks and tabs stay.

    It is for text that is stored: a pasted escape sequence is stored as `\u001b[31m`, and files and
    reports show the same.
    """
    if text.isprintable():
        return text
    return _CONTROLS.sub(lambda control: _escape_as_json_unicode(control[0]), text)


def drop_control_characters(text: str) -> str:
    """Return `text` without its controls; other characters, line breaks and tabs stay."""
    return _CONTROLS.sub("", text)


def escape_unencodable_characters(text: str, encoding: str) -> str:
    """Return `text` with escapes for the characters that an encoding lacks."""
    return text.encode(encoding, _ESCAPING).decode(encoding)


def escape_non_utf8_path_bytes(path: str) -> str:
    """Return a file's path with escapes for bytes that are no UTF-8."""
    return escape_unencodable_characters(path, "utf-8")


def may_character_control_terminal(char: str) -> bool:
    """Return whether a terminal may obey a character, or reorder or break a line by it."""
    import unicodedata  # noqa: PLC0415  # only for text areas that show such a character

    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def is_visible_character(char: str) -> bool:
    """Return whether a reader sees a character: it is no blank, no control and no joiner."""
    import unicodedata  # noqa: PLC0415  # only for texts of answers and names

    return char not in _UNSEEN and unicodedata.category(char) not in _UNSEEN_CATEGORIES


def quote_for_shell(word: str) -> str:
    r"""Return a file's name, a tag or the like as it is typed in a shell, whatever it is made of.

    Names come from repositories of others: `x; rm -r ~` is one word. What can't be printed, and
    bytes that are no UTF-8, stand as `$'\xff'`, which shells know.
    """
    import shlex  # noqa: PLC0415  # only for hints

    if word.isprintable():
        return shlex.quote(word)
    raw = "".join(map(_escape_byte_if_unprintable, os.fsencode(word)))
    return f"$'{raw}'"


def is_plain_shell_word(word: str) -> bool:
    """Return whether `word` stands for itself in every shell, and is no option of a command.

    Completion may insert it: bash inserts what it is told to as it stands, without quotes.
    """
    return word.isprintable() and re.fullmatch(_PLAIN_WORD, word) is not None


def _escape_byte_if_unprintable(byte: int) -> str:
    char = chr(byte)
    plain = byte < _DEL and char.isprintable() and char not in "\\'"
    return char if plain else f"\\x{byte:02x}"


def _escape_unprintable_in_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() or char in _SPACES else _escape_as_json_unicode(char)
        for char in line
    )


def _escape_as_json_unicode(char: str) -> str:
    code = ord(char)
    if code < _PLANE:
        return f"\\u{code:04x}"
    rest = code - _PLANE
    return f"\\u{0xD800 + (rest >> 10):04x}\\u{0xDC00 + (rest & 0x3FF):04x}"


def _replace_unencodable_characters(error: UnicodeError) -> tuple[str, int]:
    """Replace the characters that can't be encoded; Python calls this while it encodes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_escape_as_json_unicode, error.object[error.start : error.end])), error.end


_ESCAPING: Final = "assess.harmless"
codecs.register_error(_ESCAPING, _replace_unencodable_characters)
