"""What the digits mean at an item: its choices, and what taking one writes or opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from assess.engine.kinds.wording import name
from assess.engine.punctuation import colon
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Choice, Choices, Conformity, Item, Ladder, Option

DIGITS = "123456789"

Effect = Literal["answer", "tick", "input", "other"]
"""Writes at once; changes a tick; opens the input of the kind; opens the input for own words."""


class Choosable(NamedTuple):
    """One thing a digit does at an item."""

    key: str
    text: str
    effect: Effect
    fields: Mapping[str, Any] = {}
    """What taking it writes."""
    tick: str = ""
    """The option that it ticks."""
    chosen: bool = False


Ticks = tuple[Any, ...]
"""Ticks of a `choices` item as files hold them: option ids, {other: words}."""

_OPENS = {
    "Ratio": N_("enter part and whole"),
    "NumberItem": N_("enter the number"),
    "DateItem": N_("enter the date"),
    "TextItem": N_("enter the text"),
    "Table": N_("enter the rows"),
}


def choosables(
    item: Item, answer: Answer, lang: Lang, ticks: Ticks | None = None
) -> list[Choosable]:
    """Return what `1`, `2`, `3` … do at an item; `0` (not applicable) is always beside them.

    `ticks` are those not yet saved; left out: the answer's own.
    """
    if isinstance(item, Conformity):
        statuses = ("met", "partial", "unmet")
        return [
            Choosable(
                key,
                name(status, lang),
                "answer",
                {"status": status},
                chosen=answer.status == status,
            )
            for key, status in zip(DIGITS, statuses, strict=False)
        ]
    if isinstance(item, Ladder):
        return [
            Choosable(
                key,
                pick(rung.text, lang),
                "answer",
                {"value": rung.id},
                chosen=answer.value == rung.id,
            )
            for key, rung in zip(DIGITS, item.rungs, strict=False)
        ]
    if isinstance(item, Choice | Choices):
        return _options(item, answer, lang, ticks)
    return [Choosable("1", translator(lang)(_OPENS[type(item).__name__]), "input")]


def _options(
    item: Choice | Choices, answer: Answer, lang: Lang, ticks: Ticks | None
) -> list[Choosable]:
    many = isinstance(item, Choices)
    taken = ticks if ticks is not None else own_ticks(answer)
    found = [
        Choosable(
            key,
            pick(option.text, lang),
            "tick" if many else "answer",
            {} if many else {"value": option.id},
            option.id,
            option.id in taken,
        )
        for key, option in zip(_keys(len(item.options)), item.options, strict=True)
    ]
    if item.other is not None:
        words = other_words(taken)
        _ = translator(lang)
        label = _("own words")
        text = f"{label}{colon(lang)}{words}" if words else label
        found.append(Choosable(_keys(len(found) + 1)[-1], text, "other", chosen=bool(words)))
    return found


def _keys(count: int) -> Sequence[str]:
    """Return the digits; past nine there is none, such options are reached through the list."""
    return [*DIGITS, *[""] * count][:count]


def own_ticks(answer: Answer) -> Ticks:
    """Return what is ticked in an answer, as a tuple, for one tick and for many."""
    value = answer.value
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def other_words(ticks: Ticks) -> str:
    """Return the own words among ticks, '' where there are none."""
    found = (tick.get("other", "") for tick in ticks if isinstance(tick, Mapping))
    return str(next(found, ""))


def toggled(item: Choices, ticks: Ticks, option_id: str) -> Ticks:
    """Return the ticks with one option ticked or unticked; an exclusive one drives out the rest.

    The order is that of the item's options, own words last.
    """
    options = {option.id: option for option in item.options}
    if option_id in ticks:
        return tuple(tick for tick in ticks if tick != option_id)
    if options[option_id].exclusive:
        return (option_id,)
    kept = [tick for tick in ticks if not _exclusive(options, tick)]
    return in_item_order(item, (*kept, option_id))


def with_other(item: Choices, ticks: Ticks, words: str) -> Ticks:
    """Return the ticks with these own words; without words they go."""
    options = {option.id: option for option in item.options}
    kept = tuple(tick for tick in ticks if isinstance(tick, str) and not _exclusive(options, tick))
    return (*kept, {"other": words}) if words else tuple(t for t in ticks if isinstance(t, str))


def in_item_order(item: Choices, ticks: Ticks) -> Ticks:
    """Return the ticks in the order of the item's options."""
    order = [option.id for option in item.options]
    known = [option for option in order if option in ticks]
    return (*known, *(tick for tick in ticks if tick not in order))


def _exclusive(options: Mapping[str, Option], tick: Any) -> bool:
    return isinstance(tick, str) and tick in options and options[tick].exclusive
