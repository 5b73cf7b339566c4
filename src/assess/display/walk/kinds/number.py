"""Number in the walk: a form for the number."""

from __future__ import annotations

from typing import Any

from assess.display.text.forms import FieldErrors, FormField, FormValues
from assess.display.walk.kinds.kind import (
    WalkKind,
    always_takes_digits,
    make_single_input_choice_lister,
)
from assess.engine.kinds.typed_text import parse_number_or_keep_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.number_text import decimal_text
from assess.i18n import LANGS, N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import NumberItem


def _number_field(item: NumberItem, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    text = "" if answer.value is None else format_value_without_exponent(answer.value)
    label = pick_text(item.number.unit, lang)
    return (FormField("value", label, value=text, hint=_limits_text(item, lang)),)


def _limits_text(item: NumberItem, lang: Lang) -> str:
    _, spec = translator(lang), item.number
    low, high = (None if limit is None else decimal_text(limit) for limit in (spec.min, spec.max))
    if low is not None and high is not None:
        return _("from {low} to {high}").format(low=low, high=high)
    if low is not None:
        return _("at least {low}").format(low=low)
    return "" if high is None else _("at most {high}").format(high=high)


def _read_number(item: NumberItem, values: FormValues) -> Any:
    units = [pick_text(item.number.unit, lang) for lang in LANGS]
    return parse_number_or_keep_text(values["value"], units)


def _find_number_errors(_item: NumberItem, value: Any, lang: Lang) -> FieldErrors:
    _ = translator(lang)
    return {"value": _("type a number")} if isinstance(value, str) else {}


KIND = WalkKind[NumberItem](
    list_offered_choices=make_single_input_choice_lister(N_("enter the number, or just type it")),
    fields=_number_field,
    read=_read_number,
    find_unreadable=_find_number_errors,
    takes_digits=always_takes_digits,
)
