from __future__ import annotations

from typing import Any

import pytest

from assess.engine.kinds.values import parse_value_or_return_text
from assess.model.base import Number
from assess.model.item import Item
from assess.model.item_parts import Other
from factories import choice, choices, conformity, ladder, number, ratio


@pytest.mark.parametrize(
    ("item", "words", "expected"),
    [
        (ladder(), " yearly ", "yearly"),
        (conformity(), "met", "met"),
        (ratio(), "23/25", {"part": 23, "whole": 25}),
        (ratio(), "２３／２５", {"part": 23, "whole": 25}),
        (ratio(), "most", "most"),
        (number(), "7", 7),
        (number(), "-12.50", Number("-12.50")),
        (number(), "1e3", "1e3"),
        (number(), "9" * 30, 10**30 - 1),
        (number(), "9" * 31, "9" * 31),
        (number(), "9" * 9999, "9" * 9999),
        (number(), f"{'9' * 15}.{'9' * 16}", f"{'9' * 15}.{'9' * 16}"),
        (ratio(), f"1/{'9' * 9999}", f"1/{'9' * 9999}"),
        (choice(), "a", "a"),
        (choice(), "z", "z"),
        (choice(other=Other()), "a", "a"),
        (choice(other=Other()), "与邻区共建", {"other": "与邻区共建"}),
        (choices(), "a, b,", ["a", "b"]),
        (choices(), "a、别的", ["a", {"other": "别的"}]),
    ],
)
def test_typed_words(item: Item, words: str, expected: Any) -> None:
    """Words become what a file holds for that kind; what fits no form stays text."""
    found = parse_value_or_return_text(item, words)
    assert found == expected
    assert type(found) is type(expected)
