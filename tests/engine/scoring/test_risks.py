from __future__ import annotations

from typing import Any

import pytest

from assess.engine.scoring.risks import Risk, risk_of_finding
from assess.model.answer import Answer, CitedMitigation, RiskOverride
from assess.model.item import HighRisk
from assess.model.results import Result
from factories import conformity, fact_is, high_risk

CITED = Answer(mitigation=CitedMitigation(id="acl"))
CASE = "6.3.2.1"


def risk(
    found: Result | None,
    case: HighRisk | None = None,
    answer: Answer | None = None,
    facts: dict[str, Any] | None = None,
    accepted: bool = True,
) -> Risk | None:
    """Return the risk of an item with this case."""
    item = conformity(high_risk=case)
    return risk_of_finding(item, answer or Answer(), found, facts or {}, accepted)


@pytest.mark.parametrize("found", ["met", "not_applicable", "answered", None])
def test_what_is_no_finding_has_no_risk(found: Result | None) -> None:
    """Only partial and unmet are findings."""
    assert risk(found, high_risk(), CITED) is None


def test_without_a_case() -> None:
    """Unmet is medium, partly met low; an override counts at once, also unreviewed."""
    assert risk("unmet") == Risk("medium")
    assert risk("partial") == Risk("low")
    override = Answer(risk=RiskOverride(level="high", reason="公开系统"))
    assert risk("partial", answer=override, accepted=False) == Risk("high")


def test_when_a_case_is_hit() -> None:
    """A case is hit by unmet, by partial only where it says so."""
    assert risk("unmet", high_risk()) == Risk("high", CASE)
    assert risk("partial", high_risk()) == Risk("low")
    assert risk("partial", high_risk(when="partial_or_unmet")) == Risk("high", CASE)


def test_the_reach_of_a_case() -> None:
    """A case counts where its condition holds or is unknown, not where it is false."""
    case = high_risk(applies_when=fact_is("egov", True))
    assert risk("unmet", case, facts={"egov": True}) == Risk("high", CASE)
    assert risk("unmet", case) == Risk("high", CASE)
    assert risk("unmet", case, facts={"egov": False}) == Risk("medium")


def test_a_mitigation_lowers_once_accepted() -> None:
    """A cited mitigation of the case lowers to its level, where the lowering is accepted."""
    assert risk("unmet", high_risk(), CITED) == Risk("medium", CASE, "acl")
    assert risk("unmet", high_risk(), CITED, accepted=False) == Risk("high", CASE)
    unknown = Answer(mitigation=CitedMitigation(id="other"))
    assert risk("unmet", high_risk(), unknown) == Risk("high", CASE)


def test_an_override_of_a_case_waits_for_the_reviewer_too() -> None:
    """Setting a hit case lower by hand is a lowering like a mitigation."""
    override = Answer(risk=RiskOverride(level="low", reason="内网"))
    assert risk("unmet", high_risk(), override, accepted=False) == Risk("high", CASE)
    assert risk("unmet", high_risk(), override) == Risk("low", CASE)


def test_an_override_wins_over_a_mitigation() -> None:
    """Where both are given, the level set by hand stands, and the mitigation is named."""
    both = Answer(
        mitigation=CitedMitigation(id="acl"), risk=RiskOverride(level="low", reason="双重")
    )
    assert risk("unmet", high_risk(), both) == Risk("low", CASE, "acl")
