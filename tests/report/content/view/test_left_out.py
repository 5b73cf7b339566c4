"""Items that facts leave out: most of a checklist is a reservation, many are a note."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from assess.engine.scoring.left_out import count_items_left_out_by_facts
from assess.model.condition import Condition
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.reservations import make_caution_view
from report.content.test_reservations import inputs, kinds


def with_left_out(by_fact: str, share: float) -> ReportInputs:
    """Return inputs of which a share of the items does not apply by a fact."""
    made = inputs()
    (sheet,) = made.sheets
    states = sheet.assessment.items
    gone = replace(states[0].item, applies_when=Condition(fact=by_fact, is_=True))
    changed = [
        replace(state, item=gone, applies="no", number=0) if index < share * len(states) else state
        for index, state in enumerate(states)
    ]
    section = replace(sheet.assessment.sections[0], items=tuple(changed))
    return made._replace(
        sheets=(sheet._replace(assessment=replace(sheet.assessment, sections=(section,))),)
    )


@pytest.mark.parametrize(
    ("fact", "share", "found", "notes"),
    [
        ("egov_access", 0.6, ["not-applicable"], 0),
        ("egov_access", 0.4, [], 1),
        ("egov_access", 0.2, [], 0),
        ("system.level", 0.9, [], 0),
    ],
)
def test_what_facts_leave_out(fact: str, share: float, found: list[str], notes: int) -> None:
    """Above a half a reservation, above three in ten a note; the grade makes neither."""
    made = with_left_out(fact, share)
    assert kinds(made) == found
    texts = [text for text in make_caution_view(made).notes if "基本情况" in text]
    assert len(texts) == notes
    (sheet,) = made.sheets
    assert count_items_left_out_by_facts(sheet.assessment) >= share * len(sheet.assessment.items)
