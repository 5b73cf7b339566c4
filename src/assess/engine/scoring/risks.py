"""Risks of findings: the high-risk case, what lowers it, and what departs from the computed one.

The risk of a finding is high if a high-risk case applies and nothing lowers it. Otherwise it is
medium for unmet and low for partial, which is a rule of this project. The rule that a case is high
unless a stated mitigation lowers it is that of the 2025 trial guide for judging high risks (seen).
The checklists contain its cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from assess.engine.scoring.conditions import evaluate_condition
from assess.model.answer import Answer
from assess.model.item import HighRisk, Item, RiskLevel
from assess.model.results import Result


class Risk(NamedTuple):
    """The risk of a finding; `case` also where the mitigation `lowered_by` lowers it."""

    level: RiskLevel
    case: str | None = None
    lowered_by: str | None = None


def risk_of_finding(
    item: Item, answer: Answer, result: Result | None, facts: Mapping[str, Any], accepted: bool
) -> Risk | None:
    """Return the risk of a finding, None where the result is no finding.

    `accepted` is true if the sheet names no reviewer, or the reviewer accepted the present answer.
    Only then a cited mitigation counts, and an override that lowers the risk of an applying
    high-risk case. Other overrides always count.
    """
    if result not in ("partial", "unmet"):
        return None
    override = answer.risk.level if answer.risk is not None else None
    case = _applicable_high_risk_case(item, result, facts)
    if case is None:
        return Risk(override or ("medium" if result == "unmet" else "low"))
    if not accepted:
        return Risk("high", case.case)
    cited = answer.mitigation.id if answer.mitigation is not None else None
    lowers = {mitigation.id: mitigation.lowers_to for mitigation in case.mitigations}
    if cited in lowers:
        return Risk(override or lowers[cited], case.case, cited)
    return Risk(override or "high", case.case)


def _applicable_high_risk_case(
    item: Item, result: Result, facts: Mapping[str, Any]
) -> HighRisk | None:
    """Return the case that the result makes; a case of unknown reach applies."""
    case = item.high_risk
    if case is None or (case.when == "unmet" and result != "unmet"):
        return None
    if (
        case.applies_when is not None
        and evaluate_condition(case.applies_when, facts).value is False
    ):
        return None
    return case
