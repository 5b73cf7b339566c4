"""What kinds with radio buttons or tick boxes share in documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assess.engine.kinds.options import ItemWithOptions, Ticks
from assess.engine.kinds.statuses import may_be_inapplicable, status_criterion_text
from assess.engine.kinds.wording import translate_code
from assess.i18n import Lang, translator
from assess.model.base import Text, pick_text
from assess.model.item import Item
from assess.report.content.field_names import OTHER, VALUE
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.kind import TickView


def option_fields_of_item_view(
    item: ItemWithOptions, ticks: Ticks | None, lang: Lang
) -> dict[str, Any]:
    """Return the options and whether each is ticked; other words are one more."""
    chosen = ticks.options if ticks is not None else ()
    options = [make_option_view(option.text, option in chosen, lang) for option in item.options]
    if ticks is not None and ticks.other is not None:
        options.append(make_option_view(ticks.other, True, lang))
    return {"options": tuple(options)}


def make_option_view(text: Text, ticked: bool, lang: Lang) -> TickView:
    """Return one tick."""
    return TickView(text=pick_text(text, lang), ticked=ticked)


def value_radio(make: FieldMaker, value: str, text: str, verdict: str = "") -> FieldView:
    """Return the radio button that enters a value."""
    _ = translator(make.lang)
    return make.make_field("radio", text, VALUE, value=value, verdict=verdict, group=_("answer"))


def not_applicable_radio(make: FieldMaker, item: Item) -> Iterable[FieldView]:
    """Yield the radio button for `not applicable`, where the item may be called so."""
    if may_be_inapplicable(item):
        words = status_criterion_text(item.verdict, "not_applicable", make.lang)
        text = translate_code("not_applicable", make.lang)
        yield value_radio(make, "not_applicable", text, words)


def make_other_option_field(make: FieldMaker, item: ItemWithOptions) -> Iterable[FieldView]:
    """Yield the field for other words, if the item allows them."""
    _ = translator(make.lang)
    if item.other is not None:
        yield make.make_field("text", _("own words"), OTHER)
