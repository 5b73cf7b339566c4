"""Sub-questions that no answer opens: a report names them, a form prints them in full."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from assess.display.text.condition_words import ConditionWords
from assess.engine.finding_name import item_label_and_title
from assess.i18n import Lang, translator
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.items import make_item_view
from assess.report.content.view.model import ItemView
from assess.report.content.view.numbering import Numbering


def list_closed_sub_questions(sheet: SheetInputs, lang: Lang) -> Iterator[str]:
    """Yield the items that no answer opens, each with the answers that would open it."""
    _, words = translator(lang), ConditionWords(sheet.checklist, lang)
    for state in sheet.assessment.items:
        if state.closed:
            yield _("{item} (only if {condition})").format(
                item=f"{state.item.id} {item_label_and_title(state.item, lang)}",
                condition=words.format_opening_condition(state.item),
            )


def list_closed_sub_question_views(
    sheet_inputs: SheetInputs, inputs: ReportInputs, numbering: Numbering
) -> Iterator[ItemView]:
    """Yield the sub-questions of a sheet that no answer opens, without the answers that they keep.

    What stands in the question is there: title, unit, options, columns.
    """
    _ = translator(inputs.lang)
    for state in sheet_inputs.assessment.items:
        if state.closed:
            item_view = make_item_view(
                msgspec.structs.replace(state, answer=None),
                sheet_inputs.checklist,
                inputs,
                numbering,
                (sheet_inputs.name, state.item.id),
            )
            yield msgspec.structs.replace(item_view, tone="closed", result=_("not to be filled in"))
