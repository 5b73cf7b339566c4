"""Scores under the three methods, exactly, with everything they were computed from.

Reliability marks, as in the collection of sources the rules were taken from: **seen** in the text
of the source, **third party** seen only in a re-telling, **from memory** to be checked before
publishing. docs/decisions/0002-scoring.md gives the reasons and worked examples.

The same for all methods:

- Items without a degree, and items that conditions exclude, are in no sum.
- An unanswered item is in no sum: the score is that of what is answered, and is marked incomplete.
  Where no item that scores is answered, there is no score.
- `not_applicable` is in no sum, or counts as met if the checklist's scoring sets so (GB/T
  45396-2025 annex A counts it as met and wants it explained: seen).
- Thresholds compare as exact fractions: `at_least` is ≥, `above` is >.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from assess.engine.kinds.conformity import degree_of_partial_result
from assess.engine.kinds.values import can_answers_have_degree
from assess.model.base import Number
from assess.model.checklist import Band, Scoring, Section
from assess.model.item import RiskLevel
from assess.model.results import ItemState, Score

DEFAULT_ATTENTION = Number("0.5")
"""y, the share of the technical side in `deduction`; set by the authority, 0.5 from memory."""

_ZERO = Fraction(0)
_ONE = Fraction(1)
_HUNDRED = Fraction(100)


class _ScoredItem(NamedTuple):
    """One item in the sums: its weight, the share of it that is earned, its side."""

    weight: Fraction
    earned: Fraction
    management: bool = False


class _RawScore(NamedTuple):
    """A score before veto and cap, with its sums and, for `deduction`, its two sides."""

    value: Fraction
    earned: Fraction
    possible: Fraction
    technical: Fraction | None = None
    management: Fraction | None = None


def compute_score(
    states: Iterable[ItemState], sections: Sequence[Section], scoring: Scoring, complete: bool
) -> Score | None:
    """Return the score of the answered items, or None where none of them scores.

    `sections` decide whether an item is technical or management (`deduction`). `value` is the raw
    score, lowered to `caps_at` if there is a high risk. A veto does not change the figure and makes
    the verdict the lowest band: in GB/T 45396-2025 annex A one 高危标识 item with 不符合 makes the
    result 不合格 whatever the points (seen); 部分符合 does not.
    """
    counted = [state for state in states if _counts_in_score(state, scoring)]
    management = {section.id for section in sections if section.domain == "management"}
    lines = [_make_scored_item(state, scoring, management) for state in counted]
    raw = (
        _compute_deduction_score(lines, scoring)
        if scoring.method == "deduction"
        else _compute_weighted_score(lines)
    )
    if raw is None:
        return None
    risks = {state.risk for state in counted}
    cap = scoring.high_risk if "high" in risks else None
    value = raw.value if cap is None else min(raw.value, Fraction(cap.caps_at))
    vetoed = _ids_of_vetoed_items(counted, scoring)
    return Score(
        **raw._asdict() | {"value": value},
        method=scoring.method,
        raw=raw.value,
        partial=degree_of_partial_result(scoring),
        attention=_technical_share_or_default(scoring) if scoring.method == "deduction" else None,
        scored_items=len(lines),
        capped=value < raw.value,
        vetoed=vetoed,
        band=_lowest_band(scoring) if vetoed else _find_first_fitting_band(scoring, value, risks),
        complete=complete,
        scoring=scoring,
    )


def compute_section_score(states: Iterable[ItemState], scoring: Scoring) -> Fraction | None:
    """Return the score of one section, 0 to 100, None where no answer in it scores.

    The share of the method's points that is earned, with neither cap nor veto. Under `deduction`
    too, because deductions from the whole don't fall to sections: that is the control-point score
    of the report templates times 10, Σ(score × weight) ÷ Σ weight (seen in part).
    """
    raw = _compute_weighted_score(
        [_make_scored_item(state, scoring) for state in states if _counts_in_score(state, scoring)]
    )
    return None if raw is None else raw.value


def is_scored_item(state: ItemState) -> bool:
    """Return whether an item applies by its condition and has answers with a degree."""
    return state.applies != "no" and can_answers_have_degree(state.item)


def _counts_in_score(state: ItemState, scoring: Scoring) -> bool:
    if not is_scored_item(state) or state.result is None or state.is_inapplicable_without_reason:
        return False
    return state.result != "not_applicable" or scoring.not_applicable == "met"


def _make_scored_item(
    state: ItemState, scoring: Scoring, management: Iterable[str] = frozenset()
) -> _ScoredItem:
    weight = _ONE if scoring.method == "rate" else _non_negative_weight(state.item.weight)
    return _ScoredItem(weight, _earned_share(state, scoring), state.section in management)


@lru_cache(maxsize=1024)
def _non_negative_weight(weight: Number) -> Fraction:
    # Lint refuses negative weights; a score of a wrong checklist must stay within bounds too.
    return max(Fraction(weight), _ZERO)


def _earned_share(state: ItemState, scoring: Scoring) -> Fraction:
    """Return how much of the item is earned, 0 to 1.

    `percent` and `deduction` take the degree. `rate` counts results: the 2025 letter defines a
    share of 符合 items. No source was found for 部分符合 in it, so that is a parameter.
    """
    if state.result == "not_applicable":
        return _ONE
    if scoring.method == "rate" and state.result == "partial":
        return Fraction(degree_of_partial_result(scoring))
    return _ZERO if state.degree is None else state.degree


def _compute_weighted_score(lines: Sequence[_ScoredItem]) -> _RawScore | None:
    """Return 100 × Σ(weight × degree) ÷ Σ weight over the applicable items.

    `percent`: the weighted share, as in GB/T 45396-2025 annex A: each indicator's reference score
    (adjustable) × 1, 0.5 or 0, of 100 in all (seen). Excluding items
    that do not apply and dividing by the applicable points is the method of the secrecy self-check
    with its 59 items (seen in part).

    `rate`: all weights 1, so 符合 items ÷ applicable items. 符合率 and its limits of 90 % and 60 %
    are in the police letter 公网安〔2025〕1846号 (seen). Only a
    re-telling gives the divisor, all items less the 不适用 ones (third party). The letter does not
    define 部分符合 (default 0, the strictest reading), and "above" and "below" leave 90 and 60
    themselves open; the bands of the checklist decide.
    """
    possible = _sum_products_exactly((line.weight, _ONE) for line in lines)
    if not possible:
        return None
    earned = _sum_products_exactly((line.weight, line.earned) for line in lines)
    return _RawScore(_HUNDRED * earned / possible, earned, possible)


def _sum_products_exactly(products: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return Σ a·b, exactly: in integers, by denominator, of which checklists have few."""
    by_denominator: dict[int, int] = {}
    for factor, other in products:
        below = factor.denominator * other.denominator
        above = factor.numerator * other.numerator
        by_denominator[below] = by_denominator.get(below, 0) + above
    return sum((Fraction(above, below) for below, above in by_denominator.items()), _ZERO)


