"""The rows of a CSV or TSV file that an option names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.cli.common.context import _
from assess.display.table.spreadsheet_file import decode_spreadsheet_file, delimiter_of_text
from assess.display.table.spreadsheet_text import (
    SpreadsheetLimits,
    SpreadsheetRow,
    TooLargeError,
    split_spreadsheet_text,
)
from assess.errors import UsageError
from assess.file_bytes import read_regular_file
from assess.harmless import escape_control_characters

_MOST_BYTES: Final = 4 * 1024**2


def read_spreadsheet_file(
    path: Path, option: str, limits: SpreadsheetLimits
) -> list[SpreadsheetRow]:
    """Return the rows of a file that are not blank; control characters are escapes.

    Raises:
        UsageError: the file can't be read, is too large or is neither CSV nor TSV.
    """
    text = decode_spreadsheet_file(read_input_file(path, option))
    if text is None:
        message = _("{file} is neither CSV nor TSV").format(file=path.name)
        raise UsageError(message, _("save the sheet as CSV or as text with tabs"))
    text = escape_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        return split_spreadsheet_text(text, delimiter_of_text(text), limits)
    except TooLargeError:
        message = _("at most {rows} rows, {columns} columns and {cells} cells are taken at a time")
        raise UsageError(message.format(**limits._asdict()), option) from None


def read_input_file(path: Path, option: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        UsageError: the file can't be read, or is too large.
    """
    try:
        data = read_regular_file(path, _MOST_BYTES + 1, 0)
    except OSError as error:
        message = _("{file} can't be read: {reason}")
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(message.format(file=path.name, reason=reason), option) from None
    if len(data) > _MOST_BYTES:
        message = _("the file is larger than {limit} MiB")
        raise UsageError(message.format(limit=_MOST_BYTES // 1024**2), option)
    return data
