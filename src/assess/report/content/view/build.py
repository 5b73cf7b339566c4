"""Inputs to view: the one place where a report is put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from assess.display.figures import met_without_evidence_sentence, why_no_score_text
from assess.display.taken_over import taken_over_count_text
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.residual_rule import (
    has_result_criteria_or_rungs,
    list_residual_rule_sentences,
)
from assess.engine.scoring.figures import count_figures
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import list_headings_of_new_groups
from assess.model.results import Assessment, Counts
from assess.report.content.draft_reasons import find_draft_reasons
from assess.report.content.form_links import SEAL_FIELD, make_field_link
from assess.report.content.inputs import (
    ReportInputs,
    SheetInputs,
)
from assess.report.content.plain_text import PrintableTexts
from assess.report.content.report_figures import compute_report_figures
from assess.report.content.view.blank_form import make_form_sections
from assess.report.content.view.brief import write_summary_sentences
from assess.report.content.view.charts import (
    describe_sheets_left_out_of_chart,
    draw_rounds_trend,
    draw_sections_chart,
    draw_sheet_heat_map,
    draw_sheet_radar,
    draw_sheets_chart,
    list_round_scores,
)
from assess.report.content.view.closed_items import (
    list_closed_sub_question_views,
    list_closed_sub_questions,
)
from assess.report.content.view.compare import compare_with_earlier
from assess.report.content.view.field_checks import list_broken_check_texts
from assess.report.content.view.items import (
    make_finding_view,
    make_ledger_row_view,
    make_section_view,
    wants_all_details,
)
from assess.report.content.view.leader_page import list_decisions_asked
from assess.report.content.view.letters import (
    list_returned_answers,
    make_notice_letter,
    make_notice_reply_letter,
    make_report_letter,
    report_title,
)
from assess.report.content.view.many_sheets import (
    BRIEF_ROWS,
    SUMMARY_ROWS,
    list_worst_sheet_rows,
    make_sheet_row_with_short_title,
)
from assess.report.content.view.matrices import (
    is_in_matrix,
    list_missing_evidence_by_item,
    make_fact_tables,
    make_matrices,
)
from assess.report.content.view.model import (
    CountsRow,
    FindingView,
    LabelledLine,
    LedgerView,
    Report,
    SheetView,
    SignatureLine,
)
from assess.report.content.view.narrative import (
    write_chapters,
    write_notice_and_checklists_sentence,
)
from assess.report.content.view.numbering import Numbering, make_report_numbering
from assess.report.content.view.outside import add_outside_findings
from assess.report.content.view.people import SIGNATURES, list_people_with_role
from assess.report.content.view.profile import (
    list_organization_facts,
    list_system_views,
)
from assess.report.content.view.remarks import list_answers_lacking_evidence, sheet_title
from assess.report.content.view.reservations import make_caution_view
from assess.report.content.view.score import make_counts_row, make_score_view, make_sheet_row
from assess.report.content.view.trust import list_cited_evidence, make_provenance_view
from assess.report.content.view.words import (
    LABELS,
    format_long_date,
    join_enumeration,
    translate_all_labels,
)

UNCLASSIFIED = {
    "zh": "不涉密，不得填写国家秘密和工作秘密",
    "en": "Unclassified use only: never enter state or work secrets",
}
"""The text in a form about what must not be entered. It can't be switched off."""

CLASSIFICATION = {
    "zh": "不涉密，不含国家秘密和工作秘密",
    "en": "Unclassified: contains no state or work secrets",
}
"""The classification of the report, on every page. It can't be switched off."""

RankedT = TypeVar("RankedT", FindingView, LedgerView)
ViewT = TypeVar("ViewT", Report, SheetView)

FOOT_DIGITS = 12
"""Digits of the digest at the foot of each page."""


def build_report_view(inputs: ReportInputs, *, with_form: bool = True) -> Report:
    """Return the view of a report, every text in it made visible.

    `with_form` is whether sheets have the fields of the blank form, two thirds of what they hold.
    """
    texts = PrintableTexts(inputs.lang)
    numbering = make_report_numbering(inputs)
    whole = add_outside_findings(
        _assemble_view_without_sheets(inputs, numbering), inputs, numbering
    )
    view = _make_printable(whole, texts)
    # One by one: the plain values of all sheets would take as much memory again.
    sheets = (
        _make_printable(_sheet_view(sheet_inputs, inputs, numbering, with_form=with_form), texts)
        for sheet_inputs in inputs.sheets
    )
    return replace(view, sheets=tuple(sheets))


