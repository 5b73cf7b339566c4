"""Lint of findings.yaml: people, systems, items and evidence that it names, and its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from assess import locations
from assess.engine.lint.common import COMMON_RULES, lint_undecided_conflicts, lint_unknown_person
from assess.engine.lint.remediation import REMEDIATION_RULES, lint_remediation
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.outside_finding import FindingsFile, OutsideFinding
from assess.problem import Problem, TreePath

OUTSIDE_FINDING_RULES: Final[Mapping[str, LintRule]] = {
    **COMMON_RULES,
    **REMEDIATION_RULES,
    "finding-system": LintRule(
        N_("assess.yaml has no system “{given}”"),
        N_("assess finding edit {finding} --system ID, or --clear system"),
        "warning",
    ),
    "finding-item": LintRule(
        N_("the workspace has no item “{given}” in a checklist of this id"),
        N_("assess finding edit {finding} --item ITEM, or --clear item"),
        "warning",
    ),
    "finding-evidence": LintRule(
        N_("the evidence register has no row “{given}”"), N_("add the evidence first")
    ),
    "finding-without-plan": LintRule(
        N_("nothing is planned to mend this finding"),
        N_("assess finding edit {finding} --action TEXT --owner NAME --plan-due DATE"),
        "warning",
    ),
    "finding-days": LintRule(
        N_("{later} is before {earlier}"), N_("one of the two days is wrong"), "warning"
    ),
    "plan-too-late": LintRule(
        N_("the plan ends on {given}, after {limit}, which the document demands"),
        N_("plan an earlier end, or ask for more time and enter the new date"),
        "warning",
    ),
}


class _FindingContext(NamedTuple):
    out: ProblemCollector
    config: Config
    register: Register
    checklists: Mapping[str, Checklist]


def lint_outside_findings(
    file_value: FindingsFile,
    config: Config,
    register: Register,
    checklists: Mapping[str, Checklist],
    lang: Lang,
    *,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in findings.yaml; `checklists` are those pinned, by id."""
    out = ProblemCollector(locations.FINDINGS, lang, OUTSIDE_FINDING_RULES)
    lint_undecided_conflicts(out, conflicts)
    context = _FindingContext(out, config, register, checklists)
    for key, finding in file_value.findings.items():
        path = ("findings", key)
        lint_unknown_person(out, config, finding.by, (*path, "by"))
        _lint_system_item_and_evidence(context, key, finding, path)
        _lint_remediation_and_due_date(context, key, finding, path)
        _lint_dates_before_finding_date(out, finding, path)
    return out.problems


def _lint_system_item_and_evidence(
    context: _FindingContext, key: str, finding: OutsideFinding, path: TreePath
) -> None:
    out, systems = context.out, context.config.systems
    if finding.system is not None and finding.system not in systems:
        near = out.find_similar_names(finding.system, systems)
        where = (*path, "system")
        out.add_broken_rule("finding-system", where, near=near, given=finding.system, finding=key)
    if finding.item is not None:
        known = [
            item
            for name, checklist in context.checklists.items()
            if finding.checklist in (None, name)
            for item in checklist.items()
        ]
        if finding.item not in known:
            near = out.find_similar_names(finding.item, known)
            where = (*path, "item")
            out.add_broken_rule("finding-item", where, near=near, given=finding.item, finding=key)
    for index, row_id in enumerate(finding.evidence):
        if row_id not in context.register.evidence:
            near = out.find_similar_names(row_id, context.register.evidence)
            where = (*path, "evidence", index)
            out.add_broken_rule("finding-evidence", where, near=near, given=row_id)


def _lint_remediation_and_due_date(
    context: _FindingContext, key: str, finding: OutsideFinding, path: TreePath
) -> None:
    out, plan = context.out, finding.remediation
    if plan is not None:
        lint_remediation(out, plan, (*path, "remediation"), finding.due)
    elif finding.closed is None:
        out.add_broken_rule("finding-without-plan", path, finding=key)
    if plan is not None and plan.due and finding.due and finding.due < plan.due:
        where = (*path, "remediation", "due")
        out.add_broken_rule("plan-too-late", where, given=plan.due, limit=finding.due)


def _lint_dates_before_finding_date(
    out: ProblemCollector, finding: OutsideFinding, path: TreePath
) -> None:
    closed: date | None = finding.closed.on if finding.closed else None
    for name, day in (("due", finding.due), ("closed", closed)):
        if finding.dated is not None and day is not None and day < finding.dated:
            out.add_broken_rule("finding-days", (*path, name), later=day, earlier=finding.dated)
