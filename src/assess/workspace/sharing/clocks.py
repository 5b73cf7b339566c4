"""Whether the machine's clock and the time of the last commit can be right.

A report bears the date of its commit, so a clock that runs behind dates it before its own answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from assess.errors import AssessError
from assess.i18n import translator
from assess.model.answer import Sheet
from assess.store.git.run.commits import last_times
from assess.workspace.core.workspace import Workspace

_SLACK: Final = timedelta(hours=1)
"""How far the clocks of two machines may be apart without a word."""


def clock_doubts(
    here: Workspace, now: datetime, sheets: Sequence[Sheet] | None = None
) -> list[str]:
    """Return what is doubtful: this machine's clock, and the time that the last commit bears.

    `sheets` are those of the newest open round, where they are read already.
    """
    try:
        sheets = _open_sheets(here) if sheets is None else sheets
        times = last_times(here.root)
    except AssessError:
        return []  # said elsewhere, with its cure
    newest = newest_answer(sheets)
    found = [_clock(here, now, [*times[:1], newest])]
    if times:
        found.append(_commit(here, times[0], [*times[1:], newest]))
    return [text for text in found if text]


def newest_answer(sheets: Iterable[Sheet]) -> datetime | None:
    """Return when the newest answer was given; None where none says it."""
    times = [one.at for sheet in sheets for one in sheet.answers.values() if one.at is not None]
    return max((one.astimezone() for one in times), default=None)


def _open_sheets(here: Workspace) -> list[Sheet]:
    round_id = here.newest_open_round()
    return [here.desk(name, round_id).sheet for name in here.sheets(round_id)]


def _later(moment: datetime, others: Iterable[datetime | None]) -> datetime | None:
    """Return the latest of the times that are clearly later than `moment`."""
    later = [one for one in others if one is not None and one > moment + _SLACK]
    return max(later, default=None)


def _clock(here: Workspace, now: datetime, known: Iterable[datetime | None]) -> str:
    later = _later(now, known)
    if later is None:
        return ""
    _ = translator(here.lang)
    text = _(
        "this machine's clock says {now}, but the workspace was written on {later}: set the clock"
        " before anything is committed, since reports bear the date of their commit"
    )
    return text.format(now=f"{now:%Y-%m-%d %H:%M}", later=f"{later:%Y-%m-%d %H:%M}")


def _commit(here: Workspace, moment: datetime, known: Iterable[datetime | None]) -> str:
    later = _later(moment, known)
    if later is None:
        return ""
    _ = translator(here.lang)
    text = _(
        "the last commit bears {date}, but what it holds was written on {later}: a report of it"
        " says {date}; with another date: {command}"
    )
    command = f"assess report --date {later:%Y-%m-%d}"
    return text.format(date=f"{moment:%Y-%m-%d}", later=f"{later:%Y-%m-%d %H:%M}", command=command)
