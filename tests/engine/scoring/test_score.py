from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.engine.scoring.score import compute_score, compute_section_score
from assess.model.answer import Answer
from assess.model.base import Number
from assess.model.checklist import Cap, Checklist, Scoring
from assess.model.item import HighRisk, Item
from assess.model.results import ItemState, Score, format_score
from factories import (
    assessed,
    band,
    checklist,
    conformity,
    date_item,
    fact_is,
    high_risk,
    ladder,
    met,
    scoring,
    section,
    unmet,
)

PARTIAL = Answer(status="partial")
OUT = Answer(status="not_applicable", note="无")
BANDS_2021 = (
    band("you", at_least=Number(90), without="medium_risk"),
    band("liang", at_least=Number(80), without="high_risk"),
    band("zhong", at_least=Number(70), without="high_risk"),
    band("cha"),
)
BANDS_2025 = (
    band("met", above=Number(90), without="high_risk"),
    band("basic", above=Number(60)),
    band("unmet", at_least=Number(0)),
)


def scored(given: Checklist, answers: dict[str, Answer]) -> Score:
    """Return the score of answers to a checklist."""
    found = assessed(given, answers).score
    assert found is not None
    return found


def seen(found: Score, *names: str) -> tuple[Any, ...]:
    """Return these fields of a score."""
    return tuple(getattr(found, name) for name in names)


def plain(method: str, answers: Sequence[Answer | None], **settings: Any) -> Score:
    """Return the score of conformity items 0, 1, 2 … with these answers."""
    items = [conformity(f"I-{index}") for index in range(len(answers))]
    given = {f"I-{index}": one for index, one in enumerate(answers) if one is not None}
    return scored(checklist(*items, scoring=scoring(method, **settings)), given)


def many(failed: int, weight: int = 3, domain: str = "technical") -> Score:
    """Return the 2021 score of 211 items of which so many failed, each with this weight."""
    items = [conformity(f"I-{index}", weight=Number(weight)) for index in range(211)]
    answers = {item.id: unmet() if place < failed else met() for place, item in enumerate(items)}
    whole = section(*items, domain=domain)
    return scored(checklist(sections=(whole,), scoring=scoring("deduction")), answers)


def test_percent_weighs_degrees() -> None:
    """Percent: Σ weight × degree over Σ weight; half for partial."""
    items = (conformity("A", weight=Number(3)), ladder("B", weight=Number(1)))
    found = scored(checklist(*items), {"A": PARTIAL, "B": Answer(value="quarterly")})
    assert seen(found, "earned", "possible", "value") == (Fraction(5, 2), 4, Fraction(125, 2))
    assert seen(found, "scored_items", "complete", "partial") == (2, True, Number("0.5"))


def test_rate_counts_results() -> None:
    """Rate: met ÷ applicable, weights aside, partial 0 unless the checklist says otherwise."""
    items = (conformity("A", weight=Number(9)), ladder("B"), conformity("C"))
    answers = {"A": met(), "B": Answer(value="yearly"), "C": unmet()}
    strict = scored(checklist(*items, scoring=scoring("rate")), answers)
    assert seen(strict, "earned", "possible", "value") == (1, 3, Fraction(100, 3))
    mild = scored(checklist(*items, scoring=scoring("rate", partial=Number("0.3"))), answers)
    assert mild.value == Fraction(130, 3)


def test_one_failed_key_item_of_211() -> None:
    """Deduction: with n = 211 one failed 关键 item costs 3 × 100/211 = 1.42 points."""
    found = many(1)
    assert found.value == 100 - Fraction(300, 211)
    assert format_score(100 - found.value, 2) == "1.42"
    assert format_score(found.value, 2) == "98.58"


def test_deduction_stops_at_the_share_of_a_side() -> None:
    """What the technical side can lose is its share: 100·y, by default half."""
    found = many(211)
    assert seen(found, "technical", "management", "value") == (0, 50, 50)
    found = many(211, domain="management")
    assert seen(found, "technical", "management", "value") == (50, 0, 50)


