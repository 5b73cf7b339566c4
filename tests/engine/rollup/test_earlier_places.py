"""Places of the preceding campaign, by the figures that stay in git."""

from __future__ import annotations

from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.ranking import rank_sheets
from assess.engine.rollup.records import RollUpRecords
from assess.model.answer import Answer
from engine.rollup.test_unit_entries import ABOUT_UNIT, make_data, make_entry, make_records
from factories import met

GOOD = {"A-1": met(), "A-9": Answer(value=[])}
FAILED = {"A-1": Answer(status="unmet", note="x"), "A-9": Answer(value=[])}


def make_campaign(answers: dict[str, dict[str, Answer] | None], **categories: str) -> RollUpRecords:
    """Return a campaign with units of a category, by what each answered; None: not handed in."""
    entries = [
        make_entry(
            key,
            make_data(about_unit=rows) if rows is not None else None,
            "in" if rows is not None else "missing",
            category=categories.get(key, "部门"),
        )
        for key, rows in answers.items()
    ]
    return make_records(*entries, about_unit=ABOUT_UNIT)


def test_a_place_is_compared_with_that_of_the_preceding_campaign() -> None:
    """Ties shared a place; who was new, incomplete or in another category has no change."""
    before = make_campaign(
        {"rose": FAILED, "fell": GOOD, "same": GOOD, "open": {}, "moved": GOOD, "out": None},
        moved="乡镇街道",
    )
    now = make_campaign(
        {
            "rose": GOOD,
            "fell": FAILED,
            "same": GOOD,
            "open": GOOD,
            "moved": GOOD,
            "out": GOOD,
            "new": GOOD,
        }
    )
    compared = now._replace(before=make_figures(before))
    rows = {row.entry.id: row for row in rank_sheets(compared)}
    assert {key: (row.place, row.earlier.place, row.change) for key, row in rows.items()} == {
        "rose": (1, 3, 2),
        "same": (1, 1, 0),
        "open": (1, None, None),
        "moved": (1, 1, None),
        "out": (1, None, None),
        "new": (1, None, None),
        "fell": (7, 1, -6),
    }
    assert {key: row.earlier.reason for key, row in rows.items()} == {
        "rose": None,
        "same": None,
        "open": "no-place-before",
        "moved": "other-category",
        "out": "new-unit",
        "new": "new-unit",
        "fell": None,
    }


def test_without_a_preceding_campaign_nothing_is_said_of_it() -> None:
    """No place before, and no reason; who stands apart now has no change either."""
    records = make_campaign({"one": GOOD, "open": {}})
    assert [(row.earlier.place, row.earlier.reason) for row in rank_sheets(records)] == [
        (None, None),
        (None, None),
    ]
    compared = records._replace(before=make_figures(make_campaign({"open": GOOD})))
    assert [row.change for row in rank_sheets(compared)] == [None, None]
