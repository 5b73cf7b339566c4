"""Reservations that only the clock and the repository of a verifier can give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assess.i18n import Lang, translator
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.reservation_kinds import Reservation
from assess.report.content.view.words import format_long_date
from assess.workspace.history.later_state import LaterState
from assess.workspace.proof.earlier_rounds import EarlierRound


def list_reservations_of_verifier(
    inputs: ReportInputs,
    later: LaterState | None,
    rounds: Iterable[EarlierRound],
    today: date,
    lang: Lang,
) -> Iterator[Reservation]:
    """Yield the reservations that only the clock and the repository of a verifier can give."""
    _ = translator(lang)
    if inputs.today > today:
        text = _("The date {day} is after today.")
        yield Reservation("date", text.format(day=format_long_date(inputs.today, lang)))
    if inputs.provenance.commit is not None:
        yield from _list_history_reservations(inputs, later, lang)
    for shown in rounds:
        if shown.others:
            text = _(
                "Commit {commit} closed round {round} under the tag {tag}; other commits of the "
                "history closed it under the same tag too, with other files: {list}."
            ).format(
                tag=shown.tag,
                commit=(shown.commit or "")[:10],
                round=shown.round_id,
                list=", ".join(commit[:10] for commit in shown.others),
            )
            yield Reservation("history", text)


def _list_history_reservations(
    inputs: ReportInputs, later: LaterState | None, lang: Lang
) -> Iterator[Reservation]:
    """Yield why the commit may be none of the branch that counts, or may be dated wrongly.

    What a repository can't tell is doubted too: whoever hands it over decides what is in it.
    """
    _ = translator(lang)
    if later is None:
        text = _(
            "The branch that is checked out has no commit: whether the commit of the report is in "
            "the history of a branch that counts can't be told."
        )
        yield Reservation("history", text)
    elif later.is_in_history is None:
        text = _(
            "This clone is shallow: whether the commit of the report is in the history of the "
            "branch that is checked out can't be told (git fetch --unshallow --tags)."
        )
        yield Reservation("history", text)
    elif not later.is_in_history:
        text = _(
            "The commit of the report is not in the history of the branch that is checked out."
        )
        yield Reservation("history", text)
    if not inputs.history.is_complete:
        text = _(
            "This clone is shallow: whether a commit before that of the report is dated after it "
            "can't be told (git fetch --unshallow --tags)."
        )
        yield Reservation("history", text)
