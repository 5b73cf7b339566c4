from __future__ import annotations

import pytest

from assess.display.rollup.table_building import make_column, make_table
from assess.display.rollup.table_lines import (
    arrange_for_screen,
    find_grid_rows,
    flow_labelled_texts,
    join_cells_in_full,
    list_cells_in_full,
    make_rollup_grid,
)
from assess.display.rollup.unit_tables import list_titles_without_common_start
from assess.display.text.styled import join_lines_without_styles, line_width
from assess.model.base import Number

TABLE = make_table(
    "sample",
    "Sample",
    "",
    [
        make_column("checklist", "检查表"),
        make_column("unit_id", "编号"),
        make_column("unit", "单位"),
        make_column("share", "占比", "percent"),
        make_column("count", "个数", "number"),
    ],
    [
        ("年度自查表", "data", "示例市数据局", Number("0.5"), 3),
        ("年度自查表", "evil", "\x1b[31m红\u202e", None, None),
    ],
)


def test_two_columns_share_the_screen() -> None:
    """A table of two columns has wider ones than a table of many."""
    columns = [make_column("subject", "事项"), make_column("rule", "口径")]
    grid = make_rollup_grid(make_table("rules", "口径", "", columns, [("甲", "长" * 40)]))
    assert grid.widths == (4, 36)
    many = [make_column(f"c{number}", "栏") for number in range(5)]
    grid = make_rollup_grid(make_table("rules", "口径", "", many, [("长" * 40,) * 5]))
    assert set(grid.widths) == {24}


def test_ids_of_options_stand_behind_their_words() -> None:
    """So the statistics show the option, and not its id, on a narrow screen."""
    columns = [make_column(key, key) for key in ("item_id", "item", "part_id", "part", "value")]
    table = make_table("statistics", "统计", "", columns, [("A-1", "题", "o1", "是", 3)])
    arranged = arrange_for_screen(table)
    assert [column.id for column in arranged.columns] == [
        *("item", "part", "value", "item_id", "part_id"),
    ]


def test_what_a_row_is_about_comes_first() -> None:
    """The name of the unit stands still; ids and the checklist go to the end."""
    arranged = arrange_for_screen(TABLE)
    assert [column.id for column in arranged.columns] == [
        *("unit", "share", "count", "checklist", "unit_id"),
    ]
    assert arranged.rows[0] == ("示例市数据局", Number("0.5"), 3, "年度自查表", "data")


def test_cells_of_strangers_are_harmless_and_nothing_is_never_0() -> None:
    """Control characters are escapes; an empty cell is a dash, and is left out below."""
    texts = make_rollup_grid(TABLE)
    assert texts.cells[1][2] == "\\u001b[31m红\\u202e"
    assert texts.cells[1][3:] == ("-", "-")
    assert texts.cells[0][3:] == ("50.0%", "3")
    assert texts.numeric == (False, False, False, True, True)
    assert [title for title, _text in list_cells_in_full(texts, 1)] == ["检查表", "编号", "单位"]
    assert join_cells_in_full(texts, 0, "zh").splitlines()[-1] == "个数：3"


def test_rows_are_found_by_words_and_pinyin_and_the_rest_is_counted() -> None:
    """Without words all rows; of very many the first ones, and how many there are."""
    texts = make_rollup_grid(TABLE)
    assert find_grid_rows(texts, "") == ([0, 1], 2)
    assert find_grid_rows(texts, "sjj") == ([0], 1)
    assert find_grid_rows(texts, "ＥＶＩＬ") == ([1], 1)
    many = texts._replace(cells=texts.cells * 500)
    rows, count = find_grid_rows(many, "数据局")
    assert (len(rows), count) == (200, 500)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_texts_behind_labels_stay_within_the_width(width: int) -> None:
    """As many on a line as fit, a long one wrapped; nothing is lost."""
    pairs = [("单位", "示例市青溪区数据局"), ("个数", "3"), ("措施", "修改弱口令，启用策略" * 6)]
    lines = flow_labelled_texts(pairs, width)
    assert max(map(line_width, lines)) <= width
    whole = "".join(join_lines_without_styles(lines).split())
    assert whole == "".join(label + text for label, text in pairs)


def test_titles_lose_what_all_begin_with() -> None:
    """At a Chinese character anywhere, in Latin texts only at a word; one title stays whole."""
    assert list_titles_without_common_start(["青溪区年度自查表", "青溪区系统自查表"]) == [
        "年度自查表",
        "系统自查表",
    ]
    assert list_titles_without_common_start(["Qingxi sheet", "Qingxi shop"]) == ["sheet", "shop"]
    assert list_titles_without_common_start(["等级保护2级", "等级保护3级"]) == [
        "等级保护2级",
        "等级保护3级",
    ]
    assert list_titles_without_common_start(["年度自查表"]) == ["年度自查表"]
    assert list_titles_without_common_start(["表", "表"]) == ["表", "表"]
