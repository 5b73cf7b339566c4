"""What a Chinese input method does to keys: full-width forms count, Han characters get a hint."""

from __future__ import annotations

_FULL_WIDTH = 0xFEE0
"""From an ASCII sign to its full-width form."""

_CHINESE_FORMS = {"[": "【", "]": "】", "/": "、", ".": "。", ">": "》"}
"""What Chinese input methods send for these keys."""


_NAMED = {"space": ("space", "ideographic_space"), "comma": ("comma", "，")}
"""Keys that go by a name, with their Chinese forms."""

_HAN = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
"""The blocks of Han characters."""


def forms(key: str) -> tuple[str, ...]:
    """Return the keys that mean `key`: itself, and for one sign its full-width and Chinese form."""
    if key in _NAMED:
        return _NAMED[key]
    if len(key) != 1 or not key.isascii():
        return (key,)
    chinese = _CHINESE_FORMS.get(key)
    return (key, chr(ord(key) + _FULL_WIDTH), *((chinese,) if chinese else ()))


def is_han(char: str | None) -> bool:
    """Whether a character that arrived as a key is Chinese writing, so not meant as a command."""
    if char is None or len(char) != 1:
        return False
    return any(first <= char <= last for first, last in _HAN)


def narrow(text: str) -> str:
    """Return `text` with full-width digits, signs and spaces as ASCII, without outer spaces."""
    return "".join(map(_narrow_char, text)).strip()


def _narrow_char(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - _FULL_WIDTH)
    return {"\u3000": " ", "。": ".", "、": ","}.get(char, char)
