"""What items say about their results: each rule goes off, and stays silent where all is well."""

from __future__ import annotations

import msgspec
import pytest

from assess.model.item import NEVER, Verdict
from engine.content.sample import found, good
from factories import ladder, text, text_item

MET = text("最后一条拒绝所有。", "The last rule denies all.")
UNMET = text("策略放行任意地址。", "The policy lets any address in.")


def verdict(**fields: object) -> Verdict:
    """Return a verdict of two grades for the sample item."""
    return Verdict(**({"met": MET, "unmet": UNMET, "not_applicable": NEVER} | fields))  # type: ignore[arg-type]  # fields by name


def test_two_grades_and_never_are_complete() -> None:
    """Without `partial` the item knows two grades."""
    assert found(good(verdict=verdict())) == []


def test_each_missing_result_is_named() -> None:
    """An item without verdict lacks three results."""
    assert found(good(verdict=None)) == ["verdict-missing"] * 3
    assert found(good(verdict=verdict(not_applicable=None))) == ["verdict-missing"]


def test_items_that_are_answered_by_a_value_need_no_verdict() -> None:
    """Rungs say what counts; a text does not score at all."""
    fields = {"check": good().check, "refs": good().refs, "problem": good().problem}
    item = msgspec.structs.replace(ladder(), requirement=text("按月查看。", "Seen."), **fields)
    assert found(item) == []
    step = text("填电话。", "Give it.")
    assert found(text_item(requirement=step, check=(step,), refs=good().refs)) == []


@pytest.mark.parametrize(
    ("zh", "en", "lang"),
    [
        ("看最后一条，拒绝所有算符合。", "See the last rule.", "zh"),
        ("看最后一条，否则部分符合。", "See the last rule.", "zh"),
        ("看最后一条；没有边界的填“不适用”。", "See the last rule.", "zh"),
        ("看最后一条。", "Met: the last rule denies all.", "en"),
        ("看最后一条。", "Otherwise partly met.", "en"),
        ("看最后一条。", "Without a boundary: not applicable.", "en"),
    ],
)
def test_steps_hold_no_results(zh: str, en: str, lang: str) -> None:
    """Words of results in a step are noted in their language."""
    item = good(check=(good().check[0], text(zh, en)))
    assert found(item) == [f"verdict-in-steps check.1.{lang}"]


def test_to_agree_with_something_is_no_result() -> None:
    """与批复符合 and “is met by a guard” are plain words."""
    step = text(
        "看最后一条与批复是否符合，有没有人迎接。", "See whether a visitor is met by a guard."
    )
    assert found(good(check=(good().check[0], step))) == []


def test_met_names_what_the_steps_speak_of() -> None:
    """A run of characters or a number of the steps must stand in `met`."""
    assert found(good(verdict=verdict(met=text("落实到位。", "All is well.")))) == [
        "verdict-vague verdict.met"
    ]
    steps = (good().check[0], text("抓 15 分钟。", "Capture for 15 minutes."))
    assert found(good(check=steps, verdict=verdict(met=text("满 15 分。", "Full 15.")))) == []


def test_long_texts_are_compared_in_linear_time() -> None:
    """Comparing each character with each other would not end."""
    long = good(
        check=(text("看" + "甲乙" * 200_000 + "。", "See."), good().check[1]),
        verdict=verdict(met=text("丙丁" * 200_000 + "。", "All is well.")),
    )
    assert "verdict-vague verdict.met" in found(long)


def test_unmet_is_no_negation() -> None:
    """没有 before the words of `met` says nothing new."""
    unmet = text("最后一条没有拒绝所有。", "The last rule does not deny all.")
    assert found(good(verdict=verdict(unmet=unmet))) == ["verdict-negated verdict.unmet"]


def test_a_fault_has_a_name_of_its_own() -> None:
    """The title with a negation, in any order, is no name."""
    assert found(good(problem=None)) == ["problem-missing"]
    problem = text("未默认拒绝边界", "Boundary not denied by default")
    assert found(good(problem=problem)) == ["problem-negated problem"]


@pytest.mark.parametrize(
    "step", ["运行 sudo iptables -S 看最后一条。", "抽 3 条看最后一条。", "任选 2 台看最后一条。"]
)
def test_commands_and_samples_are_of_each_round(step: str) -> None:
    """What a command or a sample shows is not taken over from last year."""
    steps = (good().check[0], text(step, "See it."))
    assert found(good(check=steps)) == ["each-round-missing check"]
    assert found(good(check=steps, each_round=True)) == []


def test_a_quoted_framework_says_nothing_of_results() -> None:
    """`verbatim: true`: neither verdicts nor names of faults are asked for."""
    assert found(good(verdict=None, problem=None), verbatim=True) == []
