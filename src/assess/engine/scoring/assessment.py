"""The one function that makes every number: a sheet, assessed.

Screen, `--json`, XLSX and PDF show what stands in the `Assessment`; none of them counts anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import is_

from assess.engine.scoring.conditions import facts_of, unique
from assess.engine.scoring.score import score, section_score
from assess.engine.scoring.states import context, state_of
from assess.model.answer import Answer, Sheet
from assess.model.base import Text
from assess.model.checklist import Checklist, Scoring, Section
from assess.model.config import Config
from assess.model.evidence import Register
from assess.model.results import (
    Assessment,
    Counts,
    Finding,
    ItemState,
    LedgerRow,
    SectionState,
)


def assess(
    checklist: Checklist,
    sheet: Sheet,
    config: Config,
    register: Register,
    today: date,
    near: Assessment | None = None,
) -> Assessment:
    """Return all that is computed from a checklist and its answers on a given day.

    Linear in the number of items. Neither a wrong answer nor a wrong checklist raises: what can't
    be read counts as unanswered, and lint says why.

    `near` is the assessment of another version of the sheet, from the same checklist, settings,
    register and day, with a reviewer named or not as here. States of answers that are the very
    same values, and sections of such states, are taken from it: history assesses one version
    after the other.
    """
    sections = _sections(checklist, sheet, config, register, today, near)
    states = [state for section in sections for state in section.items]
    counts = count(states)
    findings = _findings(states)
    known = checklist.items()
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
        score=score(states, checklist.sections, checklist.scoring, not counts.open),
        findings=findings,
        ledger=_ledger(findings, today),
        missing_facts=unique(name for state in states for name in state.missing_facts),
        unknown_answers=tuple(item_id for item_id in sheet.answers if item_id not in known),
    )


def count(states: Iterable[ItemState]) -> Counts:
    """Return how many of the applicable items have each result."""
    applicable = [state for state in states if state.applies != "no"]
    results: Counter[str] = Counter(state.result or "unanswered" for state in applicable)
    bare = sum(
        state.result == "met" and state.answer is not None and not state.answer.evidence
        for state in applicable
    )
    unsaid = sum(state.lacks_reason for state in applicable)
    return Counts(
        applicable=len(applicable), met_without_evidence=bare, without_reason=unsaid, **results
    )


def _sections(
    checklist: Checklist,
    sheet: Sheet,
    config: Config,
    register: Register,
    today: date,
    near: Assessment | None,
) -> tuple[SectionState, ...]:
    facts = facts_of(config, sheet.scope.system)
    shared = context(checklist.scoring, facts, sheet, register, today)
    known_sections = (
        {}
        if near is None
        else {near_section.section.id: near_section for near_section in near.sections}
    )
    known_states = {} if near is None else {state.item.id: state for state in near.items}
    number = 0
    scores = []
    for section in checklist.sections:
        states: list[ItemState] = []
        for item in section.items:
            answer = sheet.answers.get(item.id)
            known = known_states.get(item.id)
            if known is not None and known.answer is answer:
                state = known
            else:
                state = state_of(item, section.id, number + 1, answer, shared)
            number = state.number or number
            states.append(state)
        same = known_sections.get(section.id)
        if same is not None and all(map(is_, states, same.items)):
            scores.append(same)
        else:
            scores.append(_section(section, states, checklist.scoring))
    return tuple(scores)


def _section(section: Section, states: Sequence[ItemState], scoring: Scoring) -> SectionState:
    return SectionState(
        section=section,
        items=tuple(states),
        counts=count(states),
        score=section_score(states, scoring),
    )


def _scope_name(sheet: Sheet, config: Config) -> Text:
    """Return the name of what is assessed; its id where assess.yaml does not know it."""
    system = sheet.scope.system
    if system is None:
        return config.organization.name
    return config.systems[system].name if system in config.systems else system


def _findings(states: Iterable[ItemState]) -> tuple[Finding, ...]:
    rows = [
        Finding(
            state=state,
            risk=state.risk,
            case=state.high_risk_case,
            reason=_reason(state),
        )
        for state in states
        if state.risk is not None
    ]
    return tuple(sorted(rows, key=lambda finding: finding.risk != "high"))


def _reason(state: ItemState) -> str | None:
    """Return why the risk departs from the computed one: the override's reason, else the note."""
    answer = state.answer or Answer()
    if answer.risk is not None and answer.risk.level == state.risk:
        return answer.risk.reason
    if answer.mitigation is not None and state.lowered_by is not None:
        return answer.mitigation.note
    return None


def _ledger(findings: Iterable[Finding], today: date) -> tuple[LedgerRow, ...]:
    rows = [_row(finding, today) for finding in findings]
    return tuple(sorted(rows, key=lambda row: (not row.overdue, row.due or date.max)))


def _row(finding: Finding, today: date) -> LedgerRow:
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
