"""Conformity: answered by a status, met, partial or unmet.

Degrees: met 1, partial the checklist's parameter, unmet 0. Half for 部分符合 is what GB/T
45396-2025 annex A writes [seen] and what the 2019 and 2021 report templates use [from memory].
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
    always_has_degree,
)
from assess.engine.kinds.wording import translate_code
from assess.engine.rulebook import LintRule
from assess.i18n import N_
from assess.model.answer import Answer, Status
from assess.model.base import Bilingual, Number
from assess.model.checklist import FactDef, FactOption, Scoring
from assess.model.item import Conformity, Item

DEFAULT_PARTIAL = {"percent": Number("0.5"), "deduction": Number("0.5"), "rate": Number(0)}
"""The degree of a partial result if the checklist sets none; sources in engine/scoring."""


def degree_of_partial_result(scoring: Scoring) -> Number:
    """Return what a partial result counts: the checklist's parameter, else the method's default."""
    return DEFAULT_PARTIAL[scoring.method] if scoring.partial is None else scoring.partial


def _yield_fault_for_any_value(_item: Conformity, _raw: Any, _context: CheckContext) -> ValueFaults:
    yield ValueFault("value-for-status")


def _status_degree(_item: Conformity, answer: Answer, scoring: Scoring) -> Fraction | None:
    degrees = {"met": Decimal(1), "partial": degree_of_partial_result(scoring), "unmet": Decimal(0)}
    return None if answer.status is None else Fraction(degrees[answer.status])


def list_conformity_statuses(item: Item) -> tuple[Status, ...]:
    """Return the grades that an item knows, the best first; some know no `partial`."""
    verdict = item.verdict
    if verdict is not None and verdict.has_met_or_unmet_text and verdict.partial is None:
        return ("met", "unmet")
    return ("met", "partial", "unmet")


def _status_of_answer(_item: Conformity, answer: Answer) -> Status | None:
    return answer.status


def _statuses_as_fact_definition(item: Conformity) -> FactDef:
    options = tuple(
        FactOption(
            id=grade, text=Bilingual(zh=translate_code(grade, "zh"), en=translate_code(grade, "en"))
        )
        for grade in list_conformity_statuses(item)
    )
    return FactDef(type="choice", question=item.title, options=options)


KIND = AnswerKind[Conformity](
    by_status=True,
    comparable_value=_status_of_answer,
    comparable_as=_statuses_as_fact_definition,
    check=_yield_fault_for_any_value,
    scores=always_has_degree,
    degree=_status_degree,
    value_rules={
        "value-for-status": LintRule(
            N_("this item is answered by a status, not by a value"),
            N_("write `status: met`, `partial`, `unmet` or `not_applicable`"),
        )
    },
)
