"""Write src/assess/data/pinyin.txt: under each letter the characters whose pinyin begins so.

Made once with pypinyin (MIT), which the program does without: its tables take 0.2 s and 57 MB to
load, these 0.03 s and 7 MB, and the first letters are all that a search by initials needs.
A character with several readings stands under its usual letter first, and in the lines after `z`
under the others. Run it as `uv run --with pypinyin python scripts/make_pinyin.py`.
"""

from __future__ import annotations

import importlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "assess" / "data" / "pinyin.txt"


def characters() -> Iterator[str]:
    """Yield the Han characters of GBK."""
    for code in range(0x4E00, 0x9FA6):
        yield chr(code)


def initials(char: str) -> list[str]:
    """Return the first letters of a character's readings, the usual one first."""
    pypinyin = importlib.import_module("pypinyin")
    readings = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
    plain = (unicodedata.normalize("NFD", one)[:1].lower() for found in readings for one in found)
    return list(dict.fromkeys(one for one in plain if one.isascii() and one.isalpha()))


def main() -> None:
    """Write the table."""
    table: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for char in characters():
        for place, letter in enumerate(initials(char)):
            table[place > 0, letter].append(char)
    lines = (f"{key[1]} {''.join(table[key])}\n" for key in sorted(table))
    TARGET.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
