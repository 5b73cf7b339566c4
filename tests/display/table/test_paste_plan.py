from __future__ import annotations

from msgspec.structs import replace

from assess.display.table.paste_plan import PastePlan, plan_paste
from display.table.tables import SYSTEMS, TODAY

ONE, TWO = {"name": "甲", "level": "two"}, {"name": "乙", "level": "three"}


def plan(text: str, *present: dict[str, str]) -> PastePlan:
    """Return what becomes of a paste into the table of systems."""
    return plan_paste(SYSTEMS, text, present, TODAY, "zh")


def test_rows_without_a_fault_are_taken_at_once() -> None:
    """Nothing is asked where nothing is left out."""
    assert plan("甲\t二级\n乙\t三级\n") == PastePlan("take", [ONE, TWO], "")


def test_where_rows_have_faults_the_others_are_offered() -> None:
    """The question says which are not taken and why."""
    asked = plan("甲\t二级\n乙\t叁级\n")
    assert (asked.way, asked.rows, asked.title) == ("ask", [ONE], "共 2 行，收下其中 1 行？")
    assert "第 2 行 等保等级：“叁级”" in asked.text


def test_where_no_row_is_good_nothing_is_taken() -> None:
    """And each fault is named; of very many the first."""
    refused = plan("乙\t叁级\n")
    assert (refused.way, refused.rows, refused.title) == ("refuse", [], "没有收下任何一行")
    many = plan("乙\t叁级\n" * 300)
    assert many.text.splitlines()[-1] == "还有 100 条"
    assert plan("\n").text == "粘贴的内容里没有行"


def test_the_same_rows_again() -> None:
    """Whoever mends the spreadsheet pastes it again: what is there is not added twice."""
    asked = plan("甲\t二级\n乙\t三级\n", ONE)
    assert (asked.way, asked.rows) == ("ask", [TWO])
    assert "表中已有、不再加入的：1 行" in asked.text
    assert plan("甲\t二级\n", ONE).way == "refuse"


def test_columns_that_the_table_lacks_are_named() -> None:
    """A column is left out, and not without a word; a running number says nothing."""
    asked = plan("楼层\t系统名称\t等保等级\n1\t甲\t二级\n")
    assert (asked.way, asked.rows) == ("ask", [ONE])
    assert asked.text == "表中没有这些栏：“楼层”"
    assert plan("序号\t系统名称\t等保等级\n1\t甲\t二级\n").way == "take"


def test_limits() -> None:
    """Of the table, and of a paste at all."""
    five = "".join(f"{number}\t二级\n" for number in range(5))
    assert plan(five).way == "take"
    full = plan(five, ONE)
    assert (full.way, full.text) == ("refuse", "本表最多 5 行，已有 1 行，要加 5 行")
    assert plan("甲\t二级\n" * 1500).title == "粘贴的内容太多，没有收下"


UNIQUE = replace(
    SYSTEMS,
    columns=tuple(replace(each, unique=each.id == "name" or None) for each in SYSTEMS.columns),
)


def test_a_key_that_the_table_has_is_a_fault_of_its_row() -> None:
    """Whoever pastes a row again with other cells is told; so is who repeats it."""
    asked = plan_paste(
        UNIQUE, "系统名称\t等保等级\n甲\t三级\n丙\t二级\n丙\t三级\n", [ONE], TODAY, "zh"
    )
    assert (asked.way, asked.rows) == ("ask", [{"name": "丙", "level": "two"}])
    assert "第 2 行 系统名称：“甲”表中已有" in asked.text
    assert "第 4 行 系统名称：“丙”与第 3 行重复" in asked.text
    assert plan_paste(UNIQUE, "甲\t二级\n", [ONE], TODAY, "zh").way == "refuse"
