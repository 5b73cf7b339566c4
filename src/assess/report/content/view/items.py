"""Items, findings and the ledger, ready to print."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from typing import Final

from assess.display.taken_over import printed_taken_over_source_text
from assess.display.text.fact_questions import join_fact_questions
from assess.engine.citing import format_citations, list_binding_and_example_citations
from assess.engine.finding_name import item_label_and_title, label_and_problem_or_title
from assess.engine.kinds.values import answer_text, is_answered_by_status_only
from assess.engine.kinds.wording import translate_code
from assess.engine.parameters import requirement_text_with_values
from assess.i18n import N_, Lang, plural_translator, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.evidence import Register
from assess.model.item import Item
from assess.model.results import Finding, ItemState, LedgerRow, SectionState, format_score
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.answer_parts import answer_fields_of_item_view
from assess.report.content.view.dangers import danger_text, list_danger_titles
from assess.report.content.view.model import (
    FindingView,
    ItemView,
    LabelledLine,
    LedgerView,
    SectionView,
)
from assess.report.content.view.numbering import Numbering
from assess.report.content.view.plans import make_ledger_remediation_fields, plan_text
from assess.report.content.view.remarks import is_accepted_by_author, list_missing_proofs
from assess.report.content.view.row_faults import list_row_faults
from assess.report.content.view.score import make_counts_row
from assess.report.content.view.words import (
    PUNCTUATION,
    format_short_date,
    join_enumeration,
    result_name,
    shorten_text,
)
from assess.workspace import SheetName

BEGINNING: Final[dict[Lang, int]] = {"zh": 33, "en": 29}
"""Cells that the beginning of an answer takes in a line of a table; a Han character takes two."""

_FAULTY_TABLE: Final = N_("The table has faults: they stand above it")


def make_section_view(
    part: SectionState,
    group: str,
    sheet_inputs: SheetInputs,
    inputs: ReportInputs,
    numbering: Numbering,
) -> SectionView:
    """Return a section with its applicable items; `group` is the heading above it."""
    lang = inputs.lang
    title = pick_text(part.section.title, lang)
    return SectionView(
        title=title,
        counts=make_counts_row(title, part.counts, format_score(part.score), lang),
        items=tuple(
            make_item_view(
                state,
                sheet_inputs.checklist,
                inputs,
                numbering,
                (sheet_inputs.name, state.item.id),
            )
            for state in part.items
            if state.applies != "no"
        ),
        group=group,
    )


def make_finding_view(
    finding: Finding, sheet_inputs: SheetInputs, inputs: ReportInputs, numbering: Numbering
) -> FindingView:
    """Return a problem with its requirement, what was found, the risk and what is to be done."""
    state, lang, checklist = finding.state, inputs.lang, sheet_inputs.checklist
    number = numbering.problems[sheet_inputs.name, state.item.id]
    return FindingView(
        number=str(number),
        rank=number,
        system=pick_text(sheet_inputs.assessment.scope_name, lang)
        if sheet_inputs.assessment.scope_is_system
        else "",
        id=state.item.id,
        title=label_and_problem_or_title(state.item, lang),
        result=translate_code(state.result, lang),
        risk=translate_code(finding.risk, lang),
        tone=finding.risk,
        lines=tuple(
            line for line in _finding_lines(finding, checklist, inputs) if line.text.strip()
        ),
        dangers=list_danger_titles(state, inputs),
    )


def make_ledger_row_view(
    row: LedgerRow, sheet_inputs: SheetInputs, inputs: ReportInputs, numbering: Numbering
) -> LedgerView:
    """Return a row of the ledger of a sheet."""
    lang, item, answer = inputs.lang, row.state.item, row.state.answer or Answer()
    _ = translator(lang)
    key = sheet_inputs.name, item.id
    return LedgerView(
        **make_ledger_remediation_fields(row, answer.remediation, "", lang),
        number=str(numbering.problems[key]),
        rank=numbering.places[key],
        id=item.id,
        title=label_and_problem_or_title(item, lang),
        basis=format_citations(item, sheet_inputs.checklist, lang) or "–",
        basis_codes=numbering.format_citations(item, sheet_inputs.checklist, lang) or "–",
        system=pick_text(sheet_inputs.assessment.scope_name, lang),
        closed=_("yes") if row.progress == "verified" else _("no"),
        evidence=tuple(list_evidence_titles(answer.evidence, inputs.register, lang)),
        dangers=list_danger_titles(row.state, inputs),
        taken=printed_taken_over_source_text(row.state.answer, lang),
    )


def make_item_view(
    state: ItemState,
    checklist: Checklist,
    inputs: ReportInputs,
    numbering: Numbering,
    sheet_and_item: tuple[SheetName, str],
) -> ItemView:
    """Return an item with its answer; `sheet_and_item` is where it stands."""
    lang, register = inputs.lang, inputs.register
    answer = state.answer or Answer()
    plain = is_answered_by_status_only(state.item) or answer.status is not None
    value_words = "" if plain else answer_text(state.item, answer, lang)
    problem, grid = numbering.problems.get(sheet_and_item), numbering.tables.get(sheet_and_item)
    parts = answer_fields_of_item_view(state.item, answer, lang)
    row_faults = list_row_faults(state.item, answer, inputs.today, lang)
    in_table = (translator(lang)(_FAULTY_TABLE),) if row_faults else ()
    warnings = (
        *_item_warnings(state, checklist, inputs),
        *(row_faults if grid is None else in_table),
    )
    return ItemView(
        number=str(state.number),
        id=state.item.id,
        title=item_label_and_title(state.item, lang),
        requirement=requirement_text_with_values(state, lang),
        references=format_citations(state.item, checklist, lang),
        result=result_name(state.result or "unanswered", lang),
        tone=state.result or "unanswered",
        said=value_words,
        note=answer.note or "",
        beginning=shorten_text(" ".join(filter(None, (value_words, answer.note))), BEGINNING[lang]),
        evidence=tuple(list_evidence_titles(answer.evidence, register, lang)),
        flags=(*warnings, *list_missing_proof_remarks(state, lang)),
        warnings=warnings,
        proof_lacks=bool(state.missing_evidence),
        problem="" if problem is None else str(problem),
        taken=printed_taken_over_source_text(answer, lang),
        grid="" if grid is None else str(grid),
        listed=""
        if grid is None
        else _write_annex_table_reference(len(parts["rows"]), numbering, grid, lang),
        row_faults=row_faults,
        guidance=pick_text(state.item.guidance, lang) if wants_all_details(inputs) else "",
        **parts,
    )


def _write_annex_table_reference(
    count: int, numbering: Numbering, table_number: int, lang: Lang
) -> str:
    _ = translator(lang)
    _n = plural_translator(lang)
    text = _n(
        "{count} row: annex {annex}, table {number}",
        "{count} rows: annex {annex}, table {number}",
        count,
    )
    return text.format(count=count, annex=numbering.annex_numbers["tables"], number=table_number)


def wants_all_details(inputs: ReportInputs) -> bool:
    """Return whether `report.detail` wants every item in full, with the issuer's guidance."""
    return inputs.config.report.detail == "all"


