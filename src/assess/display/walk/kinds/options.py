"""What the two kinds with options share in the walk: their choices, and the form for own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.text.forms import FormField
from assess.display.walk.kinds.kind import DIGITS, Effect, OfferedChoice, Ticks
from assess.engine.kinds.options import ItemWithOptions
from assess.engine.punctuation import colon_sign
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text


class OptionChoice(NamedTuple):
    """What the digit of an option does."""

    effect: Effect
    fields: Mapping[str, Any] = {}


def list_option_choices(
    item: ItemWithOptions, choices: Sequence[OptionChoice], ticks: Ticks, lang: Lang
) -> list[OfferedChoice]:
    """Return the choices of the options, and the one of own words where the item allows them."""
    keys = _digit_keys(len(item.options) + 1)
    offered = [
        OfferedChoice(
            key,
            pick_text(option.text, lang),
            choice.effect,
            choice.fields,
            option.id,
            option.id in ticks,
        )
        for key, option, choice in zip(keys, item.options, choices, strict=False)
    ]
    if item.other is not None:
        offered.append(_other_option_choice(keys[len(item.options)], ticks, lang))
    return offered


def _other_option_choice(key: str, ticks: Ticks, lang: Lang) -> OfferedChoice:
    _, words = translator(lang), other_option_text(ticks)
    label = _("own words")
    text = f"{label}{colon_sign(lang)}{words}" if words else label
    return OfferedChoice(key, text, "other", chosen=bool(words))


def _digit_keys(count: int) -> Sequence[str]:
    """Return a digit for each choice; '' past the ninth, which only the list offers."""
    return [*DIGITS, *[""] * count][:count]


def answer_ticks(answer: Answer) -> Ticks:
    """Return the ticks of an answer as a tuple, for kinds with one tick and with many."""
    value = answer.value
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def other_option_text(ticks: Ticks) -> str:
    """Return the user's own words among the ticks; '' without any."""
    texts = (tick.get("other", "") for tick in ticks if isinstance(tick, Mapping))
    return str(next(texts, ""))


def other_option_field(_item: ItemWithOptions, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    """Return the field for the user's own words."""
    _ = translator(lang)
    return (FormField("value", _("own words"), value=other_option_text(answer_ticks(answer))),)
