"""The lines of Finish."""

from __future__ import annotations

from pathlib import Path

from assess.display.finish.lines import made_report_lines
from assess.display.finish.report_steps import MadeReport
from assess.display.text.cells import width_of
from assess.display.text.styled import join_lines_without_styles


def test_details_of_a_report_stand_below_the_rows() -> None:
    """They begin in the column of the other lines, and none is too wide."""
    made = MadeReport(Path("reports/2026/all.pdf"), 30, ("it is late " * 9,), has_data=True)
    _rule, *lines = join_lines_without_styles(made_report_lines(made, "en", 60)).splitlines()
    assert lines[0] == " Report  reports/2026/all.pdf (30 pages)"
    assert len(lines) > 2
    assert [line for line in lines if line[0] != " " or width_of(line) > 60] == []
