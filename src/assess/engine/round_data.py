"""The data of a round, from the values that reports are made from.

Roll-ups and reports need the same figures, so all are taken from the `Assessment`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from assess.engine.fingerprint import item_fingerprint
from assess.engine.kinds.registry import answer_kind
from assess.engine.outside_findings import OutsideRow
from assess.engine.personal_marks import items_with_effective_personal_marks, list_columns
from assess.engine.rounds import default_round_title
from assess.engine.scoring.figures import count_figures
from assess.engine.taken_over import has_new_evidence, has_new_note
from assess.i18n import LANGS
from assess.model.answer import Answer, Remediation, Sheet
from assess.model.base import Number
from assess.model.checklist import Checklist, Section
from assess.model.config import Config, Round
from assess.model.item import Item, ItemWithWords, find_kind_of_item
from assess.model.results import (
    Assessment,
    Counts,
    ItemState,
    LedgerRow,
    Score,
    SectionState,
    format_score,
)
from assess.model.round_data import (
    DATA_FORMAT,
    ChecklistRecord,
    ColumnRecord,
    CountsRecord,
    InputRecord,
    ItemDefinition,
    ItemRecord,
    MeasureRecord,
    OrganizationRecord,
    OutsideRecord,
    RoundData,
    RoundRecord,
    ScoreRecord,
    SectionDefinition,
    SectionRecord,
    SheetRecord,
    SourceRecord,
    SystemRecord,
)

_DEGREE_PLACES = 6


class DataOrigin(NamedTuple):
    """What the data of a round says of itself."""

    program: str
    date: date
    commit: str | None
    inputs: tuple[InputRecord, ...] = ()
    sanitised: bool = False


def make_round_data(
    config: Config,
    round_record: RoundRecord,
    origin: DataOrigin,
    checklists: Iterable[ChecklistRecord] = (),
    sheets: Iterable[SheetRecord] = (),
    outside: Iterable[OutsideRow] = (),
) -> RoundData:
    """Return the data of a round; of many sheets, it can be written sheet by sheet instead."""
    return RoundData(
        format=DATA_FORMAT,
        program=origin.program,
        sanitised=origin.sanitised,
        date=origin.date,
        commit=origin.commit,
        organization=OrganizationRecord(
            id=config.organization.id, name=config.organization.name, facts=config.profile
        ),
        round=round_record,
        systems=tuple(
            SystemRecord(
                id=system_id,
                name=system.name,
                grade=system.grade,
                exposure=system.exposure,
                hosting=system.hosting,
                facts=system.profile,
            )
            for system_id, system in config.systems.items()
        ),
        inputs=origin.inputs,
        checklists=tuple(checklists),
        outside=tuple(map(_outside_record, outside)),
        sheets=tuple(sheets),
    )


def make_round_record(round_id: str, row: Round, *, sanitised: bool) -> RoundRecord:
    """Return a round of assess.yaml; sanitised without what people may have written into it."""
    return RoundRecord(
        id=round_id,
        title=default_round_title(round_id) if sanitised else row.title,
        state=row.state,
        tag=None if sanitised else row.tag,
        due=row.due,
        follows=row.from_,
    )


def make_checklist_record(pinned_as: str, checklist: Checklist, digest: str) -> ChecklistRecord:
    """Return a checklist; `digest` is that of its file, with the name of the algorithm."""
    items = items_with_effective_personal_marks(checklist)
    return ChecklistRecord(
        pinned_as=pinned_as,
        id=checklist.id,
        version=checklist.version,
        digest=digest,
        scope=checklist.scope,
        method=checklist.scoring.method,
        sections=tuple(_section_definition(section, items) for section in checklist.sections),
        bands=tuple(band.id for band in checklist.scoring.bands),
    )


def _section_definition(section: Section, items: Mapping[str, Item]) -> SectionDefinition:
    return SectionDefinition(
        id=section.id,
        items=tuple(_item_definition(items[item.id]) for item in section.items),
        domain=section.domain,
    )


def _item_definition(item: Item) -> ItemDefinition:
    return ItemDefinition(
        id=item.id,
        label=item.label,
        kind=find_kind_of_item(item),
        weight=item.weight,
        fingerprints={lang: item_fingerprint(item, lang) for lang in LANGS},
        veto=item.veto,
        each_round=item.each_round,
        personal=item.personal if isinstance(item, ItemWithWords) else None,
        options=tuple(answer_kind(item).answer_ids(item)),
        columns=tuple(
            ColumnRecord(
                id=column.id,
                type=column.type,
                personal=column.personal,
                unique=column.unique,
                total=column.total,
                options=tuple(option.id for option in column.options),
            )
            for column in list_columns(item)
        ),
    )


def make_sheet_record(
    name: str, sheet: Sheet, assessment: Assessment, hidden: Collection[str] = ()
) -> SheetRecord:
    """Return a sheet; `name` is its name in the round, `assessment` what is computed from it.

    The values of the items `hidden` are left out: a pseudonym that looks like a telephone number
    would pass for one.
    """
    measures = {row.state.item.id: row for row in assessment.ledger}
    figures = count_figures((assessment,))
    score = assessment.score
    band = score.band if score is not None and score.complete else None
    return SheetRecord(
        name=name,
        checklist=name.partition("@")[0],
        system=sheet.scope.system,
        version=sheet.checklist.version,
        digest=sheet.checklist.digest,
        counts=_counts_record(assessment.counts, assessment.items),
        score=_score_record(score),
        verdict=band.id if band is not None else None,
        findings=figures.problems,
        high_risks=figures.high,
        overdue=figures.remediation.overdue,
        sections=tuple(
            _section_record(section, measures, hidden) for section in assessment.sections
        ),
        missing_facts=assessment.missing_facts,
        taken_over=figures.taken_over,
    )


def _section_record(
    section: SectionState, measures: Mapping[str, LedgerRow], hidden: Collection[str]
) -> SectionRecord:
    return SectionRecord(
        id=section.section.id,
        counts=_counts_record(section.counts, section.items),
        score=None if section.score is None else Number(format_score(section.score)),
        items=tuple(
            _item_record(state, measures.get(state.item.id), is_hidden=state.item.id in hidden)
            for state in section.items
        ),
    )


def _counts_record(counts: Counts, states: Iterable[ItemState]) -> CountsRecord:
    return CountsRecord(
        applicable=counts.applicable_by_answers,
        met=counts.met,
        partial=counts.partial,
        unmet=counts.unmet,
        not_applicable=counts.not_applicable,
        answered=counts.answered,
        unanswered=counts.unanswered,
        left_out=sum(state.applies == "no" for state in states),
        met_without_evidence=counts.met_without_evidence,
        without_reason=counts.without_reason,
    )


def _score_record(score: Score | None) -> ScoreRecord | None:
    if score is None:
        return None
    return ScoreRecord(
        value=Number(format_score(score.value)),
        exact=str(score.value),
        raw=str(score.raw),
        complete=score.complete,
        capped=score.capped,
        vetoed=score.vetoed,
    )


def _item_record(state: ItemState, row: LedgerRow | None, *, is_hidden: bool) -> ItemRecord:
    answer = state.answer or Answer()
    return ItemRecord(
        id=state.item.id,
        result=state.result,
        degree=_rounded_degree(state.degree),
        value=None if is_hidden else _value_if_readable(state, answer),
        work=state.work,
        applies=state.applies,
        closed=state.closed,
        note=answer.note,
        risk=state.risk,
        high_risk_case=state.high_risk_case,
        lowered_by=state.lowered_by,
        evidence={
            row_id: (proofs,) if isinstance(proofs, str) else proofs
            for row_id, proofs in answer.evidence.items()
        },
        missing_evidence=state.missing_evidence,
        measure=_measure_record_of_finding(answer, row),
        fingerprint=answer.fingerprint,
        stale=state.stale,
        at=answer.at,
        recheck=answer.recheck,
        taken_from=_source_record(answer),
    )


def _source_record(answer: Answer) -> SourceRecord | None:
    source = answer.taken_from
    if source is None:
        return None
    return SourceRecord(
        round=source.round,
        fact=source.fact,
        value=source.value,
        note_only=source.note_only,
        new_note=has_new_note(answer),
        new_evidence=has_new_evidence(answer),
    )


def _rounded_degree(degree: Fraction | None) -> Number | None:
    return None if degree is None else Number(format_score(degree, _DEGREE_PLACES))


def _value_if_readable(state: ItemState, answer: Answer) -> Any:
    """Return the value of an answer; None where it can't be read, or is a status alone."""
    if state.result in (None, "not_applicable") or answer.value is None:
        return None
    return answer_kind(state.item).machine_value(state.item, answer.value)


