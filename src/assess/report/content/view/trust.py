"""The sources of the report: evidence, inputs and digests; and the reasons of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from assess.engine.scoring.figures import count_figures
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.evidence import EvidenceRow
from assess.report.content.charts.qr import draw_qr_code
from assess.report.content.draft_reasons import (
    ANSWER_REASONS,
    find_draft_reasons_of_document,
    list_unanswered_items,
)
from assess.report.content.inputs import (
    BLANK_FORM,
    LETTERS,
    ReportInputs,
    SheetInputs,
    group_item_ids_by_evidence,
    list_cited_evidence_ids,
)
from assess.report.content.view.inside import describe_attached_files, list_input_views
from assess.report.content.view.model import EvidenceView, LabelledLine, TrustView
from assess.report.content.view.numbering import Numbering, format_outside_finding_number
from assess.report.content.view.remarks import (
    SAME_KIND,
    format_ids_sentence,
    list_history_and_evidence_remarks,
    sheet_title,
)
from assess.report.content.view.words import format_long_date, format_short_date, join_enumeration
from assess.workspace.evidence.stored_files import FileFault
from assess.workspace.rounds.missing_answers import list_gaps_in_sheets

_SHOWN_DIGITS = 16
FAULTS: dict[FileFault, str] = {
    "changed": N_("the file is not the one that was registered"),
    "missing": N_("the file is not there"),
}


def list_cited_evidence(inputs: ReportInputs, numbering: Numbering) -> tuple[EvidenceView, ...]:
    """Return the rows that answers cite, by the first item that does, then those of findings alone.

    Findings of others are named by their numbers, behind the items.
    """
    rows = inputs.register.evidence
    cited_by = _citations_by_evidence(inputs, numbering)
    return tuple(
        _evidence_view(row_id, rows[row_id], cited_by[row_id], inputs)
        for row_id in list_cited_evidence_ids(inputs.sheets, inputs.outside)
        if row_id in rows
    )


def _citations_by_evidence(inputs: ReportInputs, numbering: Numbering) -> dict[str, list[str]]:
    """Return the items, then the numbers of the findings that cite each row, by row."""
    cited_by = group_item_ids_by_evidence(inputs.sheets)
    for row in sorted(inputs.outside, key=lambda row: numbering.outside[row.id]):
        for row_id in dict.fromkeys(row.finding.evidence):
            number = format_outside_finding_number(numbering.outside[row.id], inputs.lang)
            cited_by.setdefault(row_id, []).append(number)
    return cited_by


def _evidence_view(
    row_id: str, row: EvidenceRow, cited_by: list[str], inputs: ReportInputs
) -> EvidenceView:
    _ = translator(inputs.lang)
    expired = row.expires is not None and row.expires < inputs.today
    until = format_short_date(row.expires) or "–"
    return EvidenceView(
        id=row_id,
        title=pick_text(row.title, inputs.lang),
        place=row.file.path if row.file else _("paper: {place}").format(place=row.paper),
        digest=row.file.sha256[:_SHOWN_DIGITS] if row.file else "",
        effective=format_short_date(row.effective) or "–",
        expires=_("{day} (expired)").format(day=until) if expired else until,
        items=join_enumeration(cited_by, inputs.lang),
        fault=_(FAULTS[inputs.faults[row_id]]) if row_id in inputs.faults else "",
    )


def make_provenance_view(inputs: ReportInputs) -> TrustView:
    """Return the view of the last page: the provenance of the report."""
    _ = translator(inputs.lang)
    return TrustView(
        lines=tuple(_provenance_lines(inputs)),
        inputs=list_input_views(inputs),
        inside=describe_attached_files(inputs, inputs.lang),
        lacks=tuple(list_draft_reason_sentences(inputs, inputs.lang)),
        remarks=list_history_and_evidence_remarks(inputs),
        names=_(
            "The names of who filled in, reviewed and led are entered by whoever used the program; "
            "the commit's author is what git was told. Neither proves a person unless commits are "
            "signed. The signatures on paper and the seal do."
        ),
        code=draw_qr_code(inputs.provenance.digest, _("QR code of the digest of all this.")),
        code_note=_(
            "“assess verify” with this PDF or with the digest tells in the department's workspace "
            "whether it is what the commit holds."
        ),
    )


def _provenance_lines(inputs: ReportInputs) -> Iterable[LabelledLine]:
    _ = translator(inputs.lang)
    proof = inputs.provenance
    yield LabelledLine(name=_("Commit"), text=proof.commit or _("not committed"))
    if proof.commit_time is not None:
        moment = datetime.fromtimestamp(proof.commit_time, UTC)
        yield LabelledLine(name=_("Committed at"), text=moment.strftime("%Y-%m-%d %H:%M:%S UTC"))
    yield LabelledLine(name=_("State as of"), text=format_long_date(inputs.today, inputs.lang))
    # Many systems may have been answered against one checklist.
    yield from dict.fromkeys(_pinned_checklist_line(sheet, inputs.lang) for sheet in inputs.sheets)
    figures = count_figures(sheet.assessment for sheet in inputs.sheets)
    if figures.taken_over:
        text = f"{figures.taken_over}/{figures.counts.applicable}"
        yield LabelledLine(name=_("Answers carried over"), text=text)
    yield LabelledLine(name=_("Template and language"), text=f"{inputs.template}, {inputs.lang}")
    yield LabelledLine(name=_("Program"), text=f"assess {proof.program.version}")
    yield LabelledLine(name=_("Digest of all this"), text=proof.digest)


def _pinned_checklist_line(sheet_inputs: SheetInputs, lang: Lang) -> LabelledLine:
    _ = translator(lang)
    text = _("{id} version {version}, answered against {digest}")
    checklist = sheet_inputs.checklist
    digest = sheet_inputs.sheet.checklist.digest or "–"
    return LabelledLine(
        name=pick_text(checklist.title, lang),
        text=text.format(id=checklist.id, version=checklist.version, digest=digest),
    )


def list_draft_reason_sentences(inputs: ReportInputs, lang: Lang) -> list[str]:
    """Return why the report is a draft, a sentence a reason; empty where it is none."""
    return list(_iter_draft_reason_sentences(inputs, lang))


def _iter_draft_reason_sentences(inputs: ReportInputs, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    reasons = find_draft_reasons_of_document(inputs, lang)
    for reason in reasons:
        if reason == "unanswered":
            text = _("{sheet}: unanswered items: {count} ({items})")
            rows = ((sheet, list_unanswered_items(sheet)) for sheet in inputs.sheets)
            yield from _summarize_item_ids_by_sheet(text, rows, lang)
        elif reason in ANSWER_REASONS:
            row = ANSWER_REASONS[reason]
            rows = ((sheet, row.list_item_ids(sheet)) for sheet in inputs.sheets)
            yield from _summarize_item_ids_by_sheet(_(row.words_of_sheet), rows, lang)
        else:
            yield _uncommitted_sentence(inputs, lang)
    if reasons and inputs.template not in (*LETTERS, BLANK_FORM):
        yield from _list_missing_reason_sentences(inputs, lang)


def _list_missing_reason_sentences(inputs: ReportInputs, lang: Lang) -> Iterable[str]:
    """Yield what is missing to finish the round, apart from answers and their review."""
    _ = translator(lang)
    text = _("{sheet}: results without the reason they need: {count} ({items})")
    return _summarize_item_ids_by_sheet(
        text, ((sheet, list(_item_ids_without_reason(sheet))) for sheet in inputs.sheets), lang
    )


def _item_ids_without_reason(sheet: SheetInputs) -> Iterable[str]:
    for gap in list_gaps_in_sheets({sheet.name: sheet.assessment}, {}):
        if gap.gap == "reason":
            yield from (where.item_id for where in gap.items)


def _summarize_item_ids_by_sheet(
    text: str, sheets: Iterable[tuple[SheetInputs, list[str]]], lang: Lang
) -> Iterable[str]:
    """Yield a sentence for each sheet with items; of many the one with most, and how many more."""
    remarked = [(sheet, ids) for sheet, ids in sheets if ids]
    if len(remarked) <= SAME_KIND:
        for sheet, ids in remarked:
            yield format_ids_sentence(text, ids, lang, sheet=sheet_title(sheet, lang))
        return
    remarked.sort(key=lambda row: len(row[1]), reverse=True)
    sheet, ids = remarked[0]
    yield format_ids_sentence(text, ids, lang, sheet=sheet_title(sheet, lang))
    _ = translator(lang)
    more = _("… and the same of {sheets} more checklists, items: {count}")
    yield more.format(sheets=len(remarked) - 1, count=sum(len(ids) for _sheet, ids in remarked[1:]))


def _uncommitted_sentence(inputs: ReportInputs, lang: Lang) -> str:
    _ = translator(lang)
    paths = inputs.provenance.uncommitted
    if not inputs.in_repository:
        return _("the workspace is not in a git repository")
    text = _("files not committed: {count} ({items})")
    return format_ids_sentence(text, list(map(mark_line_breaks_and_escape, paths)), lang)
