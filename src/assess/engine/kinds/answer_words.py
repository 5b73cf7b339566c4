"""Statuses, rungs and options by the words that the interface shows for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assess.engine.kinds.reading import fold_width_case_drop_spaces
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.wording import translate_code
from assess.i18n import LANGS
from assess.model.answer import STATUSES
from assess.model.item import Item, Kind, find_kind_of_item

_KINDS_OF_ONE_ID: tuple[Kind, ...] = ("choice", "ladder")
"""The kinds whose value is the id of one of the item's answers."""


def replace_words_by_answer_id(item: Item, words: str) -> str:
    """Return the status, rung or option that words stand for; else the words unchanged.

    The words are those of the interface in either language. The beginning of a rung will do where
    no other rung begins so. A text stays a text, whatever it says.
    """
    kind = find_kind_of_item(item)
    ids = tuple(answer_kind(item).answer_ids(item)) if kind in _KINDS_OF_ONE_ID else ()
    if kind == "text" or words in ids:
        return words
    typed = _fold_and_drop_full_stop(words)
    statuses = STATUSES if answer_kind(item).by_status else ("not_applicable",)
    names: dict[str, list[str]] = {
        status: [translate_code(status, lang) for lang in LANGS] for status in statuses
    }
    texts = {key: [answer_kind(item).value_text(item, key, lang) for lang in LANGS] for key in ids}
    same = _ids_with_fitting_text(names | texts, lambda text: text == typed)
    if not same and typed and kind == "ladder":
        same = _ids_with_fitting_text(texts, lambda text: text.startswith(typed))
    return same[0] if len(same) == 1 else words


def _ids_with_fitting_text(
    texts: Mapping[str, Iterable[str]], fits: Callable[[str], bool]
) -> list[str]:
    """Return the ids of which a text fits."""
    return [
        key
        for key, wordings in texts.items()
        if any(fits(_fold_and_drop_full_stop(wording)) for wording in wordings)
    ]


def _fold_and_drop_full_stop(words: str) -> str:
    """Return words without differences of width, case and space, nor a full stop at the end."""
    return fold_width_case_drop_spaces(words).rstrip(".。")
