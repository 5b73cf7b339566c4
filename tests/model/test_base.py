"""Texts in two languages, and ids."""

from __future__ import annotations

import pytest

from assess.i18n import Lang
from assess.model.base import Bilingual, Text, is_valid_id, pick_text


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (None, "zh", ""),
        ("边界", "en", "边界"),
        (Bilingual(zh="边界", en="Boundary"), "zh", "边界"),
        (Bilingual(zh="边界", en="Boundary"), "en", "Boundary"),
        (Bilingual(zh="边界"), "en", "边界"),
        (Bilingual(en="Boundary"), "zh", "Boundary"),
        (Bilingual(), "zh", ""),
    ],
)
def test_pick_falls_back_to_the_other_language(
    text: Text | None, lang: Lang, expected: str
) -> None:
    """The language asked for comes first, then the other one, then nothing."""
    assert pick_text(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("oa-2", True),
        ("a" * 100, True),
        ("a" * 101, False),
        ("", False),
        ("-a", False),
        ("OA", False),
        ("oa\n", False),
        ("门户", False),
        ("\udce9", False),
    ],
)
def test_valid_ids(text: str, *, is_valid: bool) -> None:
    """Lower-case letters, digits and hyphens, and no line break behind them."""
    assert is_valid_id(text) is is_valid