def list_evidence_titles(row_ids: Iterable[str], register: Register, lang: Lang) -> Iterable[str]:
    """Yield the titles of rows of evidence."""
    _ = translator(lang)
    for row_id in row_ids:
        row = register.evidence.get(row_id)
        yield pick_text(row.title, lang) if row else _("{id} (not registered)").format(id=row_id)


def _item_warnings(state: ItemState, checklist: Checklist, inputs: ReportInputs) -> Iterable[str]:
    lang = inputs.lang
    _ = translator(lang)
    if state.applies == "unknown":
        text = _("Whether it applies is open until these facts are given: {facts}")
        # A fact of the organization may be asked by another checklist of the round.
        profiles = (sheet_inputs.checklist.profile for sheet_inputs in inputs.sheets)
        known = ChainMap(checklist.profile, *profiles)
        yield text.format(facts=join_fact_questions(state.missing_facts, known, lang))
    if state.stale:
        yield _("Answered to an earlier wording; to be looked at again")
    if state.work == "returned":
        yield _("Returned by the reviewer")
    if state.review_outdated:
        yield _("Changed after it was reviewed")
    if is_accepted_by_author(state):
        yield _("Accepted by the person who answered it")
    if state.recheck_due:
        yield _("Due to be checked again")


def list_missing_proof_remarks(state: ItemState, lang: Lang) -> Iterable[str]:
    """Yield the remark that names the required proofs that an item lacks, if it lacks any."""
    _ = translator(lang)
    if state.missing_evidence:
        wanted = join_enumeration(list_missing_proofs(state, lang), lang)
        yield _("Proof lacking: {proofs}").format(proofs=wanted)


