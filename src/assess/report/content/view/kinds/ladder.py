"""Ladder in documents: a radio button for each rung."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Ladder
from assess.report.content.field_names import VALUE
from assess.report.content.view.kinds.entered import EnteredTexts
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind, return_no_fields
from assess.report.content.view.kinds.options import (
    make_option_view,
    not_applicable_radio,
    value_radio,
)


def _view_fields_of_rungs(item: Ladder, raw: Any, lang: Lang) -> dict[str, Any]:
    return {
        "options": tuple(make_option_view(rung.text, rung.id == raw, lang) for rung in item.rungs)
    }


def _rung_radios(make: FieldMaker, item: Ladder) -> Iterable[FieldView]:
    for rung in item.rungs:
        yield value_radio(make, rung.id, pick_text(rung.text, make.lang))
    yield from not_applicable_radio(make, item)


def _read_rung(_item: Ladder, entered: EnteredTexts) -> str | None:
    return entered.get((VALUE,)) or None


KIND = ReportKind[Ladder](
    answer_parts=_view_fields_of_rungs,
    ticks=_rung_radios,
    texts=return_no_fields,
    absent_by_radio=True,
    read_entered=_read_rung,
)
