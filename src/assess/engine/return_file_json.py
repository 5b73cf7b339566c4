"""The bytes of a return file: written in one form, and read only in that form."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from assess.errors import UsageError
from assess.harmless import escape_and_replace_tabs, escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.return_file import RETURN_FORMAT, ReturnFile

MOST_OF_A_RETURN: Final = 20 * 1024 * 1024
"""Bytes of a return file; 2,000 items with the longest words have less."""

_NEWER: Final = re.compile(r"assess/return/(?:[2-9]|[1-9][0-9]{1,8})")
_PLACE: Final = re.compile(r" - at `(\$[^`]*)`$")


class _FormatPart(msgspec.Struct):
    format: str


def encode_return_file(content: ReturnFile) -> bytes:
    """Return a return file as indented JSON, which people may read."""
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def is_start_of_json_object(start: bytes) -> bool:
    """Return whether bytes begin as an object in JSON, which neither form nor workbook does."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def decode_return_file(data: bytes, lang: Lang) -> ReturnFile:
    """Return a return file that was read; other bytes than the program writes are refused.

    Raises:
        UsageError: it is too large, no return file, of a newer program, changed, or holds signs
            that nobody sees.
    """
    _ = translator(lang)
    if len(data) > MOST_OF_A_RETURN:
        message = _("larger than {limit} MB, too large for a return file")
        raise UsageError(message.format(limit=MOST_OF_A_RETURN >> 20))
    _refuse_other_format(data, lang)
    again = _("ask the office for the file as it was written")
    try:
        content = msgspec.json.decode(data, type=ReturnFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        message = _("the return file can't be read: {place}").format(
            place=place[1] if place else "$"
        )
        raise UsageError(message, again) from error
    if encode_return_file(content) != data:
        raise UsageError(_("the return file was changed after it was written"), again)
    _refuse_unprintable_words(content, lang)
    return content


def _refuse_other_format(data: bytes, lang: Lang) -> None:
    _ = translator(lang)
    try:
        head = msgspec.json.decode(data, type=_FormatPart).format
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        head = ""
    if _NEWER.fullmatch(head):
        message = _("a newer version of the program wrote this return file ({format})")
        raise UsageError(message.format(format=head), _("install the newest version"))
    if head != RETURN_FORMAT:
        message = _("this is no return file: it does not say {format}")
        raise UsageError(
            message.format(format=RETURN_FORMAT), _("import takes forms and return files")
        )


def _refuse_unprintable_words(content: ReturnFile, lang: Lang) -> None:
    """Refuse texts with signs that a screen obeys, and names of several lines.

    Raises:
        UsageError: names the field.
    """
    lines = {
        "office": content.office,
        "campaign": content.campaign,
        "unit_name": content.unit_name,
        "hand_in.tag": content.hand_in.tag or "",
    }
    texts = {"reason": content.reason}
    texts |= {f"items[{at}].words": row.words for at, row in enumerate(content.items)}
    bad = [name for name, text in lines.items() if escape_as_single_line(text) != text]
    bad += [name for name, text in texts.items() if escape_and_replace_tabs(text) != text]
    if bad:
        _ = translator(lang)
        message = _("the return file holds signs that can't be seen: {field}")
        raise UsageError(
            message.format(field=bad[0]), _("ask the office for the file as it was written")
        )
