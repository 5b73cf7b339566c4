"""Figures held to limits: exactly, and by category."""

from __future__ import annotations

from assess.engine.rollup.thresholds import judge_limits
from assess.model.base import Number
from assess.model.thresholds import Limit
from engine.rollup.test_unit_entries import make_entry, make_records


def test_a_share_is_compared_exactly_and_not_as_it_is_printed() -> None:
    """Of 2,001 units one did not hand in: 100.0 % is printed, and the limit is crossed."""
    arrived = [make_entry(f"in-{at}") for at in range(2000)]
    arrived = [row._replace(progress=row.progress._replace(current="n")) for row in arrived]
    records = make_records(*arrived, make_entry("out", state="missing"))
    (row,) = judge_limits(records, [Limit(figure="arrived_share", at_least=Number(1))])
    assert (row.state, row.figure.part, row.figure.whole) == ("crossed", 2000, 2001)


def test_each_category_is_looked_at_by_itself_also_units_without_one() -> None:
    """The limit of one category leaves the others out."""
    records = make_records(
        make_entry("a", state="missing", category="部门"),
        make_entry("b", state="missing"),
        make_entry("c", state="missing"),
    )
    limits = [
        Limit(figure="missing", at_most=Number(1), each_category=True),
        Limit(figure="missing", at_most=Number(1), category="部门"),
        Limit(figure="missing", at_most=Number(3)),
    ]
    rows = [
        (row.is_total, row.category, str(row.figure.value), row.state)
        for row in judge_limits(records, limits)
    ]
    assert rows == [
        (False, "部门", "1", "kept"),
        (False, None, "2", "crossed"),
        (False, "部门", "1", "kept"),
        (True, None, "3", "kept"),
    ]


def test_problems_of_units_that_were_not_read_are_no_zero() -> None:
    """A number of problems says nothing where nothing could be read; that of missing units does."""
    records = make_records(make_entry("a", state="missing"))
    limits = [Limit(figure=name, at_most=Number(0)) for name in ("high_risks", "missing")]
    assert [row.state for row in judge_limits(records, limits)] == ["no-figure", "crossed"]
