"""The title of an item that has none: the start of its requirement."""

from __future__ import annotations

import re
from typing import Final

from assess.han import has_han
from assess.model.base import Bilingual, Text

_LONGEST_TITLE: Final = {True: 20, False: 60}
"""Characters of a title that is cut from a requirement, with and without Han characters."""


def shorten_to_title(requirement: Text) -> Text:
    """Return the first sentence of a requirement, cut with … where it is too long for a title."""
    if isinstance(requirement, str):
        return _shorten_to_first_sentence(requirement)
    zh, en = requirement.zh, requirement.en
    return Bilingual(
        zh=zh and _shorten_to_first_sentence(zh), en=en and _shorten_to_first_sentence(en)
    )


def _shorten_to_first_sentence(words: str) -> str:
    plain = _PARAMETER.sub("…", " ".join(words.split()))
    sentence = _SENTENCE_END.split(plain, maxsplit=1)[0]
    longest = _LONGEST_TITLE[has_han(sentence[: _LONGEST_TITLE[False]])]
    if len(sentence) <= longest:
        return sentence
    beginning = sentence[: longest - 1]
    if sentence[longest - 1].isascii() and " " in beginning:
        beginning = beginning.rpartition(" ")[0]
    return f"{beginning.rstrip(' ,;:，；：、…')}…"


_PARAMETER: Final = re.compile(r"\{[a-z][a-z0-9_]*\}")
"""A value that the organization sets; a title has room for none."""

_SENTENCE_END: Final = re.compile(r"[。；;]|[.:](?=\s|$)")
