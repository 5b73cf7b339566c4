from __future__ import annotations

from typing import Any

import msgspec
import pytest

from assess.engine.kinds.values import parse_value_or_return_text
from assess.model.base import Number
from assess.model.item import Item
from assess.model.item_parts import Option, Other
from factories import choice, choices, conformity, date_item, ladder, number, ratio, text

MEASURES = msgspec.structs.replace(
    choices(),
    options=(
        Option(id="antivirus", text=text("防病毒", "Anti-malware")),
        Option(id="access", text=text("准入控制，有记录", "Access control, with records")),
        Option(id="b", text=text("备份。", "Backup")),
    ),
)


@pytest.mark.parametrize("sign", [",", "，", "、", "；", ";"])
def test_choices_are_typed_in_their_words(sign: str) -> None:
    """Words that contain the sign between ticks are one option all the same; ids do as well."""
    words = sign.join(["防病毒", "准入控制，有记录", "b"])
    assert parse_value_or_return_text(MEASURES, words) == ["antivirus", "access", "b"]
    words = sign.join(["backup", "ACCESS CONTROL, with records"])
    assert parse_value_or_return_text(MEASURES, words) == ["b", "access"]
    assert parse_value_or_return_text(MEASURES, "准入控制") == [{"other": "准入控制"}]


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
        (number(), "7 天", 7),
        (number(), "1,200", 1200),
        (number(), "7 个", "7 个"),
        (ratio(), "23台 / 25台", {"part": 23, "whole": 25}),
        (ratio(), "7.2/86.5", "7.2/86.5"),
        (date_item(), "2026/3/8", "2026-03-08"),
        (date_item(), "2026年3月8日", "2026-03-08"),
        (date_item(), "soon", "soon"),
    ],
)
def test_typed_words(item: Item, words: str, expected: Any) -> None:
    """Words become what a file holds for that kind; what fits no form stays text."""
    found = parse_value_or_return_text(item, words)
    assert found == expected
    assert type(found) is type(expected)
