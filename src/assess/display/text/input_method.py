"""Keys under a Chinese input method: full-width forms count, Han characters get a hint."""

from __future__ import annotations

_FULL_WIDTH = 0xFEE0
"""Offset from an ASCII sign to its full-width form."""

_CHINESE_FORMS = {"[": "【", "]": "】", "/": "、", ".": "。", ">": "》", "{": "「", "}": "」"}
"""The signs that Chinese input methods send for these keys."""


_NAMED = {"space": ("space", "ideographic_space"), "comma": ("comma", "，")}
"""Keys with a name, and their Chinese forms."""


def equivalent_keys(key: str) -> tuple[str, ...]:
    """Return the keys that mean `key`: itself, and its full-width and Chinese forms."""
    if key in _NAMED:
        return _NAMED[key]
    if len(key) != 1 or not key.isascii():
        return (key,)
    chinese = _CHINESE_FORMS.get(key)
    return (key, chr(ord(key) + _FULL_WIDTH), *((chinese,) if chinese else ()))
