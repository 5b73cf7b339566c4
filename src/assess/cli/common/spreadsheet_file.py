"""The rows of a CSV or TSV file that an option names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from assess.cli.common.context import _
from assess.cli.common.input_file import read_whole_file
from assess.display.table.spreadsheet_file import decode_spreadsheet_file, delimiter_of_text
from assess.display.table.spreadsheet_text import (
    BrokenMarkError,
    SpreadsheetLimits,
    SpreadsheetRow,
    TooLargeError,
    split_spreadsheet_file_text,
)
from assess.errors import UsageError
from assess.harmless import escape_control_characters

MOST_BYTES: Final = 4 * 1024**2
"""Of a file with rows or answers."""


def read_spreadsheet_file(
    path: Path, option: str, limits: SpreadsheetLimits
) -> list[SpreadsheetRow]:
    """Return the rows of a file that are not blank; control characters are escapes.

    Raises:
        UsageError: the file can't be read, is too large or is neither CSV nor TSV; a quotation
            mark stands wrong.
    """
    text = decode_spreadsheet_file(read_whole_file(path, MOST_BYTES))
    if text is None:
        message = _("{file} is neither CSV nor TSV").format(file=path.name)
        raise UsageError(message, _("save the sheet as CSV or as text with tabs"))
    text = escape_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        return split_spreadsheet_file_text(text, delimiter_of_text(text), limits)
    except TooLargeError:
        message = _("at most {rows} rows, {columns} columns and {cells} cells are taken at a time")
        raise UsageError(message.format(**limits._asdict()), option) from None
    except BrokenMarkError as error:
        message = _("{file}, line {line}: a quotation mark is not closed, or stands inside a cell")
        hint = _("in quotation marks, write each quotation mark of the text twice")
        raise UsageError(message.format(file=path.name, line=error.line), hint) from None
