"""How tables stand on the page."""

from __future__ import annotations

import pytest

from assess.report.content.view.grid_layout import lay_out_grid


def test_from_eight_columns_on_a_table_lies_on_its_side() -> None:
    """Seven stand upright."""
    for count, landscape in ((7, False), (8, True)):
        layout = lay_out_grid(["列"] * count, ["text"] * count, [["甲"] * count])
        assert layout.landscape is landscape


@pytest.mark.parametrize("count", [3, 8, 20])
def test_widths_are_the_whole_width(count: int) -> None:
    """Also with columns whose cells are empty."""
    layout = lay_out_grid(["Title"] * count, ["text"] * count, [[""] * count])
    assert abs(layout.number_width + sum(layout.widths) - 100) < 0.5
    assert len(layout.widths) == len(layout.whole) == count


def test_dates_and_numbers_have_the_room_that_they_need() -> None:
    """Telephone numbers, too; the texts share the rest, the longest gets the most."""
    titles = ["系统名称", "日期", "用户", "电话", "备注", "部署"]
    types = ["text", "date", "integer", "text", "text", "choice"]
    row = ["门户", "2026-03-18", "12,000 人", "010-5550123", "由政务云统一运维，明年迁移", "政务云"]
    layout = lay_out_grid(titles, types, [row, [""] * 6])
    assert layout.whole == (False, True, True, True, False, False)
    points = [width * 442 / 100 for width in layout.widths]
    assert points[1] >= 10 * layout.size / 2 + 5
    assert layout.widths[4] > layout.widths[0]


def test_type_gets_smaller_as_columns_need_it() -> None:
    """Where even the smallest has no room, dates are broken rather than set over each other."""
    sizes = []
    for count in (8, 16, 20):
        layout = lay_out_grid(["日期"] * count, ["date"] * count, [["2026-03-18"] * count])
        sizes.append(layout.size)
        assert all(layout.whole) is (count < 20)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 8.5


def test_words_of_titles_are_not_broken_where_there_is_room() -> None:
    """`Filed` stands above `yes`."""
    layout = lay_out_grid(["System", "Filed"], ["text", "boolean"], [["a" * 90, "yes"]])
    assert layout.widths[1] * 4.42 >= 6 * layout.size / 2 + 5
