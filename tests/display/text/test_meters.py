"""Meters: what is left shows, and each kind of answer has its own sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.display.text.cells import width_of
from assess.display.text.meters import (
    METER_WIDTH,
    MeterShares,
    done_meter,
    meter_legend,
    stacked_meter,
)
from assess.display.text.styled import StyledLine, join_lines_without_styles

NUMBERS = st.integers(min_value=0, max_value=400)


def fine_text(line: StyledLine) -> str:
    """Return a line as a terminal with finer signs draws it."""
    return "".join(part.fine or part.text for part in line)


@pytest.mark.parametrize(
    ("done", "total", "plain", "fine"),
    [
        (0, 9, "........", "░░░░░░░░"),
        (1, 900, "........", "▏░░░░░░░"),
        (8, 9, "#######.", "███████░"),
        (9, 9, "########", "████████"),
        (0, 0, "........", "░░░░░░░░"),
    ],
)
def test_a_meter_is_full_only_when_all_is_done(
    done: int, total: int, plain: str, fine: str
) -> None:
    """One missing item shows, and so does the first that is done."""
    line = done_meter(done, total, 8)
    assert join_lines_without_styles([line]) == plain
    assert fine_text(line) == fine


def test_a_stack_reads_in_black_and_white() -> None:
    """Each kind of answer has a sign of its own, in the order from good to open."""
    line = stacked_meter(MeterShares(met=5, partial=2, unmet=2, unanswered=1))
    assert fine_text(line) == "█████▓▓▒▒░"
    assert join_lines_without_styles([line]) == "vvvvv++xx."
    assert [part.style for part in line] == ["good", "warn", "bad", "dim"]
    assert fine_text(meter_legend("zh")) == "█ 符合  ▓ 部分符合  ▒ 不符合  ░ 未填  "


@given(st.builds(MeterShares, NUMBERS, NUMBERS, NUMBERS, NUMBERS))
def test_each_kind_that_occurs_is_seen(shares: MeterShares) -> None:
    """Whatever the numbers are, the meter has its width, and no answer is hidden."""
    line = stacked_meter(shares)
    assert sum(width_of(part.text) for part in line) == METER_WIDTH
    kinds = [
        style for share, style in zip(shares, ("good", "warn", "bad", "dim"), strict=True) if share
    ]
    assert not kinds or [part.style for part in line] == kinds


@given(NUMBERS, NUMBERS)
def test_both_ways_to_draw_a_meter_have_its_width(done: int, more: int) -> None:
    """Plain and fine signs take the same cells, part by part."""
    for part in done_meter(done, done + more):
        assert width_of(part.text) == width_of(part.fine)
    assert len(fine_text(done_meter(done, done + more))) == METER_WIDTH
