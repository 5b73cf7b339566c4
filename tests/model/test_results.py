"""How scores are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assess.model.results import format_score


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (None, 1, "–"),
        (Fraction(0), 1, "0.0"),
        (Fraction(100), 1, "100.0"),
        (Fraction(8245, 100), 1, "82.5"),
        (Fraction(8244, 100), 1, "82.4"),
        (Fraction(8995, 100), 1, "90.0"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_rounded_half_up(value: Fraction | None, places: int, expected: str) -> None:
    """Everybody sees the same figure, halves rounded up."""
    assert format_score(value, places) == expected
