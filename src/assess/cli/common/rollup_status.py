"""The state of a campaign as lines and as a row of JSON."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import LANG, PROGRAM, _, _n
from assess.cli.common.table_lines import print_table
from assess.display.rollup.checklist_remarks import (
    CODES_OF_OTHER_CHECKLISTS,
    list_lacking_sheets,
)
from assess.engine.punctuation import colon_sign, enumeration_comma_sign
from assess.engine.unit_states import STATE_NAMES
from assess.harmless import escape_as_single_line

if TYPE_CHECKING:
    from assess.engine.unit_states import UnitProgress
    from assess.workspace.office.status import CampaignStatus


def make_status_row(status: CampaignStatus) -> dict[str, object]:
    """Return the state of a campaign as a row of JSON."""
    return {
        "campaign": status.campaign_id,
        "title": status.campaign.title,
        "due": f"{status.campaign.due}",
        "today": f"{status.today}",
        "counts": status.count_states(),
        "by_category": {name: status.count_states(name) for name in status.list_categories()},
        "units": [_make_unit_row(status, key) for key in status.progress],
        "without_unit": list(status.list_unmatched_receipts()),
        "unreadable": list(status.list_unreadable_receipts()),
    }


def _make_unit_row(status: CampaignStatus, key: str) -> dict[str, object]:
    unit, progress = status.units[key], status.progress[key]
    current = status.receipts.get(progress.current or "")
    return {
        "unit": key,
        "name": unit.name,
        "category": unit.category,
        "state": progress.state,
        "days_late": progress.days_late,
        "receipt": progress.current,
        "received": f"{progress.first_received}" if progress.first_received else None,
        "replaces": progress.replaced,
        "held": list(progress.waiting),
        "refused": progress.refused,
        "returned": progress.returned,
        "signer": current.signer if current else None,
        "remarks": [remark.code for remark in current.reasons] if current else [],
    }


def print_campaign_status(status: CampaignStatus) -> None:
    """Print head, counts, a line for each unit, and those that are missing by name."""
    due = _("due on {day}").format(day=status.campaign.due)
    title = escape_as_single_line(status.campaign.title)
    click.echo(f"{status.campaign_id}  {title}  {due}")
    _print_counts(_("all"), status, None)
    for category in status.list_categories():
        _print_counts(escape_as_single_line(category), status, category)
    click.echo()
    rows = (
        (
            key,
            status.units[key].name,
            status.units[key].category or "-",
            _state_text(status, progress),
        )
        for key, progress in status.progress.items()
    )
    print_table((_("Unit id"), _("Unit name"), _("Category"), _("State")), rows)
    _print_missing(status)
    _print_receipts(
        _("files of no unit that is asked: {count} (receipts {numbers})"),
        status.list_unmatched_receipts(),
    )
    _print_receipts(
        _("files that can't be read, refused: {count} (receipts {numbers})"),
        status.list_unreadable_receipts(),
    )
    if any(progress.waiting for progress in status.progress.values()):
        command = f"{PROGRAM} rollup take --confirm UNIT --reason …"
        click.echo(_("to let a file count that is held: {command}").format(command=command))
        command = f"{PROGRAM} rollup reject UNIT --reason …"
        click.echo(_("to refuse a file that is held: {command}").format(command=command))


_SHOWN = 10
"""Receipts without a unit that are named."""


def _print_receipts(text: str, receipts: Collection[str]) -> None:
    """Print how many there are, and the first numbers; nothing where there is none."""
    if receipts:
        numbers = enumeration_comma_sign(LANG).join(list(receipts)[:_SHOWN])
        click.echo(text.format(count=len(receipts), numbers=numbers))


def _print_counts(name: str, status: CampaignStatus, category: str | None) -> None:
    counts = status.count_states(category)
    words = [f"{_(STATE_NAMES[state])} {count}" for state, count in counts.items() if count]
    total = sum(counts.values())
    click.echo(f"{name} {total}{colon_sign(LANG)}{enumeration_comma_sign(LANG).join(words)}")


def _state_text(status: CampaignStatus, progress: UnitProgress) -> str:
    """Return the state in words, with days late, and what is to be known beside it."""
    words = [_(STATE_NAMES[progress.state])]
    if progress.days_late and progress.state not in ("exempt", "held"):
        words.append(
            _n("{days} day late", "{days} days late", progress.days_late).format(
                days=progress.days_late
            )
        )
    returned = status.receipts.get(progress.returned or "")
    if returned is not None:
        if returned.items:
            words.append(enumeration_comma_sign(LANG).join(returned.items))
        if returned.due is not None:
            words.append(_("again by {day}").format(day=returned.due))
    if progress.replaced:
        words.append(_("replaces {number}").format(number=progress.replaced))
    if progress.refused:
        words.append(_("refused: {number}").format(number=progress.refused))
    if progress.waiting:
        words.append(_("held: {numbers}").format(numbers=" ".join(progress.waiting)))
    current = status.receipts.get(progress.current or "")
    codes = {remark.code for remark in current.reasons} if current else set()
    if codes & CODES_OF_OTHER_CHECKLISTS:
        words.append(_("checklists differ"))
    words.extend(list_lacking_sheets(current, LANG))
    return enumeration_comma_sign(LANG).join(words)


def _print_missing(status: CampaignStatus) -> None:
    names = [
        status.units[key].name
        for key, progress in status.progress.items()
        if progress.state == "missing"
    ]
    if names:
        listed = enumeration_comma_sign(LANG).join(map(escape_as_single_line, names))
        text = _("not handed in ({count}): {names}")
        click.echo()
        click.echo(text.format(count=len(names), names=listed))
