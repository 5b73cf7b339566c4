"""The type of a kind in the walk: its choices, its input form, and how the form is read.

Every module of this folder that is named after a kind holds one value of it, `KIND`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from assess.display.text.forms import FieldErrors, FormField, FormValues
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.item import Item, Table

ItemT = TypeVar("ItemT", bound=Item)
DIGITS = "123456789"

Effect = Literal["answer", "tick", "input", "other"]
"""answer: writes at once; tick: changes a tick; input: opens the input of the kind; other: opens
the input for the user's own words."""

Ticks = tuple[Any, ...]
"""Ticks as files hold them: option ids, {other: words}."""


class OfferedChoice(NamedTuple):
    """One choice that a digit key makes at an item."""

    key: str
    text: str
    effect: Effect
    fields: Mapping[str, Any] = {}
    """The fields that the choice writes."""
    tick: str = ""
    """The id of the option that the choice ticks."""
    chosen: bool = False
    shown_key: str = ""
    """The key as it stands beside the question; '' for the digit itself."""


ListOfferedChoices = Callable[[ItemT, Answer, Ticks, Lang], list[OfferedChoice]]


class TickRules(NamedTuple, Generic[ItemT]):
    """The functions of a kind whose ticks are changed one by one and saved together."""

    toggle: Callable[[ItemT, Ticks, str], Ticks]
    """Returns the ticks with one option ticked or unticked."""
    set_other: Callable[[ItemT, Ticks, str], Ticks]
    """Returns the ticks with other words beside the options."""
    sort: Callable[[ItemT, Ticks], Ticks]
    """Returns the ticks in the order of the item's options."""


def make_single_input_choice_lister(
    label: str,
) -> Callable[[Item, Answer, Ticks, Lang], list[OfferedChoice]]:
    """Return the choices of a kind that has one only: to open its input, with Enter."""

    def list_input(_item: Item, _answer: Answer, _ticks: Ticks, lang: Lang) -> list[OfferedChoice]:
        return [OfferedChoice("1", translator(lang)(label), "input", shown_key="Enter")]

    return list_input


def no_fields(_item: Item, _answer: Answer, _lang: Lang) -> tuple[FormField, ...]:
    """Return no field: the kind has no input form."""
    return ()


def read_text_field(_item: Item, values: FormValues) -> Any:
    """Return the text of the form's one field."""
    return values["value"].strip()


def find_no_value_errors(_item: Item, _value: Any, _lang: Lang) -> FieldErrors:
    """Return no error: the engine's check finds them all."""
    return {}


def takes_no_digits(_item: Item) -> bool:
    """Return False: a digit is no part of the value."""
    return False


def takes_no_words(_item: Item) -> bool:
    """Return False: the value has no words of one's own."""
    return False


def always_takes_digits(_item: Item) -> bool:
    """Return True: the value is written with digits."""
    return True


def no_table(_item: Item) -> Table | None:
    """Return None: the value is no list of rows."""
    return None


@dataclass(frozen=True, kw_only=True)
class WalkKind(Generic[ItemT]):
    """What the walk knows about one kind of answer."""

    list_offered_choices: ListOfferedChoices[ItemT]
    """The choices of the digits `1`, `2`, `3` …; gets the ticks that are shown."""
    fields: Callable[[ItemT, Answer, Lang], tuple[FormField, ...]] = no_fields
    """The fields of the input form."""
    read: Callable[[ItemT, FormValues], Any] = read_text_field
    """The value of a filled-in form; text that is not understood stays text."""
    find_unreadable: Callable[[ItemT, Any, Lang], FieldErrors] = find_no_value_errors
    """The errors for text that is not understood, by field."""
    ticks: TickRules[ItemT] | None = None
    """How ticks change; None where an answer has one tick or none."""
    takes_digits: Callable[[ItemT], bool] = takes_no_digits
    """Whether a typed digit, zero too, is the first one of the value in its input form."""
    takes_words: Callable[[ItemT], bool] = takes_no_words
    """Whether a typed Han character is the first one of the value in its input form."""
    table: Callable[[ItemT], Table | None] = no_table
    """The table whose rows are asked for in a dialog, in place of the input form."""
