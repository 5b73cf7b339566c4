"""The charts of a roll-up: each figure is one of the tables, names are texts, many rows are cut."""

from __future__ import annotations

from typing import Any

from assess.model.base import Number
from assess.model.rollup import RollUpTable
from assess.report.content.charts.svg import SvgElement, format_svg
from assess.report.rollup.charts import RollUpChart, make_charts
from assess.report.rollup.table_reader import TableReader
from rollup_documents import HOSTILE_NAME, gather_tables, make_table


def draw_charts(*tables: RollUpTable) -> list[RollUpChart]:
    """Return the Chinese charts of tables."""
    return make_charts(TableReader(gather_tables("zh", *tables)))


def list_texts(drawing: SvgElement) -> list[str]:
    """Return the texts of a drawing in their order."""
    return ["".join(map(str, part.children)) for part in list_elements(drawing, "text")]


def list_elements(drawing: SvgElement, tag: str) -> list[SvgElement]:
    """Return the elements of a drawing that have a tag."""
    return [part for part in drawing.children if isinstance(part, SvgElement) and part.tag == tag]


def score_row(category: str, sheets: int, *points: str) -> dict[str, Any]:
    """Return the scores of a category; without points a median is not given."""
    names = ("lowest", "first_quartile", "median", "third_quartile", "highest")
    values = dict(zip(names, map(Number, points), strict=True)) if points else dict.fromkeys(names)
    return {"checklist": "年度自查表", "category": category, "sheets": sheets, **values}


def heat_row(number: int, *sections: str | None) -> dict[str, Any]:
    """Return a unit with the shares of its sections."""
    shares = {f"section.第{at}节": share and Number(share) for at, share in enumerate(sections)}
    return {"unit": f"第{number:03}局", "rate": Number(number) / 1000, **shares}


def trend_row(campaign: str, median: str | None, alike: int = 6) -> dict[str, Any]:
    """Return a checklist of six items in a campaign."""
    value = Number(median) if median is not None else None
    row = {"checklist": "年度自查表", "campaign": campaign, "alike": alike, "items": 6}
    return {**row, "sheets": 3, "median": value}


def test_spreads_print_median_and_sheets() -> None:
    """A category of too few units has no box, and says why."""
    rows = [score_row("合计", 16, "38.8", "59", "79.3", "87.3", "100"), score_row("垂管", 2)]
    (chart,) = draw_charts(make_table("scores", [*rows, score_row("部门", 0)]))
    texts = list_texts(chart.drawing)
    assert texts[-6:] == ["合计", "中位数 79.3（16）", "垂管", "单位太少，不列（2）", *texts[-2:]]
    assert texts[-2:] == ["部门", "没有可比较的"]
    (box,) = list_elements(chart.drawing, "rect")
    width = float(box.attributes["width"])
    assert abs(width - (87.3 - 59) / 100 * (588 - 150 - 145)) < 0.2
    start = "分类得分分布：年度自查表：合计：中位数 79.3（16），最低 38.8，最高 100；"
    assert chart.alternative == f"{start}垂管 单位太少，不列（2）；部门 没有可比较的"


def test_spreads_without_any_median_are_left_out() -> None:
    """A chart of nothing would be read as 0."""
    assert draw_charts(make_table("scores", [score_row("合计", 3)])) == []


def test_a_trend_takes_two_campaigns_with_a_median() -> None:
    """A campaign without one is no point; where items changed, that is said."""
    rows = [trend_row("2024", "70", 4), trend_row("2025", None), trend_row("2026", "81.5")]
    (chart,) = draw_charts(make_table("trend", rows))
    assert len(list_elements(chart.drawing, "circle")) == 2
    assert chart.alternative.endswith("：2024 70（3）；2025 —；2026 81.5（3）")
    assert "2024 的检查项与本次不完全相同" in chart.note
    assert draw_charts(make_table("trend", rows[1:])) == []


def test_remediation_divides_all_problems() -> None:
    """Mended, under way, without a measure and overdue make the whole."""
    row = {"category": "合计", "problems": 86, "mended": 17, "overdue": 11, "without_measure": 5}
    nothing = {**row, "category": "部门", "problems": 0}
    table = make_table(
        "remediation", [{**each, "mended_share": Number("0.198")} for each in (row, nothing)]
    )
    (chart,) = draw_charts(table)
    figures = "合计 已整改 17 整改中 53 没有措施 5 逾期 11"
    assert chart.alternative == f"整改进度：{figures}"
    texts = list_texts(chart.drawing)
    assert texts[:6] == ["合计", "17", "53", "5", "11", "19.8% 17/53/5/11"]
    assert "部门" not in texts


def test_a_heat_map_of_many_units_has_the_worst_and_says_so() -> None:
    """Sixty rows are drawn; each field has its figure, and one without an answer a dash."""
    rows = [heat_row(number, "0.2", None) for number in range(61)]
    rows[2]["unit"] = HOSTILE_NAME
    (chart,) = draw_charts(make_table("heat_map.yearly", rows))
    texts = list_texts(chart.drawing)
    assert texts[:3] == ["合计", "section.第0节", "section.第1节"]
    assert texts[3:7] == ["第000局", "0", "20", "–"]
    assert len(list_elements(chart.drawing, "rect")) == 60 * 3
    assert "第060局" not in chart.alternative
    assert "共 61 家单位，图中为符合率最低的 60 家" in chart.note
    assert "<img" not in format_svg(chart.drawing)


def test_long_names_of_sections_are_numbered_below_the_map() -> None:
    """A word is not broken, and nothing is cut in the heads; many sections take two maps."""
    long = {f"section.{number} responsibilities": Number("1") for number in range(20)}
    first, second = draw_charts(
        make_table("heat_map.yearly", [{"unit": "甲", "rate": Number("0.5"), **long}])
    )
    texts = list_texts(first.drawing)
    assert texts[:18] == [str(number) for number in range(1, 19)]
    assert texts[-18:-16] == ["1  合计", "2  section.0 responsibilities"]
    assert list_texts(second.drawing)[-1] == "100"
    assert "responsibilities" in list_texts(second.drawing)[:7]
    assert first.title == second.title


def test_the_largest_heat_map_has_room_on_a_page() -> None:
    """Sixty rows of eighteen columns whose names stand below: a page is 850 px high."""
    long = {f"section.{number} responsibilities": Number("1") for number in range(17)}
    rows = [{"unit": "甲", "rate": Number("0.5"), **long}] * 60
    (chart,) = draw_charts(make_table("heat_map.yearly", rows))
    assert float(chart.drawing.attributes["height"]) <= 775
