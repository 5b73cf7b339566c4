from __future__ import annotations

from typing import Any

import pytest

from assess.engine.hidden_dangers import HiddenDanger, select_matching_dangers_by_code
from assess.model.answer import Answer
from assess.model.item import HighRisk
from factories import assessed, checklist, conformity, text

DANGERS = {
    "A-11": HiddenDanger(title=text("边界", "Border"), signs=text(), cases=("6.3.2.1", "6.2.1.2")),
    "A-29": HiddenDanger(title=text("暴露", "Exposed"), signs=text(), items=("A-1", "A-2")),
    "A-31": HiddenDanger(title=text("集权", "Central"), signs=text()),
}


def matched(status: Any, id_: str = "A-1", case: str = "") -> list[str]:
    """Return the triggers that a result of an item with a high-risk case matches."""
    risk = HighRisk(case=case) if case else None
    item = conformity(id_, high_risk=risk)
    (state,) = assessed(checklist(item), {id_: Answer(status=status)}).items
    return list(select_matching_dangers_by_code(state, DANGERS))


@pytest.mark.parametrize("case", ["6.3.2.1", "6.2.1.2"])
def test_a_trigger_is_matched_by_its_high_risk_cases(case: str) -> None:
    """Only where the case applies: a result that is no high risk matches nothing."""
    assert matched("unmet", "B-1", case) == ["A-11"]
    assert matched("met", "B-1", case) == []
    assert matched("partial", "B-1", case) == []
    assert matched("unmet", "B-1", "6.1.1.1") == []


def test_a_trigger_is_matched_by_its_items_where_they_are_not_met() -> None:
    """Partly met is too little for it; an item may match two triggers."""
    assert matched("unmet") == ["A-29"]
    assert matched("partial") == []
    assert matched("not_applicable") == []
    assert matched("unmet", "A-2", "6.3.2.1") == ["A-11", "A-29"]
