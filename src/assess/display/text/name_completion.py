"""Completing the typed beginning of a name, also by the first letters of its pinyin; pure."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.kinds.reading import fold_width_and_case
from assess.workspace.core.pinyin_initials import pinyin_initials_of_all_readings


def complete_name(typed: str, known: Iterable[str]) -> str:
    """Return the only known name that begins as typed; without one, or with several, the text."""
    beginning = fold_width_and_case(typed)
    if not beginning or typed in (names := tuple(known)):
        return typed
    fitting = [name for name in names if _begins_with_text_or_pinyin(name, beginning)]
    return fitting[0] if len(fitting) == 1 else typed


def _begins_with_text_or_pinyin(name: str, beginning: str) -> bool:
    if fold_width_and_case(name).startswith(beginning):
        return True
    if not (beginning.isascii() and beginning.isalpha()):
        return False
    return any(
        letters.startswith(beginning) for letters in pinyin_initials_of_all_readings(name).split()
    )
