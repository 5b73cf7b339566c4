"""Units behind numbers."""

from __future__ import annotations

import pytest

from assess.engine.kinds.unit_words import unit_text
from assess.model.base import Bilingual, Number


@pytest.mark.parametrize(
    ("unit", "singular"),
    [
        ("systems", "system"),
        ("class hours", "class hour"),
        ("vulnerabilities", "vulnerability"),
        ("mailboxes", "mailbox"),
        ("cases", "case"),
        ("people", "person"),
        ("class", "class"),
        ("Mbps", "Mbps"),
        ("10,000 yuan", "10,000 yuan"),
        ("%", "%"),
    ],
)
def test_of_one_the_unit_is_singular(unit: str, singular: str) -> None:
    """In English; signs, names of measures and words without a plural stay as they are."""
    text = Bilingual(zh="个", en=unit)
    assert unit_text(text, Number(1), "en") == singular
    assert unit_text(text, Number("1.5"), "en") == unit
    assert unit_text(text, None, "en") == unit
    assert unit_text(text, Number(1), "zh") == "个"
