"""Who handed in: what came late is one number everywhere, and what is held is not missing."""

from __future__ import annotations

from typing import Any

from assess.display.rollup.document import make_rollup_document
from assess.engine.unit_states import UnitProgress
from engine.rollup.test_unit_entries import CHECKLISTS, make_data, make_entry, make_records
from factories import met

PROGRESS = {
    "early": UnitProgress("in", "r1"),
    "late": UnitProgress("late", "r2", days_late=2),
    "again": UnitProgress("replaced", "r4", "r3", days_late=5),
    "held": UnitProgress("held", waiting=("r5",)),
    "missing": UnitProgress("missing"),
}


def make_rows(key: str) -> list[dict[str, Any]]:
    """Return the rows of a table of five units, each in another state."""
    entries = [
        make_entry(name, make_data(about_unit={"A-1": met()}) if progress.current else None)
        for name, progress in PROGRESS.items()
    ]
    entries = [entry._replace(progress=PROGRESS[entry.id]) for entry in entries]
    records = make_records(*entries, about_unit=CHECKLISTS["about-unit"])
    (table,) = (table for table in make_rollup_document(records, "zh").tables if table.key == key)
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


def test_late_is_whoever_came_late_also_where_it_came_again() -> None:
    """In time and late add up to those that arrived; the state of one of them is another."""
    total = make_rows("hand_ins")[0]
    assert (total["arrived"], total["in_time"], total["late"]) == (3, 1, 2)
    assert (total["state.late"], total["state.replaced"]) == (1, 1)


def test_no_two_columns_have_the_same_head() -> None:
    """What arrived is told from the state of a unit."""
    entry = make_entry("alone")
    records = make_records(entry, about_unit=CHECKLISTS["about-unit"])
    for table in make_rollup_document(records, "zh").tables[:2]:
        heads = [column.title for column in table.columns]
        assert len(set(heads)) == len(heads)


def test_a_held_unit_is_to_be_looked_at_in_each_table() -> None:
    """Neither the ranking nor what is left out calls it missing."""
    apart = {row["unit_id"]: row["apart"] for row in make_rows("ranking") if not row["place"]}
    assert (apart["held"], apart["missing"]) == ("待核", "未报")
    reasons = {row["unit_id"]: row["reason"] for row in make_rows("left_out")}
    assert (reasons["held"], reasons["missing"]) == ("待核", "未报")
    total = make_rows("scores")[0]
    assert (total["apart.held"], total["apart.missing"]) == (1, 1)
