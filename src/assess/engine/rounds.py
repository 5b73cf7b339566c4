"""Rounds: what a new round takes over from the last one, and what a closing demands.

A new round copies only open remediation, to the same item. The old answers are shown with the items
as suggestions until a person confirms them.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final, Literal

from assess.engine.draft_reasons import (
    list_items_lacking_demanded_proof,
    list_items_returned_by_office,
    list_returned_items,
    list_stale_items,
    list_unreviewed_items,
)
from assess.engine.scoring.states import is_answer_stale
from assess.model.answer import OPEN_STATES, Answer, Remediation
from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.config import Round
from assess.model.conflict import Conflict
from assess.model.results import Assessment, Value
from assess.problem import Problem, select_errors

_YEAR: Final = re.compile(r"[12]\d{3}")
_NUMBER: Final = re.compile("([0-9]+)")


def default_round_title(round_id: str) -> Bilingual:
    """Return the title of a round without a title of its own."""
    title = f"{round_id} 年" if round_id.isdigit() else f"{round_id} "
    return Bilingual(zh=f"{title}网络安全自查", en=f"Network-security self-assessment {round_id}")


def list_rounds_oldest_first(rounds: Mapping[str, Round]) -> list[str]:
    """Return the ids of rounds in the order of time.

    A round comes after the one that it follows (`from`). Where that leaves a choice, the ids
    decide. Numbers in them are compared as numbers: `2026-9` comes before `2026-10`.
    """
    followers: dict[str, list[str]] = {}
    waiting = dict.fromkeys(sorted(rounds, key=_key_of_round_id))
    ready = []
    for round_id in waiting:
        before = rounds[round_id].from_
        if before in rounds:
            followers.setdefault(str(before), []).append(round_id)
        else:
            ready.append((_key_of_round_id(round_id), round_id))
    ordered: list[str] = []
    while waiting:
        # Rounds that follow each other in a circle are never ready: the first by its id begins.
        round_id = heapq.heappop(ready)[1] if ready else next(iter(waiting))
        if round_id not in waiting:
            continue
        del waiting[round_id]
        ordered.append(round_id)
        for follower in followers.get(round_id, ()):
            heapq.heappush(ready, (_key_of_round_id(follower), follower))
    return ordered


def _key_of_round_id(round_id: str) -> tuple[tuple[str | int, ...], str]:
    """Return the key by which ids are sorted: words and numbers in turn, a word at the start."""
    parts = _NUMBER.split(round_id)
    return tuple(int(part) if part.isdecimal() else part for part in parts), round_id


def list_open_rounds_oldest_first(rounds: Mapping[str, Round]) -> list[str]:
    """Return the ids of the open rounds in the order of time."""
    return [key for key in list_rounds_oldest_first(rounds) if rounds[key].state == "open"]


def find_newest_round(rounds: Mapping[str, Round]) -> str | None:
    """Return the id of the last round in the order of time; None where there is none."""
    return next(reversed(list_rounds_oldest_first(rounds)), None)


def find_newest_open_round(rounds: Mapping[str, Round]) -> str | None:
    """Return the id of the last open round in the order of time; None where none is open."""
    return next(reversed(list_open_rounds_oldest_first(rounds)), None)


def propose_round_id(rounds: Mapping[str, Round], today: date) -> str:
    """Return an id for the next round: the year after the newest one, else this year or a later."""
    years = [int(round_id) for round_id in rounds if _YEAR.fullmatch(round_id)]
    newest = find_newest_round(rounds) or ""
    if _YEAR.fullmatch(newest):
        return str(int(newest) + 1)
    return str(max([today.year, *(year + 1 for year in years)]))


class AnswerSuggestion(Value, frozen=True, kw_only=True):
    """The answer of the last round to an item; it is shown, and copied only when confirmed."""

    item: str
    answer: Answer
    reworded: bool
    """The item's text has changed since: the old answer was given to another wording."""
    urgency: Literal["open_remediation", "unmet", "partial", "other"]


class OpenRemediation(Value, frozen=True, kw_only=True):
    """A remediation that is not finished."""

    item: str
    plan: Remediation


class CarriedAnswers(Value, frozen=True, kw_only=True):
    """What a new round's sheet begins with."""

    remediation: tuple[OpenRemediation, ...] = ()
    lost: tuple[OpenRemediation, ...] = ()
    """Those whose item the new round's checklist does not have: to be taken up by hand."""


Demand = Literal["conflict", "lint", "uncommitted"]


