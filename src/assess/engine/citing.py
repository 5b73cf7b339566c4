"""What an item cites, in words: what binds the department, and what is only an example."""

from __future__ import annotations

from typing import NamedTuple

from assess.engine.punctuation import semicolon_sign
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist, is_non_binding_basis
from assess.model.item import Item, Ref

WHOLE_DOCUMENT = "—- "
"""The signs of a clause that stands for a whole document."""


class Citations(NamedTuple):
    """Titles with their clauses, in the order of the item."""

    basis: tuple[str, ...]
    examples: tuple[str, ...]
    """Rules of other places and common practice, which do not bind the organization."""


def list_binding_and_example_citations(item: Item, checklist: Checklist, lang: Lang) -> Citations:
    """Return what an item cites; a basis that the checklist does not define by its id."""

    def citation_text(ref: Ref) -> str:
        known = checklist.basis.get(ref.basis)
        title = pick_text(known.title, lang) if known else ref.basis
        return f"{title} {ref.clause.strip(WHOLE_DOCUMENT)}".rstrip()

    return Citations(
        tuple(citation_text(ref) for ref in item.refs if not is_non_binding_basis(ref.basis)),
        tuple(citation_text(ref) for ref in item.refs if is_non_binding_basis(ref.basis)),
    )


def format_citations(item: Item, checklist: Checklist, lang: Lang) -> str:
    """Return what an item cites as one text, examples last and named so; '' for nothing."""
    _ = translator(lang)
    basis, examples = list_binding_and_example_citations(item, checklist, lang)
    parts = list(basis)
    if examples:
        parts.append(_("for reference: {texts}").format(texts=semicolon_sign(lang).join(examples)))
    return semicolon_sign(lang).join(parts)
