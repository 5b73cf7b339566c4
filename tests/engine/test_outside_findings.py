"""Findings of others: which stand in a round and in a report, how late they are."""

from __future__ import annotations

from datetime import date

import pytest

from assess.engine.outside_findings import (
    count_outside_rows,
    list_outside_rows_of_round,
    list_rows_of_item,
    outside_source_and_number,
    select_rows_for_sheets_report,
)
from assess.model.answer import Remediation
from assess.workspace import SheetName
from engine.outside import CLOSED, TODAY, outside_finding

PORTAL, UNIT = SheetName("sys", "portal"), SheetName("egn")


def test_open_ones_stand_in_each_round_closed_ones_in_theirs_alone() -> None:
    """One that was closed in 2026 is in its ledger, and not in that of 2027 again."""
    findings = {"f-1": outside_finding(), "f-2": outside_finding(closed=CLOSED)}
    assert {row.id for row in list_outside_rows_of_round(findings, "2026", TODAY)} == {"f-1", "f-2"}
    assert {row.id for row in list_outside_rows_of_round(findings, "2027", TODAY)} == {"f-1"}


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"due": date(2026, 5, 31)}, 1),
        ({"due": TODAY}, 0),
        ({"remediation": Remediation(due=date(2026, 5, 22))}, 10),
        ({"due": date(2026, 5, 31), "remediation": Remediation(due=date(2026, 7, 1))}, 1),
        ({"due": date(2026, 5, 31), "remediation": Remediation(state="done")}, 0),
        ({"due": date(2026, 5, 31), "remediation": Remediation(state="risk_accepted")}, 0),
        ({"due": date(2026, 5, 1), "closed": CLOSED}, 0),
        ({}, 0),
    ],
)
def test_the_document_s_day_counts_else_the_plan_s(fields: dict[str, object], days: int) -> None:
    """A later day of the plan grants no delay; what is done or closed is not late."""
    (row,) = list_outside_rows_of_round({"f-1": outside_finding(**fields)}, "2026", TODAY)
    assert (row.days_late, row.overdue) == (days, days > 0)


def test_overdue_ones_come_first_and_the_numbers_add_up() -> None:
    """Then by day and risk; what is mended comes last."""
    findings = {
        "f-1": outside_finding(closed=CLOSED),
        "f-2": outside_finding(risk="low"),
        "f-3": outside_finding(risk="high"),
        "f-4": outside_finding(due=date(2026, 5, 1)),
    }
    rows = list_outside_rows_of_round(findings, "2026", TODAY)
    assert [row.id for row in rows] == ["f-4", "f-3", "f-2", "f-1"]
    counts = count_outside_rows(rows)
    assert (counts.all, counts.open, counts.overdue, counts.closed) == (4, 3, 1, 1)


def test_a_report_has_what_belongs_to_its_sheets_or_to_none() -> None:
    """One of a system that no sheet of the round is about is lost in no report."""
    rows = list_outside_rows_of_round(
        {
            "f-1": outside_finding(),
            "f-2": outside_finding(system="portal"),
            "f-3": outside_finding(system="mail"),
            "f-4": outside_finding(checklist="egn", item="A-1"),
        },
        "2026",
        TODAY,
    )

    def chosen(*sheets: SheetName) -> set[str]:
        return {row.id for row in select_rows_for_sheets_report(rows, sheets, (UNIT, PORTAL))}

    assert chosen(UNIT, PORTAL) == {"f-1", "f-2", "f-3", "f-4"}
    assert chosen(UNIT) == {"f-1", "f-3", "f-4"}
    assert chosen(PORTAL) == {"f-1", "f-2", "f-3"}


def test_an_item_has_the_findings_about_it() -> None:
    """Of its checklist and system; a finding without a system is shown in each of its sheets."""
    rows = list_outside_rows_of_round(
        {
            "f-1": outside_finding(checklist="sys", item="A-1", system="portal"),
            "f-2": outside_finding(checklist="sys", item="A-1"),
            "f-3": outside_finding(checklist="egn", item="A-1"),
        },
        "2026",
        TODAY,
    )
    assert {row.id for row in list_rows_of_item(rows, "sys", "portal", "A-1")} == {"f-1", "f-2"}
    assert {row.id for row in list_rows_of_item(rows, "sys", "mail", "A-1")} == {"f-2"}
    assert list_rows_of_item(rows, "egn", None, "A-2") == ()


def test_a_finding_is_called_by_source_and_number() -> None:
    """In both languages; without a number by its source alone."""
    assert outside_source_and_number(outside_finding(), "zh") == "通报 青网安通12号"
    assert outside_source_and_number(outside_finding(number=None), "en") == "circular"
