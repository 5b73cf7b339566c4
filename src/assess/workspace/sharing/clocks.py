"""Whether the machine's clock and the time of the last commit can be right.

A report has the date of its commit. A clock that is slow dates a report before its own answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from assess.china_time import convert_to_china_time, find_day_in_china, format_china_time
from assess.engine.scoring.states import CLOCK_SLACK
from assess.errors import AssessError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.store.git.run.commits import list_times_of_last_commit_and_parents
from assess.workspace.core.workspace import Workspace


def list_clock_warnings(
    workspace: Workspace, now: datetime, sheets: Sequence[Sheet] | None = None
) -> list[str]:
    """Return warnings about this machine's clock and about the time of the last commit.

    `sheets` are those that count, if the caller has read them already; otherwise all sheets of the
    newest open round are read.
    """
    try:
        sheets = _sheets_of_last_open_round(workspace) if sheets is None else sheets
        times = list_times_of_last_commit_and_parents(workspace.root)
    except AssessError:
        return []  # the command itself reports this error, with its hint
    newest = newest_answer_time(sheets)
    doubts = [_clock_warning_text(workspace, now, [*times[:1], newest])]
    if times:
        doubts.append(_commit_date_warning_text(workspace, times[0], [*times[1:], newest]))
    return [text for text in doubts if text]


def newest_answer_time(sheets: Iterable[Sheet]) -> datetime | None:
    """Return the time of the newest answer; None where no answer has a time."""
    times = [
        answer.at for sheet in sheets for answer in sheet.answers.values() if answer.at is not None
    ]
    return max(map(convert_to_china_time, times), default=None)


def _sheets_of_last_open_round(workspace: Workspace) -> list[Sheet]:
    round_id = workspace.find_newest_open_round()
    return [workspace.open_sheet(name, round_id).sheet for name in workspace.list_sheets(round_id)]


def _latest_time_after(moment: datetime, others: Iterable[datetime | None]) -> datetime | None:
    """Return the latest of the times that are clearly later than `moment`; None if none is."""
    later = [other for other in others if other is not None and other > moment + CLOCK_SLACK]
    return max(later, default=None)


def _clock_warning_text(
    workspace: Workspace, now: datetime, known: Iterable[datetime | None]
) -> str:
    later = _latest_time_after(now, known)
    if later is None:
        return ""
    _ = translator(workspace.lang)
    text = _(
        "this machine's clock says {now}, but the workspace was written on {later}: set the clock"
        " before anything is committed, since reports bear the date of their commit"
    )
    return text.format(now=format_china_time(now), later=format_china_time(later))


def _commit_date_warning_text(
    workspace: Workspace, moment: datetime, known: Iterable[datetime | None]
) -> str:
    later = _latest_time_after(moment, known)
    if later is None:
        return ""
    _ = translator(workspace.lang)
    text = _(
        "the last commit bears {date}, but what it holds was written on {later}: a report of it"
        " says {date}; with another date: {command}"
    )
    command = f"assess report --date {find_day_in_china(later)}"
    date = find_day_in_china(moment)
    return text.format(date=date, later=format_china_time(later), command=command)
