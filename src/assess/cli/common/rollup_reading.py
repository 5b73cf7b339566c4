"""Reading what the units handed in for a roll-up, with progress, and naming what can't be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, _, current_date
from assess.cli.common.unit_progress import show_unit_progress
from assess.harmless import escape_as_single_line

if TYPE_CHECKING:
    from assess.engine.rollup.records import RollUpRecords
    from assess.workspace.office.office import Office


def read_records_with_progress(office: Office, campaign: str | None) -> RollUpRecords:
    """Return the records of all units, and show which one is being read."""
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.workspace.office.rollup_records import read_rollup_records  # noqa: PLC0415  # as above

    today = current_date()
    notices: list[str] = []
    with show_unit_progress() as show_unit:
        records = read_rollup_records(
            office,
            campaign,
            today,
            lambda data: check_hand_in(data, today, LANG),
            show_unit,
            notices.append,
        )
    for notice in notices:
        click.echo(escape_as_single_line(notice), err=True)
    return records


def print_unreadable_units(records: RollUpRecords) -> None:
    """Print on stderr how many units are in the figures, and those that can't be read by name."""
    from assess.display.rollup.hand_in_tables import FAULT_NAMES  # noqa: PLC0415  # not for --help

    read = sum(entry.is_readable for entry in records.units)
    text = _("units: {count}, of which in the figures: {read}")
    click.echo(text.format(count=len(records.units), read=read), err=True)
    for entry in records.units:
        if entry.fault is not None:
            name = escape_as_single_line(entry.unit.name)
            click.echo(f"{entry.id}  {name}  {_(FAULT_NAMES[entry.fault])}", err=True)
