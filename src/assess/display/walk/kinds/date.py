"""Date in the walk: a form for the date."""

from __future__ import annotations

from typing import Any

from assess.display.text.forms import FieldErrors, FormField, FormValues, is_iso_date
from assess.display.walk.kinds.kind import (
    WalkKind,
    always_takes_digits,
    make_single_input_choice_lister,
)
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.item import DateItem


def _date_field(_item: DateItem, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    _ = translator(lang)
    text = "" if answer.value is None else format_value_without_exponent(answer.value)
    return (FormField("value", _("Date"), "day", text, _("as 2026-03-18 or 3-18")),)


def _read_date(_item: DateItem, values: FormValues) -> Any:
    return normalize_typed_date(values["value"].strip())


def _find_date_errors(_item: DateItem, value: Any, lang: Lang) -> FieldErrors:
    _ = translator(lang)
    return {} if is_iso_date(value) else {"value": _("not a date; write it as 2026-03-18")}


KIND = WalkKind[DateItem](
    list_offered_choices=make_single_input_choice_lister(N_("enter the date, or just type it")),
    fields=_date_field,
    read=_read_date,
    find_unreadable=_find_date_errors,
    takes_digits=always_takes_digits,
)
