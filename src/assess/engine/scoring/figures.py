"""The function that counts what documents, screens and commands say of one sheet or of several.

Every number in a sentence comes from the `Figures` that it returns, so that sentences and tables
agree; how they are worded stands in `display/figures.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from assess.engine.taken_over import counts_as_taken_over
from assess.model.results import Assessment, Counts, ItemState


class Figures(NamedTuple):
    """How many items have each result, and how many problems there are, by risk and remediation.

    Every problem is in one of `high`, `medium`, `low`, and in one of `without_measure`, `planned`,
    `in_progress`, `risk_accepted`, `done`, `verified`.
    """

    counts: Counts
    problems: int
    high: int
    medium: int
    low: int
    without_measure: int
    planned: int
    in_progress: int
    risk_accepted: int
    done: int
    """Remedied, not verified yet."""
    verified: int
    """Remedied and verified: closed off (销号)."""
    overdue: int
    high_unmended: int
    """Of high risk, and neither done nor verified."""
    high_without_measure: int
    unmended_without_due: int
    """Neither done nor verified, and without a day by which they are to be."""
    returned: int
    """Answers whose last review returned them."""
    returned_waiting: int
    """Of these the answers that were not corrected yet."""
    taken_over: int
    """Answers whose result was taken over from an earlier round, a fact or a known value."""

    @property
    def mended(self) -> int:
        """Problems that are remedied, verified or not."""
        return self.done + self.verified

    @property
    def unmended(self) -> int:
        """Problems that are still to be remedied, those whose risk is accepted among them."""
        return self.problems - self.mended

    @property
    def corrected(self) -> int:
        """Returned answers that were corrected."""
        return self.returned - self.returned_waiting


def count_figures(assessments: Iterable[Assessment]) -> Figures:
    """Return the sums over sheets; of no sheet all are 0."""
    assessments = tuple(assessments)
    rows = [row for assessment in assessments for row in assessment.ledger]
    risks = Counter(row.risk for row in rows)
    progress = Counter(row.progress for row in rows)
    returned = [
        state
        for assessment in assessments
        for state in assessment.items
        if is_returned_by_last_review(state)
    ]
    return Figures(
        counts=_sum_counts(assessment.counts for assessment in assessments),
        problems=len(rows),
        high=risks["high"],
        medium=risks["medium"],
        low=risks["low"],
        without_measure=progress[None],
        planned=progress["planned"],
        in_progress=progress["in_progress"],
        risk_accepted=progress["risk_accepted"],
        done=progress["done"],
        verified=progress["verified"],
        overdue=sum(row.overdue for row in rows),
        high_unmended=sum(row.risk == "high" and not row.is_mended for row in rows),
        high_without_measure=sum(row.risk == "high" and row.progress is None for row in rows),
        unmended_without_due=sum(row.due is None and not row.is_mended for row in rows),
        returned=len(returned),
        returned_waiting=sum(map(is_returned_or_unanswered, returned)),
        taken_over=sum(
            counts_as_taken_over(state) for assessment in assessments for state in assessment.items
        ),
    )


def is_returned_by_last_review(state: ItemState) -> bool:
    """Return whether the last review of an item that applies returned its answer."""
    review = state.answer.review if state.answer is not None else None
    return state.applies != "no" and review is not None and review.state == "returned"


def is_returned_or_unanswered(state: ItemState) -> bool:
    """Return whether a returned answer has not been corrected since."""
    return state.work in ("returned", "unanswered")


def _sum_counts(parts: Iterable[Counts]) -> Counts:
    sums: Counter[str] = Counter()
    for part in parts:
        sums.update({field: getattr(part, field) for field in Counts.__struct_fields__})
    return Counts(**sums)
