"""Ratio in the walk: a form for part and whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.display.text.forms import FieldErrors, FormField, FormValues
from assess.display.walk.kinds.kind import (
    WalkKind,
    always_takes_digits,
    make_single_input_choice_lister,
)
from assess.engine.kinds.typed_text import COUNTING_UNITS, parse_number_or_keep_text
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.item import Ratio


def _part_and_whole_fields(item: Ratio, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    counts = answer.value if isinstance(answer.value, Mapping) else {}
    return tuple(
        FormField(part, pick_text(label, lang), value=str(counts.get(part, "")))
        for part, label in (("part", item.ratio.part), ("whole", item.ratio.whole))
    )


def _read_part_and_whole(_item: Ratio, values: FormValues) -> Any:
    return {
        part: parse_number_or_keep_text(values[part], COUNTING_UNITS) for part in ("part", "whole")
    }


def _find_part_and_whole_errors(_item: Ratio, value: Any, lang: Lang) -> FieldErrors:
    _ = translator(lang)
    return {part: _("type a whole number") for part in value if isinstance(value[part], str)}


KIND = WalkKind[Ratio](
    list_offered_choices=make_single_input_choice_lister(
        N_("enter both numbers, or just type the first")
    ),
    fields=_part_and_whole_fields,
    read=_read_part_and_whole,
    find_unreadable=_find_part_and_whole_errors,
    takes_digits=always_takes_digits,
)
