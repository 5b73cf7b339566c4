"""Problems of the number in the `format:` line of a file: newer than the program, or too low."""

from __future__ import annotations

from typing import Any

from assess.i18n import Lang, translator
from assess.model.formats import Format, find_uses_of_newer_formats
from assess.problem import Problem


def newer_format_problem(file: str, format_text: str, lang: Lang) -> Problem:
    """Return the problem of a file that a newer program wrote; `format_text` is its `format:`."""
    _ = translator(lang)
    message = _("the file is newer than this program ({given})").format(given=format_text)
    return Problem(file, "format-newer", message, _("update assess"), path=("format",))


def low_format_number_problem(
    file: str, tree: Any, file_format: Format, lang: Lang
) -> Problem | None:
    """Return a problem if a field needs a higher number than the file's `format:` has, else None.

    Older programs would call such a field unknown, without a useful hint. The problem names the
    field that needs the highest number: raising the number to it is enough for all fields.
    """
    uses = list(find_uses_of_newer_formats(file_format.kind, tree, file_format.number))
    if not uses:
        return None
    _ = translator(lang)
    path, number, lacks = max(uses, key=lambda use: use.number)
    wanted = Format(file_format.kind, number)
    message = _("this came with {wanted}, and the file says {given}")
    hint = _("write in the first line: format: {wanted}")
    if lacks:
        message = _("`{field}` may be left out from {wanted} on, and the file says {given}")
        hint = _("add `{field}`, or write in the first line: format: {wanted}")
    hint = hint.format(field=lacks, wanted=wanted)
    text = message.format(field=lacks, wanted=wanted, given=file_format)
    return Problem(file, "field-newer", text, hint, path=path)
