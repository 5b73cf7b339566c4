"""`assess rollup notice`: letters that demand of units to mend their problems (整改通知书)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from assess import locations
from assess.cli.common.context import LANG, _, _n, current_date, json_option, parse_day
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import open_office
from assess.cli.common.office_options import campaign_argument, letter_form_option, units_option
from assess.cli.common.rollup_reading import read_records_with_progress
from assess.cli.common.table_lines import format_table_line
from assess.cli.common.unit_progress import show_unit_progress
from assess.errors import UsageError

if TYPE_CHECKING:
    from assess.engine.rollup.records import RollUpRecords, UnitEntry
    from assess.report.letters.office_document import LetterForm
    from assess.workspace.office.office import Office


@click.command(
    "notice",
    help=_(
        "Write a notice to each unit with problems that are not mended: each problem with its risk,"
        " measure and due day, and by when it is to be mended."
    ),
)
@campaign_argument
@units_option
@click.option("--by", "due", metavar="D", help=_("the day by which the problems are to be mended"))
@letter_form_option
@json_option
def notice_command(
    campaign: str | None,
    units: tuple[str, ...],
    due: str | None,
    forms: tuple[LetterForm, ...],
    as_json: bool,
) -> None:
    """Write the notices, and print a line for each unit."""
    from assess.engine.rollup.findings import list_open_findings  # noqa: PLC0415  # not for --help

    office = open_office()
    last_day = parse_day(due, "--by")
    if last_day is not None and last_day < current_date():
        raise UsageError(_("{day} has passed").format(day=last_day), "--by DATE")
    for unit in units:
        office.find_unit(unit)
    records = read_records_with_progress(office, campaign)
    entries = [
        entry
        for entry in records.units
        if (not units or entry.id in units) and list_open_findings(entry)
    ]
    written = _write_notices(office, records, entries, last_day, forms)
    if as_json:
        print_json(
            [
                {"unit": entry.id, "problems": len(list_open_findings(entry)), "files": paths}
                for entry, paths in zip(entries, written, strict=True)
            ]
        )
        return
    for entry, paths in zip(entries, written, strict=True):
        problems = len(list_open_findings(entry))
        text = _n("{count} problem", "{count} problems", problems).format(count=problems)
        click.echo(format_table_line((entry.id, entry.unit.name, text, paths[0])))
    _print_summary(records, len(written))


def _write_notices(
    office: Office,
    records: RollUpRecords,
    entries: Sequence[UnitEntry],
    due: date | None,
    forms: tuple[LetterForm, ...],
) -> list[list[str]]:
    """Write the notices, and return the paths of each unit."""
    from assess.display.rollup.table_building import RollUpSource  # noqa: PLC0415  # not for --help
    from assess.report.letters.letter import write_many_letters  # noqa: PLC0415  # as above
    from assess.report.letters.rectification_notice import make_rectification_notice  # noqa: PLC0415  # as above
    from assess.workspace.office.letter_files import write_letter_to_folder  # noqa: PLC0415  # as above

    lang = office.read_office_file().language
    source = RollUpSource(records, lang)
    letters = [make_rectification_notice(source, entry, due) for entry in entries]
    written: list[list[str]] = []
    with show_unit_progress() as show_unit:
        made = write_many_letters(letters, lang, forms, LANG)
        for entry in entries:
            show_unit(len(written), len(entries), entry.unit.name)
            find_path = partial(
                locations.rectification_path, records.campaign_id, entry.id, f"{records.today}"
            )
            written.append(write_letter_to_folder(office, find_path, next(made)))
    return written


def _print_summary(records: RollUpRecords, count: int) -> None:
    if count:
        text = _("{count} letters, each also as Markdown beside it")
        click.echo(text.format(count=count), err=True)
    else:
        click.echo(_("no unit has a problem that is not mended"))
    absent = sum(not entry.is_readable for entry in records.units)
    if absent:
        text = _(
            "units of which nothing can be read here, and to which nothing is written: {count}"
        )
        click.echo(text.format(count=absent), err=True)
