"""The scores of a checklist over the campaigns (历次得分), from their figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from assess.engine.rollup.alike_items import pair_alike_items
from assess.engine.rollup.earlier_places import find_compared_score
from assess.engine.rollup.figures_file import make_figures
from assess.engine.rollup.records import LEAST_UNITS, CampaignScores, GroupScores, RollUpRecords
from assess.engine.rollup.score_figures import compute_quantile
from assess.model.base import Number
from assess.model.rollup_figures import RollUpFigures

MOST_CAMPAIGNS: Final = 6
"""Campaigns of a trend, the present one included."""

_HALF: Final = Fraction(1, 2)


class TrendRow(NamedTuple):
    """A checklist in a campaign."""

    campaign: str
    checklist: str
    version: str
    items: int
    alike: int
    """The items of the present checklist that asked the same then."""
    sheets: int
    """The sheets whose scores are compared."""
    median: Number | None


def summarise_scores(figures: RollUpFigures) -> CampaignScores:
    """Return the median of the scores of each checklist, over all units and by category."""
    checklists = {row.digest: row.id for row in figures.checklists}
    values: dict[tuple[str, str | None, bool], list[Fraction]] = defaultdict(list)
    units: dict[tuple[str, str | None, bool], set[str]] = defaultdict(set)
    for unit, entry in figures.units.items():
        for sheet in entry.sheets:
            score, checklist = find_compared_score(sheet), checklists.get(sheet.checklist)
            if score is None or checklist is None:
                continue
            for key in ((checklist, None, True), (checklist, entry.category, False)):
                values[key].append(Fraction(score))
                units[key].add(unit)
    groups = {
        key: GroupScores(len(scores), len(units[key]), compute_quantile(sorted(scores), _HALF))
        for key, scores in values.items()
    }
    return CampaignScores(figures.campaign, figures.checklists, groups)


def make_trend(records: RollUpRecords) -> list[TrendRow]:
    """Return the issued checklists, each with the campaigns that had it, the oldest first."""
    now = summarise_scores(make_figures(records))
    campaigns = [*records.earlier, now]
    rows = []
    for checklist in records.checklists:
        for scores in campaigns:
            row = _make_trend_row(records, scores, now, checklist)
            rows += [row] if row is not None else []
    return rows


def _make_trend_row(
    records: RollUpRecords, scores: CampaignScores, now: CampaignScores, checklist: str
) -> TrendRow | None:
    issued = next((row for row in scores.checklists if row.id == checklist), None)
    present = [row for row in now.checklists if row.id == checklist]
    if issued is None or not present:
        return None
    pairs = pair_alike_items((issued,), present)
    group = _find_group(records, scores.groups, checklist)
    is_hidden = records.is_anonymous and group.units < LEAST_UNITS
    return TrendRow(
        campaign=scores.campaign,
        checklist=checklist,
        version=issued.version,
        items=len(present[0].items),
        alike=sum(map(len, pairs.values())),
        sheets=group.sheets,
        median=None if is_hidden else group.median,
    )


def _find_group(
    records: RollUpRecords,
    groups: Mapping[tuple[str, str | None, bool], GroupScores],
    checklist: str,
) -> GroupScores:
    """Return the scores of all units, or of the category that the roll-up is about."""
    is_total = records.category is None
    return groups.get((checklist, records.category, is_total), GroupScores())
