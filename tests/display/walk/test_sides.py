"""Two versions beside each other: what their fields say."""

from __future__ import annotations

from datetime import date

import pytest

from assess.display.walk.sides import field_text
from assess.model.answer import CitedMitigation, Remediation, Review, RiskOverride
from assess.model.base import Node
from tui.sample import NOW

DAY = date(2026, 6, 1)
PLAN = Remediation(
    action="收回",
    unit="网络科",
    owner="周平",
    due=DAY,
    state="verified",
    done_on=DAY,
    verified_by="li",
    verified_on=DAY,
    accepted_by="zhao",
    reason="已看",
)
REVIEW = Review(state="returned", comment="请附记录", due=DAY, by="li", at=NOW, of="a-1")


@pytest.mark.parametrize(
    "value",
    [PLAN, REVIEW, RiskOverride(level="low", reason="隔离"), CitedMitigation(id="acl", note="有")],
    ids=lambda value: type(value).__name__,
)
def test_each_part_has_a_word(value: Node) -> None:
    """No part goes by the name that files have; who reviewed did not fill in."""
    lines = field_text("x", value, None, {}, "zh").splitlines()
    labels = [line.partition("：")[0] for line in lines]
    assert [label for label in labels if label.isascii()] == []
    assert "填写" not in labels