def _outside_record(row: OutsideRow) -> OutsideRecord:
    finding = row.finding
    closed = finding.closed
    return OutsideRecord(
        id=row.id,
        source=finding.source,
        text=finding.text,
        risk=finding.risk,
        number=finding.number,
        dated=finding.dated,
        due=finding.due,
        system=finding.system,
        checklist=finding.checklist,
        item=finding.item,
        evidence=finding.evidence,
        measure=_make_measure_record(finding.remediation, 0) if finding.remediation else None,
        closed_on=closed.on if closed else None,
        proof=closed.proof if closed else None,
        days_late=row.days_late,
    )


def _measure_record_of_finding(answer: Answer, row: LedgerRow | None) -> MeasureRecord | None:
    """Return the measure of a finding; None where nothing is planned, or it is no finding."""
    plan = answer.remediation
    if plan is None or row is None:
        return None
    return _make_measure_record(plan, row.days_late)


def _make_measure_record(plan: Remediation, days_late: int) -> MeasureRecord:
    return MeasureRecord(
        state=plan.state,
        action=plan.action,
        unit=plan.unit,
        owner=plan.owner,
        due=plan.due,
        first_due=plan.first_due,
        done_on=plan.done_on,
        verified_on=plan.verified_on,
        days_late=days_late,
        budget=plan.budget,
        people=plan.people,
        no_due_reason=plan.no_due_reason,
    )