def _make_printable(view: ViewT, texts: PrintableTexts) -> ViewT:
    return msgspec.convert(texts.make_values_printable(msgspec.to_builtins(view)), type(view))


def _assemble_view_without_sheets(inputs: ReportInputs, numbering: Numbering) -> Report:
    """Return the view without its sheets."""
    lang = inputs.lang
    figures = compute_report_figures(inputs)
    organization = pick_text(inputs.config.organization.name, lang)
    systems = list_system_views(inputs)
    return Report(
        lang=lang,
        label=translate_all_labels(lang, figures.counts),
        title=report_title(inputs),
        organization=organization,
        addressee=pick_text(inputs.config.report.addressee, lang),
        round=pick_text(inputs.round.title, lang),
        period=inputs.round_id,
        date=format_long_date(inputs.today, lang),
        marking=pick_text(inputs.config.report.marking, lang),
        unclassified=UNCLASSIFIED[lang],
        classification=CLASSIFICATION[lang],
        digest=inputs.provenance.digest[:FOOT_DIGITS],
        taken_over=taken_over_count_text(figures, lang),
        draft=bool(find_draft_reasons(inputs)),
        opening=write_notice_and_checklists_sentence(inputs),
        chapters=write_chapters(inputs, figures, numbering),
        annexes=tuple(numbering.annex_titles.values()),
        annex_numbers=numbering.annex_numbers,
        total=_total_row(inputs, figures.counts),
        profile=list_organization_facts(inputs),
        systems=systems,
        sheets=(),
        signatures=_signature_lines(inputs),
        seal_field=_signature_link(SEAL_FIELD, translator(lang)(LABELS["seal"]), lang),
        basis=numbering.bases,
        evidence=list_cited_evidence(inputs, numbering),
        lacking=list_answers_lacking_evidence(inputs),
        inconsistent=list_broken_check_texts(inputs),
        brief=write_summary_sentences(inputs, figures),
        decisions=list_decisions_asked(inputs, figures),
        detail=inputs.config.report.detail or "findings",
        letter=make_report_letter(inputs),
        notice=make_notice_letter(inputs, figures),
        receipt=make_notice_reply_letter(inputs, figures),
        returned=list_returned_answers(inputs),
        compare=compare_with_earlier(inputs),
        rounds=list_round_scores(inputs),
        trend=draw_rounds_trend(inputs),
        chart=draw_sheets_chart(inputs),
        chart_note=describe_sheets_left_out_of_chart(inputs),
        brief_rows=list_worst_sheet_rows(inputs, BRIEF_ROWS),
        summary_rows=list_worst_sheet_rows(inputs, SUMMARY_ROWS),
        overview_rows=_overview_rows(inputs),
        matrices=make_matrices(inputs),
        lacking_items=list_missing_evidence_by_item(inputs),
        fact_tables=make_fact_tables(systems, lang),
        bare=met_without_evidence_sentence(figures.counts, lang),
        trust=make_provenance_view(inputs),
        residual_rule=_list_residual_rule_if_applicable(inputs),
        caution=make_caution_view(inputs),
    )


def _list_residual_rule_if_applicable(inputs: ReportInputs) -> tuple[str, ...]:
    """Return the rule for cases that no verdict names, if an item that applies has verdicts."""
    states = (state for each in inputs.sheets for state in each.assessment.items)
    if not any(
        state.applies != "no" and has_result_criteria_or_rungs(state.item) for state in states
    ):
        return ()
    return tuple(list_residual_rule_sentences(inputs.lang))


