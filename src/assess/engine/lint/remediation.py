"""Lint of a remediation, of an answer or of a finding of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_
from assess.model.answer import OPEN_STATES, Remediation
from assess.problem import TreePath

REMEDIATION_RULES: Final[Mapping[str, LintRule]] = {
    "risk-accepted-by": LintRule(
        N_("an accepted risk needs `accepted_by` and `reason`"),
        N_("add what is missing: {missing}"),
    ),
    "done-on-missing": LintRule(
        N_("the remediation is done, but not when"), N_("add `done_on`"), "warning"
    ),
    "verified-missing": LintRule(
        N_("the remediation is verified, but not by whom and when"),
        N_("add what is missing: {missing}"),
        "warning",
    ),
    "plan-date-missing": LintRule(
        N_("the plan has no due date, and does not say why"),
        N_("add `due`, or the reason as `no_due_reason`"),
        "warning",
    ),
}


def lint_remediation(
    out: ProblemCollector, plan: Remediation, path: TreePath, demanded: date | None = None
) -> None:
    """Note what a remediation lacks for its state; `demanded` is a day that others set for it."""
    where = (*path, "state")
    if plan.state == "risk_accepted":
        missing = [name for name in ("accepted_by", "reason") if not getattr(plan, name)]
        if missing:
            out.add_broken_rule("risk-accepted-by", where, missing=", ".join(missing))
    elif plan.state == "done" and plan.done_on is None:
        out.add_broken_rule("done-on-missing", where)
    elif plan.state == "verified":
        missing = [name for name in ("verified_by", "verified_on") if not getattr(plan, name)]
        if missing:
            out.add_broken_rule("verified-missing", where, missing=", ".join(missing))
    elif plan.state in OPEN_STATES and not (plan.due or demanded or plan.no_due_reason):
        out.add_broken_rule("plan-date-missing", where)
