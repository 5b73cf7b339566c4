"""Tests of the statuses that an item allows."""

from __future__ import annotations

from typing import Any

import pytest

from assess.engine.kinds.statuses import (
    allowed_statuses,
    may_be_inapplicable,
    refused_status_message_and_hint,
)
from assess.model.item import Item, Verdict
from factories import conformity, ladder, text

MET, UNMET = text("三样都有", "All three are there"), text("一样都没有", "None is there")


@pytest.mark.parametrize(
    ("item", "statuses"),
    [
        (conformity(), ("met", "partial", "unmet", "not_applicable")),
        (conformity(verdict=Verdict()), ("met", "partial", "unmet", "not_applicable")),
        (conformity(verdict=Verdict(not_applicable="never")), ("met", "partial", "unmet")),
        (conformity(verdict=Verdict(met=MET, unmet=UNMET)), ("met", "unmet", "not_applicable")),
        (conformity(verdict=Verdict(unmet=UNMET, not_applicable="never")), ("met", "unmet")),
        (
            conformity(verdict=Verdict(met=MET, partial=MET, unmet=UNMET)),
            ("met", "partial", "unmet", "not_applicable"),
        ),
        (ladder(), ("not_applicable",)),
        (ladder(verdict=Verdict(not_applicable="never")), ()),
    ],
)
def test_allowed_statuses(item: Item, statuses: tuple[Any, ...]) -> None:
    """`partial` goes where only two grades are told, `not_applicable` where it is `never`."""
    assert allowed_statuses(item) == statuses
    assert may_be_inapplicable(item) == ("not_applicable" in statuses)


def test_when_the_item_does_not_apply_is_no_ban() -> None:
    """A text that says when the item does not apply lets it be called so."""
    verdict = Verdict(not_applicable=text("没有机房", "There is no server room"))
    assert may_be_inapplicable(conformity(verdict=verdict))


def test_a_refusal_names_what_can_be_answered() -> None:
    """The hint lists the statuses; an item that takes a value says its form."""
    never = Verdict(not_applicable="never")
    assert refused_status_message_and_hint(conformity(verdict=never), "not_applicable", "en") == [
        "A-1 is never answered “not applicable”",
        "its answers are: met, partial, unmet",
    ]
    assert refused_status_message_and_hint(ladder(verdict=never), "not_applicable", "en") == [
        "A-2 is never answered “not applicable”",
        "its answers are: the id of a rung",
    ]
    assert refused_status_message_and_hint(
        conformity(verdict=never), "not_applicable", "zh", in_words=True
    ) == ["A-1 不能答“不适用”", "可以答：符合、部分符合、不符合"]
