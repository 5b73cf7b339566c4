"""Sub-questions in documents: all in the blank form, closed ones named in the report."""

from __future__ import annotations

import pytest

from assess.engine.scoring.left_out import (
    count_closed_sub_questions,
    count_items_left_out_by_facts,
    count_left_out_except_grade,
)
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.report.content.inputs import SheetInputs
from assess.report.content.view.blank_form import make_form_sections
from assess.report.content.view.closed_items import list_closed_sub_questions
from assess.workspace import SheetName
from factories import answer_is, assessed, checklist, choice, conformity, fact_is, section, sheet

WHOLE = checklist(
    sections=(
        section(choice("P")),
        section(conformity("C", applies_when=answer_is("P", "a")), id_="s2"),
        section(conformity("F", applies_when=fact_is("egov", True)), id_="s3"),
    )
)


def inputs(answer: str | None) -> SheetInputs:
    """Return a sheet in which facts leave out one item, and the answer decides over another."""
    given = sheet({"C": Answer(status="met")} | ({"P": Answer(value=answer)} if answer else {}))
    return SheetInputs(
        SheetName("egov"), WHOLE, given, assessed(WHOLE, given, profile={"egov": False})
    )


@pytest.mark.parametrize("answer", [None, "a", "b"])
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "Fill in only if P is “Option a”."), ("zh", "如 P 选“选a”，请填写本题。")],
)
def test_the_blank_form_has_all(answer: str | None, lang: Lang, sentence: str) -> None:
    """Whatever is answered so far: each with its number, its fields and what opens it."""
    made = inputs(answer)
    parts = make_form_sections(
        "egov", made.checklist, made.assessment.sections, lang, with_guidance=False
    )
    items = [item for part in parts for item in part.items]
    assert [(item.id, item.number, item.opening) for item in items] == [
        ("P", "1", ""),
        ("C", "2", sentence),
    ]
    assert items[1].ticks


def test_the_report_names_the_closed_ones() -> None:
    """With what would open them; they are not among what facts leave out."""
    made = inputs("b")
    assert list(list_closed_sub_questions(made, "zh")) == ["C 题目（P 选“选a”才填）"]
    assessment = made.assessment
    assert count_closed_sub_questions(assessment) == 1
    assert count_items_left_out_by_facts(assessment) == 1
    assert count_left_out_except_grade(assessment) == (1, 3)
    assert list(list_closed_sub_questions(inputs("a"), "zh")) == []