def _compute_deduction_score(lines: Sequence[_ScoredItem], scoring: Scoring) -> _RawScore | None:
    """Return M = Vt + Vm of the 2021 report template (缺陷扣分法).

    Vt = max(0, 100·y − Σ f(ω)·(1 − x)·S) over the technical items, Vm likewise with 100·(1 − y)
    over the management items; S = 100 ÷ n, n all applicable items of both sides; f(ω) = 1 一般,
    2 重要, 3 关键, here the item's weight; x the degree. The formula, the weights and y = 0.5 are
    **from memory**: no text of the template could be found. Its limits 90, 80, 70 for 优, 良, 中
    and their conditions on risks were seen, for templates of the same generation.
    A section without domain counts as technical (lint refuses it under this method).
    """
    if not lines:
        return None
    unit = _HUNDRED / len(lines)
    lost = {True: _ZERO, False: _ZERO}
    for line in lines:
        lost[line.management] += line.weight * (1 - line.earned) * unit
    share = Fraction(_technical_share_or_default(scoring))
    technical = max(_ZERO, _HUNDRED * share - lost[False])
    management = max(_ZERO, _HUNDRED * (1 - share) - lost[True])
    total = technical + management
    return _RawScore(total, total, _HUNDRED, technical, management)


def _technical_share_or_default(scoring: Scoring) -> Number:
    return DEFAULT_ATTENTION if scoring.attention is None else scoring.attention


def _ids_of_vetoed_items(states: Iterable[ItemState], scoring: Scoring) -> tuple[str, ...]:
    if scoring.method != "percent":
        return ()
    return tuple(state.item.id for state in states if state.item.veto and state.result == "unmet")


def _lowest_band(scoring: Scoring) -> Band | None:
    return scoring.bands[-1] if scoring.bands else None


def _find_first_fitting_band(
    scoring: Scoring, value: Fraction, risks: AbstractSet[RiskLevel | None]
) -> Band | None:
    """Return the first band that fits; None where none does.

    `without: high_risk` requires that there is no high risk, `without: medium_risk` neither a high
    nor a medium one, as 优 in the 2021 template does (seen, see `_compute_deduction_score`).
    """
    for band in scoring.bands:
        at_least = band.at_least is None or value >= Fraction(band.at_least)
        above = band.above is None or value > Fraction(band.above)
        if at_least and above and not (_REFUSED[band.without] & risks):
            return band
    return None


_REFUSED: dict[str | None, set[RiskLevel | None]] = {
    None: set(),
    "high_risk": {"high"},
    "medium_risk": {"high", "medium"},
}
