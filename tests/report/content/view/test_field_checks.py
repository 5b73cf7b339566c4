"""Answers that do not fit together in a report: a line each, and no draft."""

from __future__ import annotations

from typing import Any

import pytest

from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.field_check import FieldCheck
from assess.model.item import Item
from assess.report.content.draft_reasons import find_draft_reasons
from assess.report.content.view.build import build_report_view
from assess.report.content.view.field_checks import MOST_LINES, list_broken_check_texts
from factories import checklist, number, text
from report import factory

LINES = {
    "zh": "A（8）应不大于 B（7）：甲不大于乙",
    "en": "A (8) must be at most B (7): A is at most B",
}


def answer_by_id(_place: int, item: Item) -> Answer:
    """Answer A by 8 and everything else by 7."""
    return Answer(value=8 if item.id == "A" else 7)


def with_checks(count: int, **fields: Any) -> Any:
    """Return a checklist with so many times the same check."""
    check = FieldCheck(text=text("甲不大于乙", "A is at most B"), value="A", at_most="B")
    return checklist(number("A"), number("B"), checks=(check,) * count, profile={}, **fields)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_answers_that_do_not_fit_are_listed(lang: Lang) -> None:
    """The numbers stand in the view; the report is as final as it was."""
    made = factory.inputs(checklists=[with_checks(1)], answering=answer_by_id, lang=lang)
    plain = factory.inputs(checklists=[with_checks(0)], answering=answer_by_id, lang=lang)
    assert build_report_view(made).inconsistent == (LINES[lang],)
    assert build_report_view(plain).inconsistent == ()
    assert find_draft_reasons(made) == find_draft_reasons(plain)


def test_of_several_sheets_each_line_names_its_own() -> None:
    """And of very many lines the others are counted."""
    two = [with_checks(MOST_LINES), with_checks(2, id="other")]
    lines = list_broken_check_texts(
        factory.inputs(checklists=two, answering=answer_by_id, lang="en")
    )
    assert lines[0] == f"Checklist: {LINES['en']}"
    assert lines[MOST_LINES:] == ("… and 2 more",)
