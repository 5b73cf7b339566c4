"""How words are found: Chinese anywhere, letters at the start of a word, initials of titles."""

from __future__ import annotations

import pytest

from assess.tui.search.find import SearchEntry, find_items, find_word_start
from assess.workspace import SheetName

SHEET = SheetName("a")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("generally fine", "lly", None),
        ("generally fine", "gen", 0),
        ("a vpn-gateway", "gate", 6),
        ("防火墙vpn策略", "vpn", 3),
        ("边界默认拒绝", "默认", 2),
        ("tls1.2", "1.2", 3),
    ],
)
def test_where_a_word_stands(text: str, word: str, place: int | None) -> None:
    """Letters count at the start of a word; anything else where it is."""
    assert find_word_start(text, word) == place


def test_initials_do_not_hit_the_middle_of_english_words() -> None:
    """The initials lly find 流量异常, and no English word that has them inside."""
    entries = [
        SearchEntry(SHEET, "A-1", "边界", "A-1\nGenerally denied", "a-1\ngenerally denied", "bj"),
        SearchEntry(SHEET, "A-2", "流量异常", "A-2\nabnormal flow", "a-2\nabnormal flow", "llyc"),
    ]
    assert [row.words for row in find_items(entries, "lly", SHEET, "zh")] == ["流量异常  A-2"]
    assert [row.words for row in find_items(entries, "denied", SHEET, "zh")] == [
        "边界  A-1  .. Generally denied"
    ]
