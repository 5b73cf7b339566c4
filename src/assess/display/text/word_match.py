"""Whether a text has the typed words: in any case and width, or by the first letters of pinyin."""

from __future__ import annotations

from assess.engine.kinds.reading import fold_width_and_case
from assess.workspace.core.pinyin_initials import pinyin_initials_of_all_readings


def has_all_words_or_pinyin(text: str, words: str) -> bool:
    """Return whether a text has all words; Latin letters may be the initials of its pinyin."""
    folded = fold_width_and_case(text)
    missing = [word for word in fold_width_and_case(words).split() if word not in folded]
    if not missing:
        return True
    if not all(word.isascii() and word.isalpha() for word in missing):
        return False
    letters = pinyin_initials_of_all_readings(text)
    return all(word in letters for word in missing)
