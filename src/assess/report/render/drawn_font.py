"""The fonts of a PDF page, as WeasyPrint writes them: texts and widths by code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import pikepdf

_CODE: Final = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_EM: Final = 1000


class FontReader:
    """Turns the codes of a font into text and widths."""

    def __init__(self, font: pikepdf.Object) -> None:
        mapping = font.get("/ToUnicode")
        data = b"" if mapping is None else mapping.read_bytes()
        self.texts = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
            for code, text in _CODE.findall(data)
        }
        self.widths: dict[int, float] = {}
        for part in font.get("/DescendantFonts", []):
            self._read_widths(list(part.get("/W", [])))

    def _read_widths(self, parts: Sequence[Any]) -> None:
        """Read the widths in both of their forms: `first [w w …]` and `first last w`."""
        place = 0
        while place + 1 < len(parts):
            first = int(parts[place])
            if isinstance(parts[place + 1], pikepdf.Array):
                widths = map(float, parts[place + 1])
                self.widths.update(enumerate(widths, start=first))
                place += 2
            else:
                last, width = int(parts[place + 1]), float(parts[place + 2])
                self.widths.update(dict.fromkeys(range(first, last + 1), width))
                place += 3

    def decode_codes(self, data: bytes) -> tuple[str, float]:
        """Return the text of codes of two bytes, and its width in ems."""
        codes = [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
        text = "".join(self.texts.get(code, "\0") for code in codes)
        return text, sum(self.widths.get(code, _EM) for code in codes) / _EM
