"""The charts of a sheet."""

from __future__ import annotations

from assess.model.answer import Answer
from assess.model.item import Item
from assess.report.content.charts.svg import SvgElement
from assess.report.content.view.build import build_report_view
from report import factory


def thirteen_of_sixteen(index: int, _item: Item) -> Answer:
    """Answer so that 81.25 of 100 are earned."""
    return Answer(status="met" if index % 16 < 13 else "unmet", note="说明")


def test_a_radar_rounds_as_tables_do() -> None:
    """Half up: 81.25 is 81.3 at its axes, in its words and in the table of the sections."""
    checklist = factory.with_item("题", count=16, sections=3)
    made = factory.inputs(checklists=[checklist], answering=thirteen_of_sixteen)
    [sheet] = build_report_view(made).sheets
    assert sheet.radar is not None
    elements = [one for one in sheet.radar.children if isinstance(one, SvgElement)]
    labels = [str(one.children[0]) for one in elements if one.tag == "text"]
    assert labels.count("题81.3") == 3
    [words] = [str(one.children[0]) for one in elements if one.tag == "title"]
    assert words.count("题81.3分") == 3
    assert [part.counts.score for part in sheet.sections] == ["81.3"] * 3
