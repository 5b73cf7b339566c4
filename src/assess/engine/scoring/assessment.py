"""The function that computes every number of a sheet.

Screen, `--json`, XLSX and PDF show the values of the `Assessment`; none of them counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import is_

from assess.engine.scoring.conditions import facts_of_scope, list_parent_item_ids, unique_names
from assess.engine.scoring.score import compute_score, compute_section_score, is_scored_item
from assess.engine.scoring.states import build_assessment_context, compute_item_state
from assess.model.answer import Answer, Sheet
from assess.model.base import Text
from assess.model.checklist import Checklist, Scoring, Section
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.item import Item
from assess.model.results import (
    Assessment,
    Counts,
    Finding,
    ItemState,
    LedgerRow,
    SectionState,
)


def assess_sheet(
    checklist: Checklist,
    sheet: Sheet,
    config: Config,
    register: Register,
    today: date,
    reusable_assessment: Assessment | None = None,
) -> Assessment:
    """Return all that is computed from a checklist and its answers on a given day.

    The time is linear in the number of items. Wrong answers and wrong checklists raise no error: an
    unreadable answer counts as unanswered, and lint reports the reason.

    `reusable_assessment` is the assessment of another version of the sheet. It was made from the
    same checklist, settings, register and day, and both versions name a reviewer or neither does.
    States of answers that are the same objects, and sections of such states, are taken from it.
    A sub-question is decided again where the state of a parent is another.
    The history of a sheet is assessed version by version in this way.
    """
    sections = _assess_sections_reusing_states(
        checklist, sheet, config, register, today, reusable_assessment
    )
    states = [state for section in sections for state in section.items]
    counts = count_results(states)
    findings = _list_findings_high_risk_first(states)
    scope = sheet.scope
    return Assessment(
        checklist_id=checklist.id,
        checklist_version=checklist.version,
        title=checklist.title,
        scope_id=scope.system or scope.organization or "",
        scope_is_system=scope.system is not None,
        scope_name=_scope_name(sheet, config),
        round=sheet.round,
        sections=sections,
        counts=counts,
        score=compute_score(states, checklist.sections, checklist.scoring, not counts.open),
        is_scored=any(map(is_scored_item, states)),
        findings=findings,
        ledger=_list_ledger_rows_by_urgency(findings, today),
        missing_facts=unique_names(name for state in states for name in state.missing_facts),
        field_checks=checklist.checks,
    )


def count_results(states: Iterable[ItemState]) -> Counts:
    """Return how many of the applicable items have each result."""
    applicable = [state for state in states if state.applies != "no"]
    results: Counter[str] = Counter(state.result or "unanswered" for state in applicable)
    bare = sum(
        state.result == "met" and state.answer is not None and not state.answer.evidence
        for state in applicable
    )
    unsaid = sum(state.is_inapplicable_without_reason for state in applicable)
    return Counts(
        applicable=len(applicable), met_without_evidence=bare, without_reason=unsaid, **results
    )


def _assess_sections_reusing_states(
    checklist: Checklist,
    sheet: Sheet,
    config: Config,
    register: Register,
    today: date,
    reusable_assessment: Assessment | None,
) -> tuple[SectionState, ...]:
    facts = facts_of_scope(config, sheet.scope.system)
    context = build_assessment_context(checklist.scoring, facts, sheet, register, today)
    known_sections = {
        near_section.section.id: near_section
        for near_section in (() if reusable_assessment is None else reusable_assessment.sections)
    }
    known_states = {
        state.item.id: state
        for near_section in known_sections.values()
        for state in near_section.items
    }
    number = 0
    scores = []
    states_by_id: dict[str, ItemState] = {}
    for section in checklist.sections:
        states: list[ItemState] = []
        for item in section.items:
            answer = sheet.answers.get(item.id)
            state = known_states.get(item.id)
            if (
                state is None
                or state.answer is not answer
                or _has_changed_parent(item, known_states, states_by_id)
            ):
                state = compute_item_state(
                    item, section.id, number + 1, answer, context, states_by_id.get
                )
            number = state.number or number
            states.append(state)
            states_by_id[item.id] = state
        same = known_sections.get(section.id)
        if same is not None and all(map(is_, states, same.items)):
            scores.append(same)
        else:
            scores.append(_assess_section(section, states, checklist.scoring))
    return tuple(scores)


def _has_changed_parent(
    item: Item, known_states: Mapping[str, ItemState], states: Mapping[str, ItemState]
) -> bool:
    """Return whether the state of a parent is another than the known one."""
    if item.applies_when is None:
        return False
    return any(
        known_states.get(parent) is not states.get(parent)
        for parent in list_parent_item_ids(item.applies_when)
    )


def _assess_section(
    section: Section, states: Sequence[ItemState], scoring: Scoring
) -> SectionState:
    return SectionState(
        section=section,
        items=tuple(states),
        counts=count_results(states),
        score=compute_section_score(states, scoring),
    )


def _scope_name(sheet: Sheet, config: Config) -> Text:
    """Return the name of what is assessed; its id where assess.yaml does not know it."""
    system = sheet.scope.system
    if system is None:
        return config.organization.name
    return config.systems[system].name if system in config.systems else system


def _list_findings_high_risk_first(states: Iterable[ItemState]) -> tuple[Finding, ...]:
    rows = [
        Finding(
            state=state,
            risk=state.risk,
            case=state.high_risk_case,
            reason=_reason_for_changed_risk(state),
        )
        for state in states
        if state.risk is not None
    ]
    return tuple(sorted(rows, key=lambda finding: finding.risk != "high"))


def _reason_for_changed_risk(state: ItemState) -> str | None:
    """Return why the risk departs from the computed one: the override's reason, else the note."""
    answer = state.answer or Answer()
    if answer.risk is not None and answer.risk.level == state.risk:
        return answer.risk.reason
    if answer.mitigation is not None and state.lowered_by is not None:
        return answer.mitigation.note
    return None


def _list_ledger_rows_by_urgency(findings: Iterable[Finding], today: date) -> tuple[LedgerRow, ...]:
    rows = [_ledger_row(finding, today) for finding in findings]
    return tuple(sorted(rows, key=lambda row: (not row.overdue, row.due or date.max)))


def _ledger_row(finding: Finding, today: date) -> LedgerRow:
    state = finding.state
    plan = state.answer.remediation if state.answer is not None else None
    if plan is None:
        return LedgerRow(state=state, risk=finding.risk)
    return LedgerRow(
        state=state,
        risk=finding.risk,
        action=plan.action,
        unit=plan.unit,
        owner=plan.owner,
        due=plan.due,
        progress=plan.state,
        done_on=plan.done_on,
        overdue=state.overdue,
        days_late=(today - plan.due).days if state.overdue and plan.due is not None else 0,
    )
