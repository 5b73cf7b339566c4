"""The due day of a round is written into assess.yaml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.errors import UnknownIdError
from assess.workspace import Workspace
from assess.workspace.rounds.due_date import set_due_date_of_round
from assess.workspace.setup.make_workspace import make_and_commit_workspace


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A new workspace, whose first round has no due day."""
    return make_and_commit_workspace(
        tmp_path / "unit",
        organization="示例市青溪区数据局",
        language="zh",
        today=date(2026, 11, 30),
        lang="en",
    )


def test_first_round_gets_a_due_day_and_a_later_one(made: Workspace) -> None:
    """The day is written, and can be changed when the office gives more time."""
    for day in (date(2026, 12, 10), date(2026, 12, 20)):
        set_due_date_of_round(made, "2026", day)
        assert made.read_config().rounds["2026"].due == day


def test_unknown_round(made: Workspace) -> None:
    """A round that is not there is not made."""
    with pytest.raises(UnknownIdError, match="no round 2025"):
        set_due_date_of_round(made, "2025", date(2026, 12, 10))
