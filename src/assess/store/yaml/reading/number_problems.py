"""Problems of the number in the `format:` line of a file: newer than the program, or too low."""

from __future__ import annotations

from typing import Any

from assess.i18n import Lang, translator
from assess.model.formats import Format, newer_uses
from assess.problem import Problem


def newer_problem(file: str, value: str, lang: Lang) -> Problem:
    """Return that a file was written by a newer program; `value` is what its `format:` says."""
    _ = translator(lang)
    message = _("the file is newer than this program ({given})").format(given=value)
    return Problem(file, "format-newer", message, _("update assess"), path=("format",))


def low_number_problem(file: str, tree: Any, said: Format, lang: Lang) -> Problem | None:
    """Return the first field that came with a higher number than the file says; None if none did.

    Older programs would call such a field unknown, and advise nothing useful. One line mends all.
    """
    uses = list(newer_uses(said.kind, tree, said.number))
    if not uses:
        return None
    _ = translator(lang)
    place, number = max(uses, key=lambda use: use.number)
    wanted = Format(said.kind, number)
    message = _("this came with {wanted}, and the file says {given}")
    hint = _("write in the first line: format: {wanted}").format(wanted=wanted)
    text = message.format(wanted=wanted, given=said)
    return Problem(file, "field-newer", text, hint, path=place)
