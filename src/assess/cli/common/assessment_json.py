"""Assessments for JSON output: of `assess status`, and of reports that were made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assess.cli.common.context import LANG
from assess.engine.field_checks.judge import BrokenCheck, list_broken_checks
from assess.engine.field_checks.words import check_mismatch_text
from assess.engine.scoring.figures import count_figures
from assess.model.base import pick_text
from assess.model.results import Assessment, Counts, Score, format_score

if TYPE_CHECKING:
    from assess.workspace import SheetName


def assessment_for_json(name: SheetName, assessment: Assessment) -> dict[str, Any]:
    """Return an assessment for JSON output; scores are texts with one decimal."""
    return {
        "sheet": str(name),
        "title": pick_text(assessment.title, LANG),
        "scope": assessment.scope_id,
        "counts": counts_for_json(assessment.counts),
        "score": score_for_json(assessment.score),
        "findings": [
            {"item": f.state.item.id, "result": f.state.result, "risk": f.risk, "case": f.case}
            for f in assessment.findings
        ],
        "high_risks": count_figures((assessment,)).high,
        "overdue": [row.state.item.id for row in assessment.ledger if row.overdue],
        "taken_over": count_figures((assessment,)).taken_over,
        "kept_closed": [state.item.id for state in assessment.items if state.has_uncounted_answer],
        "stale": [state.item.id for state in assessment.items if state.stale],
        "sections": [
            {
                "id": part.section.id,
                "counts": counts_for_json(part.counts),
                "score": format_score(part.score) if part.score is not None else None,
            }
            for part in assessment.sections
        ],
        "missing_facts": list(assessment.missing_facts),
        "field_checks": broken_checks_for_json(list_broken_checks(assessment)),
    }


def broken_checks_for_json(broken_checks: Iterable[BrokenCheck]) -> list[dict[str, Any]]:
    """Return the field checks that answers break: their items, what must be so, the numbers."""
    return [
        {
            "items": list(broken.item_ids),
            "text": pick_text(broken.check.text, LANG),
            "numbers": check_mismatch_text(broken, LANG),
        }
        for broken in broken_checks
    ]


def counts_for_json(counts: Counts) -> dict[str, int]:
    """Return the counts by name."""
    return {
        "applicable": counts.applicable,
        "done": counts.done,
        "met": counts.met,
        "partial": counts.partial,
        "unmet": counts.unmet,
        "not_applicable": counts.not_applicable,
        "answered": counts.answered,
        "unanswered": counts.unanswered,
        "met_without_evidence": counts.met_without_evidence,
        "without_reason": counts.without_reason,
    }


def score_for_json(score: Score | None) -> dict[str, Any] | None:
    """Return a score with the sums behind it; no verdict before all is answered."""
    if score is None:
        return None
    return {
        "method": score.method,
        "value": format_score(score.value),
        "raw": format_score(score.raw),
        "earned": format_score(score.earned, 2),
        "possible": format_score(score.possible, 2),
        "band": score.band.id if score.band and score.complete else None,
        "complete": score.complete,
        "capped": score.capped,
        "vetoed": list(score.vetoed),
    }
