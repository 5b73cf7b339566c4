"""What an answer lacks, in words: for the lines of the review and the text of a return."""

from __future__ import annotations

from assess.engine.gaps import Gap
from assess.engine.punctuation import colon_sign, enumeration_comma_sign, semicolon_sign
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.item import Item
from assess.model.results import ItemState

_WORDS: dict[Gap, str] = {
    "reason": N_("the reason is missing"),
    "remediation": N_("no remediation is planned"),
    "plan": N_("the remediation has no owner or no due date"),
    "stale": N_("answered to an older wording"),
}
_EVIDENCE: tuple[Gap, ...] = ("high_evidence", "evidence")


def list_gap_texts(gaps: tuple[Gap, ...], state: ItemState, lang: Lang) -> list[str]:
    """Return what an answer with these gaps lacks, a text each; nothing where it is whole."""
    _ = translator(lang)
    texts = [_(words) for gap, words in _WORDS.items() if gap in gaps]
    if any(gap in gaps for gap in _EVIDENCE):
        names = enumeration_comma_sign(lang).join(
            _proof_names(state.item, state.missing_evidence, lang)
        )
        texts.append(_("required evidence is missing") + colon_sign(lang) + names)
    return texts


def _proof_names(item: Item, proofs: tuple[str, ...], lang: Lang) -> list[str]:
    return [pick_text(proof.text, lang) for proof in item.evidence if proof.id in proofs]


def join_gap_texts(gap_texts: list[str], lang: Lang) -> str:
    """Return what an answer lacks, as one text."""
    return semicolon_sign(lang).join(gap_texts)
