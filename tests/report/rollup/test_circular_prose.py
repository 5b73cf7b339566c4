"""The prose of a circular from tables with many rows: what is listed, what the annex has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assess.i18n import Lang
from assess.model.base import Number
from assess.model.rollup import RollUpTable
from assess.report.export.markdown import format_markdown
from assess.report.rollup.circular.annexes import make_annex_blocks
from assess.report.rollup.circular.overall_prose import write_comparison
from assess.report.rollup.circular.problem_prose import (
    MOST_LISTED,
    write_common_problems,
    write_high_risks,
    write_remediation,
)
from assess.report.rollup.table_reader import TableReader
from rollup_documents import gather_tables, make_table


def make_reader(lang: Lang, *tables: RollUpTable) -> TableReader:
    """Return the tables as a roll-up."""
    return TableReader(gather_tables(lang, *tables))


def common_row(number: int, failed: int, judged: int = 20, left: int = 0) -> dict[str, Any]:
    """Return an item that fails in some units."""
    share = Number(f"{failed / judged:.3f}")
    words = {"item_id": f"A-{number:02}", "item": f"第{number}项"}
    return {**words, "failed": failed, "judged": judged, "failed_share": share, "open": left}


def test_the_most_common_problems_are_listed_and_the_others_counted() -> None:
    """Those of the largest share come first; what one unit alone fails is not common."""
    rows = [common_row(number, number + 1, left=number // 12) for number in range(13)]
    lines = list(write_common_problems(make_reader("zh", make_table("common_problems", rows))))
    assert lines[0] == "两家以上单位未完全符合的检查项共 12 项，主要有："
    assert len(lines) == 1 + MOST_LISTED + 1
    first = (
        "1. “第12项”（A-12）：作答的 20 家单位中有 13 家未完全符合，占 65.0%；另有 1 家没有填完。"
    )
    assert lines[1] == first
    assert lines[-1] == f"其余 {12 - MOST_LISTED} 项见附件。"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_high_risks_name_unit_system_case_and_day(lang: Lang) -> None:
    """What is not known is a dash; a measure without words is a measure."""
    is_chinese = lang == "zh"
    row = {
        "unit": "示例市青溪区人民医院",
        "unit_id": "hospital",
        "system": "挂号系统",
        "item_id": "R2",
        "item": "没有弱口令",
        "result": "不符合" if is_chinese else "not met",
        "case": "6.1",
        "measure": None,
        "due": date(2026, 10, 1),
        "state": "计划中",
        "days_late": 60,
        "remark": None,
    }
    missing = "没有措施" if is_chinese else "no measure"
    bare = {**row, "system": None, "case": None, "due": None, "state": missing, "days_late": None}
    bare["result"] = "部分符合" if is_chinese else "partly met"
    over = (
        "完成期限已过，以单位下次报送为准"
        if is_chinese
        else "due day is over; the next hand-in tells"
    )
    bare["remark"] = over
    told = {**bare, "item": "弱口令", "result": "存在问题" if is_chinese else "problem found"}
    rows = make_table("high_risks", [row, bare, told])
    lines = list(write_high_risks(make_reader(lang, rows)))
    if is_chinese:
        counts = "其中属于高风险判例的 1 项、没有整改措施的 2 项、按各单位数据日期计算已逾期的 1 "
        assert lines[0] == f"未整改的高风险问题共 3 项，涉及 1 家单位；{counts}项。"
        where, due = "1. 示例市青溪区人民医院 挂号系统", "整改期限2026年10月1日"
        words = f"{where}：“没有弱口令”一项不符合（高风险判例 6.1），{due}，计划中，已逾期 60 天。"
        assert lines[1] == words
        assert lines[2] == (
            f"2. 示例市青溪区人民医院：“没有弱口令”一项部分符合，整改期限—，没有措施（{over}）。"
        )
        assert lines[3] == f"3. 示例市青溪区人民医院：弱口令，整改期限—，没有措施（{over}）。"
    else:
        assert "item “没有弱口令”: not met (high-risk case 6.1); due: 1 October 2026" in lines[1]
        assert "due: —" in lines[2]


def test_nothing_to_tell_is_said() -> None:
    """Without problems each part has one sentence."""
    total = make_table("remediation", [{"category": "合计", "problems": 0}])
    reader = make_reader("en", total)
    assert list(write_common_problems(reader)) == [
        "No item is not fully met in more than one unit."
    ]
    assert list(write_high_risks(reader)) == [
        "No problem of high risk is open in what was handed in."
    ]
    assert list(write_remediation(reader)) == ["No problem was found in what was handed in."]


def test_a_long_measure_of_a_unit_is_cut() -> None:
    """One unit's words can't fill the circular of all, in the prose or in an annex."""
    row = {
        "unit": "档案局",
        "unit_id": "archive",
        "system": None,
        "item_id": "R2",
        "item": "弱口令",
        "result": "不符合",
        "case": None,
        "measure": "很长" * 450_000,
        "due": None,
        "state": "计划中",
        "days_late": None,
        "remark": None,
    }
    reader = make_reader("zh", make_table("high_risks", [row]))
    prose = "".join(write_high_risks(reader))
    annexes = format_markdown(tuple(make_annex_blocks(reader)))
    assert max(map(len, (prose, annexes))) < 2000
    assert "很长" * 250 + "…" in annexes
    (table,) = reader.document.tables
    assert "很长" * 450_000 in table.rows[0]


def comparison_row(unit: str, difference: str | None) -> dict[str, Any]:
    """Return a unit with the change of its rate of compliance."""
    return {"unit": unit, "difference": difference and Number(difference)}


def write_comparison_lines(lang: Lang, **differences: str | None) -> list[str]:
    """Return the sentences on units of these changes."""
    rows = [comparison_row(unit, difference) for unit, difference in differences.items()]
    return list(write_comparison(make_reader(lang, make_table("comparison", rows))))


def test_five_units_that_rose_most_are_named_and_who_rose_as_much_is_counted() -> None:
    """Of those that fell the one that fell most comes first."""
    rose = {"甲局": "0.2", "乙局": "0.188", "丙局": "0.125", "丁局": "0.125", "戊局": "0.125"}
    others = {"己局": "0.125", "庚局": "0.125", "辛局": "0.1", "壬局": "0"}
    fell = {"癸局": "-0.05", "子局": "-0.25", "丑局": None}
    lines = write_comparison_lines("zh", **rose, **others, **fell)
    assert lines[0].endswith("可比单位 11 家，其中符合率提高的 8 家、持平的 1 家、下降的 2 家。")
    assert lines[1:] == [
        (
            "符合率提高最多的：甲局（提高 20.0 个百分点）、乙局（提高 18.8 个百分点）、"
            "丙局（提高 12.5 个百分点）、丁局（提高 12.5 个百分点）、戊局（提高 12.5 个百分点）；"
            "另有 2 家与末一家变动相同。"
        ),
        "符合率下降最多的：子局（下降 25.0 个百分点）、癸局（下降 5.0 个百分点）。",
    ]


def test_where_no_unit_rose_or_fell_none_is_named() -> None:
    """Neither an empty list nor a zero; without anything to compare there is no sentence."""
    assert len(write_comparison_lines("en", one="0", two=None)) == 1
    assert write_comparison_lines("en", one=None) == []
    (_counts, rose) = write_comparison_lines("en", first="0.091")
    assert rose == "The share that conforms rose most at: first (up 9.1 percentage points)."
