"""`assess rollup check`: the figures of a campaign are held to the limits of a file."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assess import locations
from assess.cli.common.context import LANG, _, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import open_office
from assess.cli.common.office_options import campaign_argument
from assess.cli.common.rollup_reading import print_unreadable_units, read_records_with_progress
from assess.cli.common.table_lines import print_table

if TYPE_CHECKING:
    from assess.engine.rollup.records import RollUpRecords
    from assess.engine.rollup.thresholds import JudgedLimit


@click.command(
    "check",
    help=_(
        "Hold the figures of a campaign to limits: ends with 1 where one is crossed, with 2 where "
        "the file of limits can't be used. All crossed limits are named. Nothing is written."
    ),
)
@campaign_argument
@click.option(
    "--threshold",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=_("the limits; thresholds.yaml in the folder of the office"),
)
@json_option
def check_command(campaign: str | None, threshold: Path | None, as_json: bool) -> int:
    """Print each limit that is crossed or has no figure, and the counts; 1 where one is crossed."""
    from assess.engine.rollup.thresholds import judge_limits  # noqa: PLC0415  # not for --help
    from assess.workspace.office.thresholds import read_thresholds  # noqa: PLC0415  # as above

    office = open_office()
    path = threshold or office.root / locations.THRESHOLDS
    limits = read_thresholds(office, path).limits
    records = read_records_with_progress(office, campaign)
    rows = judge_limits(records, limits)
    if as_json:
        print_json(_make_result_row(records, rows))
    else:
        _print_rows(records, rows)
    is_crossed = any(row.state == "crossed" for row in rows)
    return ExitCode.NO if is_crossed else ExitCode.OK


def _print_rows(records: RollUpRecords, rows: list[JudgedLimit]) -> None:
    from assess.display.rollup.limit_rows import LIMIT_HEADS, list_limit_cells  # noqa: PLC0415  # not for --help

    checklists = dict(records.checklists)
    shown = [row for row in rows if row.state != "kept"]
    if shown:
        heads = [_(head) for head in LIMIT_HEADS]
        print_table(heads, (list_limit_cells(row, checklists, LANG) for row in shown))
    counts = Counter(row.state for row in rows)
    text = _("limits: {count}, crossed: {crossed}, without a figure: {without}")
    words = {"crossed": counts["crossed"], "without": counts["no-figure"]}
    click.echo(text.format(count=len(rows), **words))
    print_unreadable_units(records)


def _make_result_row(records: RollUpRecords, rows: list[JudgedLimit]) -> dict[str, object]:
    return {
        "campaign": records.campaign_id,
        "reckoned": f"{records.today}",
        "units": len(records.units),
        "read": sum(entry.is_readable for entry in records.units),
        "limits": [_make_limit_row(row) for row in rows],
    }


def _make_limit_row(row: JudgedLimit) -> dict[str, object]:
    value = row.figure.value
    return {
        "figure": row.limit.figure,
        "checklist": row.checklist,
        "category": row.category,
        "is_total": row.is_total,
        "value": _to_plain_number(Decimal(value.numerator) / value.denominator)
        if value is not None
        else None,
        "part": row.figure.part,
        "whole": row.figure.whole,
        "at_least": _to_plain_number(row.limit.at_least),
        "at_most": _to_plain_number(row.limit.at_most),
        "state": row.state,
    }


def _to_plain_number(value: Decimal | None) -> int | float | None:
    """Return a number as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
