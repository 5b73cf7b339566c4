"""`assess rollup take | status | make | check | return | …`: what units handed in to the office."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_office_ids, rollup_acts, rollup_notices, rollup_reminders
from assess.cli.common.cluster_options import add_cluster_options, parse_cluster_options
from assess.cli.common.command_group import CommandGroup, NamedChoice
from assess.cli.common.context import LANG, _, current_date, current_time, json_option, parse_day
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import commit_and_explain, open_office
from assess.cli.common.office_options import LETTER_FORMS, campaign_argument
from assess.cli.common.take_sources import TakeSources, list_source_paths
from assess.cli.common.taken_files import (
    describe_taking_progress,
    is_not_taken,
    make_taken_row,
    print_taken_files,
)
from assess.cli.common.terminal import show_progress_on_stderr_line
from assess.cli.common.unit_progress import show_unit_progress
from assess.cli.rollup_check import check_command
from assess.cli.rollup_make import make_command
from assess.cli.rollup_screen import open_rollup_screen
from assess.errors import UsageError
from assess.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from assess.report.letters.office_document import LetterForm
    from assess.report.proof.hand_in.cluster_address import ClusterAddress
    from assess.workspace.office.office import Office
    from assess.workspace.office.taking import HandInTaker, TakenFile, TakingOptions


@click.group(
    "rollup",
    cls=CommandGroup,
    invoke_without_command=True,
    help=_(
        "What units handed in: taken, held, missing, late. Without a command a screen opens: units "
        "with states and scores, their problems, all tables."
    ),
)
@click.option(
    "--campaign",
    metavar="ID",
    help=_("the campaign of the screen; the one announced last"),
    shell_complete=complete_office_ids.campaigns,
)
@click.pass_context
def rollup_command_group(context: click.Context, campaign: str | None) -> None:
    """Open the screen where no subcommand is named; without a terminal print the help.

    Raises:
        UsageError: a subcommand is named, which has a campaign of its own.
    """
    if context.invoked_subcommand is not None:
        if campaign is not None:
            name = context.invoked_subcommand
            raise UsageError(
                _("--campaign before a command is for the screen"), f"assess rollup {name} --help"
            )
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.exceptions.NoArgsIsHelpError(context)
    open_rollup_screen(campaign)


rollup_command_group.add_command(rollup_acts.return_command)
rollup_command_group.add_command(rollup_acts.review_command)
rollup_command_group.add_command(rollup_acts.reject_command)
rollup_command_group.add_command(rollup_reminders.remind_command)
rollup_command_group.add_command(rollup_notices.notice_command)
rollup_command_group.add_command(rollup_reminders.purge_command)
rollup_command_group.add_command(make_command)
rollup_command_group.add_command(check_command)


@rollup_command_group.command(
    "take",
    help=_(
        "Take in what units handed in: files, and all files of folders. Each gets a receipt to "
        "send back; one that is refused or held never ends the run. With --from, closed rounds are "
        "read from workspaces and bare repositories on a share."
    ),
)
@click.argument("sources", metavar="[FILE|DIR]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "shares",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("a folder of workspaces or bare repositories; may be repeated"),
)
@click.option(
    "--campaign",
    metavar="ID",
    help=_("the campaign; the one announced last"),
    shell_complete=complete_office_ids.campaigns,
)
@click.option("--received", metavar="D", help=_("when it came in, where not today; needs --reason"))
@click.option(
    "--confirm",
    metavar="UNIT",
    help=_("let the newest file count that is held for a unit; needs --reason"),
    shell_complete=complete_office_ids.units,
)
@click.option("--reason", metavar="TEXT", help=_("why, for --received and --confirm"))
@click.option("--dry-run", is_flag=True, help=_("write nothing, only say what would be done"))
@click.option(
    "--format",
    "forms",
    type=NamedChoice(LETTER_FORMS),
    multiple=True,
    help=_("receipts in this form, too, beside the text; may be repeated"),
)
@add_cluster_options
@json_option
def take_command(
    sources: tuple[Path, ...],
    shares: tuple[Path, ...],
    campaign: str | None,
    received: str | None,
    confirm: str | None,
    reason: str | None,
    dry_run: bool,
    forms: tuple[LetterForm, ...],
    workers: str | None,
    tls_ca_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    as_json: bool,
) -> int:
    """Take in the files, print what became of each, and a summary; 1 where one was not taken."""
    if not sources and not shares and confirm is None:
        raise UsageError(_("name the files or folders to take in"), "assess rollup take DIR")
    cluster = parse_cluster_options(workers, tls_ca_file, tls_cert, tls_key)
    office = open_office()
    campaign_id, _campaign = office.choose_campaign(campaign)
    day = parse_day(received, "--received")
    options = _make_taking_options(office, day, confirm, reason, dry_run=dry_run)
    taker = _make_taker(office, campaign_id, options)
    taken = _take_sources(taker, TakeSources(campaign_id, sources, shares), confirm, cluster)
    letters = _write_receipt_letters(taker, taken, forms) if forms and not dry_run else []
    if as_json:
        rows = [make_taken_row(row) for row in taken if row.outcome != "no-hand-in"]
        print_json(rows)
    else:
        print_taken_files(taken, taker.write_slip)
        for path in letters:
            click.echo(path)
    if not dry_run:  # also without a new receipt: an interrupted run left its own uncommitted
        message = N_("Receipts of {campaign}")
        commit_and_explain(office, message, taker.written_parts, campaign=campaign_id)
    named = {path.name for path in sources if not path.is_dir()}
    bad = [row for row in taken if is_not_taken(row, named)]
    return ExitCode.NO if bad else ExitCode.OK


def _make_taking_options(
    office: Office, received: date | None, confirm: str | None, reason: str | None, *, dry_run: bool
) -> TakingOptions:
    """Return the options, with who takes in and when.

    Raises:
        UsageError: the day has not come yet; the reason is missing, or is not for anything.
    """
    from assess.workspace.office.commit_office import read_git_user_name  # noqa: PLC0415  # not for --help
    from assess.workspace.office.taking import TakingOptions  # noqa: PLC0415  # as above
    from assess.workspace.office.units import check_reason  # noqa: PLC0415  # as above

    if received is not None and received > current_date():
        raise UsageError(_("{day} has not come yet").format(day=received), "--received D")
    if (received or confirm) and reason is None:
        raise UsageError(_("--received and --confirm need a reason"), "--reason TEXT")
    checked = check_reason(reason, LANG) if reason is not None else None
    return TakingOptions(
        read_git_user_name(office.root), current_time(), received, checked, dry_run
    )


def _make_taker(office: Office, campaign_id: str, options: TakingOptions) -> HandInTaker:
    from assess.report.proof.hand_in.check import check_hand_in  # noqa: PLC0415  # not for --help
    from assess.workspace.office.taking import HandInTaker  # noqa: PLC0415  # as above

    today = current_date()
    check = partial(check_hand_in, today=today, lang=LANG)
    return HandInTaker(office, campaign_id, check, options)


def _take_sources(
    taker: HandInTaker,
    sources: TakeSources,
    confirm: str | None,
    cluster: ClusterAddress | None,
) -> list[TakenFile]:
    """Take in all files; what was taken before an interruption is written."""
    from assess.report.proof.hand_in import check_executor  # noqa: PLC0415  # not for --help

    taken: list[TakenFile] = []
    with show_progress_on_stderr_line() as show_line:
        looking = _("{count} files found")
        paths, read = list_source_paths(
            sources, lambda count: show_line(looking.format(count=count))
        )
        started = monotonic()

        def show_next_file() -> None:
            for path in paths[len(taken) : len(taken) + 1]:
                elapsed = monotonic() - started
                show_line(describe_taking_progress(len(taken), len(paths), path, elapsed))

        try:
            show_next_file()
            with check_executor.open_check_executor(len(paths), cluster, LANG) as executor:
                most = check_executor.find_most_started(executor)
                for row in taker.take_files(paths, executor, most, read):
                    taken.append(row)
                    show_next_file()
            if confirm is not None:
                taken.append(taker.confirm_unit(confirm))
        except KeyboardInterrupt:
            taker.save()
            text = _("interrupted after {count} of {all} files; the same command goes on")
            click.echo(text.format(count=len(taken), all=len(paths)), err=True)
            raise
        except BaseException:
            taker.save()
            raise
        taker.save()
    return taken


def _write_receipt_letters(
    taker: HandInTaker, taken: Sequence[TakenFile], forms: tuple[LetterForm, ...]
) -> list[str]:
    """Write the receipts of the files as letters, also of files that were taken before."""
    from assess.report.letters.letter import write_many_letters  # noqa: PLC0415  # not for --help
    from assess.report.letters.receipt_letter import make_receipt_letter  # noqa: PLC0415  # as above

    numbers = list(dict.fromkeys(row.number for row in taken if row.number is not None))
    letters = [make_receipt_letter(taker.make_slip(number), taker.language) for number in numbers]
    paths: list[str] = []
    with show_unit_progress() as show_unit:
        made = write_many_letters(letters, taker.language, forms, LANG)
        for done, (number, files) in enumerate(zip(numbers, made, strict=True)):
            show_unit(done, len(numbers), number)
            files.pop("md")  # the text of the receipt stands beside it
            paths += taker.write_slip_letter(number, files)
    return paths


@rollup_command_group.command(
    "status", help=_("Print the state of each unit: missing, in, late, held, sent back.")
)
@campaign_argument
@json_option
def status_command(campaign: str | None, as_json: bool) -> None:
    """Print the counts by category, those that are missing by name, and each unit."""
    from assess.cli.common.rollup_status import make_status_row, print_campaign_status  # noqa: PLC0415  # not for --help
    from assess.workspace.office.status import read_campaign_status  # noqa: PLC0415  # as above

    status = read_campaign_status(open_office(), campaign, current_date())
    if as_json:
        print_json(make_status_row(status))
    else:
        print_campaign_status(status)
