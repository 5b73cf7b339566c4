"""The digit keys at an item: its choices, and what each writes or opens."""

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
"""answer: writes at once; tick: changes a tick; input: opens the input of the kind; other: opens
the input for the user's own words."""


class Choosable(NamedTuple):
    """One choice that a digit key makes at an item."""

    key: str
    text: str
    effect: Effect
    fields: Mapping[str, Any] = {}
    """The fields that the choice writes."""
    tick: str = ""
    """The id of the option that the choice ticks."""
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


def list_choosables(
    item: Item, answer: Answer, lang: Lang, ticks: Ticks | None = None
) -> list[Choosable]:
    """Return the choices of keys `1`, `2`, `3` … at an item; `0` is always not applicable.

    `ticks` are unsaved ticks. Without them the ticks are those of the answer.
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
        return _option_choosables(item, answer, lang, ticks)
    return [Choosable("1", translator(lang)(_OPENS[type(item).__name__]), "input")]


def _option_choosables(
    item: Choice | Choices, answer: Answer, lang: Lang, ticks: Ticks | None
) -> list[Choosable]:
    many = isinstance(item, Choices)
    ticked = ticks if ticks is not None else answer_ticks(answer)
    choices = [
        Choosable(
            key,
            pick(option.text, lang),
            "tick" if many else "answer",
            {} if many else {"value": option.id},
            option.id,
            option.id in ticked,
        )
        for key, option in zip(_digit_keys(len(item.options)), item.options, strict=True)
    ]
    if item.other is not None:
        words = other_words(ticked)
        _ = translator(lang)
        label = _("own words")
        text = f"{label}{colon(lang)}{words}" if words else label
        choices.append(
            Choosable(_digit_keys(len(choices) + 1)[-1], text, "other", chosen=bool(words))
        )
    return choices


def _digit_keys(count: int) -> Sequence[str]:
    """Return a digit for each choice; '' past the ninth, which only the list offers."""
    return [*DIGITS, *[""] * count][:count]


def answer_ticks(answer: Answer) -> Ticks:
    """Return the ticks of an answer as a tuple, for kinds with one tick and with many."""
    value = answer.value
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def other_words(ticks: Ticks) -> str:
    """Return the user's own words among the ticks; '' without any."""
    texts = (tick.get("other", "") for tick in ticks if isinstance(tick, Mapping))
    return str(next(texts, ""))


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


def set_other_words(item: Choices, ticks: Ticks, words: str) -> Ticks:
    """Return the ticks with these own words; '' removes them."""
    options = {option.id: option for option in item.options}
    remaining = tuple(
        tick for tick in ticks if isinstance(tick, str) and not _is_exclusive(options, tick)
    )
    return (
        (*remaining, {"other": words}) if words else tuple(t for t in ticks if isinstance(t, str))
    )


def sort_ticks(item: Choices, ticks: Ticks) -> Ticks:
    """Return the ticks in the order of the item's options."""
    order = [option.id for option in item.options]
    known = [option for option in order if option in ticks]
    return (*known, *(tick for tick in ticks if tick not in order))


def _is_exclusive(options: Mapping[str, Option], tick: Any) -> bool:
    return isinstance(tick, str) and tick in options and options[tick].exclusive
