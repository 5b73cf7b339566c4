"""Which proof of an item a piece of evidence serves, by the words that both share; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from assess.engine.kinds.reading import fold_width_and_case
from assess.han import is_han
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item

_ENOUGH = 0.5
"""Share of a title's words from which a proof with them is likely the one."""
_RELATED = 0.25
"""The same share for a list of items, where a word counts less the more proofs have it."""


def choose_most_likely_proof_id(
    item: Item, title: str, missing: Collection[str], lang: Lang
) -> str:
    """Return the id of the proof that a piece with this title most likely serves.

    Without a likely one it is the first required proof that is missing, else the first of the
    item, and `other` for an item that asks for none.
    """
    wanted = dict.fromkeys(_split_words_and_han_pairs(title), 1.0)
    shares = [
        (
            _weighted_share_of_words(
                wanted, _split_words_and_han_pairs(pick_text(proof.text, lang))
            ),
            proof.id,
        )
        for proof in item.evidence
    ]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, "other"))
    if best[0] >= _ENOUGH:
        return best[1]
    first = (proof.id for proof in item.evidence if not missing or proof.id in missing)
    return next(first, "other")


def list_likely_item_indexes(items: Sequence[Item], title: str, lang: Lang) -> list[int]:
    """Return the indexes of the items that likely ask for a piece with this title, best first."""
    texts = [[pick_text(proof.text, lang) for proof in item.evidence] for item in items]
    words = {text: _split_words_and_han_pairs(text) for of_item in texts for text in of_item}
    counts = Counter(word for of_text in words.values() for word in of_text)
    wanted = {word: 1 / counts[word] for word in _split_words_and_han_pairs(title) if counts[word]}
    shares = [
        max((_weighted_share_of_words(wanted, words[text]) for text in of_item), default=0.0)
        for of_item in texts
    ]
    likely = (index for index, share in enumerate(shares) if share >= _RELATED)
    return sorted(likely, key=lambda index: -shares[index])


def _weighted_share_of_words(wanted: Mapping[str, float], words: Collection[str]) -> float:
    """Return the weight of the wanted words that are there, as a share of the weight of all."""
    whole = sum(wanted.values())
    return sum(weight for word, weight in wanted.items() if word in words) / whole if whole else 0


def _split_words_and_han_pairs(text: str) -> set[str]:
    """Return the words of a text: its pairs of Chinese characters, and words of other letters."""
    folded = fold_width_and_case(text)
    spaced = "".join(char if char.isalnum() and not is_han(char) else " " for char in folded)
    words = (word for word in spaced.split() if not word.isdecimal())
    pairs = (first + second for first, second in pairwise(folded))
    return {*words, *(pair for pair in pairs if all(map(is_han, pair)))}
