"""Choice in the walk: a digit for each option, and a form for own words."""

from __future__ import annotations

from typing import Any

from assess.display.text.forms import FormValues
from assess.display.walk.kinds.kind import OfferedChoice, Ticks, WalkKind
from assess.display.walk.kinds.options import OptionChoice, list_option_choices, other_option_field
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Choice


def _list_choices(item: Choice, _answer: Answer, ticks: Ticks, lang: Lang) -> list[OfferedChoice]:
    choices = [OptionChoice("answer", {"value": option.id}) for option in item.options]
    return list_option_choices(item, choices, ticks, lang)


def _read_other_option_text(_item: Choice, values: FormValues) -> Any:
    return {"other": values["value"].strip()}


KIND = WalkKind[Choice](
    list_offered_choices=_list_choices, fields=other_option_field, read=_read_other_option_text
)
