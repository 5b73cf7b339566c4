"""A typed beginning becomes the name of the one person it fits."""

from __future__ import annotations

import pytest

from assess.display.text.name_completion import complete_name

KNOWN = ("李健", "王敏", "王建国")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("李", "李健"), ("lj", "李健"), ("wm", "王敏"), ("王", "王"), ("w", "w"), ("", ""),
     ("李健", "李健"), ("李工", "李工"), ("健", "健")],
)  # fmt: skip
def test_only_a_clear_beginning_is_completed(typed: str, name: str) -> None:
    """Characters or letters of pinyin; what fits several or nobody stays as typed."""
    assert complete_name(typed, KNOWN) == name
