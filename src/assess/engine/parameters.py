"""Requirements with the values that the organization sets; only text is put in, never code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from assess.engine.number_text import decimal_text
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item
from assess.model.results import ItemState

OPEN_VALUE: Final[Mapping[Lang, str]] = {"zh": "［{}］", "en": "[{}]"}
"""How the label stands for a value that is not given."""


def select_parameter_values(item: Item, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the facts that an item's parameters stand for, as far as they are given."""
    return {
        parameter.fact: facts[parameter.fact]
        for parameter in item.parameters
        if parameter.fact in facts
    }


def requirement_text_with_values(state: ItemState, lang: Lang) -> str:
    """Return the requirement of an item with a value, or a label in brackets, for each `{fact}`.

    Only declared parameters are replaced, each once and never in a value: other braces stay.
    """
    words = pick_text(state.item.requirement, lang)
    labels = {parameter.fact: parameter.label for parameter in state.item.parameters}
    if not labels:
        return words
    pieces = []
    while (place := words.find("{")) >= 0:
        name, closing, rest = words[place + 1 :].partition("}")
        if not (closing and name in labels):
            pieces.append(words[: place + 1])
            words = words[place + 1 :]
            continue
        value = state.parameters.get(name)
        shown = (
            OPEN_VALUE[lang].format(pick_text(labels[name], lang))
            if value is None
            else _parameter_value_text(value)
        )
        pieces.append(f"{words[:place]}{shown}")
        words = rest
    return "".join((*pieces, words))


def _parameter_value_text(value: Any) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
