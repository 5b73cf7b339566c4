"""Text from files, made visible."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.report.plain_text import all_visible, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文 text", "中文 text"),
        ("a\tb\r\nc\nd", "a b\nc\nd"),
        ("a\rb\x07", "a\\x0db\\x07"),
        ("\u202eabc\u200b", "\\u202eabc\\u200b"),
        ("\U000e0041\ue000", "\\U000e0041\\ue000"),
        ("全\u3000角", "全\u3000角"),
    ],
)
def test_hidden_signs_become_escapes(text: str, shown: str) -> None:
    """Controls, bidi, zero-width, private and tag characters are seen, and nothing else changes."""
    assert visible(text) == shown


@given(st.text())
def test_nothing_is_left_to_obey(text: str) -> None:
    """What comes out holds no control but line breaks, no format sign, nothing unassigned."""
    kinds = {unicodedata.category(char) for char in visible(text) if char != "\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_trees_are_made_visible_throughout() -> None:
    """Keys and values, at every depth; numbers stay."""
    assert all_visible({"a\x00": [("\u200b", 1, None)]}) == {"a\\x00": [["\\u200b", 1, None]]}
