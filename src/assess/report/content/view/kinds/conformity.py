"""Conformity in documents: a radio button for each status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.statuses import allowed_statuses, status_criterion_text
from assess.engine.kinds.wording import translate_code
from assess.i18n import N_, Lang, translator
from assess.model.answer import STATUSES
from assess.model.item import Conformity
from assess.report.content.field_names import STATUS
from assess.report.content.view.kinds.entered import EnteredTexts, EntryError
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind, TickView, return_no_fields

_MOST_QUOTED = 40
"""Characters of a strange value that a message shows."""


def _view_fields_of_statuses(item: Conformity, status: Any, lang: Lang) -> dict[str, Any]:
    return {
        "options": tuple(
            TickView(text=translate_code(grade, lang), ticked=grade == status)
            for grade in allowed_statuses(item)
        )
    }


def _status_radios(make: FieldMaker, item: Conformity) -> Iterable[FieldView]:
    _ = translator(make.lang)
    for status in allowed_statuses(item):
        words = status_criterion_text(item.verdict, status, make.lang)
        text = translate_code(status, make.lang)
        yield make.make_field("radio", text, STATUS, value=status, verdict=words, group=_("result"))


def _read_status(_item: Conformity, entered: EnteredTexts) -> str | None:
    status = entered.get((STATUS,))
    if status is not None and status not in STATUSES:
        reason = N_("the form holds “{value}”, which is no result")
        raise EntryError(reason, value=status[:_MOST_QUOTED])
    return status


KIND = ReportKind[Conformity](
    answer_parts=_view_fields_of_statuses,
    ticks=_status_radios,
    texts=return_no_fields,
    absent_by_radio=True,
    read_entered=_read_status,
)
