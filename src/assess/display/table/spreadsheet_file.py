"""The bytes of a CSV or TSV file as text: in the encodings that spreadsheets save in."""

from __future__ import annotations

import codecs
from typing import Final

from assess.display.table.spreadsheet_text import Delimiter

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The marks at the start of a file, and what is written behind them."""


def decode_spreadsheet_file(data: bytes) -> str | None:
    """Return the text of a file; None where it is in no encoding that spreadsheets save in.

    Files without a mark are UTF-8, else GB 18030, as Chinese spreadsheets save CSV.
    """
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def detect_delimiter(text: str) -> Delimiter:
    """Return the sign between cells: a tab where the first line has one, else a comma."""
    return "\t" if "\t" in text.partition("\n")[0] else ","


def is_semicolon_separated(text: str) -> bool:
    """Return whether the first line has semicolons, and no comma or tab."""
    line = text.partition("\n")[0]
    return ";" in line and not any(sign in line for sign in ",\t")
