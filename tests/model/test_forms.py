from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assess.model.answer import Scope
from assess.model.condition import Condition
from assess.model.evidence import EvidenceFile, EvidenceRow
from assess.model.results import shown

FILE = EvidenceFile(path="a.png", sha256="0" * 64, size=1)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"fact": "f"},
        {"is_": 1},
        {"fact": "f", "is_": 1, "above": 2},
        {"fact": "f", "is_": 1, "all": ()},
        {"all": (), "any": ()},
    ],
)
def test_a_condition_is_exactly_one_form(fields: dict[str, Any]) -> None:
    """A fact with one operator, or one group; anything else can't even be made."""
    with pytest.raises(ValueError, match="condition-form"):
        Condition(**fields)


@pytest.mark.parametrize("fields", [{}, {"organization": "o", "system": "s"}])
def test_a_scope_is_one_thing(fields: dict[str, Any]) -> None:
    """The organization or a system, never neither or both."""
    with pytest.raises(ValueError, match="scope-form"):
        Scope(**fields)


@pytest.mark.parametrize("fields", [{}, {"file": FILE, "paper": "档案室"}])
def test_evidence_is_a_file_or_a_paper(fields: dict[str, Any]) -> None:
    """A row says where its evidence is, in one place."""
    with pytest.raises(ValueError, match="evidence-form"):
        EvidenceRow(title="t", **fields)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (None, 1, "–"),
        (Fraction(0), 1, "0.0"),
        (Fraction(100), 1, "100.0"),
        (Fraction(200, 3), 1, "66.7"),
        (Fraction(5, 100), 1, "0.1"),
        (Fraction(4999, 100000), 1, "0.0"),
        (Fraction(300, 211), 2, "1.42"),
        (Fraction(199, 2), 0, "100"),
    ],
)
def test_scores_are_rounded_half_up(value: Fraction | None, places: int, expected: str) -> None:
    """Everybody sees the same rounding, half up, never binary."""
    assert shown(value, places) == expected
