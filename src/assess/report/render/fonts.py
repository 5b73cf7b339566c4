"""The fonts of this machine for a report, as fontconfig lists them.

The typefaces of official documents (方正小标宋, 仿宋_GB2312, 黑体, 楷体_GB2312) are on most
computers of departments and are not free; Noto is the replacement. docs/decisions/0006-report.md
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_NOTO_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "思源宋体")
_NOTO_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "思源黑体")
STACKS: dict[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"),
    "heading": ("SimHei", "黑体"),
    "accent": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"),
}
"""By use, best first: what official documents are set in."""

_STAND_INS = {
    "title": _NOTO_SERIF,
    "body": _NOTO_SERIF,
    "heading": _NOTO_SANS,
    "accent": _NOTO_SERIF,
}


class FontChoice(NamedTuple):
    """The family for a use, and whether it is a replacement, which is set bold."""

    family: str
    stand_in: bool


def choose_fonts(installed: dict[str, str], chinese: Sequence[str]) -> dict[str, FontChoice] | None:
    """Return the family for each use; None where no Chinese font is installed at all.

    Args:
        installed: families that are there, by lower-case name.
        chinese: families that cover Chinese, to fall back on.
    """
    chosen = {}
    for use, stack in STACKS.items():
        real = next((installed[name.lower()] for name in stack if name.lower() in installed), None)
        spare = [stand_in for stand_in in _STAND_INS[use] if stand_in.lower() in installed]
        chosen_font = real or next(iter([*spare, *chinese]), None)
        if chosen_font is None:
            return None
        chosen[use] = FontChoice(chosen_font, real is None)
    return chosen


def choose_fonts_of_machine() -> dict[str, FontChoice] | None:
    """Return the family of this machine for each use; None where no Chinese font is installed."""
    installed = {name.lower(): name for name in list_font_families()}
    return choose_fonts(installed, list_font_families(":lang=zh-cn"))


def find_drawing_family() -> str:
    """Return the family in which drawings are set; without a Chinese font any will do."""
    chosen = choose_fonts_of_machine()
    return chosen["heading"].family if chosen is not None else "sans-serif"


def list_font_families(pattern: str = "") -> list[str]:
    """Return the names of the families that fontconfig lists for `pattern`, sorted."""
    library = _load_fontconfig()
    library.FcInit()
    parsed = library.FcNameParse(pattern.encode())
    wanted = library.FcObjectSetCreate()
    library.FcObjectSetAdd(wanted, b"family")
    fonts = library.FcFontList(None, parsed, wanted)
    families_found = {
        name
        for index in range(fonts.contents.count)
        for name in _family_names(library, fonts.contents.fonts[index])
    }
    library.FcFontSetDestroy(fonts)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(parsed)
    return sorted(families_found)


def find_font_file(family: str) -> tuple[str, int] | None:
    """Return the file of a family's regular face and the face's number in it, None without one."""
    library = _load_fontconfig()
    library.FcInit()
    parsed = library.FcNameParse(f"{_escape_pattern(family)}:style=Regular".encode())
    wanted = library.FcObjectSetCreate()
    for name in (b"file", b"index"):
        library.FcObjectSetAdd(wanted, name)
    fonts = library.FcFontList(None, parsed, wanted)
    font_file = None
    if fonts.contents.count:
        value, number = ctypes.c_char_p(), ctypes.c_int()
        font = fonts.contents.fonts[0]
        library.FcPatternGetString(font, b"file", 0, ctypes.byref(value))
        library.FcPatternGetInteger(font, b"index", 0, ctypes.byref(number))
        font_file = (value.value or b"").decode("utf-8", "surrogateescape"), number.value & 0xFFFF
    library.FcFontSetDestroy(fonts)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(parsed)
    return font_file


def find_characters_without_font(characters: Iterable[str]) -> set[str]:
    """Return the characters that no installed font has."""
    library = _load_fontconfig()
    library.FcInit()
    parsed = library.FcNameParse(b"")
    wanted = library.FcObjectSetCreate()
    library.FcObjectSetAdd(wanted, b"charset")
    fonts = library.FcFontList(None, parsed, wanted)
    covered = library.FcCharSetCreate()
    of_font, changed = ctypes.c_void_p(), ctypes.c_int()
    for index in range(fonts.contents.count):
        font = fonts.contents.fonts[index]
        if library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(of_font)) == 0:
            library.FcCharSetMerge(covered, of_font, ctypes.byref(changed))
    missing = {char for char in characters if not library.FcCharSetHasChar(covered, ord(char))}
    library.FcCharSetDestroy(covered)
    library.FcFontSetDestroy(fonts)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(parsed)
    return missing


def _escape_pattern(family: str) -> str:
    return "".join(f"\\{char}" if char in "\\-:," else char for char in family)


class _FontSet(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int),
        ("room", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    )


def _family_names(library: ctypes.CDLL, font: int) -> list[str]:
    """Return the names of a font's family: one a language."""
    names_found: list[str] = []
    value = ctypes.c_char_p()
    while library.FcPatternGetString(font, b"family", len(names_found), ctypes.byref(value)) == 0:
        names_found.append((value.value or b"").decode("utf-8", "replace"))
    return names_found


def _load_fontconfig() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    pointer = ctypes.c_void_p
    for name, result, arguments in (
        ("FcNameParse", pointer, (ctypes.c_char_p,)),
        ("FcObjectSetCreate", pointer, ()),
        ("FcObjectSetAdd", ctypes.c_int, (pointer, ctypes.c_char_p)),
        ("FcFontList", ctypes.POINTER(_FontSet), (pointer, pointer, pointer)),
        (
            "FcPatternGetString",
            ctypes.c_int,
            (pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)),
        ),
        (
            "FcPatternGetInteger",
            ctypes.c_int,
            (pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)),
        ),
        ("FcCharSetCreate", pointer, ()),
        ("FcCharSetMerge", ctypes.c_int, (pointer, pointer, ctypes.POINTER(ctypes.c_int))),
        ("FcCharSetHasChar", ctypes.c_int, (pointer, ctypes.c_uint32)),
        ("FcCharSetDestroy", None, (pointer,)),
        (
            "FcPatternGetCharSet",
            ctypes.c_int,
            (pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(pointer)),
        ),
        ("FcFontSetDestroy", None, (ctypes.POINTER(_FontSet),)),
        ("FcObjectSetDestroy", None, (pointer,)),
        ("FcPatternDestroy", None, (pointer,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
