"""The keys that the work of a second year takes: what the committed counts say is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.year.counting import (
    count_first_answer,
    count_next_gap,
    count_year,
    read_figures,
    share_of_start,
)
from tui.year.work import FEW


def test_a_second_year_takes_at_most_three_keys_in_five() -> None:
    """The bar: 60 % of the keys that the program took when they were first counted."""
    assert share_of_start(read_figures("now"), read_figures("start")) <= 0.6


async def test_each_kind_of_work_takes_the_keys_that_were_counted(tmp_path: Path) -> None:
    """A part of the year takes as many keys an item as the whole, and fills its sheet rightly."""
    counted = read_figures("now").year
    for kind, (items, keys) in (await count_year(tmp_path / "w", FEW)).items():
        whole_items, whole_keys = counted[kind]
        assert keys * whole_items == whole_keys * items, kind


@pytest.mark.exhaustive
async def test_the_first_answer_and_the_next_gap_take_the_keys_that_were_counted(
    tmp_path: Path,
) -> None:
    """From the overview to the first answer, and from one gap of Finish to the next."""
    figures = read_figures("now")
    assert await count_first_answer(tmp_path / "a" / "w") == figures.first_answer
    assert await count_next_gap(tmp_path / "b" / "w") == figures.next_gap
