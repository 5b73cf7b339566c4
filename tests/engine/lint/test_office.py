"""Lint of office.yaml: what needs more than one broken file of tests/data/bad."""

from __future__ import annotations

from datetime import date

from assess.engine.lint.office import MOST_LEVELS, lint_office
from assess.model.office import (
    Campaign,
    ExpectedChecklist,
    IssuedChecklist,
    OfficeFile,
    Unit,
)

ISSUED = IssuedChecklist(id="egov", version="1", digest="sha256:" + "a" * 64)
CAMPAIGN = Campaign(
    title="自查", issued=date(2026, 3, 1), due=date(2026, 4, 30), checklists=(ISSUED,)
)


def codes(units: dict[str, Unit]) -> list[str]:
    """Return the codes of what is wrong in an office with these units."""
    office = OfficeFile(
        format="", language="zh", name="x", units=units, campaigns={"2026": CAMPAIGN}
    )
    return [problem.code for problem in lint_office(office, "en")]


def test_a_unit_may_expect_what_was_issued() -> None:
    """And nothing else is found in a sound file."""
    assert codes({"a": Unit(name="甲", expects=(ExpectedChecklist(checklist="egov"),))}) == []


def test_units_stand_above_one_another_to_a_limit() -> None:
    """A longer chain is a fault, and costs no more to see than one within the limit."""
    names = [f"u{number}" for number in range(MOST_LEVELS + 2)]
    units = {
        name: Unit(name=name, parent=above)
        for name, above in zip(names, [*names[1:], None], strict=True)
    }
    assert codes(dict(list(units.items())[2:])) == []
    assert codes(units) == ["unit-above-itself"] * 2
