"""The scores of a checklist by category: quartiles, verdicts, and systems by level (总体).

A score is a value that the unit's own report prints. Sheets that are not finished, have no score,
or answer a checklist that was changed are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from assess.engine.rollup.records import LEAST_UNITS, RollUpRecords, SheetEntry, UnitEntry
from assess.model.base import Number
from assess.model.results import format_score

ApartReason = Literal["missing", "held", "unreadable", "edited", "incomplete", "unscored"]
"""Why a sheet or a unit has no place: nothing came in; what came in is to be looked at; the file
can't be read; the checklist was changed; items are open; nothing scores."""

GRADES: Final = (1, 2, 3, 4)
"""The levels of protection that a system may have."""


class ScoreSpread(NamedTuple):
    """How the scores of a checklist are spread over the sheets of a category."""

    checklist: str
    category: str | None
    is_total: bool
    sheets: int
    """The sheets whose scores are compared."""
    units: int
    """The units that have such a sheet."""
    lowest: Number | None
    first_quartile: Number | None
    median: Number | None
    third_quartile: Number | None
    highest: Number | None
    apart: dict[ApartReason, int]
    verdicts: dict[str, int]


class SystemCounts(NamedTuple):
    """How many systems of a category have which level; None: a level that is not given."""

    category: str | None
    is_total: bool
    systems: int
    levels: dict[int | None, int]


def find_reason_apart(sheet: SheetEntry) -> ApartReason | None:
    """Return why the score of a sheet is not compared; None where it is."""
    if not sheet.is_issued:
        return "edited"
    if sheet.score is None:
        return "incomplete" if sheet.counts.unanswered else "unscored"
    return None if sheet.score.complete else "incomplete"


def list_expected_checklists(records: RollUpRecords, entry: UnitEntry) -> list[str]:
    """Return the ids of the issued checklists that a unit has to answer."""
    chosen = {row.checklist for row in entry.unit.expects}
    issued = [row.id for row in records.campaign.checklists]
    return [key for key in issued if not chosen or key in chosen]


def find_reason_without_sheet(
    records: RollUpRecords, entry: UnitEntry, checklist: str
) -> ApartReason | None:
    """Return why a unit has no sheet of a checklist; None where it has one or needs none."""
    if any(sheet.checklist.id == checklist for sheet in entry.sheets):
        return None
    if checklist not in list_expected_checklists(records, entry):
        return None
    if entry.fault is not None:
        return "unreadable"
    if entry.progress.state == "held" and entry.progress.current is None:
        return "held"
    is_about_systems = records.checklists[checklist].scope == "system"
    needs_none = entry.is_readable and is_about_systems and not entry.systems
    return None if entry.progress.state == "exempt" or needs_none else "missing"


def compute_score_spreads(records: RollUpRecords) -> Iterator[ScoreSpread]:
    """Yield for each issued checklist the spread over all units, then by category."""
    for checklist in records.checklists:
        yield _compute_spread(records, checklist, records.units, None, is_total=True)
        for category in records.list_categories():
            units = [entry for entry in records.units if entry.unit.category == category]
            yield _compute_spread(records, checklist, units, category, is_total=False)


def _compute_spread(
    records: RollUpRecords,
    checklist: str,
    units: Sequence[UnitEntry],
    category: str | None,
    *,
    is_total: bool,
) -> ScoreSpread:
    values, verdicts = [], Counter[str]()
    compared = set[str]()
    apart = Counter[ApartReason]()
    for entry in units:
        reason = find_reason_without_sheet(records, entry, checklist)
        apart.update([reason] if reason else [])
        for sheet in entry.sheets:
            if sheet.checklist.id != checklist:
                continue
            reason = find_reason_apart(sheet)
            if reason is not None or sheet.score is None:
                apart.update([reason] if reason else [])
                continue
            values.append(Fraction(sheet.score.value))
            compared.add(entry.id)
            verdicts.update([sheet.verdict] if sheet.verdict else [])
    is_hidden = records.is_anonymous and len(compared) < LEAST_UNITS
    ordered = [] if is_hidden else sorted(values)
    points = [compute_quantile(ordered, Fraction(part, 4)) for part in range(5)]
    lowest, first_quartile, median, third_quartile, highest = points
    return ScoreSpread(
        checklist,
        category,
        is_total,
        sheets=len(values),
        units=len(compared),
        lowest=lowest,
        first_quartile=first_quartile,
        median=median,
        third_quartile=third_quartile,
        highest=highest,
        apart=dict(apart),
        verdicts=dict(verdicts),
    )


def compute_quantile(values: Sequence[Fraction], part: Fraction) -> Number | None:
    """Return a quantile of sorted values as spreadsheets do (QUARTILE.INC), with one decimal."""
    if not values:
        return None
    place = part * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    value = values[below] + (values[above] - values[below]) * (place - below)
    return Number(format_score(value))


def count_systems(records: RollUpRecords) -> list[SystemCounts]:
    """Return the systems of all units by level, then those of each category."""
    return [
        _count_levels(records.units, None, is_total=True),
        *(
            _count_levels(
                (entry for entry in records.units if entry.unit.category == category),
                category,
                is_total=False,
            )
            for category in records.list_categories()
        ),
    ]


def _count_levels(
    units: Iterable[UnitEntry], category: str | None, *, is_total: bool
) -> SystemCounts:
    levels = Counter(
        system.grade.level if system.grade is not None else None
        for entry in units
        for system in entry.systems
    )
    counts = {level: levels[level] for level in (*GRADES, None)}
    return SystemCounts(category, is_total, levels.total(), counts)
