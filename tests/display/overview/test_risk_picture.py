"""The picture beside the overview: the worst section first, the nearest date first."""

from __future__ import annotations

from datetime import date

from assess.display.overview.risk_picture import (
    select_worst_sections_and_dues,
    worst_section_and_due_lines,
)
from assess.display.overview.sheet_summary import (
    FaultCounts,
    OpenDue,
    SectionSummary,
    SheetSummary,
)
from assess.display.text.cells import width_of
from assess.display.text.styled import join_lines_without_styles
from assess.model.results import Counts

TODAY = date(2026, 11, 16)


def section(title: str, *, met: int = 0, partial: int = 0, unmet: int = 0) -> SectionSummary:
    """Return a section of ten items."""
    counts = Counts(
        applicable=10, met=met, partial=partial, unmet=unmet, unanswered=10 - met - partial - unmet
    )
    return SectionSummary(title, counts, None, FaultCounts())


def sheet(sections: tuple[SectionSummary, ...], dues: tuple[OpenDue, ...] = ()) -> SheetSummary:
    """Return a sheet of these sections."""
    return SheetSummary(
        "表", "本单位", Counts(), None, FaultCounts(), sections, {}, {}, False, dues
    )


SHEETS = (
    sheet(
        (section("好", met=10), section("差", met=4, unmet=6), section("空")),
        (OpenDue(date(2026, 12, 30), "改口令"), OpenDue(date(2026, 11, 13), "补审批")),
    ),
    sheet((section("半", met=4, partial=6),), (OpenDue(date(2026, 11, 25), "做恢复测试"),)),
)


def drawn(height: int) -> list[str]:
    """Return the lines of the picture."""
    lines = worst_section_and_due_lines(
        select_worst_sections_and_dues(SHEETS), TODAY, "zh", 46, height
    )
    assert all(width_of(join_lines_without_styles([line])) <= 46 for line in lines)
    return join_lines_without_styles(lines).splitlines()


def test_the_worst_section_of_all_sheets_comes_first() -> None:
    """What is not met weighs more than partly met; what is open comes before what is met."""
    assert [line.split()[0] for line in drawn(30)[2:6]] == ["差", "半", "空", "好"]


def test_the_next_dates_come_first_and_say_how_near_they_are() -> None:
    """A date that is over is late by so many days."""
    dates = [line.split() for line in drawn(30)[-3:]]
    assert [row[:2] for row in dates] == [
        ["补审批", "11-13"],
        ["做恢复测试", "11-25"],
        ["改口令", "12-30"],
    ]
    lines = worst_section_and_due_lines(select_worst_sections_and_dues(SHEETS), TODAY, "zh", 46, 30)
    assert [line[-1].style for line in lines[-3:]] == ["bad", "warn", "dim"]


def test_a_low_screen_shows_fewer_sections_and_all_dates() -> None:
    """The picture is no higher than its place, where the dates leave one."""
    assert len(drawn(13)) <= 13
    assert "改口令" in drawn(13)[-1]
