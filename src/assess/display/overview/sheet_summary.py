"""What the overview needs of one sheet, computed once when the sheet is read.

A round may have hundreds of sheets of hundreds of items, so the lines of the overview are made from
these summaries, and no key goes through the items.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, NamedTuple

from assess.china_time import find_day_in_china
from assess.display.text.marks import system_or_unit_text
from assess.display.text.meters import MeterShares
from assess.display.walk.filters import FilterName, awaits_review
from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.field_checks.words import check_mismatch_and_meaning_text
from assess.engine.finding_name import item_label_and_title, label_and_problem_or_title
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item
from assess.model.results import Assessment, Counts, ItemState

_MOST_DUES = 5
"""Due dates that the overview shows."""

OpenItemsKind = Literal["returned", "overdue", "check", "stale", "recheck", "unanswered"]

FILTER_OF_KIND: Mapping[OpenItemsKind, FilterName] = {
    "returned": "returned",
    "overdue": "overdue",
    "check": "check",
    "stale": "stale",
    "recheck": "recheck",
    "unanswered": "all",
}
"""The kinds of open work in items, the most urgent first, and the filter of the walk for each."""


class FaultCounts(NamedTuple):
    """The numbers of items: high risk, returned, overdue, answered to an older text."""

    high: int = 0
    returned: int = 0
    overdue: int = 0
    stale: int = 0


class OpenItems(NamedTuple):
    """The open items of one kind: the id of the first, and the words for all of them."""

    first_id: str
    names: tuple[str, ...]


class PersonActs(NamedTuple):
    """What one person did in a sheet: the last time, and how often what was done on which day."""

    last_at: datetime
    counts: Counter[tuple[date, str]]


class SectionSummary(NamedTuple):
    """One section of a sheet; `score` is None where nothing scores."""

    title: str
    counts: Counts
    score: Fraction | None
    faults: FaultCounts

    @property
    def meter_shares(self) -> MeterShares:
        """The numbers of items that its meter shows."""
        counts = self.counts
        met = counts.met + counts.answered
        return MeterShares(met, counts.partial, counts.unmet, counts.unanswered)


class OpenDue(NamedTuple):
    """The due date of a finding that is not remedied."""

    day: date
    title: str


class SheetSummary(NamedTuple):
    """One sheet in the words of one language; `score` is None where no answer scores."""

    title: str
    scope: str
    counts: Counts
    score: Fraction | None
    faults: FaultCounts
    sections: tuple[SectionSummary, ...]
    open_items: Mapping[OpenItemsKind, OpenItems]
    acts: Mapping[str, PersonActs]
    """By the id of the person."""
    to_review: int
    """The number of answers that wait for a reviewer."""
    dues: tuple[OpenDue, ...] = ()
    """The first due dates."""


def summarize_sheet(assessment: Assessment, lang: Lang) -> SheetSummary:
    """Return what the overview needs of a sheet."""
    items = assessment.items
    applicable = [state for state in items if state.applies != "no"]
    return SheetSummary(
        title=pick_text(assessment.title, lang),
        scope=system_or_unit_text(assessment, lang),
        counts=assessment.counts,
        score=assessment.score.value if assessment.score else None,
        faults=_count_faults(items),
        sections=tuple(
            SectionSummary(
                pick_text(section.section.title, lang),
                section.counts,
                section.score,
                _count_faults(section.items),
            )
            for section in assessment.sections
        ),
        open_items={
            **_list_open_items(applicable, lang),
            **_open_items_of_broken_checks(assessment, lang),
        },
        acts=_count_acts_by_person(items),
        to_review=sum(awaits_review(state, state.result) for state in applicable),
        dues=_list_earliest_open_due_dates(assessment, lang),
    )


def _list_earliest_open_due_dates(assessment: Assessment, lang: Lang) -> tuple[OpenDue, ...]:
    """Return the first due dates of findings that are open."""
    dues = (
        (row.due, row.state.item)
        for row in assessment.ledger
        if row.due is not None and not row.is_mended and row.progress != "risk_accepted"
    )
    first = heapq.nsmallest(_MOST_DUES, dues, key=lambda due: due[0])
    return tuple(OpenDue(day, label_and_problem_or_title(item, lang)) for day, item in first)


def _count_faults(items: Iterable[ItemState]) -> FaultCounts:
    high = returned = overdue = stale = 0
    for state in items:
        high += state.risk == "high"
        returned += state.work == "returned"
        overdue += state.overdue
        stale += state.stale
    return FaultCounts(high, returned, overdue, stale)


def _list_open_items(applicable: Iterable[ItemState], lang: Lang) -> dict[OpenItemsKind, OpenItems]:
    """Return the open items by kind; kinds without items are left out."""
    items_by_kind: dict[OpenItemsKind, list[Item]] = {}
    for state in applicable:
        for kind in _kinds_of_open_work(state):
            items_by_kind.setdefault(kind, []).append(state.item)
    return {
        kind: OpenItems(items[0].id, tuple(_open_item_name(kind, item, lang) for item in items))
        for kind, items in items_by_kind.items()
    }


def _open_items_of_broken_checks(
    assessment: Assessment, lang: Lang
) -> dict[OpenItemsKind, OpenItems]:
    """Return the checks between fields that the answers break, in words."""
    broken_checks = list_broken_checks(assessment)
    if not broken_checks:
        return {}
    names = tuple(check_mismatch_and_meaning_text(broken, lang) for broken in broken_checks)
    return {"check": OpenItems(broken_checks[0].item_ids[0], names)}


def _kinds_of_open_work(state: ItemState) -> Iterable[OpenItemsKind]:
    if state.work == "returned":
        yield "returned"
    if state.overdue:
        yield "overdue"
    if state.stale:
        yield "stale"
    if state.recheck_due:
        yield "recheck"
    if state.work == "unanswered":
        yield "unanswered"


def _open_item_name(kind: OpenItemsKind, item: Item, lang: Lang) -> str:
    """Return id and title of an item; where it is a finding that is late, its problem."""
    name = (
        label_and_problem_or_title(item, lang)
        if kind == "overdue"
        else item_label_and_title(item, lang)
    )
    return f"{item.id} {name}"


def _count_acts_by_person(items: Iterable[ItemState]) -> dict[str, PersonActs]:
    """Return what each person did: answers and reviews that name the person and the time."""
    times: dict[str, list[tuple[datetime, str]]] = {}
    for state in items:
        answer = state.answer
        if answer is None:
            continue
        if answer.by and answer.at and answer.is_given:
            times.setdefault(answer.by, []).append((answer.at, "answered"))
        review = answer.review
        if review is not None and review.by and review.at:
            times.setdefault(review.by, []).append((review.at, review.state))
    return {
        person: PersonActs(
            max((at for at, _act in acts), key=datetime.timestamp),
            Counter((find_day_in_china(at), act) for at, act in acts),
        )
        for person, acts in times.items()
    }
