"""The parts of an answer, by kind of item: for forms with fields, ticks and rows of their own."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from assess.engine.kinds.values import check_value_naming_cells
from assess.engine.scoring.assessment import assess_sheet
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Item
from assess.report.content.view.answer_parts import answer_fields_of_item_view
from assess.report.content.view.build import build_report_view
from assess.report.content.view.sheet_views import ItemView
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.template import find_item_view, render_template
from report import factory

TABLE = "ANN-SYS-07"


def item(item_id: str) -> Item:
    """Return an item of the annual form."""
    return factory.library("annual-inspection").items()[item_id]


def test_options_are_there_ticked_or_not() -> None:
    """Ticks of choices, of a choice and of a ladder; own words are a tick more."""
    ticked = answer_fields_of_item_view(item("ANN-MGT-01"), Answer(value=["plan"]), "zh")["options"]
    assert [one.text for one in ticked if one.ticked] == ["有年度工作计划并分到科室"]
    assert len(ticked) == 5
    blank = answer_fields_of_item_view(item("ANN-MGT-01"), Answer(), "zh")["options"]
    assert [one.ticked for one in blank] == [False] * 5
    rungs = answer_fields_of_item_view(item("ANN-MGT-04"), Answer(value="year"), "zh")["options"]
    assert [one.ticked for one in rungs] == [False, True, False, False]
    other = answer_fields_of_item_view(
        item("ANN-INC-05"), Answer(value=["misuse", {"other": "停电"}]), "zh"
    )["options"]
    assert [one.text for one in other if one.ticked][-1] == "停电"


def test_results_of_conformity_are_options() -> None:
    """Those that the item may have: a form has a box for each."""
    parts = answer_fields_of_item_view(item("ANN-UNI-01"), Answer(status="partial"), "zh")
    assert [(one.text, one.ticked) for one in parts["options"]] == [
        ("符合", False),
        ("部分符合", True),
        ("不符合", False),
    ]


@pytest.mark.parametrize(
    ("item_id", "value", "wanted"),
    [
        ("ANN-UNI-07", 86, {"value": "86", "unit": "人"}),
        ("ANN-UNI-07", None, {"value": "", "unit": "人"}),
        ("ANN-UNI-10", {"part": 5, "whole": 6}, {"value": "5", "whole": "6"}),
        ("ANN-UNI-10", None, {"value": ""}),
        ("ANN-UNI-04", "赵云", {"value": "赵云"}),
        ("ANN-RSP-02", "2026-04-10", {"value": "2026-04-10"}),
        ("ANN-SYS-07", "no rows", {"rows": ()}),
    ],
)
def test_numbers_ratios_and_texts(item_id: str, value: Any, wanted: dict[str, Any]) -> None:
    """A number beside its unit, a ratio in its two parts, a text as it is."""
    found = answer_fields_of_item_view(item(item_id), Answer(value=value), "zh")
    assert {key: found[key] for key in wanted} == wanted


def test_rows_of_a_table() -> None:
    """A cell a column, in their order; what is missing is blank, what is no row is left out."""
    rows = [{"level": "two", "total": 3}, "no row"]
    found = answer_fields_of_item_view(item("ANN-SYS-07"), Answer(value=rows), "zh")
    assert found["rows"] == (("二级", "3", "", "", "", ""),)
    assert len(found["columns"]) == 6


def with_rows(rows: list[Any], lang: Lang) -> ItemView:
    """Return the view of the list of responsible people, answered by these rows."""
    made = factory.inputs("annual-inspection", lang=lang)
    (sheet_inputs,) = made.sheets
    answers = dict(sheet_inputs.sheet.answers) | {TABLE: Answer(value=rows)}
    sheet = replace(sheet_inputs.sheet, answers=answers)
    assessment = assess_sheet(sheet_inputs.checklist, sheet, made.config, made.register, made.today)
    changed = sheet_inputs._replace(sheet=sheet, assessment=assessment)
    view = build_report_view(made._replace(sheets=(changed,)))
    return find_item_view(view.sheets[0], TABLE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_faults_of_cells_are_told_at_the_table_and_at_the_item(lang: Lang) -> None:
    """A wrong type and a missing cell, by row and column, as lint says; the item points to them."""
    rows: list[dict[str, Any]] = [
        {"level": "two", "total": 3},
        {"level": "nine", "total": "many"},
        {"total": 1},
    ]
    shown = with_rows(rows, lang)
    problems = check_value_naming_cells(item(TABLE), rows, factory.TODAY, lang)
    lint_words = [problem.message.replace(" ", "") for problem in problems]
    assert [fault.replace(" ", "") for fault in shown.row_faults] == lint_words
    row = {"zh": "第2行", "en": "row 2"}[lang]
    assert [fault.startswith(row) for fault in shown.row_faults].count(True) >= 2
    words = {
        "zh": "表格填写有误，列在表格上方",
        "en": "The table has faults: they stand above it",
    }
    assert words[lang] in shown.flags
    cells = ("filed", "assessed", "mended", "checked")
    right = with_rows([rows[0] | dict.fromkeys(cells, 1)], lang)
    assert (right.row_faults, words[lang] in right.flags) == ((), False)


def test_of_many_faults_twenty_are_named() -> None:
    """A table that was pasted a column off fills no pages with remarks."""
    shown = with_rows([{"total": "x"}] * 30, "en")
    assert len(shown.row_faults) == 21
    assert shown.row_faults[-1].startswith("… and ")


def test_an_item_by_its_id() -> None:
    """Forms find answers by id; what conditions leave out is blank, a wrong id is an error."""
    (sheet,) = build_report_view(factory.inputs("annual-inspection")).sheets
    assert find_item_view(sheet, "ANN-UNI-07").value == "12.5"
    without = replace(sheet, sections=(), left_out_ids=("ANN-UNI-07",))
    assert (
        find_item_view(without, "ANN-UNI-07").title,
        find_item_view(without, "ANN-UNI-07").said,
    ) == ("", "")
    with pytest.raises(LookupError, match="ANN-XXX"):
        find_item_view(sheet, "ANN-XXX")


def test_a_wrong_id_in_a_form_names_the_line(tmp_path: Any) -> None:
    """The author of a form is told which id, and where."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "main.html").write_text('\n{{ (report.sheets[0] | item("NO-1")).said }}')
    view = build_report_view(factory.inputs("annual-inspection"))
    with pytest.raises(RenderRefusedError, match=r"mine/main.html:2.*NO-1") as refused:
        render_template("mine", [str(tmp_path)], {"report": view}, "zh")
    assert refused.value.message.endswith(" 没有检查项 NO-1")
    assert refused.value.hint.startswith("模板与检查表的版本不配套")


def test_a_wrong_id_that_a_macro_reads_is_named_where_it_is_written(tmp_path: Any) -> None:
    """The macro of another file has no id in it: the line of the form has."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "rows.html").write_text(
        "{% macro row(sheet, id) %}{{ sheet | item(id) }}{% endmacro %}"
    )
    (folder / "main.html").write_text(
        '{% import "mine/rows.html" as f %}\n\n{{ f.row(report.sheets[0], "NO-1") }}'
    )
    view = build_report_view(factory.inputs("annual-inspection"))
    with pytest.raises(RenderRefusedError, match=r"mine/main.html:3.*NO-1"):
        render_template("mine", [str(tmp_path)], {"report": view}, "en")
