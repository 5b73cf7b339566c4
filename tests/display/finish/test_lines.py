"""The lines of Finish."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.display.finish.lines import made_report_lines, made_report_text
from assess.display.finish.report_steps import MadeReport
from assess.display.text.cells import width_of
from assess.display.text.styled import join_lines_without_styles


def test_details_of_a_report_stand_below_the_rows() -> None:
    """They begin in the column of the other lines, and none is too wide."""
    made = MadeReport(
        Path("reports/2026/all.pdf"), 30, ("it is late " * 9,), has_data=True, is_blank_form=False
    )
    _rule, *lines = join_lines_without_styles(made_report_lines(made, "en", 60)).splitlines()
    assert lines[0] == " Report  reports/2026/all.pdf (30 pages)"
    assert len(lines) > 2
    assert [line for line in lines if line[0] != " " or width_of(line) > 60] == []


@pytest.mark.parametrize(
    ("draft", "is_blank_form", "start"),
    [
        (("no review",), False, "draft, reasons above: a.pdf"),
        ((), False, "formal: a.pdf"),
        ((), True, "made: a.pdf"),
    ],
)
def test_the_message_says_whether_a_report_is_formal(
    draft: tuple[str, ...], is_blank_form: bool, start: str
) -> None:
    """A report is formal or a draft; a form that is filled in by hand is neither."""
    made = MadeReport(Path("a.pdf"), 3, draft, has_data=False, is_blank_form=is_blank_form)
    assert made_report_text(made, "a.pdf", "en") == f"{start}, o shows it"
