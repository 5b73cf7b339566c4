"""A fact is called by the question that somebody was asked."""

from __future__ import annotations

import pytest

from assess.display.text.fact_questions import fact_question, join_fact_questions
from assess.i18n import Lang
from assess.model.base import Bilingual
from assess.model.checklist import FactDef

PROFILE = {
    "egov_access": FactDef(type="boolean", question=Bilingual(zh="是否接入？", en="Connected?"))
}


@pytest.mark.parametrize(
    ("name", "lang", "question"),
    [
        ("egov_access", "zh", "是否接入？"),
        ("organization.egov_access", "en", "Connected?"),
        ("system.level", "zh", "信息系统等级"),
        ("not_declared", "zh", "not_declared"),
    ],
)
def test_a_fact_is_called_by_its_question(name: str, lang: Lang, question: str) -> None:
    """One that nobody declares keeps its name: a reader must see which is meant."""
    assert fact_question(name, PROFILE, lang) == question


@pytest.mark.parametrize(
    ("names", "lang", "text"),
    [
        ((), "zh", ""),
        (("system.level",), "en", "grade of the system"),
        (("system.level", "cloud_use"), "zh", "“信息系统等级”“cloud_use”"),
        (("system.level", "cloud_use"), "en", "“grade of the system”, “cloud_use”"),
    ],
)
def test_several_questions_are_quoted(names: tuple[str, ...], lang: Lang, text: str) -> None:
    """No question mark stands before a comma."""
    assert join_fact_questions(names, {}, lang) == text