class RoundClosing(Value, frozen=True, kw_only=True):
    """Whether a round may be closed, and what the person who closes it should know."""

    conflicts: int = 0
    errors: int = 0
    warnings: int = 0
    uncommitted: int = 0
    unanswered: int = 0
    stale: int = 0
    """Answers given to another wording."""
    returned: int = 0
    """Answers that were returned and that have not changed since."""
    returned_by_office: int = 0
    """Those of them that the higher body returned, and not a reviewer of the unit."""
    unreviewed: int = 0
    """Answers that no reviewer has accepted or returned."""
    unproved: int = 0
    """Items without evidence that a final report must have."""
    is_report_draft: bool = False
    """Whether a report of the closed round is a draft."""
    remediation: Mapping[str, tuple[OpenRemediation, ...]] = {}
    """Sheet → the open remediation that the next round takes over."""

    @property
    def open_items(self) -> int:
        """The number of items without an answer that counts as it stands."""
        return self.unanswered + self.stale + self.returned

    @property
    def reasons_against_closing(self) -> tuple[Demand, ...]:
        """The reasons against closing, in the order in which they are to be settled."""
        counts: tuple[tuple[Demand, int], ...] = (
            ("conflict", self.conflicts),
            ("lint", self.errors),
            ("uncommitted", self.uncommitted),
        )
        return tuple(name for name, count in counts if count)


def list_open_remediation(answers: Mapping[str, Answer]) -> tuple[OpenRemediation, ...]:
    """Return the unfinished remediation of all answers, whatever the result of the item."""
    return tuple(
        OpenRemediation(item=item, plan=answer.remediation)
        for item, answer in answers.items()
        if answer.remediation is not None and answer.remediation.state in OPEN_STATES
    )


def select_remediation_for_new_round(
    answers: Mapping[str, Answer], checklist: Checklist
) -> CarriedAnswers:
    """Return what a sheet of a new round, on `checklist`, begins with."""
    items = checklist.items()
    remediations = list_open_remediation(answers)
    return CarriedAnswers(
        remediation=tuple(remediation for remediation in remediations if remediation.item in items),
        lost=tuple(remediation for remediation in remediations if remediation.item not in items),
    )


def suggest_answers(last_round: Assessment, checklist: Checklist) -> tuple[AnswerSuggestion, ...]:
    """Return the answers of the last round to the items of `checklist`, the urgent ones first.

    The order is: open remediation, unmet, partial, the rest; within each, that of the checklist.
    """
    known = {state.item.id: state for state in last_round.items}
    proposals = []
    for item in checklist.items().values():
        state = known.get(item.id)
        answer = state.answer if state is not None else None
        if state is None or answer is None or not answer.is_given:
            continue
        suggestion = AnswerSuggestion(
            item=item.id,
            answer=answer,
            reworded=is_answer_stale(item, answer),
            urgency=_suggestion_urgency(answer, state.result),
        )
        proposals.append(suggestion)
    order = ("open_remediation", "unmet", "partial", "other")
    return tuple(sorted(proposals, key=lambda proposal: order.index(proposal.urgency)))


def _suggestion_urgency(
    answer: Answer, result: str | None
) -> Literal["open_remediation", "unmet", "partial", "other"]:
    plan = answer.remediation
    if plan is not None and plan.state in OPEN_STATES:
        return "open_remediation"
    if result == "unmet":
        return "unmet"
    return "partial" if result == "partial" else "other"


def count_obstacles_to_round_closing(
    sheets: Mapping[str, Assessment],
    conflicts: Iterable[Conflict],
    problems: Iterable[Problem],
    uncommitted: Iterable[str],
    sheets_with_reviewer: Collection[str] = (),
) -> RoundClosing:
    """Return what closing a round with these sheets meets with."""
    problems = list(problems)
    unanswered = sum(sheet.counts.open for sheet in sheets.values())
    returned = _count_items(sheets.values(), list_returned_items)
    unproved = _count_items(sheets.values(), list_items_lacking_demanded_proof)
    reviewed = [sheet for name, sheet in sheets.items() if name in sheets_with_reviewer]
    waiting = _count_items(reviewed, list_unreviewed_items)
    answers = {
        name: {state.item.id: state.answer for state in sheet.items if state.answer is not None}
        for name, sheet in sheets.items()
    }
    plans = {name: list_open_remediation(some) for name, some in answers.items()}
    failed = len(select_errors(problems))
    return RoundClosing(
        conflicts=sum(1 for _ in conflicts),
        errors=failed,
        warnings=len(problems) - failed,
        uncommitted=sum(1 for _ in uncommitted),
        unanswered=unanswered,
        stale=_count_items(sheets.values(), list_stale_items),
        returned=returned,
        returned_by_office=_count_items(sheets.values(), list_items_returned_by_office),
        unreviewed=_count_items(sheets.values(), list_unreviewed_items),
        unproved=unproved,
        is_report_draft=bool(unanswered or returned or unproved or waiting),
        remediation={name: some for name, some in plans.items() if some},
    )


def _count_items(
    sheets: Iterable[Assessment], list_items: Callable[[Assessment], list[str]]
) -> int:
    return sum(len(list_items(sheet)) for sheet in sheets)
