"""Which proof of an item a piece of evidence serves, by the words that both share; pure."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from assess.display.text.word_match import fold_text
from assess.han import is_han
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item, Proof

_ENOUGH = 0.5
"""Share of a title's words from which a proof with them is likely the one."""


def choose_proof(item: Item, title: str, missing: Collection[str], lang: Lang) -> str:
    """Return the id of the proof that a piece with this title most likely serves.

    Without a likely one it is the first required proof that is missing, else the first of the
    item, and `other` for an item that asks for none.
    """
    shares = [(likeness_of_proof(proof, title, lang), proof.id) for proof in item.evidence]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, "other"))
    if best[0] >= _ENOUGH:
        return best[1]
    first = (proof.id for proof in item.evidence if not missing or proof.id in missing)
    return next(first, "other")


def is_likely_served(item: Item, title: str, lang: Lang) -> bool:
    """Return whether a piece with this title likely is a proof that the item asks for."""
    return any(likeness_of_proof(proof, title, lang) >= _ENOUGH for proof in item.evidence)


def likeness_of_proof(proof: Proof, title: str, lang: Lang) -> float:
    """Return the share of a title's words that the wording of a proof has, from 0 to 1.

    Words of Chinese are its pairs of characters.
    """
    wanted, text = _words(title), _words(pick_text(proof.text, lang))
    return len(wanted & text) / len(wanted) if wanted else 0.0


def _words(text: str) -> set[str]:
    folded = fold_text(text)
    spaced = "".join(char if char.isalnum() and not is_han(char) else " " for char in folded)
    pairs = (first + second for first, second in pairwise(folded))
    return {*spaced.split(), *(pair for pair in pairs if all(map(is_han, pair)))}
