"""What an item points at: clauses, cases, cross-references; and the weight that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.engine.kinds.values import can_answers_have_degree
from assess.engine.lint.content.clauses import expand_clause_range
from assess.engine.lint.content.tables import Case, ContentTables
from assess.engine.lint.texts import LocatedItem
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.engine.scoring.conditions import list_fact_names
from assess.i18n import N_, translator
from assess.model.checklist import Checklist
from assess.model.item import HighRisk

REFERENCE_RULES: Final[Mapping[str, LintRule]] = {
    "ref-missing": LintRule(
        N_("the item cites no basis"),
        N_("add `refs`; cite `practice` for good practice without a rule"),
        "warning",
    ),
    "clause-unknown": LintRule(
        N_("“{basis}” has no clause “{given}”"), N_("look it up in the text"), "warning"
    ),
    "crossref-unknown": LintRule(
        N_("“{scheme}” has no “{given}”"), N_("leave it out when in doubt"), "warning"
    ),
    "case-unknown": LintRule(N_("there is no high-risk case “{given}”"), "", "warning"),
    "case-scope": LintRule(
        N_("the case “{given}” reaches systems from level {level} on, the item further"),
        N_("add `high_risk.applies_when`"),
        "warning",
    ),
    "case-clause": LintRule(
        N_("the case “{given}” belongs to {clauses}, which the item does not cite"),
        N_("cite the clause, or choose the case that fits"),
        "warning",
    ),
    "weight-rule": LintRule(
        N_("the weight departs from the library’s rule: {reason}"),
        N_("change it, or give the reason in `silence`"),
        "warning",
    ),
}

_CASE_IS_THREE = N_("an item with a high-risk case has weight 3, not {given}")
_THREE_IS_BORNE = N_(
    "weight 3 needs a high-risk case or a clause whose breach has a penalty of its own"
)
"""The two ways in which a weight departs from the rule of docs/writing-checklists.md."""

KEY = 3
"""The weight of a key item."""

_MLPS = "gbt22239"
_GRADES = {
    "system": frozenset({"system.level", "system.s", "system.a"}),
    "organization": frozenset({"highest_mlps_level"}),
}
"""The facts with the grade of a system, or the highest grade of an organization."""

_LOWEST, _HIGHEST = 2, 3
"""The level from which a case may reach every graded system, and the highest with a checklist."""


def lint_references_and_weight_reason(
    out: ProblemCollector, checklist: Checklist, located: LocatedItem, tables: ContentTables
) -> None:
    """Note unknown clauses, cross-references and cases, and a weight without a reason."""
    _lint_missing_or_unknown_refs(out, located, tables)
    _lint_unknown_crossrefs(out, located, tables)
    if located.item.high_risk is not None and tables.cases:
        _lint_high_risk_case(out, checklist, located, located.item.high_risk, tables)
    if can_answers_have_degree(located.item) and tables.clauses:
        _lint_weight_reason(out, located, tables)


def _lint_missing_or_unknown_refs(
    out: ProblemCollector, located: LocatedItem, tables: ContentTables
) -> None:
    if not located.item.refs:
        out.add_broken_rule("ref-missing", located.path)
    for index, ref in enumerate(located.item.refs):
        table = tables.clauses.get(ref.basis)
        known = table is None or table.has_all_clauses_of_citation(ref.clause)
        if ref.basis == "high-risk-guide" and tables.cases:
            known = all(leaf in tables.cases for leaf in expand_clause_range(ref.clause))
        if not known:
            path = (*located.path, "refs", index, "clause")
            out.add_broken_rule("clause-unknown", path, basis=ref.basis, given=ref.clause)


def _lint_unknown_crossrefs(
    out: ProblemCollector, located: LocatedItem, tables: ContentTables
) -> None:
    """Note ids that a framework of the tables lacks; other frameworks are not checked."""
    for scheme, ids in located.item.crossrefs.items():
        known = tables.control_ids_by_framework.get(scheme)
        for index, crossref in enumerate(ids):
            if known is not None and crossref not in known:
                path = (*located.path, "crossrefs", scheme, index)
                out.add_broken_rule("crossref-unknown", path, scheme=scheme, given=crossref)


def _lint_high_risk_case(
    out: ProblemCollector,
    checklist: Checklist,
    located: LocatedItem,
    risk: HighRisk,
    tables: ContentTables,
) -> None:
    path = (*located.path, "high_risk", "case")
    case = tables.cases.get(risk.case)
    if case is None:
        out.add_broken_rule(
            "case-unknown",
            path,
            near=out.find_similar_names(risk.case, tables.cases),
            given=risk.case,
        )
        return
    if case.level > _LOWEST and not _is_limited_by_grade(checklist, located, risk):
        out.add_broken_rule("case-scope", path, given=risk.case, level=case.level)
    cited = {
        leaf
        for ref in located.item.refs
        if ref.basis == _MLPS
        for leaf in expand_clause_range(ref.clause)
    }
    # Cases of level 4 stand at the nearest clause of level 3: the library has no level-4 file.
    known = case.clauses if case.level <= _HIGHEST else ()
    if cited and known and not any(_is_clause_or_point_cited(clause, cited) for clause in known):
        clauses = ", ".join(case.clauses)
        out.add_broken_rule("case-clause", path, given=risk.case, clauses=clauses)


def _is_limited_by_grade(checklist: Checklist, located: LocatedItem, risk: HighRisk) -> bool:
    """Return whether a condition on the grade limits the item or the case."""
    names = {*list_fact_names(located.item.applies_when), *list_fact_names(risk.applies_when)}
    return bool(names & _GRADES[checklist.scope])


def _is_clause_or_point_cited(clause: str, cited: set[str]) -> bool:
    """Return whether a clause is cited, itself or by the point it is a letter of."""
    return clause in cited or clause.partition(" ")[0] in cited


def _lint_weight_reason(out: ProblemCollector, located: LocatedItem, tables: ContentTables) -> None:
    item = located.item
    _ = translator(out.lang)
    path = (*located.path, "weight")
    case: Case | None = tables.cases.get(item.high_risk.case) if item.high_risk else None
    if case is not None and item.weight != KEY:
        reason = _(_CASE_IS_THREE).format(given=decimal_text(item.weight))
        out.add_broken_rule("weight-rule", path, reason=reason)
    elif item.weight == KEY and item.high_risk is None and not _cites_penal_clause(located, tables):
        out.add_broken_rule("weight-rule", path, reason=_(_THREE_IS_BORNE))


def _cites_penal_clause(located: LocatedItem, tables: ContentTables) -> bool:
    return any(
        tables.clauses[ref.basis].is_penal(ref.clause)
        for ref in located.item.refs
        if ref.basis in tables.clauses
    )
