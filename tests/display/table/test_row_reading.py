from __future__ import annotations

from assess.display.table.cell_faults import fault_text, unknown_heads_text
from assess.display.table.row_reading import RowsReading, find_row_faults, read_spreadsheet_rows
from assess.display.table.spreadsheet_text import split_pasted_spreadsheet_text
from assess.i18n import Lang
from display.table.tables import SYSTEMS, TODAY

HEADS = "系统名称\t等保等级\t用户数\t带宽\t已备案\t上线日期\n"


def read(text: str, lang: Lang = "zh") -> RowsReading:
    """Return what the table of systems reads of a pasted text."""
    return read_spreadsheet_rows(SYSTEMS, split_pasted_spreadsheet_text(text, "\t"), TODAY, lang)


def faults(text: str, lang: Lang = "zh") -> list[str]:
    """Return the texts of the faults."""
    return [fault_text(fault, lang) for fault in read(text, lang).faults]


def test_rows_with_and_without_heads() -> None:
    """Without heads the cells are in the order of the columns; heads may be in any order."""
    row = {"name": "门户", "level": "three", "users": 1200, "filed": True}
    assert read("门户\t三级\t1,200\t\t是\n").rows == [row]
    mixed = "备案\tMLPS level\tname *\t用户数（人）\t已备案\n\t三级\t门户\t1200\t√\n"
    reading = read(mixed)
    assert reading.rows == [row]
    assert reading.unknown_heads == ["备案"]
    assert unknown_heads_text(reading.unknown_heads, "zh") == "表中没有这些栏：“备案”"


def test_each_fault_has_its_row_its_column_and_what_is_expected() -> None:
    """Rows are counted from the first that was pasted; the good rows are there beside."""
    text = HEADS + "门户\t叁级\t-1\tx\t也许\t3月8日\n\t二级\t\t\t\t\n档案\t二级\t\t\t\t\n"
    assert faults(text) == [
        "第 2 行 等保等级：“叁级”不合要求；应填：二级、三级",
        "第 2 行 用户数：-1 小于下限 0",
        "第 2 行 带宽：“x”不合要求；应填：数，如 12.5",
        "第 2 行 已备案：“也许”不合要求；应填：是或否",
        "第 2 行 上线日期：“3月8日”不合要求；应填：日期，如 2026-03-18",
        "第 3 行 系统名称：没有填；应填：文字",
    ]
    reading = read(text)
    assert reading.rows == [{"name": "档案", "level": "two"}]
    assert reading.row_count == 3


def test_a_list_as_an_office_makes_it() -> None:
    """A title above the heads, a running number and the row of totals are no rows of the table."""
    text = (
        "附表一　信息系统清单\n填报单位：示例市青溪区实验小学\t\t日期：2026年3月\n"
        "序号\t系统名称\t等保等级\t用户数\n1\t门户\t三级\t1,200\n2\t档案\t叁级\t3\n合计\t\t\t1203\n"
    )
    reading = read(text)
    assert reading.rows == [{"name": "门户", "level": "three", "users": 1200}]
    assert [fault_text(fault, "zh") for fault in reading.faults] == [
        "第 5 行 等保等级：“叁级”不合要求；应填：二级、三级"
    ]
    assert (reading.unknown_heads, reading.row_count) == ([], 2)


def test_rows_above_the_heads_are_not_passed_over() -> None:
    """Whatever fills three cells is a row of the table; a total below no number is one too."""
    misplaced = read("甲\t三级\t5\n" + HEADS + "乙\t二级\t\t\t\t\n")
    assert misplaced.rows == [
        {"name": "甲", "level": "three", "users": 5},
        {"name": "乙", "level": "two"},
    ]
    assert misplaced.faults
    assert faults(HEADS + "合计\t\t5\t\t\t\n") == ["第 2 行 等保等级：没有填；应填：二级、三级"]


def test_heads_that_lack_a_needed_column_or_have_one_twice() -> None:
    """Then no row is good."""
    twice = read("系统名称\t系统名称\t等保等级\n甲\t乙\t二级\n")
    assert [fault.message for fault in twice.faults] == ["本栏出现了两次"]
    assert twice.rows == []
    lacking = faults("系统名称\t用户数\n甲\t3\n乙\t-1\n")
    assert lacking == [
        "第 1 行 等保等级：本栏必填，而栏名里没有它",
        "第 3 行 用户数：-1 小于下限 0",
    ], "rows do not say again that the column is missing"


def test_more_cells_than_columns() -> None:
    """Where nothing says which is which, the row is not guessed at; empty ends don't count."""
    assert faults("甲\t二级\t\t\t\t\t\t\n") == []
    assert faults("甲\t二级\t\t\t\t\t备注\n") == ["第 1 行：有 7 格，只有 6 栏"]


def test_a_cell_below_no_head() -> None:
    """It would be lost without a word: the head of its column is blank, between or at the end."""
    assert faults("系统名称\t\t等保等级\t\n甲\t乙\t二级\t\n丙\t\t二级\t丁\n") == [
        "第 2 行：B 列的单元格没有栏名",
        "第 3 行：有 4 格，只有 3 栏",
    ]


def test_a_long_wrong_cell_is_quoted_in_short() -> None:
    """On one line."""
    (text,) = faults("甲\t" + "长" * 500 + "\n")
    assert "长" * 40 + "..”" in text
    assert "长" * 41 not in text


def test_faults_of_the_whole_table() -> None:
    """Too many rows are no fault of any of them."""
    rows = [{"name": "甲", "level": "two"}] * 6
    (fault,) = find_row_faults(SYSTEMS, rows, range(1, 7), TODAY, "en")
    assert (fault.row, fault_text(fault, "en")) == (0, "6 rows, at most 5 are allowed")


def test_nothing_pasted() -> None:
    """No row, no fault."""
    nothing = read("\n\n")
    assert (nothing.rows, nothing.faults, nothing.row_count, nothing.unknown_heads) == (
        [],
        [],
        0,
        [],
    )