def test_deduction_by_hand() -> None:
    """Vt and Vm worked by hand: n = 4, S = 25, y = 0.6; weights 1, 2 | 1, 3."""
    tech = section(conformity("A"), conformity("B", weight=Number(2)), id_="t", domain="technical")
    mgmt = section(conformity("C"), conformity("D", weight=Number(3)), id_="m", domain="management")
    given = checklist(sections=(tech, mgmt), scoring=scoring("deduction", attention=Number("0.6")))
    found = scored(given, {"A": met(), "B": PARTIAL, "C": met(), "D": PARTIAL})
    assert found.technical == 60 - 2 * Fraction(1, 2) * 25
    assert found.management == 40 - 3 * Fraction(1, 2) * 25
    assert seen(found, "value", "attention") == (Fraction(75, 2), Number("0.6"))
    assert seen(found, "earned", "possible") == (Fraction(75, 2), 100)


@pytest.mark.parametrize("method", ["rate", "percent", "deduction"])
@pytest.mark.parametrize("not_applicable", ["excluded", "met"])
def test_what_is_not_answered_is_not_scored(method: str, not_applicable: str) -> None:
    """The score is that of the other items, and says it is not complete.

    An item that is said not to apply, and not why, is not answered.
    """
    for unfinished in (None, Answer(status="not_applicable")):
        opened = plain(method, [met(), unmet(), unfinished], not_applicable=not_applicable)
        assert opened.value == plain(method, [met(), unmet()]).value
        assert (opened.scored_items, opened.complete) == (2, False)


@pytest.mark.parametrize(
    ("method", "excluded", "counted"),
    [("rate", 50, Fraction(200, 3)), ("percent", 50, Fraction(200, 3))],
)
def test_not_applicable(method: str, excluded: Fraction, counted: Fraction) -> None:
    """Not applicable is out of both sums, or met where the checklist follows GB/T 45396."""
    answers = [met(), unmet(), OUT]
    assert plain(method, answers).value == excluded
    assert plain(method, answers, not_applicable="met").value == counted


def test_not_applicable_under_deduction() -> None:
    """Left out, it makes n smaller, so each failure dearer; counted as met, it does not."""
    answers = [met(), unmet(), met(), OUT]
    assert plain("deduction", answers).value == 100 - Fraction(100, 3)
    assert plain("deduction", answers, not_applicable="met").value == 75


def test_what_never_scores() -> None:
    """Items without a degree are in no sum, also as not applicable that counts as met."""
    found = assessed(
        checklist(date_item("A"), conformity("B"), scoring=scoring(not_applicable="met")),
        {"A": OUT, "B": unmet()},
    ).score
    assert found is not None
    assert seen(found, "scored_items", "value") == (1, 0)


@pytest.mark.parametrize("method", ["rate", "percent", "deduction"])
def test_nothing_to_score(method: str) -> None:
    """Without an item that scores there is no score, rather than 0 or 100."""
    assert assessed(checklist(date_item(), scoring=scoring(method))).score is None
    assert assessed(checklist(conformity("A"), scoring=scoring(method)), {"A": OUT}).score is None


def test_weights_of_nothing() -> None:
    """Where all weights are 0 there is no share to take; a negative weight counts as 0."""
    zero = checklist(conformity("A", weight=Number(0)), conformity("B", weight=Number(-2)))
    assert assessed(zero, {"A": met()}).score is None


def test_items_left_out_by_conditions() -> None:
    """An item that does not apply is in no sum; one of unknown reach is."""
    given = checklist(
        conformity("A"), conformity("B", applies_when=fact_is("egov", True)), scoring=scoring()
    )
    answers = {"A": met(), "B": unmet()}
    out = assessed(given, answers, profile={"egov": False}).score
    unknown = assessed(given, answers).score
    assert out is not None
    assert unknown is not None
    assert out.value == 100
    assert unknown.value == 50


