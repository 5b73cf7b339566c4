"""`assess rollup remind | purge`: letters to units that are late, and clearing the inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_office_ids
from assess.cli.common.asking import ask_yes_or_no
from assess.cli.common.commit_preparation import can_ask_user
from assess.cli.common.context import LANG, _, current_date, json_option
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import commit_and_explain, open_office
from assess.cli.common.office_options import campaign_argument, letter_form_option, units_option
from assess.cli.common.table_lines import format_table_line
from assess.cli.common.unit_progress import show_unit_progress
from assess.errors import UsageError
from assess.harmless import escape_control_characters
from assess.i18n import N_

if TYPE_CHECKING:
    from assess.report.letters.office_document import LetterForm
    from assess.workspace.office.office import Office
    from assess.workspace.office.purging import PurgePlan
    from assess.workspace.office.reminding import Reminder
    from assess.workspace.office.status import CampaignStatus


@click.command(
    "remind",
    help=_(
        "Write a letter to each unit of which nothing has come in, or that is late with what was"
        " sent back. Units whose file is held are left out."
    ),
)
@campaign_argument
@units_option
@letter_form_option
@json_option
def remind_command(
    campaign: str | None, units: tuple[str, ...], forms: tuple[LetterForm, ...], as_json: bool
) -> None:
    """Write the letters, commit, and print a line for each unit."""
    from assess.workspace.office.reminding import list_reminders  # noqa: PLC0415  # not for --help
    from assess.workspace.office.status import read_campaign_status  # noqa: PLC0415  # as above

    office = open_office()
    status = read_campaign_status(office, campaign, current_date())
    reminders = list_reminders(office, status, units)
    written = _write_letters(office, status, reminders, forms)
    if written:
        commit_and_explain(office, N_("Reminders of {campaign}"), campaign=status.campaign_id)
    if as_json:
        print_json([_make_reminder_row(row, paths) for row, paths in written])
        return
    for row, paths in written:
        click.echo(format_table_line((row.unit_id, row.unit_name, _describe_state(row), paths[0])))
    if not written:
        click.echo(_("nobody is to be reminded"))
    else:
        text = _("{count} letters, each also as Markdown beside it")
        click.echo(text.format(count=len(written)), err=True)


def _write_letters(
    office: Office,
    status: CampaignStatus,
    reminders: Sequence[Reminder],
    forms: tuple[LetterForm, ...],
) -> list[tuple[Reminder, list[str]]]:
    """Write all letters, and return their paths by unit; a terminal shows how far it is."""
    from assess.report.letters.letter import write_many_letters  # noqa: PLC0415  # not for --help
    from assess.report.letters.reminder_letter import make_reminder_letter  # noqa: PLC0415  # as above
    from assess.workspace.office.reminding import write_reminder  # noqa: PLC0415  # as above

    value = office.read_office_file()
    letters = [
        make_reminder_letter(row, status.campaign.title, value.name, status.today, value.language)
        for row in reminders
    ]
    made = write_many_letters(letters, value.language, forms, LANG)
    written: list[tuple[Reminder, list[str]]] = []
    with show_unit_progress() as show_unit:
        for row in reminders:
            show_unit(len(written), len(reminders), row.unit_name)
            written.append((row, write_reminder(office, status, row, next(made))))
    return written


def _describe_state(reminder: Reminder) -> str:
    state = _("sent back") if reminder.returned else _("not handed in")
    words = [state]
    if reminder.due is not None:
        words.append(_("due on {day}").format(day=reminder.due))
    if reminder.days_late:
        words.append(_("{days} days late").format(days=reminder.days_late))
    return _(", ").join(words)


def _make_reminder_row(reminder: Reminder, paths: list[str]) -> dict[str, object]:
    return {
        "unit": reminder.unit_id,
        "name": reminder.unit_name,
        "state": "returned" if reminder.returned else "missing",
        "due": f"{reminder.due}" if reminder.due else None,
        "days_late": reminder.days_late,
        "refused": reminder.refused,
        "files": paths,
    }


@click.command(
    "purge",
    help=_(
        "Remove the files of a campaign from the inbox of this machine, after showing them; the"
        " receipts stay. Do it once the campaign is filed."
    ),
)
@click.argument("campaign", metavar="CAMPAIGN", shell_complete=complete_office_ids.campaigns)
@click.option("--yes", is_flag=True, help=_("remove them without asking"))
@json_option
def purge_command(campaign: str, yes: bool, as_json: bool) -> None:
    """Show the files that go, ask, and remove them.

    Raises:
        UsageError: nobody can be asked.
        click.exceptions.Exit: the user does not want it.
    """
    from assess.workspace.office.purging import (  # noqa: PLC0415  # not for --help
        count_files_with_problems,
        plan_purge,
        remove_purged_files,
    )

    office = open_office()
    campaign_id, _campaign = office.choose_campaign(campaign)
    plan = plan_purge(office, campaign_id)
    if not as_json:
        _print_purge(plan)
    if plan.files:
        _confirm_purge_or_exit(plan, yes=yes)
    removed = remove_purged_files(office, plan)
    left = count_files_with_problems(office, campaign_id)
    if as_json:
        digests = [file.digest for file in plan.files]
        row = {"campaign": campaign_id, "removed": digests, "other_campaigns": plan.shared}
        print_json({**row, "left": left})
    else:
        click.echo(_("removed: {count}; the receipts stay").format(count=removed))
        _print_files_left(left)


def _print_files_left(left: Mapping[str, int]) -> None:
    """Print where problems of units still are; nothing where no such file was made."""
    if not left:
        return
    click.echo(_("these files stay, and hold problems of units; remove them by hand:"), err=True)
    for path, count in left.items():
        click.echo(f"  {escape_control_characters(path)}: {count}", err=True)
    if any(path.endswith("/returns") for path in left):
        text = _("returns were committed, so the history has them, too: {command}")
        click.echo(text.format(command="git log -- rollups/*/returns"), err=True)


def _print_purge(plan: PurgePlan) -> None:
    for file in plan.files:
        size = _("{count} bytes").format(count=file.size)
        click.echo(format_table_line((file.unit or "-", file.name, size, file.digest)))
    total = sum(file.size for file in plan.files) >> 20
    text = _("to be removed from the inbox: {count} files, {size} MB")
    click.echo(text.format(count=len(plan.files), size=total))
    if plan.shared:
        text = _("another campaign has them, too, so they stay: {count}")
        click.echo(text.format(count=plan.shared))
    if plan.absent:
        click.echo(_("not on this machine: {count}").format(count=plan.absent))


def _confirm_purge_or_exit(plan: PurgePlan, *, yes: bool) -> None:
    if yes:
        return
    if not can_ask_user():
        message = _("nobody can be asked here whether these files are to be removed")
        raise UsageError(message, f"assess rollup purge {plan.campaign_id} --yes")
    question = _("remove these {count} files? They can't be brought back from git")
    if not ask_yes_or_no(question.format(count=len(plan.files))):
        raise click.exceptions.Exit(ExitCode.NO)
