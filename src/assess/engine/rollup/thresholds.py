"""The figures of a roll-up held to limits: which are kept, which are crossed, which have no figure.

Shares are compared exactly, not as they are printed: one unit of ten thousand makes a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from assess.engine.rollup.findings import (
    RemediationCounts,
    count_unit_remediation,
    list_high_risks,
)
from assess.engine.rollup.hand_in_figures import CategoryCounts, count_hand_ins
from assess.engine.rollup.records import RollUpRecords
from assess.engine.rollup.score_figures import ScoreSpread, compute_score_spreads
from assess.model.thresholds import SCORE_FIGURES, Limit, ThresholdFigure

LimitState = Literal["kept", "crossed", "no-figure"]
"""`no-figure`: there is nothing to compare, as no unit has to hand in, or no sheet is complete."""


class LimitedFigure(NamedTuple):
    """A figure; a share also has what it is made of. `value` None: nothing to compare."""

    value: Fraction | None
    part: int | None = None
    whole: int | None = None


class JudgedLimit(NamedTuple):
    """A limit with the figure of a group of units, and what became of it."""

    limit: Limit
    is_total: bool
    """Whether the figure is that of all units."""
    category: str | None
    checklist: str | None
    """The checklist of a score."""
    figure: LimitedFigure
    state: LimitState


class _GroupFigures(NamedTuple):
    """What all figures of a group of units are made from."""

    has_readable_units: bool
    counts: CategoryCounts
    applicable: int
    unanswered: int
    remediation: RemediationCounts
    high_risks: int
    spreads: dict[str, ScoreSpread]


_Group = tuple[bool, str | None]
"""All units (True), or those of a category."""


def judge_limits(records: RollUpRecords, limits: Iterable[Limit]) -> list[JudgedLimit]:
    """Return each limit with its figures, in the order of the limits.

    A limit on each category, or on scores of each checklist, has a row for each of them.
    """
    figures: dict[_Group, _GroupFigures] = {}
    rows = []
    for limit in limits:
        for group in _list_groups(records, limit):
            if group not in figures:
                figures[group] = _compute_group_figures(_select_units(records, group))
            rows += [
                JudgedLimit(limit, *group, checklist, figure, _decide_state(limit, figure))
                for checklist, figure in _list_figures(records, limit, figures[group])
            ]
    return rows


def _list_groups(records: RollUpRecords, limit: Limit) -> list[_Group]:
    if limit.each_category:
        return [(False, category) for category in records.list_categories()]
    return [(limit.category is None, limit.category)]


def _select_units(records: RollUpRecords, group: _Group) -> RollUpRecords:
    is_total, category = group
    if is_total:
        return records
    units = tuple(entry for entry in records.units if entry.unit.category == category)
    return records._replace(units=units)


def _compute_group_figures(records: RollUpRecords) -> _GroupFigures:
    counts = [sheet.counts for entry in records.units for sheet in entry.sheets]
    remediation = RemediationCounts()
    for entry in records.units:
        remediation = remediation.add_counts(count_unit_remediation(entry))
    return _GroupFigures(
        has_readable_units=any(entry.is_readable for entry in records.units),
        counts=count_hand_ins(records)[0],
        applicable=sum(row.applicable for row in counts),
        unanswered=sum(row.unanswered for row in counts),
        remediation=remediation,
        high_risks=len(list_high_risks(records)),
        spreads={row.checklist: row for row in compute_score_spreads(records) if row.is_total},
    )


def _make_share(part: int, whole: int) -> LimitedFigure:
    return LimitedFigure(Fraction(part, whole) if whole else None, part, whole)


_COUNTERS: Final[dict[ThresholdFigure, Callable[[_GroupFigures], LimitedFigure | int]]] = {
    "arrived_share": lambda row: _make_share(row.counts.arrived, row.counts.expected),
    "in_time_share": lambda row: _make_share(row.counts.in_time, row.counts.expected),
    "answered_share": lambda row: _make_share(row.applicable - row.unanswered, row.applicable),
    "mended_share": lambda row: _make_share(row.remediation.mended, row.remediation.problems),
    "missing": lambda row: row.counts.states["missing"],
    "unreadable": lambda row: row.counts.unreadable,
    "high_risks": lambda row: row.high_risks,
    "without_measure": lambda row: row.remediation.without_measure,
    "overdue": lambda row: row.remediation.overdue,
    "overdue_more": lambda row: row.remediation.overdue_longest,
}

_OF_ALL_UNITS: Final[frozenset[ThresholdFigure]] = frozenset(("missing", "unreadable"))
"""Numbers that say something also where no file could be read."""


def _list_figures(
    records: RollUpRecords, limit: Limit, group: _GroupFigures
) -> Iterator[tuple[str | None, LimitedFigure]]:
    """Yield the figures of a limit; those of scores by checklist."""
    if limit.figure in SCORE_FIGURES:
        for checklist in [limit.checklist] if limit.checklist else records.checklists:
            yield checklist, _find_score(limit.figure, group.spreads.get(checklist))
        return
    figure = _COUNTERS[limit.figure](group)
    if isinstance(figure, int):
        is_known = limit.figure in _OF_ALL_UNITS or group.has_readable_units
        figure = LimitedFigure(Fraction(figure) if is_known else None)
    yield None, figure


def _find_score(figure: ThresholdFigure, spread: ScoreSpread | None) -> LimitedFigure:
    if spread is None:  # the checklist is of another campaign
        return LimitedFigure(None)
    score = spread.median if figure == "median_score" else spread.lowest
    return LimitedFigure(Fraction(score) if score is not None else None)


def _decide_state(limit: Limit, figure: LimitedFigure) -> LimitState:
    value = figure.value
    if value is None:
        return "no-figure"
    is_low = limit.at_least is not None and value < Fraction(limit.at_least)
    is_high = limit.at_most is not None and value > Fraction(limit.at_most)
    return "crossed" if is_low or is_high else "kept"
