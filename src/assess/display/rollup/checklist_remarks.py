"""What is odd about the checklists of a hand-in, as status and tables say it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.receipt import Receipt

CODES_OF_OTHER_CHECKLISTS: Final = frozenset(
    {"checklist-edited", "checklist-version", "checklist-other"}
)
"""Remarks of receipts that a checklist is not one that was issued."""


def list_lacking_sheets(receipt: Receipt | None, lang: Lang) -> Iterator[str]:
    """Yield for each checklist without an answer sheet that it is missing."""
    _ = translator(lang)
    for remark in receipt.reasons if receipt is not None else ():
        if remark.code == "checklist-lacking":
            name = pick_text(remark.words.get("id", "?"), lang)
            yield _("no answer sheet of the checklist {id}").format(id=name)
