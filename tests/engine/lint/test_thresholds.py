"""Lint of a file of limits: each rule, and a sound file."""

from __future__ import annotations

from datetime import date

import pytest

from assess.engine.lint.thresholds import lint_thresholds
from assess.model.base import Number
from assess.model.office import Campaign, IssuedChecklist, OfficeFile, Unit
from assess.model.thresholds import Limit, ThresholdsFile

ISSUED = IssuedChecklist(id="egov", version="1", digest="sha256:" + "a" * 64)
OFFICE = OfficeFile(
    format="",
    language="zh",
    name="x",
    units={"a": Unit(name="甲", category="部门"), "b": Unit(name="乙")},
    campaigns={
        "2026": Campaign(
            title="自查", issued=date(2026, 3, 1), due=date(2026, 4, 30), checklists=(ISSUED,)
        )
    },
)
NINE_TENTHS = Number("0.9")


def find_problems(limit: Limit) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return code and path of what is wrong in a file with this limit."""
    file = ThresholdsFile(format="", limits=(limit,))
    problems = lint_thresholds(file, "limits.yaml", OFFICE, "en")
    return [(problem.code, problem.path) for problem in problems]


@pytest.mark.parametrize(
    "limit",
    [
        Limit(figure="arrived_share", at_least=Number(0), at_most=Number(1)),
        Limit(figure="high_risks", at_most=Number(0), category="部门"),
        Limit(figure="overdue", at_most=Number(3), each_category=True),
        Limit(figure="median_score", at_least=Number(80), checklist="egov"),
    ],
    ids=["share", "number", "each category", "score"],
)
def test_a_sound_limit_has_no_problem(limit: Limit) -> None:
    """Bounds of a share are shares too, and 0 is a number."""
    assert find_problems(limit) == []


@pytest.mark.parametrize(
    ("limit", "code", "field"),
    [
        (Limit(figure="overdue"), "limit-without-value", "figure"),
        (Limit(figure="in_time_share", at_least=Number(95)), "limit-share", "at_least"),
        (Limit(figure="mended_share", at_most=Number("-0.1")), "limit-share", "at_most"),
        (Limit(figure="overdue", at_most=Number(-1)), "limit-negative", "at_most"),
        (
            Limit(figure="lowest_score", at_least=Number(80), at_most=Number(60)),
            "limit-order",
            "at_most",
        ),
        (
            Limit(figure="missing", at_most=Number(1), category="部门", each_category=True),
            "limit-categories",
            "each_category",
        ),
        (
            Limit(figure="arrived_share", at_least=NINE_TENTHS, category="部们"),
            "limit-category",
            "category",
        ),
        (
            Limit(figure="median_score", at_least=Number(60), checklist="egv"),
            "limit-checklist",
            "checklist",
        ),
        (
            Limit(figure="overdue", at_most=Number(3), checklist="egov"),
            "limit-of-no-checklist",
            "checklist",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_rule_names_the_field(limit: Limit, code: str, field: str) -> None:
    """One problem, at the field that is wrong."""
    assert find_problems(limit) == [(code, ("limits", 0, field))]
