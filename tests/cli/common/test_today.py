"""Today: one day for the whole program, China's, whatever zone the machine is set to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.cli.common import context

EVENING = datetime(2026, 12, 1, 20, tzinfo=UTC)
"""In China it is the morning of 2 December."""


@pytest.fixture(autouse=True, params=["UTC", "America/New_York"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set the machine to another zone than China's."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_today_is_the_day_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the injected clock at 20:00 UTC it is the next day, and what is written says +08:00."""
    for clock in (lambda: EVENING, lambda: datetime.fromtimestamp(EVENING.timestamp())):  # noqa: DTZ006  # the machine's own clock has no zone
        monkeypatch.setattr(context, "clock", clock)
        assert context.current_date() == date(2026, 12, 2)
        assert context.current_time().isoformat() == "2026-12-02T04:00:00+08:00"


def test_no_other_clock_is_asked() -> None:
    """One function of the program reads the machine's clock, so there is one today."""
    source = Path(context.__file__).parents[2]
    readers = ("date.today(", "datetime.now", "time.localtime(", ".astimezone()")
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any(reader in path.read_text("utf-8") for reader in readers)
    }
    assert found == {"cli/common/context.py"}
