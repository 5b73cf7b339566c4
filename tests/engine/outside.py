"""Findings of others for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from assess.model.outside_finding import OutsideClosing, OutsideFinding

TODAY = date(2026, 6, 1)
CLOSED = OutsideClosing(on=date(2026, 5, 20), proof="复测报告 3 号", round="2026")


def outside_finding(**fields: Any) -> OutsideFinding:
    """Return a finding of a circular."""
    usual = {"source": "notice", "number": "青网安通12号", "text": "弱口令"}
    return OutsideFinding(**usual | fields)