def test_a_veto_makes_the_lowest_band_and_leaves_the_figure() -> None:
    """One failed veto item: 不合格 whatever the points; partly met does not veto."""
    bands = (band("pass", at_least=Number(70)), band("fail", at_least=Number(0)))
    items = [conformity(f"I-{index}") for index in range(9)]
    given = checklist(*items, conformity("V", veto=True), scoring=scoring(bands=bands))
    answers = {item.id: met() for item in items}
    failed = scored(given, answers | {"V": unmet()})
    assert seen(failed, "value", "vetoed", "band") == (90, ("V",), bands[1])
    partly = scored(given, answers | {"V": PARTIAL})
    assert seen(partly, "value", "vetoed", "band") == (95, (), bands[0])


def test_a_veto_without_bands_and_under_other_methods() -> None:
    """Without bands a veto is only named; other methods know none."""
    item = conformity("V", veto=True)
    found = scored(checklist(item), {"V": unmet()})
    assert seen(found, "vetoed", "band") == (("V",), None)
    assert scored(checklist(item, scoring=scoring("rate")), {"V": unmet()}).vetoed == ()


def test_a_standing_high_risk_caps() -> None:
    """The score is lowered to the cap while a high risk stands, and never raised to it."""
    items = (
        conformity("A", weight=Number(9)),
        conformity("B", high_risk=HighRisk(case="6.3.2.1")),
    )
    given = checklist(*items, scoring=scoring(high_risk=Cap(caps_at=Number(59))))
    capped = scored(given, {"A": met(), "B": unmet()})
    assert seen(capped, "raw", "value", "capped") == (90, 59, True)
    low = scored(given, {"A": unmet(), "B": unmet()})
    assert seen(low, "raw", "value", "capped") == (0, 0, False)
    fine = scored(given, {"A": met(), "B": met()})
    assert seen(fine, "value", "capped") == (100, False)


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(91, "met"), (90, "basic"), (61, "basic"), (60, "unmet"), (0, "unmet")],
)
def test_above_excludes_the_boundary(percent: int, expected: str) -> None:
    """`above: 90` does not take 90 itself."""
    found = plain("rate", [met()] * percent + [unmet()] * (100 - percent), bands=BANDS_2025)
    assert found.band is not None
    assert found.band.id == expected


def test_at_least_includes_the_boundary_exactly() -> None:
    """`at_least` takes the boundary, and a hair below it does not round up."""
    third = (band("yes", at_least=Number("66.67")), band("no"))
    found = plain("rate", [met(), met(), unmet()], bands=third)
    assert format_score(found.value, 2) == "66.67"
    assert found.band == third[1]
    assert plain("rate", [met()] * 9 + [unmet()], bands=BANDS_2021[2:]).band == BANDS_2021[2]


@pytest.mark.parametrize(
    ("item", "failed", "expected"),
    [
        (conformity("X"), met(), "you"),
        (conformity("X"), PARTIAL, "you"),
        (conformity("X"), unmet(), "liang"),
        (conformity("X", high_risk=high_risk()), unmet(), "cha"),
    ],
)
def test_bands_of_2021_look_at_risks(item: Item, failed: Answer, expected: str) -> None:
    """优 wants neither high nor medium risk, 良 and 中 no high one; a low risk disturbs none."""
    rest = [conformity(f"I-{index}") for index in range(20)]
    given = checklist(*rest, item, scoring=scoring(bands=BANDS_2021))
    found = scored(given, {one.id: met() for one in rest} | {"X": failed})
    assert found.value > 95
    assert found.band is not None
    assert found.band.id == expected


def test_no_band_fits() -> None:
    """A score that comes into no band has no verdict."""
    assert plain("rate", [unmet()], bands=(band("a", at_least=Number(1)),)).band is None


def test_section_scores() -> None:
    """A section's score is its own share, weighted except under rate, with no cap."""
    items = (conformity("A", weight=Number(3)), conformity("B", high_risk=high_risk()))
    answers = {"A": met(), "B": unmet()}
    for method, expected in (("percent", 75), ("deduction", 75), ("rate", 50)):
        given = checklist(*items, scoring=scoring(method, high_risk=Cap(caps_at=Number(10))))
        (found,) = assessed(given, answers).sections
        assert found.score == expected
    assert assessed(checklist(date_item())).sections[0].score is None


