"""Sub-questions that no answer opens, for forms: these print every question that they have."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from assess.i18n import translator
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.items import make_item_view
from assess.report.content.view.model import ItemView
from assess.report.content.view.numbering import Numbering


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