def _sheet_view(
    sheet_inputs: SheetInputs, inputs: ReportInputs, numbering: Numbering, *, with_form: bool
) -> SheetView:
    lang, assessment = inputs.lang, sheet_inputs.assessment
    checklist = sheet_inputs.checklist
    before = inputs.earlier.states.get(sheet_inputs.name) if inputs.earlier else None
    out = [state for state in assessment.items if state.applies == "no"]
    closed = tuple(list_closed_sub_questions(sheet_inputs, lang))
    shown = [part for part in assessment.sections if part.counts.applicable]
    groups = list_headings_of_new_groups([part.section for part in shown], lang)
    return SheetView(
        anchor=str(sheet_inputs.name),
        title=pick_text(assessment.title, lang),
        scope=pick_text(assessment.scope_name, lang),
        version=assessment.checklist_version,
        counts=make_sheet_row(sheet_title(sheet_inputs, lang), assessment, lang),
        score=make_score_view(assessment, lang),
        no_score=_missing_score_sentence(assessment, lang),
        facts=tuple(_main_result_lines(assessment, lang)),
        sections=tuple(
            make_section_view(part, group, sheet_inputs, inputs, numbering)
            for part, group in zip(shown, groups, strict=True)
        ),
        chart=draw_sections_chart(assessment.sections, lang),
        findings=_sort_by_rank(
            make_finding_view(finding, sheet_inputs, inputs, numbering)
            for finding in assessment.findings
        ),
        ledger=_sort_by_rank(
            make_ledger_row_view(row, sheet_inputs, inputs, numbering) for row in assessment.ledger
        ),
        left_out=_format_count_and_items(
            [
                f"{state.item.id} {item_label_and_title(state.item, lang)}"
                for state in out
                if not state.closed
            ],
            lang,
        ),
        closed_questions=_format_count_and_items(closed, lang),
        checklist=checklist.id,
        left_out_ids=tuple(state.item.id for state in out),
        closed_items=tuple(list_closed_sub_question_views(sheet_inputs, inputs, numbering)),
        radar=draw_sheet_radar(assessment, before.assessment if before else None, inputs),
        heat=draw_sheet_heat_map(assessment.sections, lang),
        form=make_form_sections(
            str(sheet_inputs.name),
            checklist,
            assessment.sections,
            lang,
            with_guidance=wants_all_details(inputs),
        )
        if with_form
        else (),
        in_matrix=is_in_matrix(sheet_inputs, inputs),
    )


def _sort_by_rank(views: Iterable[RankedT]) -> tuple[RankedT, ...]:
    return tuple(sorted(views, key=lambda view: view.rank))


def _missing_score_sentence(assessment: Assessment, lang: Lang) -> str:
    """Return why a sheet has no score; '' where it has one."""
    if assessment.score is not None:
        return ""
    _ = translator(lang)
    words = why_no_score_text(assessment, lang)
    if not words:
        return _("Nothing in this checklist scores.")
    return _("Score: {reason}.").format(reason=words)


def _overview_rows(inputs: ReportInputs) -> tuple[CountsRow, ...]:
    rows = [make_sheet_row_with_short_title(sheet_inputs, inputs) for sheet_inputs in inputs.sheets]
    if not any(is_in_matrix(sheet_inputs, inputs) for sheet_inputs in inputs.sheets):
        return tuple(rows)
    return tuple(replace(row, title=f"{number}. {row.title}") for number, row in enumerate(rows, 1))


def _total_row(inputs: ReportInputs, counts: Counts) -> CountsRow | None:
    if len(inputs.sheets) == 1:
        return None
    _ = translator(inputs.lang)
    return make_counts_row(_("Total"), counts, "", inputs.lang)


def _main_result_lines(assessment: Assessment, lang: Lang) -> Iterable[LabelledLine]:
    """Return the figures a leader asks for first."""
    _ = translator(lang)
    counts = assessment.counts
    figures = count_figures((assessment,))
    rows = (
        (_("Items answered"), f"{counts.done} / {counts.applicable}"),
        (_("Problems"), str(figures.problems)),
        (_("of high risk"), str(figures.high)),
        (_("Overdue measures"), str(figures.remediation.overdue)),
        (_("Met without evidence"), str(counts.met_without_evidence)),
    )
    return (LabelledLine(name=name, text=text) for name, text in rows)


def _format_count_and_items(items: Sequence[str], lang: Lang) -> str:
    if not items:
        return ""
    _ = translator(lang)
    names = join_enumeration(list(items), lang)
    return _("In all: {count}. {items}").format(count=len(items), items=names)


def _signature_lines(inputs: ReportInputs) -> tuple[SignatureLine, ...]:
    _ = translator(inputs.lang)
    return tuple(
        SignatureLine(
            role=_(role_words),
            name=join_enumeration(list_people_with_role(inputs, role), inputs.lang),
            field=_signature_link(role, _(role_words), inputs.lang),
        )
        for role, role_words in SIGNATURES
    )


def _signature_link(name: str, label: str, lang: Lang) -> str:
    _ = translator(lang)
    text = _("{name}: field for a signature by certificate, by assess sign or in a PDF reader")
    return make_field_link("signature", name, label, alternative=text.format(name=label))
