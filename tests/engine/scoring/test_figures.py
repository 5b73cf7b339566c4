"""The figures of one sheet and of several."""

from __future__ import annotations

from datetime import date

from assess.engine.outside_findings import list_outside_rows_of_round
from assess.engine.scoring.figures import count_figures
from assess.model.answer import Answer, Remediation, RemediationState, Review, RiskOverride
from engine.outside import CLOSED, outside_finding
from factories import assessed, conformity, met, unmet


def planned(state: RemediationState, due: date | None = None) -> Answer:
    """Return an answer of a problem with a plan."""
    return unmet(remediation=Remediation(action="x", state=state, due=due))


def test_problems_add_up_by_risk_and_by_remediation() -> None:
    """Each problem is counted once by risk and once by state; accepted risks are not mended."""
    high = RiskOverride(level="high", reason="x")
    answers = {
        "A": planned("done"),
        "B": planned("verified"),
        "C": planned("in_progress", date(2000, 1, 1)),
        "D": unmet(remediation=Remediation(action="x", state="risk_accepted"), risk=high),
        "E": unmet(risk=high),
        "F": met(),
    }
    sheet = assessed(tuple(conformity(name) for name in answers), answers)
    figures = count_figures((sheet, sheet))
    assert (figures.problems, figures.counts.met, figures.counts.unmet) == (10, 2, 10)
    assert (figures.high, figures.medium, figures.low) == (4, 6, 0)
    remediation = figures.remediation
    assert (remediation.done, remediation.verified, remediation.in_progress) == (2, 2, 2)
    assert (remediation.risk_accepted, remediation.without_measure) == (2, 2)
    assert (remediation.planned, remediation.problems) == (0, 10)
    assert (remediation.mended, remediation.unmended, remediation.overdue) == (4, 6, 2)
    assert (remediation.high_unmended, remediation.high_without_measure) == (4, 2)
    assert remediation.unmended_without_due == 4


def test_what_others_found_is_mended_with_the_rest() -> None:
    """It is no problem of the sheets, and counts in what is done about all of them."""
    findings = {
        "f-1": outside_finding(risk="high", due=date(2026, 1, 1)),
        "f-2": outside_finding(closed=CLOSED),
        "f-3": outside_finding(remediation=Remediation(action="x", state="risk_accepted")),
    }
    rows = list_outside_rows_of_round(findings, "2026", date(2026, 6, 1))
    sheet = assessed((conformity("A"),), {"A": planned("in_progress", date(2000, 1, 1))})
    figures = count_figures((sheet,), rows)
    assert (figures.problems, figures.outside.all, figures.outside.overdue) == (1, 3, 1)
    remediation = figures.remediation
    assert (remediation.problems, remediation.overdue, remediation.without_measure) == (4, 2, 1)
    assert (remediation.verified, remediation.risk_accepted, remediation.in_progress) == (1, 1, 1)
    assert (remediation.high_unmended, remediation.unmended_without_due) == (1, 1)


def test_returned_answers_wait_or_were_corrected() -> None:
    """A review of an earlier answer was followed by a correction; without an answer it waits."""
    outdated = Review(state="returned", by="li", of="sha256:0")
    figures = count_figures((assessed((conformity("A"),), {"A": met(review=outdated)}),))
    assert (figures.returned, figures.returned_waiting, figures.corrected) == (1, 0, 1)
    withdrawn = Answer(review=outdated)
    figures = count_figures((assessed((conformity("A"),), {"A": withdrawn}),))
    assert (figures.returned, figures.returned_waiting, figures.corrected) == (1, 1, 0)


def test_of_no_sheet_all_is_nothing() -> None:
    """The sums of nothing are 0."""
    figures = count_figures(())
    assert not any((*figures.remediation, figures.problems, figures.outside.all))
    assert figures.counts.applicable == 0
