"""Items that no answer opens, as a report names them."""

from __future__ import annotations

from collections.abc import Iterator

from assess.display.text.condition_words import ConditionWords
from assess.engine.finding_name import item_label_and_title
from assess.i18n import Lang, translator
from assess.report.content.inputs import SheetInputs


def list_closed_sub_questions(sheet: SheetInputs, lang: Lang) -> Iterator[str]:
    """Yield the items that no answer opens, each with the answers that would open it."""
    _, words = translator(lang), ConditionWords(sheet.checklist, lang)
    for state in sheet.assessment.items:
        if state.closed:
            yield _("{item} (only if {condition})").format(
                item=f"{state.item.id} {item_label_and_title(state.item, lang)}",
                condition=words.format_opening_condition(state.item),
            )
