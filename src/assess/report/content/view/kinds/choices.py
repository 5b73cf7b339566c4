"""Choices in documents: a tick box for each option, and a field for other words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.choices import read_choices
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Choices
from assess.report.content.field_names import OTHER, TICK
from assess.report.content.view.kinds.entered import EnteredTexts
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind
from assess.report.content.view.kinds.options import (
    make_other_option_field,
    option_fields_of_item_view,
)


def _view_fields_of_choices(item: Choices, raw: Any, lang: Lang) -> dict[str, Any]:
    return option_fields_of_item_view(item, read_choices(item, raw), lang)


def _option_checkboxes(make: FieldMaker, item: Choices) -> Iterable[FieldView]:
    for option in item.options:
        yield make.make_field("tick", pick_text(option.text, make.lang), TICK, option.id)


def _read_ticks(item: Choices, entered: EnteredTexts) -> Any:
    ticks: list[Any] = [option.id for option in item.options if (TICK, option.id) in entered]
    words = entered.get((OTHER,))
    return [*ticks, {"other": words}] if words else ticks or None


KIND = ReportKind[Choices](
    answer_parts=_view_fields_of_choices,
    ticks=_option_checkboxes,
    texts=make_other_option_field,
    read_entered=_read_ticks,
)
