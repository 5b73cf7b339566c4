"""Number: answered by a number with a unit.

The degree is that of the first step that fits, below all steps 0; without steps it does not score.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from assess.engine.kinds.kind import (
    AnswerKind,
    CheckContext,
    ValueFault,
    ValueFaults,
    malformed_value_fault,
)
from assess.engine.kinds.lint_parts import lint_limits_order, lint_step_bounds_and_degrees
from assess.engine.kinds.operand import Operand
from assess.engine.kinds.reading import (
    degree_of_matching_step,
    read_number,
)
from assess.engine.kinds.typed_text import parse_number_or_keep_text
from assess.engine.kinds.unit_words import unit_text
from assess.engine.kinds.wording import format_value_without_exponent
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_, Lang
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import FactDef, Scoring
from assess.model.item import NumberItem
from assess.problem import TreePath

NUMBER_FORM = N_("a number, such as 12.5; in YAML without quotes")


def _check_number(item: NumberItem, raw: Any, _context: CheckContext) -> ValueFaults:
    number = read_number(raw)
    if number is None:
        yield malformed_value_fault()
        return
    spec = item.number
    yield from check_limits(number, spec.min, spec.max)
    places = decimal_text(number).partition(".")[2]
    if len(places) > spec.decimals:
        words = {"given": decimal_text(number), "limit": spec.decimals}
        yield ValueFault("number-decimals" if spec.decimals else "number-whole", words)


def check_limits(
    number: Decimal, least: Decimal | None, most: Decimal | None, path: TreePath = ()
) -> ValueFaults:
    """Yield what is wrong with a number that has limits; cells of tables have them too."""
    text = decimal_text(number)
    if least is not None and number < least:
        yield ValueFault("number-below", {"given": text, "limit": decimal_text(least)}, path)
    if most is not None and number > most:
        yield ValueFault("number-above", {"given": text, "limit": decimal_text(most)}, path)


def _has_degree_steps(item: NumberItem) -> bool:
    return bool(item.number.steps)


def _number_degree(item: NumberItem, answer: Answer, _scoring: Scoring) -> Fraction | None:
    number = read_number(answer.value)
    return None if number is None else degree_of_matching_step(item.number.steps, Fraction(number))


def _is_number(_item: NumberItem, raw: Any) -> bool:
    return read_number(raw) is not None


def _number_and_unit_text(item: NumberItem, raw: Any, lang: Lang) -> str:
    return f"{format_value_without_exponent(raw)} {unit_text(item.number.unit, raw, lang)}".rstrip()


def _number_text_if_scored(item: NumberItem, raw: Any, lang: Lang) -> str | None:
    return _number_and_unit_text(item, raw, lang) if _has_degree_steps(item) else None


def _parse_number_or_return_text(item: NumberItem, text: str) -> Any:
    """Return the number; it may bear the unit of the item in either language."""
    return parse_number_or_keep_text(text, [pick_text(item.number.unit, lang) for lang in LANGS])


def _lint_number(out: ProblemCollector, item: NumberItem, path: TreePath) -> None:
    lint_limits_order(out, item.number.min, item.number.max, (*path, "number"))
    lint_step_bounds_and_degrees(out, item.number.steps, (*path, "number", "steps"))


def _answered_number(_item: NumberItem, answer: Answer) -> Decimal | None:
    return read_number(answer.value)


def _number_as_fact_definition(item: NumberItem) -> FactDef:
    spec = item.number
    return FactDef(
        type="number" if spec.decimals else "integer",
        question=item.title,
        min=spec.min,
        max=spec.max,
    )


def _list_number_operand(_item: NumberItem) -> tuple[Operand, ...]:
    return (Operand("number", read_number),)


KIND = AnswerKind[NumberItem](
    form=NUMBER_FORM,
    rule_fields=("number",),
    check=_check_number,
    scores=_has_degree_steps,
    degree=_number_degree,
    is_readable=_is_number,
    value_text=_number_and_unit_text,
    public_text=_number_text_if_scored,
    parse=_parse_number_or_return_text,
    lint=_lint_number,
    comparable_value=_answered_number,
    comparable_as=_number_as_fact_definition,
    list_operands=_list_number_operand,
    value_rules={
        "number-below": LintRule(N_("{given} is below the least allowed, {limit}")),
        "number-above": LintRule(N_("{given} is above the most allowed, {limit}")),
        "number-decimals": LintRule(N_("{given} has too many decimals, at most {limit}")),
        "number-whole": LintRule(N_("{given} has decimals: write a whole number")),
    },
)
