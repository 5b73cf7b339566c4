"""Choice in documents: a radio button for each option, and a field for other words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.choice import read_choice
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.item import Choice
from assess.report.content.field_names import OTHER, OWN_WORDS, VALUE
from assess.report.content.view.kinds.entered import EnteredTexts, EntryError
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import ReportKind
from assess.report.content.view.kinds.options import (
    make_other_option_field,
    not_applicable_radio,
    option_fields_of_item_view,
    value_radio,
)


def _view_fields_of_choice(item: Choice, raw: Any, lang: Lang) -> dict[str, Any]:
    return option_fields_of_item_view(item, read_choice(item, raw), lang)


def _option_radios(make: FieldMaker, item: Choice) -> Iterable[FieldView]:
    _ = translator(make.lang)
    for option in item.options:
        yield value_radio(make, option.id, pick_text(option.text, make.lang))
    if item.other is not None:
        yield value_radio(make, OWN_WORDS, _("other:"))
    yield from not_applicable_radio(make, item)


def _read_choice(_item: Choice, entered: EnteredTexts) -> Any:
    chosen, words = entered.get((VALUE,)), entered.get((OTHER,))
    if chosen == OWN_WORDS:
        if not words:
            raise EntryError(N_("“other” is chosen, but no words are given"))
        return {"other": words}
    if words and chosen is None:
        return {"other": words}
    if words:
        raise EntryError(N_("a choice and own words are both given"))
    return chosen


KIND = ReportKind[Choice](
    answer_parts=_view_fields_of_choice,
    ticks=_option_radios,
    texts=make_other_option_field,
    absent_by_radio=True,
    read_entered=_read_choice,
)
