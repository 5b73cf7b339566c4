"""What a report is compared with: the round before, another round, or a commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from assess.china_time import find_day_in_china
from assess.engine.history.changes import SheetState
from assess.errors import AssessError, DamagedError, UsageError
from assess.i18n import translator
from assess.model.base import Text
from assess.model.config import Config
from assess.model.outside_finding import OutsideFinding
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.history.past_sheets import (
    PastSheets,
    assess_sheets_at_commit,
    assess_sheets_in_round,
)

LONGEST_CHAIN = 8
"""Rounds that a trend looks back."""


class EarlierState(NamedTuple):
    """Another time, and the sheets as they were then."""

    title: Text
    mark: str
    """What fixes that time: a commit id, or a digest."""
    states: dict[SheetName, SheetState]
    revision: str = ""
    """The round or the commit, as a later request can name it."""
    findings: Mapping[str, OutsideFinding] = MappingProxyType({})
    """The findings of others then, by id."""


class PastRound(NamedTuple):
    """A round and the scores that its sheets had."""

    title: Text
    scores: dict[SheetName, Fraction | None]
    fault: AssessError | None = None
    """Why its scores are not known: a tag is missing or on another commit."""


def find_earlier_state(
    workspace: Workspace, request: ReportRequest, day: date
) -> EarlierState | None:
    """Return what to compare with: the round or commit of the request, else the round before.

    None where the round follows none, or where the tag of the one before is missing or moved.

    Raises:
        UsageError: the request names neither a round nor a commit, or the round itself, or a commit
            that is not in the history of the report.
    """
    config = workspace.read_config()
    names, round_id, against = request.sheets, request.round_id, request.against
    if against is None:
        return _state_of_previous_round(
            workspace, names, config.rounds[round_id].from_, config, day
        )
    if against == round_id:
        _ = translator(workspace.lang)
        message = _("round {round} can't be compared with itself").format(round=round_id)
        raise UsageError(message, "--against HEAD~1")
    if against in config.rounds:
        return _state_of_round(
            config, against, assess_sheets_in_round(workspace, against, names, day)
        )
    past = assess_sheets_at_commit(workspace, against, round_id, names, day)
    # The words of the request are no title: git takes a whole sentence that ends in -g and an id.
    committed_on = find_day_in_china(past.commit_time).isoformat()
    title = f"{past.mark[:10]} ({committed_on})"
    return EarlierState(title, past.mark, past.states, past.mark, past.findings)


def read_scores_of_past_rounds(
    workspace: Workspace, request: ReportRequest, day: date
) -> list[PastRound]:
    """Return the rounds before this one, oldest first; no scores if a tag is missing or wrong."""
    config = workspace.read_config()
    return [
        _read_scores_of_past_round(workspace, request.sheets, key, config.rounds[key].title, day)
        for key in reversed(list_rounds_before(config, request.round_id))
    ]


def list_rounds_before(config: Config, round_id: str) -> list[str]:
    """Return the rounds that a round goes back to, the newest first."""
    rounds = config.rounds
    chain: list[str] = []
    before = rounds[round_id].from_
    while before in rounds and before not in (*chain, round_id) and len(chain) < LONGEST_CHAIN:
        chain.append(before)
        before = rounds[before].from_
    return chain


def list_compared_and_earlier_rounds(config: Config, request: ReportRequest) -> list[str]:
    """Return the round with which a report is compared, and those before its own."""
    against = [request.against] if request.against in config.rounds else []
    before = list_rounds_before(config, request.round_id)
    return list(dict.fromkeys(filter(None, [*against, *before])))


def _state_of_previous_round(
    workspace: Workspace,
    names: Sequence[SheetName],
    previous_round: str | None,
    config: Config,
    day: date,
) -> EarlierState | None:
    if previous_round is None or previous_round not in config.rounds:
        return None
    try:
        return _state_of_round(
            config, previous_round, assess_sheets_in_round(workspace, previous_round, names, day)
        )
    except DamagedError:
        raise
    except AssessError:
        # Nobody asked for it: a tag that was not fetched must not stop the report.
        return None


def _state_of_round(config: Config, round_id: str, past: PastSheets) -> EarlierState:
    title = config.rounds[round_id].title
    return EarlierState(title, past.mark, past.states, round_id, past.findings)


def _read_scores_of_past_round(
    workspace: Workspace, names: Sequence[SheetName], round_id: str, title: Text, day: date
) -> PastRound:
    try:
        states = assess_sheets_in_round(workspace, round_id, names, day).states
    except DamagedError:
        raise
    except AssessError as fault:
        return PastRound(title, {}, fault)
    scores = {name: state.assessment.score for name, state in states.items() if state.assessment}
    return PastRound(
        title, {name: score.value if score else None for name, score in scores.items()}
    )
