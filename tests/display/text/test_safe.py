from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.display.text.safe import make_visible, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("拒绝所有。\n第二行", "拒绝所有。\n第二行"),
        ("a\tb", "a b"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("abc\u202edef\u2066", r"abc\u202edef\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("全角\u3000空格", "全角\u3000空格"),
        ("a\r\nb\rc", "a\nb" + r"\x0dc"),
    ],
)
def test_shown_not_obeyed(text: str, shown: str) -> None:
    """Controls, bidi and zero-width signs are escapes; ordinary text and line breaks stay."""
    assert make_visible(text) == shown


@given(st.text())
def test_nothing_dangerous_is_left(text: str) -> None:
    """Whatever comes in, no control, format or surrogate sign comes out, except line breaks."""
    left = {unicodedata.category(char) for char in make_visible(text) if char != "\n"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "\n" not in one_line(text)
