"""How tables stand on the page."""

from __future__ import annotations

import pytest

from assess.report.content.view.grid_layout import (
    SIZES,
    ColumnNeeds,
    lay_out_columns,
    lay_out_grid,
)


def test_from_eight_columns_on_a_table_lies_on_its_side() -> None:
    """Seven stand upright."""
    for count, landscape in ((7, False), (8, True)):
        layout = lay_out_grid(["列"] * count, ["text"] * count, [["甲"] * count])
        assert layout.landscape is landscape


@pytest.mark.parametrize("count", [3, 8, 20])
def test_widths_are_the_whole_width(count: int) -> None:
    """Also with columns whose cells are empty."""
    layout = lay_out_grid(["Title"] * count, ["text"] * count, [[""] * count])
    (part,) = layout.parts
    assert abs(part.number_width + sum(part.widths) - 100) < 0.5
    assert len(part.widths) == len(layout.whole) == count


def test_dates_and_numbers_have_the_room_that_they_need() -> None:
    """Telephone numbers, too; the texts share the rest, the longest gets the most."""
    titles = ["系统名称", "日期", "用户", "电话", "备注", "部署"]
    types = ["text", "date", "integer", "text", "text", "choice"]
    row = ["门户", "2026-03-18", "12,000 人", "010-5550123", "由政务云统一运维，明年迁移", "政务云"]
    layout = lay_out_grid(titles, types, [row, [""] * 6])
    assert layout.whole == (False, True, True, True, False, False)
    widths = layout.parts[0].widths
    assert widths[1] * 442 / 100 >= 10 * layout.size / 2 + 5
    assert widths[4] > widths[0]


def test_type_gets_smaller_as_columns_need_it() -> None:
    """Where even the smallest has no room, the columns are divided: no date is ever broken."""
    layouts = [
        lay_out_grid(["日期"] * count, ["date"] * count, [["2026-03-18"] * count])
        for count in (8, 16, 20)
    ]
    assert [len(layout.parts) for layout in layouts] == [1, 1, 2]
    assert layouts[0].size == 8.5
    assert layouts[0].size > layouts[1].size < layouts[2].size
    assert all(all(layout.whole) for layout in layouts)


def test_each_part_begins_with_the_column_that_names_the_rows() -> None:
    """Every other column stands in one of them, in its order."""
    titles = ["Organization", *("Responsible department",) * 19]
    layout = lay_out_grid(titles, ["text"] * 20, [["x"] * 20])
    assert len(layout.parts) > 1
    assert all(part.columns[0] == 0 for part in layout.parts)
    assert [at for part in layout.parts for at in part.columns[1:]] == list(range(1, 20))
    assert all(abs(part.number_width + sum(part.widths) - 100) < 0.5 for part in layout.parts)


def test_no_word_of_a_title_is_broken() -> None:
    """However many columns there are; a Latin letter takes 1.2 cells."""
    titles = ["System", *("Responsibilities",) * 19]
    layout = lay_out_grid(titles, ["boolean"] * 20, [["yes"] * 20])
    for part in layout.parts:
        for at, width in zip(part.columns, part.widths, strict=True):
            assert width * 6.37 >= 1.2 * len(titles[at]) * layout.size / 2 + 5


def test_a_column_that_no_page_has_room_for_is_broken() -> None:
    """A name of the rows that is a number, and as wide as the page, is not repeated for ever."""
    needs = ColumnNeeds(needed=400, wanted=400, whole=True)
    layout = lay_out_columns([needs, needs], 1, SIZES)
    assert len(layout.parts) == 1
    assert not any(layout.whole)


def test_words_of_titles_are_not_broken_where_there_is_room() -> None:
    """`Filed` stands above `yes`."""
    layout = lay_out_grid(["System", "Filed"], ["text", "boolean"], [["a" * 90, "yes"]])
    assert layout.parts[0].widths[1] * 4.42 >= 6 * layout.size / 2 + 5


def test_titles_are_not_squeezed_where_there_is_room() -> None:
    """Three characters stand on a line, eight on two: a column of `1` is no narrower."""
    titles = ["等级", "已备案", "已完成测评的系统"]
    layout = lay_out_grid(titles, ["text", "integer", "integer"], [["甲" * 40, "1", "1"]])
    _first, filed, assessed = (width * 4.42 - 6 for width in layout.parts[0].widths)
    assert filed >= 3 * layout.size
    assert assessed >= 4 * layout.size