def _finding_lines(
    finding: Finding, checklist: Checklist, inputs: ReportInputs
) -> Iterable[LabelledLine]:
    lang = inputs.lang
    _ = translator(lang)
    state = finding.state
    item, answer = state.item, state.answer or Answer()
    value_words = "" if is_answered_by_status_only(item) else answer_text(item, answer, lang)
    yield LabelledLine(name=_("Requirement"), text=requirement_text_with_values(state, lang))
    between = PUNCTUATION[lang]["semicolon"]
    after_value = "\n" if "\n" in value_words else between
    yield LabelledLine(
        name=_("Found"), text=after_value.join(filter(None, (value_words, answer.note)))
    )
    yield LabelledLine(name=_("Carried over"), text=printed_taken_over_source_text(answer, lang))
    yield _basis_line(item, checklist, lang)
    yield LabelledLine(name=_("Risk"), text=_format_risk_reasons(finding, lang))
    yield LabelledLine(name=_("Serious danger"), text=danger_text(state, inputs))
    yield LabelledLine(
        name=_("Evidence"),
        text=join_enumeration(list_evidence_titles(answer.evidence, inputs.register, lang), lang),
    )
    if item.remedy is not None:
        yield LabelledLine(name=_("First step"), text=pick_text(item.remedy.now, lang))
        yield LabelledLine(name=_("Lasting remedy"), text=pick_text(item.remedy.lasting, lang))
    yield LabelledLine(name=_("Remediation"), text=_remediation_text(answer, lang))
    yield LabelledLine(
        name=_("Remark"), text=between.join(_item_warnings(state, checklist, inputs))
    )


def _basis_line(item: Item, checklist: Checklist, lang: Lang) -> LabelledLine:
    """Return what a finding rests on; where nothing of it binds, under the name of that."""
    _ = translator(lang)
    basis, examples = list_binding_and_example_citations(item, checklist, lang)
    if examples and not basis:
        texts = PUNCTUATION[lang]["semicolon"].join(examples)
        return LabelledLine(name=_("For reference"), text=texts)
    return LabelledLine(name=_("Basis"), text=format_citations(item, checklist, lang))


def _format_risk_reasons(finding: Finding, lang: Lang) -> str:
    """Return the high-risk case behind the risk, and what lowers or changes it."""
    _ = translator(lang)
    parts = []
    if finding.case:
        parts.append(_("high-risk case {case}").format(case=finding.case))
    lowered = _mitigation_text(finding.state, lang)
    if lowered:
        parts.append(_("lowered by: {mitigation}").format(mitigation=lowered))
    if finding.reason:
        parts.append(_("reason: {reason}").format(reason=finding.reason))
    return PUNCTUATION[lang]["semicolon"].join(parts)


def _mitigation_text(state: ItemState, lang: Lang) -> str:
    case = state.item.high_risk
    if case is None or state.lowered_by is None:
        return ""
    return next(
        (
            pick_text(mitigation.text, lang)
            for mitigation in case.mitigations
            if mitigation.id == state.lowered_by
        ),
        "",
    )


def _remediation_text(answer: Answer, lang: Lang) -> str:
    """Return what is planned, by whom, until when, and how far it is."""
    _ = translator(lang)
    plan = answer.remediation
    if plan is None:
        return _("no measure yet")
    day = format_short_date(plan.due)
    due = _("due {day}").format(day=day) if day else ""
    return plan_text(plan, due, (translate_code(plan.state, lang),), lang)
