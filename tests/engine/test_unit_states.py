"""The state of a unit in a campaign: worked out from its receipts and the day alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest

from assess.engine.unit_states import UnitProgress, compute_unit_progress
from assess.model.office import Campaign, Exemption, OfficeFile, Unit
from assess.model.receipt import Receipt

START = datetime(2026, 4, 1, 9, tzinfo=timezone(timedelta(hours=8)))
DUE = date(2026, 4, 30)


def receipt(state: Any, minute: int, day: int = 1, **fields: Any) -> Receipt:
    """Return an act of the office, so many minutes after the first one."""
    fields = {"unit": "a", "received": date(2026, 4, 1) + timedelta(day - 1), **fields}
    return Receipt(state=state, at=START + timedelta(minutes=minute), **fields)


def progress_of(
    receipts: dict[str, Receipt], today: date = date(2026, 4, 20), unit: Unit | None = None
) -> UnitProgress:
    """Return the progress of the unit `a`."""
    campaign = Campaign(title="自查", issued=date(2026, 3, 1), due=DUE)
    office = OfficeFile(
        format="", language="zh", name="网信办", units={"a": unit or Unit(name="数据局")},
        campaigns={"2026": campaign},
    )  # fmt: skip
    return compute_unit_progress(office, campaign, receipts, today)["a"]


def test_nothing_in_is_missing_and_days_late_count_from_the_due_day() -> None:
    """On the due day nobody is late; the day after it is one day."""
    assert progress_of({}, DUE) == UnitProgress("missing")
    assert progress_of({}, DUE + timedelta(1)).days_late == 1


def test_what_came_in_by_the_due_day_is_in() -> None:
    """Whatever day it is now."""
    progress = progress_of({"r1": receipt("taken", 0, 30)}, date(2026, 6, 1))
    assert (progress.state, progress.current, progress.days_late) == ("in", "r1", 0)


def test_the_day_of_receipt_decides_how_late_it_is() -> None:
    """And not the day on which the row was written."""
    progress = progress_of({"r1": receipt("taken", 0, 33)}, date(2026, 6, 1))
    assert (progress.state, progress.days_late) == ("late", 3)


def test_a_second_file_replaces_the_first_whose_day_counts() -> None:
    """A correction after the due day does not make the unit late."""
    rows = {"r1": receipt("taken", 0, 2), "r2": receipt("taken", 1, 40)}
    progress = progress_of(rows)
    assert (progress.state, progress.current, progress.replaced) == ("replaced", "r2", "r1")
    assert (progress.first_received, progress.days_late) == (date(2026, 4, 2), 0)


def test_a_held_file_replaces_nothing_until_it_is_confirmed() -> None:
    """What came in before counts; after the confirmation the held one does, with its own day."""
    rows = {"r1": receipt("taken", 0), "r2": receipt("held", 1, 5)}
    progress = progress_of(rows)
    assert (progress.state, progress.current, progress.waiting) == ("in", "r1", ("r2",))
    rows["r3"] = receipt("confirmed", 2, 9, about="r2")
    progress = progress_of(rows)
    assert (progress.state, progress.current, progress.waiting) == ("replaced", "r2", ())
    assert progress_of({"r2": rows["r2"]}).state == "held"


def test_sent_back_until_something_comes_in_again() -> None:
    """What is held in answer to it is to be looked at."""
    rows = {"r1": receipt("taken", 0), "r2": receipt("returned", 1, about="r1", reason="缺表")}
    assert progress_of(rows).state == "returned"
    assert progress_of({**rows, "r3": receipt("held", 2)}).state == "held"
    assert progress_of({**rows, "r3": receipt("taken", 2)}).state == "replaced"


def test_accepted_counts_for_the_file_that_was_accepted_only() -> None:
    """A later file is not accepted by it."""
    rows = {"r1": receipt("taken", 0), "r2": receipt("reviewed", 1, about="r1")}
    assert progress_of(rows).state == "reviewed"
    assert progress_of({**rows, "r3": receipt("taken", 2)}).state == "replaced"


def test_a_refused_file_leaves_the_unit_where_it_was() -> None:
    """It is named until something is taken."""
    rows = {"r1": receipt("refused", 0)}
    assert progress_of(rows) == UnitProgress("missing", refused="r1")
    assert progress_of({**rows, "r2": receipt("taken", 1)}).refused is None


def test_who_need_not_hand_in_may_do_so() -> None:
    """Then the file counts."""
    unit = Unit(name="数据局", exempt=Exemption(reason="撤并"))
    assert progress_of({}, unit=unit).state == "exempt"
    assert progress_of({"r1": receipt("taken", 0)}, unit=unit).state == "in"


def test_receipts_of_other_units_and_of_none_do_not_count() -> None:
    """A file that names no unit belongs to none."""
    rows = {"r1": receipt("taken", 0, unit="b"), "r2": receipt("refused", 1, unit=None)}
    assert progress_of(rows) == UnitProgress("missing")


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_rows_in_the_file_does_not_matter(order: tuple[int, ...]) -> None:
    """A merge may put them in any order."""
    rows = [
        ("r1", receipt("taken", 0)),
        ("r2", receipt("held", 1)),
        ("r3", receipt("confirmed", 2, about="r2")),
        ("r4", receipt("returned", 3, about="r2")),
    ]
    progress = progress_of(dict(rows[place] for place in order))
    assert (progress.state, progress.current, progress.replaced) == ("returned", "r2", "r1")


def test_acts_about_what_does_not_count_change_nothing() -> None:
    """A return of an older file, or a confirmation of one that is not held."""
    rows = {
        "r1": receipt("taken", 0),
        "r2": receipt("taken", 1),
        "r3": receipt("returned", 2, about="r1"),
        "r4": receipt("reviewed", 3, about="r1"),
        "r5": receipt("confirmed", 4, about="r1"),
        "r6": receipt("confirmed", 5, about="r2"),
    }
    assert progress_of(rows).state == "replaced"


def test_only_the_units_of_a_campaign_have_a_state() -> None:
    """In the order of office.yaml."""
    units = {key: Unit(name=key) for key in "cab"}
    campaign = Campaign(title="x", issued=date(2026, 3, 1), due=DUE, units=("a", "c"))
    office = OfficeFile(format="", language="zh", name="x", units=units)
    assert list(compute_unit_progress(office, campaign, {}, DUE)) == ["c", "a"]


def test_a_held_file_stays_held_after_a_later_one_counts() -> None:
    """Until it is rejected: then the one that counted before still does."""
    rows = {"r1": receipt("held", 0), "r2": receipt("taken", 1)}
    progress = progress_of(rows)
    assert (progress.state, progress.current, progress.waiting) == ("in", "r2", ("r1",))
    rows["r3"] = receipt("refused", 2, about="r1")
    progress = progress_of(rows)
    assert (progress.state, progress.current, progress.waiting) == ("in", "r2", ())


def test_only_the_held_file_that_is_rejected_is_refused() -> None:
    """Another held one is still open; without any the unit has not handed in."""
    rows = {"r1": receipt("held", 0), "r2": receipt("held", 1)}
    rows["r3"] = receipt("refused", 2, about="r2")
    progress = progress_of(rows)
    assert (progress.state, progress.waiting, progress.refused) == ("held", ("r1",), "r3")
    rows["r4"] = receipt("refused", 3, about="r1")
    assert progress_of(rows).state == "missing"


def test_a_mistaken_rejection_is_undone_by_confirming_the_file() -> None:
    """Only until another file counts."""
    rows = {"r1": receipt("held", 0), "r2": receipt("refused", 1, about="r1")}
    assert progress_of(rows).rejected == "r1"
    confirmed = receipt("confirmed", 3, about="r1")
    progress = progress_of({**rows, "r4": confirmed})
    assert (progress.state, progress.current, progress.refused) == ("in", "r1", None)
    assert progress_of({**rows, "r3": receipt("taken", 2), "r4": confirmed}).current == "r3"
