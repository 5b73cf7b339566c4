"""Reading the records of a campaign for a command, with progress on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.terminal import show_progress_on_stderr_line
from assess.harmless import escape_as_single_line

if TYPE_CHECKING:
    from assess.engine.rollup.records import RollUpRecords
    from assess.workspace.office.office import Office


def read_records_with_progress(office: Office, campaign: str | None) -> RollUpRecords:
    """Return the records of all units, and show which one is being read."""
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.workspace.office.rollup_records import read_rollup_records  # noqa: PLC0415  # as above

    today = current_date()
    text = _("{done} of {count}: {name}")
    with show_progress_on_stderr_line() as show_line:
        return read_rollup_records(
            office,
            campaign,
            today,
            lambda data: check_hand_in(data, today, LANG),
            lambda done, count, name: show_line(
                text.format(done=done + 1, count=count, name=escape_as_single_line(name))
            ),
        )
