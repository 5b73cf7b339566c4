"""Number in documents: a field followed by the unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.unit_words import unit_text
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import NumberItem
from assess.report.content.field_names import VALUE
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind, value_field_of_item_view


def _view_fields_of_number(item: NumberItem, raw: Any, lang: Lang) -> dict[str, Any]:
    return {
        "unit": unit_text(item.number.unit, raw, lang),
        **value_field_of_item_view(item, raw, lang),
    }


def _number_field(make: FieldMaker, item: NumberItem) -> Iterable[FieldView]:
    yield make.make_field("text", pick_text(item.number.unit, make.lang), VALUE)


KIND = ReportKind[NumberItem](answer_parts=_view_fields_of_number, texts=_number_field)
