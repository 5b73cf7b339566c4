from __future__ import annotations

import pytest

from engine.content.sample import found, good
from factories import text, text_item


def test_titles_and_requirements_have_limits_in_each_language() -> None:
    """Beyond 20 and 60 characters of a title, 60 and 200 of a requirement, lint speaks."""
    item = good(
        title=text("长" * 21, "l" * 61), requirement=text("长" * 60 + "。", "l" * 200 + ".")
    )
    assert found(item) == [
        "title-long title.zh",
        "title-long title.en",
        "requirement-long requirement.zh",
        "requirement-long requirement.en",
    ]


def test_limits_themselves_are_allowed() -> None:
    """A title of exactly 20 Chinese characters is fine."""
    assert found(good(title=text("长" * 20, "l" * 60))) == []


def test_a_plain_string_is_judged_as_its_language() -> None:
    """A Han character makes a string Chinese; without one it is English."""
    assert found(good(title="题" * 30, requirement="要求；要求。")) == [
        "title-long title.zh",
        "two-requirements requirement.zh",
    ]
    assert found(good(title="t" * 61)) == ["title-long title.en"]


@pytest.mark.parametrize("steps", [1, 7])
def test_a_check_has_two_to_six_steps(steps: int) -> None:
    """One step is too few, seven too many."""
    assert found(good(check=(text("看最后一条。", "See the last rule."),) * steps)) == [
        "check-steps check"
    ]


def test_items_that_do_not_score_may_have_one_step() -> None:
    """A telephone number needs no procedure."""
    item = text_item(
        requirement=text("填写电话。", "Give the number."),
        check=(text("看。", "Look."),),
        refs=good().refs,
    )
    assert found(item) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("制定预案；定期演练。", "There is a plan."),
        ("有预案。有演练。", "There is a plan."),
        ("有预案，并有演练。", "There is a plan."),
        ("制定预案并定期演练。", "There is a plan."),
        ("有预案。", "There is a plan; it is rehearsed."),
        ("有预案。", "There is a plan, and must be rehearsed."),
        ("有预案。", "Write a plan and rehearse it regularly."),
    ],
)
def test_two_requirements_in_one_are_noted(zh: str, en: str) -> None:
    """Two sentences, semicolons and halves joined by 并 or “and must” are two demands."""
    problems = found(good(requirement=text(zh, en)))
    assert [one.split()[0] for one in problems] == ["two-requirements"]


def test_clauses_of_the_standard_are_one_item() -> None:
    """An MLPS item is cut as the standard cuts it, however much it holds."""
    assert found(good(letter="G", requirement=text("有预案，并有演练。", "There is one."))) == []
