"""Choices in the walk: a digit ticks an option; the ticks are saved together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assess.display.text.forms import FormValues
from assess.display.walk.kinds.kind import OfferedChoice, TickRules, Ticks, WalkKind
from assess.display.walk.kinds.options import OptionChoice, list_option_choices, other_option_field
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Choices
from assess.model.item_parts import Option


def _list_tick_choices(
    item: Choices, _answer: Answer, ticks: Ticks, lang: Lang
) -> list[OfferedChoice]:
    return list_option_choices(item, [OptionChoice("tick")] * len(item.options), ticks, lang)


def toggle_option(item: Choices, ticks: Ticks, option_id: str) -> Ticks:
    """Return the ticks with one option ticked or unticked.

    An exclusive option unticks the others. The order is that of the item's options, with own words
    last.
    """
    options = {option.id: option for option in item.options}
    if option_id in ticks:
        return tuple(tick for tick in ticks if tick != option_id)
    if options[option_id].exclusive:
        return (option_id,)
    remaining = [tick for tick in ticks if not _is_exclusive(options, tick)]
    return sort_ticks(item, (*remaining, option_id))


def set_other_option_text(item: Choices, ticks: Ticks, words: str) -> Ticks:
    """Return the ticks with these own words; '' removes them."""
    options = {option.id: option for option in item.options}
    ids = tuple(tick for tick in ticks if isinstance(tick, str))
    if not words:
        return ids
    return (*(tick for tick in ids if not _is_exclusive(options, tick)), {"other": words})


def sort_ticks(item: Choices, ticks: Ticks) -> Ticks:
    """Return the ticks in the order of the item's options."""
    order = [option.id for option in item.options]
    known = [option for option in order if option in ticks]
    return (*known, *(tick for tick in ticks if tick not in order))


def _is_exclusive(options: Mapping[str, Option], tick: Any) -> bool:
    return isinstance(tick, str) and tick in options and options[tick].exclusive


def _read_other_option_text(_item: Choices, values: FormValues) -> Any:
    return [{"other": values["value"].strip()}]


KIND = WalkKind[Choices](
    list_offered_choices=_list_tick_choices,
    fields=other_option_field,
    read=_read_other_option_text,
    ticks=TickRules(toggle_option, set_other_option_text, sort_ticks),
)
