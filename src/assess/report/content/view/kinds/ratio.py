"""Ratio in documents: a field for the part and one for the whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.reading import read_share
from assess.engine.kinds.values import parse_value_or_return_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import N_, Lang
from assess.model.base import pick_text
from assess.model.item import Ratio
from assess.report.content.field_names import PART, WHOLE
from assess.report.content.view.kinds.entered import EnteredTexts, EntryError
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind, value_field_of_item_view


def _view_fields_of_ratio(item: Ratio, raw: Any, lang: Lang) -> dict[str, Any]:
    if read_share(raw) is None:
        return value_field_of_item_view(item, raw, lang)
    return {
        "value": format_value_without_exponent(raw["part"]),
        "whole": format_value_without_exponent(raw["whole"]),
    }


def _make_part_and_whole_fields(make: FieldMaker, item: Ratio) -> Iterable[FieldView]:
    yield make.make_field("text", pick_text(item.ratio.part, make.lang), PART)
    yield make.make_field("text", pick_text(item.ratio.whole, make.lang), WHOLE)


def _read_part_and_whole(item: Ratio, entered: EnteredTexts) -> Any:
    part, whole = entered.get((PART,)), entered.get((WHOLE,))
    if not part and not whole:
        return None
    if not part or not whole:
        raise EntryError(N_("only one of the two numbers is given"))
    return parse_value_or_return_text(item, f"{part}/{whole}")


KIND = ReportKind[Ratio](
    answer_parts=_view_fields_of_ratio,
    texts=_make_part_and_whole_fields,
    read_entered=_read_part_and_whole,
)
