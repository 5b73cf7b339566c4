"""`assess rollup return | review | reject`: what the office does with what a unit handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from assess.cli.common import complete_office_ids
from assess.cli.common.context import LANG, _, current_date, current_time, json_option, parse_day
from assess.cli.common.json_output import print_json
from assess.cli.common.office_context import commit_and_explain, open_office
from assess.cli.common.office_options import campaign_argument, letter_form_option
from assess.harmless import escape_and_replace_tabs
from assess.i18n import N_

if TYPE_CHECKING:
    from assess.report.letters.office_document import LetterForm
    from assess.workspace.office.office import Office
    from assess.workspace.office.returning import OfficeAct, PlannedReturn


@click.command(
    "return",
    help=_(
        "Send back what a unit handed in: writes the notice, and the file that the unit takes in by"
        " `assess import FILE`. The items named are then returned there, with the reason."
    ),
)
@click.argument("unit", metavar="UNIT", shell_complete=complete_office_ids.units)
@campaign_argument
@click.option(
    "--item",
    "items",
    metavar="CHECKLIST/ITEM[@SYSTEM][=TEXT]",
    multiple=True,
    required=True,
    help=_("an item that is to be answered again, and what is wrong there; may be repeated"),
)
@click.option(
    "--reason",
    metavar="TEXT",
    required=True,
    help=_("what is to be put right, at items without a text of their own"),
)
@click.option("--by", "due", metavar="D", help=_("the day by which it is to come in again"))
@letter_form_option
@json_option
def return_command(
    unit: str,
    campaign: str | None,
    items: tuple[str, ...],
    reason: str,
    due: str | None,
    forms: tuple[LetterForm, ...],
    as_json: bool,
) -> None:
    """Write the row, the notice and the return file, commit, and print the paths."""
    from assess.report.proof.hand_in.check import read_hand_in_in_child  # noqa: PLC0415  # not for --help
    from assess.workspace.office.returning import plan_return, write_return  # noqa: PLC0415  # as above

    office = open_office()
    campaign_id, _campaign = office.choose_campaign(campaign)
    act = _make_act(office, unit, campaign_id, reason)
    words = dict(map(_split_item_words, items))
    names = tuple(_split_item_words(item)[0] for item in items)
    act = act._replace(items=names, words=words, due=parse_day(due, "--by"))
    today = current_date()
    planned = plan_return(office, act, lambda data: read_hand_in_in_child(data, today, LANG))
    letters = _write_notice(office, planned, forms)
    write_return(office, planned, letters)
    commit_and_explain(office, N_("Sent back to {unit}"), unit=unit)
    if as_json:
        print_json(_make_return_row(planned, list(letters)))
    else:
        _print_return(planned, list(letters))


def _split_item_words(item: str) -> tuple[str, str]:
    """Return the name of an item, and what is to be put right there; empty: it has no such words.

    Raises:
        UsageError: the words are too long, or only blanks.
    """
    from assess.workspace.office.units import check_reason  # noqa: PLC0415  # not for --help

    name, sign, words = item.partition("=")
    return name, check_reason(escape_and_replace_tabs(words), LANG) if sign else ""


def _make_act(office: Office, unit: str, campaign_id: str, reason: str | None) -> OfficeAct:
    """Return an act of the user of git at the present time.

    Raises:
        UsageError: the reason is empty or too long.
    """
    from assess.workspace.office.commit_office import read_git_user_name  # noqa: PLC0415  # not for --help
    from assess.workspace.office.returning import OfficeAct  # noqa: PLC0415  # as above
    from assess.workspace.office.units import check_reason  # noqa: PLC0415  # as above

    words = None if reason is None else check_reason(escape_and_replace_tabs(reason), LANG)
    return OfficeAct(unit, campaign_id, read_git_user_name(office.root), current_time(), words)


def _write_notice(
    office: Office, planned: PlannedReturn, forms: tuple[LetterForm, ...]
) -> dict[str, bytes]:
    """Return the notice by suffix, those of its forms first."""
    from assess.report.letters.letter import write_letter_files  # noqa: PLC0415  # not for --help
    from assess.report.letters.return_notice import NoticeNames, make_return_notice  # noqa: PLC0415  # as above
    from assess.workspace.office.issued_titles import read_titles_of_returned_items  # noqa: PLC0415  # as above

    value = office.read_office_file()
    campaign, content = value.campaigns[planned.campaign_id], planned.content
    titles = read_titles_of_returned_items(office, campaign, content, value.language)
    name = planned.find_path("json").rpartition("/")[2]
    names = NoticeNames(titles, planned.system_names, name)
    letter = make_return_notice(content, names, value.language)
    return write_letter_files(letter, value.language, forms, LANG)


def _make_return_row(planned: PlannedReturn, suffixes: Iterable[str]) -> dict[str, object]:
    return {
        "number": planned.number,
        "unit": planned.unit_id,
        "about": planned.receipt.about,
        "items": list(planned.receipt.items),
        "due": f"{planned.receipt.due}" if planned.receipt.due else None,
        "return_file": planned.find_path("json"),
        "notice": [planned.find_path(suffix) for suffix in suffixes],
    }


def _print_return(planned: PlannedReturn, suffixes: Iterable[str]) -> None:
    text = _("sent back to {unit}: {count} items, receipt {number}")
    words = {"unit": planned.unit_id, "number": planned.number}
    click.echo(text.format(count=len(planned.receipt.items), **words))
    if planned.receipt.due is not None:
        click.echo("  " + _("again by {day}").format(day=planned.receipt.due))
    else:
        text = _("no deadline is set: {option}")
        click.echo("  " + text.format(option="--by D"), err=True)
    notice = ", ".join(planned.find_path(suffix) for suffix in suffixes)
    click.echo("  " + _("notice: {path}").format(path=notice))
    click.echo(
        "  " + _("return file, for `assess import`: {path}").format(path=planned.find_path("json"))
    )
    click.echo(_("next: send both to the unit; what it hands in then takes the place of this"))


def _print_act(number: str, unit: str, state: str, slip: str, *, as_json: bool) -> None:
    """Print the text for the unit, or the row of the receipt."""
    if as_json:
        print_json({"number": number, "unit": unit, "state": state})
    else:
        click.echo(slip, nl=False)


@click.command(
    "review",
    help=_("Accept what a unit handed in. Other files that it sends later are held."),
)
@click.argument("unit", metavar="UNIT", shell_complete=complete_office_ids.units)
@campaign_argument
@click.option("--reason", metavar="TEXT", help=_("words that stand in the receipt"))
@json_option
def review_command(unit: str, campaign: str | None, reason: str | None, as_json: bool) -> None:
    """Write the row and the text for the unit, commit, and print the text."""
    from assess.workspace.office.reviewing import accept_hand_in  # noqa: PLC0415  # not for --help

    office = open_office()
    campaign_id, _campaign = office.choose_campaign(campaign)
    act = _make_act(office, unit, campaign_id, reason)
    number, slip = accept_hand_in(office, act)
    commit_and_explain(office, N_("Accepted: {unit}"), unit=unit)
    _print_act(number, unit, "reviewed", slip, as_json=as_json)


@click.command(
    "reject",
    help=_(
        "Refuse the newest file that is held for a unit, with the reason, which the unit gets in a "
        "receipt. What counted before still counts."
    ),
)
@click.argument("unit", metavar="UNIT", shell_complete=complete_office_ids.units)
@campaign_argument
@click.option("--reason", metavar="TEXT", required=True, help=_("why it does not count"))
@json_option
def reject_command(unit: str, campaign: str | None, reason: str, as_json: bool) -> None:
    """Write the row and the text for the unit, commit, and print the text."""
    from assess.workspace.office.reviewing import reject_held_file  # noqa: PLC0415  # not for --help

    office = open_office()
    campaign_id, _campaign = office.choose_campaign(campaign)
    act = _make_act(office, unit, campaign_id, reason)
    number, slip = reject_held_file(office, act)
    commit_and_explain(office, N_("Refused: {unit}"), unit=unit)
    _print_act(number, unit, "refused", slip, as_json=as_json)
