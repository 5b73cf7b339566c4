"""Counting a round again from its answers, by the rules of docs/decisions/0002 and not by the code.

Only what `made_rounds` makes is understood: conformity, ladders and dates, one condition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from assess.model.answer import Answer
from assess.model.item import DateItem, Item
from assess.report.content.inputs import ReportInputs, SheetInputs
from report import made_rounds

_DEGREES = {"met": Decimal(1), "partial": Decimal("0.5"), "unmet": Decimal(0)}
_OF_RUNG = {"all": "met", "most": "partial", "none": "unmet"}


class CountedItem(NamedTuple):
    """An item that applies by its condition, with what its answer says."""

    id: str
    section: str
    weight: Decimal
    scores: bool
    answer: Answer
    result: str | None
    """None: unanswered."""

    @property
    def is_inapplicable_without_reason(self) -> bool:
        """Whether it is said not to apply, and not why."""
        return self.result == "not_applicable" and not self.answer.note

    @property
    def is_problem(self) -> bool:
        """Whether it is partly met or not met."""
        return self.result in ("partial", "unmet")

    @property
    def risk(self) -> str:
        """The risk of a problem."""
        if self.answer.risk is not None:
            return self.answer.risk.level
        return "medium" if self.result == "unmet" else "low"

    @property
    def state(self) -> str:
        """The state of the remediation; 'none' without a plan."""
        return self.answer.remediation.state if self.answer.remediation is not None else "none"

    @property
    def is_mended(self) -> bool:
        """Whether what was wrong is remedied."""
        return self.state in ("done", "verified")

    def is_late(self, today: date) -> bool:
        """Whether the remediation is past its day."""
        plan = self.answer.remediation
        return bool(plan and plan.due and plan.due < today and self.state[:2] in ("pl", "in"))


def count_items(sheet: SheetInputs) -> list[CountedItem]:
    """Return the items of a sheet that apply by their conditions."""
    return [
        CountedItem(
            item.id,
            section.id,
            Decimal(str(item.weight)),
            not isinstance(item, DateItem),
            answer := sheet.sheet.answers.get(item.id, Answer()),
            _result(answer),
        )
        for section in sheet.checklist.sections
        for item in section.items
        if _applies(item)
    ]


def _applies(item: Item) -> bool:
    # The only fact is that something was asked; the only condition, that it was not.
    return item.applies_when is None


def _result(answer: Answer) -> str | None:
    if answer.status is not None:
        return answer.status
    if answer.value in _OF_RUNG:
        return _OF_RUNG[answer.value]
    return None if answer.value is None else "answered"


def count_all(made: ReportInputs) -> dict[str, int]:
    """Return the figures of a round by the names that the sentences' patterns have."""
    items = [item for sheet in made.sheets for item in count_items(sheet)]
    figures = count_results(items)
    problems = [item for item in items if item.is_problem]
    states = Counter(item.state for item in problems)
    risks = Counter(item.risk for item in problems)
    returned = [item for item in items if item.answer.review is not None]
    mended = states["done"] + states["verified"]
    open_problems = [item for item in problems if not item.is_mended]
    waiting = sum(
        item.answer.review is not None and item.answer.review.comment == made_rounds.WAITING
        for item in items
    )
    return figures | {
        "systems": len(made.config.systems),
        "sheets": len(made.sheets),
        "problems": len(problems),
        **{level: risks[level] for level in ("high", "medium", "low")},
        **{state: states[state] for state in ("planned", "in_progress", "verified")},
        "risk_accepted": states["risk_accepted"],
        "without_measure": states["none"],
        "mended": mended,
        "unmended": len(problems) - mended,
        "overdue": sum(item.is_late(made.today) for item in problems),
        "high_unmended": sum(item.risk == "high" for item in open_problems),
        "high_without_measure": sum(
            item.risk == "high" and item.state == "none" for item in problems
        ),
        "urgent": sum(item.risk == "high" or item.is_late(made.today) for item in open_problems),
        "without_due": sum(
            item.answer.remediation is None or item.answer.remediation.due is None
            for item in open_problems
        ),
        "returned": len(returned),
        "waiting": waiting,
        "corrected": len(returned) - waiting,
    }


def count_results(items: Iterable[CountedItem]) -> dict[str, int]:
    """Return how many of the items have each result."""
    items = list(items)
    results = Counter(item.result or "unanswered" for item in items)
    lacking = sum(item.is_inapplicable_without_reason for item in items)
    return {
        "items": len(items),
        "applying": len(items) - results["not_applicable"],
        "met": results["met"],
        "partial": results["partial"],
        "unmet": results["unmet"],
        "not_applicable": results["not_applicable"],
        "answered": results["answered"],
        "unanswered": results["unanswered"],
        "without_reason": lacking,
        "done": len(items) - results["unanswered"] - lacking,
        "bare": sum(item.result == "met" and not item.answer.evidence for item in items),
    }


def count_score(items: Iterable[CountedItem]) -> str:
    """Return the weighted share of what is answered, '–' where nothing of it scores."""
    scored = [item for item in items if item.scores and item.result in _DEGREES]
    whole = sum((item.weight for item in scored), Decimal(0))
    if not whole:
        return "–"
    earned = sum((item.weight * _DEGREES[str(item.result)] for item in scored), Decimal(0))
    return str((100 * earned / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def count_turns(before: SheetInputs, now: SheetInputs) -> tuple[int, int]:
    """Return how many problems are new against an earlier sheet, and how many are gone."""
    was = {item.id: item for item in count_items(before)}
    pairs = [(was[item.id], item) for item in count_items(now)]
    return (
        sum(new.is_problem and not old.is_problem for old, new in pairs),
        sum(old.is_problem and not new.is_problem and new.result is not None for old, new in pairs),
    )


def by_section(items: Iterable[CountedItem]) -> Iterator[list[CountedItem]]:
    """Yield the items of each section that has any, in their order."""
    sections: dict[str, list[CountedItem]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    yield from sections.values()
