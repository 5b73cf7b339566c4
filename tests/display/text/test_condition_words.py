"""Conditions in words: what an officer reads above a sub-question."""

from __future__ import annotations

import pytest

from assess.display.text.condition_words import ConditionWords
from assess.model.condition import Condition
from factories import (
    answer_is,
    checklist,
    choice,
    choices,
    conformity,
    fact_is,
    ladder,
    number,
)

ASKED = checklist(
    conformity("R"), choice("ONE"), choices("MANY"), ladder("STEPS"), number("DAYS", decimals=1)
)


def words(condition: Condition, lang: str = "en") -> str:
    """Return a condition in words."""
    asked = conformity("C", applies_when=condition)
    return ConditionWords(ASKED, lang).format_opening_condition(asked)  # type: ignore[arg-type]  # a language


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        (answer_is("R", "unmet"), "R is “not met”", "R 选“不符合”"),
        (answer_is("STEPS", "never"), "STEPS is “Never”", "STEPS 选“从不”"),
        (
            Condition(item="ONE", in_=("a", "b")),
            "ONE is “Option a” or “Option b”",
            "ONE 选“选a”或“选b”",
        ),
        (Condition(item="DAYS", at_least=3), "DAYS is at least 3 days", "DAYS 不小于 3 天"),
        (Condition(item="DAYS", at_most=3), "DAYS is at most 3 days", "DAYS 不大于 3 天"),
        (Condition(item="DAYS", above=3), "DAYS is above 3 days", "DAYS 大于 3 天"),
        (Condition(item="DAYS", below=3), "DAYS is below 3 days", "DAYS 小于 3 天"),
        (answer_is("DAYS", 3), "DAYS equals 3 days", "DAYS 等于 3 天"),
        (
            Condition(all=(answer_is("MANY", "a"), fact_is("egov", True))),
            "MANY is “Option a”, and “text” is “yes”",
            "MANY 选“选a”，且 “文字” 选“是”",
        ),
        (
            Condition(
                any=(
                    Condition(all=(answer_is("MANY", "a"), answer_is("MANY", "b"))),
                    Condition(not_=answer_is("ONE", "a")),
                )
            ),
            "(MANY is “Option a”, and MANY is “Option b”), or it is not so that ONE is “Option a”",
            "（MANY 选“选a”，且 MANY 选“选b”），或 并非 ONE 选“选a”",
        ),
        (answer_is("GONE", "x"), "GONE is “x”", "GONE 选“x”"),
        (fact_is("egov", True), "", ""),
    ],
)
def test_words(condition: Condition, english: str, chinese: str) -> None:
    """Values by their texts, numbers with their units, groups in brackets; facts alone say ''."""
    assert words(condition) == english
    assert words(condition, "zh") == chinese
