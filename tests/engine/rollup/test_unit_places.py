"""Median and place for the page of a unit: shown from five compared units on, else hidden."""

from __future__ import annotations

import pytest

from assess.engine.rollup.records import LEAST_UNITS, UnitEntry
from assess.engine.rollup.score_figures import compute_score_spreads
from assess.engine.rollup.unit_places import SheetPlace, list_places_by_unit
from assess.model.answer import Answer
from engine.rollup.test_unit_entries import make_data, make_entry, make_records
from factories import met

GOOD = {"A-1": met(), "A-9": Answer(value=[])}
FAILED = {"A-1": Answer(status="unmet"), "A-9": Answer(value=[])}
OPEN = {"A-1": met()}


def make_units(*answers: dict[str, Answer]) -> list[UnitEntry]:
    """Return units of one category, and one of another."""
    units = [
        make_entry(f"u{at}", make_data(about_unit=row), category="部门")
        for at, row in enumerate(answers)
    ]
    return [*units, make_entry("alone", make_data(about_unit=GOOD), category="企事业")]


def find_place(units: list[UnitEntry], key: str) -> SheetPlace:
    """Return how the sheet about the unit itself stands."""
    rows = list_places_by_unit(make_records(*units))[key]
    (place,) = (row for row in rows if row.ranked.checklist == "about-unit")
    return place


def test_five_compared_units_have_median_and_place() -> None:
    """They are those of the roll-up's own tables; the category of one unit is hidden."""
    units = make_units(FAILED, *[GOOD] * (LEAST_UNITS - 1))
    spread = next(
        row for row in compute_score_spreads(make_records(*units)) if row.category == "部门"
    )
    first, last = find_place(units, "u1"), find_place(units, "u0")
    assert (first.place, last.place) == (1, LEAST_UNITS)
    assert first.median == last.median == spread.median
    assert spread.median is not None
    alone = find_place(units, "alone")
    assert (alone.is_hidden, alone.median, alone.place) == (True, None, None)


@pytest.mark.parametrize("answers", [[], [OPEN], [OPEN] * LEAST_UNITS])
def test_units_that_are_not_compared_do_not_make_five(answers: list[dict[str, Answer]]) -> None:
    """Four complete sheets are too few, however many units are in the category."""
    units = make_units(*[GOOD] * (LEAST_UNITS - 1), *answers)
    place = find_place(units, "u0")
    assert (place.is_hidden, place.median, place.place) == (True, None, None)


def test_several_sheets_of_a_unit_are_one_unit() -> None:
    """Many sheets of the first of four units do not make five of them."""
    units = make_units(*[GOOD] * (LEAST_UNITS - 1))
    sheet = units[0].sheets[0]
    units[0] = units[0]._replace(sheets=(sheet,) * LEAST_UNITS)
    assert find_place(units, "u1").median is None


def test_who_is_not_complete_sees_the_median_of_the_others() -> None:
    """It has the reason in place of a place."""
    place = find_place(make_units(OPEN, *[GOOD] * LEAST_UNITS), "u0")
    assert place.median is not None
    assert (place.place, place.ranked.apart) == (None, "incomplete")
