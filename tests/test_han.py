"""Han characters are told from all others."""

from __future__ import annotations

import pytest

from assess.han import is_han


@pytest.mark.parametrize(
    ("char", "han"),
    [
        ("情", True),
        ("㐂", True),
        ("𠀀", True),
        ("々", True),
        ("〇", True),
        ("䷀", False),
        ("", False),
        ("a", False),
        ("１", False),
        ("【", False),
        ("情况", False),
    ],
)
def test_han_is_told_from_the_rest(char: str, han: bool) -> None:
    """Han characters get the hint; full-width signs are keys, pasted words are not."""
    assert is_han(char) is han
