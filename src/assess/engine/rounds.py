"""Rounds: what a new round takes over from the last one, and what a closing demands.

A new round copies only open remediation, to the same item. The old answers are shown with the items
as suggestions until a person confirms them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from assess.engine.scoring.states import is_answer_stale
from assess.model.answer import Answer, Remediation
from assess.model.base import Bilingual
from assess.model.checklist import Checklist
from assess.model.conflict import Conflict
from assess.model.results import Assessment, Value
from assess.problem import Problem, select_errors

OPEN_STATES = ("planned", "in_progress")
"""States of remediation that is neither done nor accepted as a risk; it can be overdue."""


def default_round_title(round_id: str) -> Bilingual:
    """Return the title of a round without a title of its own."""
    title = f"{round_id} 年" if round_id.isdigit() else f"{round_id} "
    return Bilingual(zh=f"{title}网络安全自查", en=f"Network-security self-assessment {round_id}")


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
    unreviewed: int = 0
    stale: int = 0
    remediation: Mapping[str, tuple[OpenRemediation, ...]] = {}
    """Sheet → the open remediation that the next round takes over."""

    @property
    def open_items(self) -> int:
        """The number of items without an answer that counts as it stands."""
        return self.unanswered + self.stale

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
) -> RoundClosing:
    """Return what closing a round with these sheets meets with."""
    problems = list(problems)
    states = [state for sheet in sheets.values() for state in sheet.items if state.applies != "no"]
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
        unanswered=sum(sheet.counts.open for sheet in sheets.values()),
        unreviewed=sum(state.work in ("answered", "returned") for state in states),
        stale=sum(state.stale for state in states),
        remediation={name: some for name, some in plans.items() if some},
    )