_degrees = st.fractions(min_value=0, max_value=1, max_denominator=20)
_methods = st.sampled_from(["percent", "rate", "deduction"])
_lines = st.lists(
    st.tuples(_degrees, st.sampled_from([1, 2, 3]), st.booleans()), min_size=1, max_size=12
)


def states_of(lines: list[tuple[Fraction, int, bool]]) -> list[ItemState]:
    """Return states with these degrees, weights and sides (True: management)."""
    return [
        ItemState(
            item=conformity(f"I-{index}", weight=Number(weight)),
            section="m" if management else "t",
            number=index + 1,
            applies="yes",
            result="met" if degree == 1 else "unmet" if degree == 0 else "partial",
            degree=degree,
        )
        for index, (degree, weight, management) in enumerate(lines)
    ]


SIDES = (section(id_="t", domain="technical"), section(id_="m", domain="management"))


def value_of(states: list[ItemState], rules: Scoring) -> Fraction:
    """Return the exact score of these states."""
    found = compute_score(states, SIDES, rules, complete=True)
    assert found is not None
    return found.value


def naive(lines: list[tuple[Fraction, int, bool]], method: str) -> Fraction:
    """Return the score by the formulas as they are printed, written down a second time."""
    if method == "rate":
        return Fraction(100 * sum(degree == 1 for degree, _, _ in lines), len(lines))
    if method == "percent":
        top = sum((degree * weight for degree, weight, _ in lines), Fraction(0))
        return 100 * top / sum(weight for _, weight, _ in lines)
    unit = Fraction(100, len(lines))
    sides = [
        max(Fraction(0), 50 - sum((w * (1 - d) * unit for d, w, s in lines if s is side), unit * 0))
        for side in (False, True)
    ]
    return sides[0] + sides[1]


@given(_lines, _methods)
def test_agrees_with_the_formula(lines: list[tuple[Fraction, int, bool]], method: str) -> None:
    """The score is what the printed formula gives, to the last fraction."""
    assert value_of(states_of(lines), scoring(method)) == naive(lines, method)


@given(_lines, _methods, st.randoms())
def test_bounds_and_order(
    lines: list[tuple[Fraction, int, bool]], method: str, chance: Any
) -> None:
    """A score lies between 0 and 100, and the order of the items is nothing to it."""
    states = states_of(lines)
    before = value_of(states, scoring(method))
    assert 0 <= before <= 100
    chance.shuffle(states)
    assert value_of(states, scoring(method)) == before
    assert 0 <= (compute_section_score(states, scoring(method)) or 0) <= 100


@given(_lines, _methods, st.data())
def test_better_never_scores_less(
    lines: list[tuple[Fraction, int, bool]], method: str, data: st.DataObject
) -> None:
    """Raising one item's degree never lowers the score."""
    place = data.draw(st.integers(0, len(lines) - 1))
    degree, weight, side = lines[place]
    better = max(degree, data.draw(_degrees))
    raised = [*lines[:place], (better, weight, side), *lines[place + 1 :]]
    rules = scoring(method, partial=Number("0.5"))
    assert value_of(states_of(raised), rules) >= value_of(states_of(lines), rules)


@given(_lines, _methods)
def test_full_and_empty(lines: list[tuple[Fraction, int, bool]], method: str) -> None:
    """All met is 100; nothing met is 0 (under deduction 0 to a side that has any item).

    Nothing answered has no score.
    """
    best = [(Fraction(1), weight, side) for _, weight, side in lines]
    assert value_of(states_of(best), scoring(method)) == 100
    empty = [msgspec.structs.replace(one, result=None, degree=None) for one in states_of(lines)]
    assert compute_score(empty, SIDES, scoring(method), complete=False) is None
    worst = [
        msgspec.structs.replace(one, result="unmet", degree=Fraction(0)) for one in states_of(lines)
    ]
    if method != "deduction":
        assert value_of(worst, scoring(method)) == 0
