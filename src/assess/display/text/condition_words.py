"""Conditions in words: what an answer must be so that a sub-question is asked."""

from __future__ import annotations

from typing import Any, Final

from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.wording import format_fact_value, format_value_without_exponent
from assess.engine.scoring.conditions import list_parent_item_ids
from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist, FactDef
from assess.model.condition import Condition
from assess.model.item import Item

_OPERATORS: Final = (
    N_("{name} is {value}"),
    N_("{name} is {value}"),
    N_("{name} is at least {value}"),
    N_("{name} is at most {value}"),
    N_("{name} is above {value}"),
    N_("{name} is below {value}"),
)
"""In the order of `Condition.list_operands`."""

_EQUALITY: Final = range(2)
"""The places of those that ask for the value itself."""


class ConditionWords:
    """The conditions of a checklist in words of one language."""

    def __init__(self, checklist: Checklist, lang: Lang) -> None:
        self._facts = checklist.profile
        self._items = checklist.items()
        self._lang = lang
        self._t = translator(lang)

    def format_opening_condition(self, item: Item) -> str:
        """Return which answers open a sub-question; '' where the item is none."""
        condition = item.applies_when
        if condition is None or not list_parent_item_ids(condition):
            return ""
        return self._format_condition(condition)

    def _format_condition(self, condition: Condition, *, is_nested: bool = False) -> str:
        """Return a condition in words; a nested group stands in brackets."""
        if condition.item is not None or condition.fact is not None:
            return self._format_comparison(condition)
        _ = self._t
        if condition.not_ is not None:
            inner = self._format_condition(condition.not_, is_nested=True)
            return _("it is not so that {condition}").format(condition=inner)
        sign = _(", and ") if condition.all is not None else _(", or ")
        parts = condition.all or condition.any or ()
        text = sign.join(self._format_condition(part, is_nested=True) for part in parts)
        return _("({condition})").format(condition=text) if is_nested and len(parts) > 1 else text

    def _format_comparison(self, condition: Condition) -> str:
        index, operand = next(
            (index, operand)
            for index, operand in enumerate(condition.list_operands())
            if operand is not None
        )
        values = operand if isinstance(operand, tuple) else (operand,)
        value = self._t(" or ").join(self._format_value(condition, each) for each in values)
        template = _OPERATORS[index]
        if index in _EQUALITY and self._is_about_numeric_item(condition):
            template = N_("{name} equals {value}")
        return self._t(template).format(name=self._format_item_or_fact_name(condition), value=value)

    def _format_item_or_fact_name(self, condition: Condition) -> str:
        """Return the id of an item, or the question of a fact."""
        if condition.item is not None:
            return escape_as_single_line(condition.item)
        fact = self._find_fact(condition)
        question = pick_text(fact.question, self._lang) if fact is not None else condition.fact
        return self._t("“{text}”").format(text=escape_as_single_line(question or ""))

    def _format_value(self, condition: Condition, value: Any) -> str:
        item = self._items.get(condition.item or "")
        fact = answer_kind(item).comparable_as(item) if item else self._find_fact(condition)
        if item is not None and self._is_about_numeric_item(condition):
            return answer_kind(item).value_text(item, value, self._lang)
        text = (
            format_fact_value(fact, value, self._lang)
            if fact
            else format_value_without_exponent(value)
        )
        return self._t("“{text}”").format(text=escape_as_single_line(text))

    def _is_about_numeric_item(self, condition: Condition) -> bool:
        """Return whether it compares the answer to an item that is a number."""
        item = self._items.get(condition.item or "")
        fact = answer_kind(item).comparable_as(item) if item is not None else None
        return fact is not None and fact.type in ("integer", "number")

    def _find_fact(self, condition: Condition) -> FactDef | None:
        return self._facts.get((condition.fact or "").removeprefix("organization."))
