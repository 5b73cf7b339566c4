"""Findings of others, ready to print: rows of the ledger, problems in full, sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import (
    OutsideCounts,
    OutsideRow,
    count_outside_rows,
    outside_source_and_number,
)
from assess.i18n import Lang, plural_translator, translator
from assess.model.base import pick_text
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.items import list_evidence_titles
from assess.report.content.view.model import FindingView, LabelledLine, LedgerView, Report
from assess.report.content.view.numbering import Numbering, format_outside_finding_number
from assess.report.content.view.plans import make_ledger_remediation_fields, plan_text
from assess.report.content.view.words import (
    PUNCTUATION,
    format_short_date,
    join_enumeration,
    shorten_text,
)

_TITLE_CELLS: Final[dict[Lang, int]] = {"zh": 96, "en": 110}
"""Cells of a finding's beginning in a table; a Han character takes two."""


def add_outside_findings(view: Report, inputs: ReportInputs, numbering: Numbering) -> Report:
    """Return the view with the findings of others, in the order of the ledger."""
    rows = sorted(inputs.outside, key=lambda row: numbering.places[row.id])
    return replace(
        view,
        outside=tuple(_ledger_view(row, inputs, numbering) for row in rows),
        outside_findings=tuple(
            _finding_view(row, numbering.outside[row.id], inputs) for row in rows
        ),
        outside_sentence=outside_findings_sentence(count_outside_rows(rows), inputs.lang),
    )


def _ledger_view(row: OutsideRow, inputs: ReportInputs, numbering: Numbering) -> LedgerView:
    lang, finding = inputs.lang, row.finding
    _ = translator(lang)
    document = _format_source_document(row, lang)
    return LedgerView(
        **make_ledger_remediation_fields(
            row, row.plan, _("closed off") if row.is_closed else "", lang
        ),
        number=format_outside_finding_number(numbering.outside[row.id], lang),
        rank=numbering.places[row.id],
        id=outside_source_and_number(finding, lang),
        finding_id=row.id,
        source=outside_source_and_number(finding, lang),
        title=shorten_text(finding.text, _TITLE_CELLS[lang]),
        basis=document,
        basis_codes=document,
        system=_scope_name(row, inputs),
        closed=_("yes") if row.is_closed else _("no"),
        evidence=tuple(list_evidence_titles(finding.evidence, inputs.register, lang)),
    )


def _format_source_document(row: OutsideRow, lang: Lang) -> str:
    """Return the document that says it, with its day."""
    finding = row.finding
    mark = PUNCTUATION[lang]
    day = format_short_date(finding.dated)
    return outside_source_and_number(finding, lang) + (
        f"{mark['open']}{day}{mark['close']}" if day else ""
    )


def _scope_name(row: OutsideRow, inputs: ReportInputs) -> str:
    system = row.finding.system
    if system is None:
        return pick_text(inputs.config.organization.name, inputs.lang)
    systems = inputs.config.systems
    return pick_text(systems[system].name, inputs.lang) if system in systems else system


def _finding_view(row: OutsideRow, number: int, inputs: ReportInputs) -> FindingView:
    lang = inputs.lang
    return FindingView(
        number=format_outside_finding_number(number, lang),
        rank=number,
        system=_scope_name(row, inputs) if row.finding.system else "",
        id="",
        title=shorten_text(row.finding.text, _TITLE_CELLS[lang]),
        result=outside_source_and_number(row.finding, lang),
        risk=translate_code(row.risk, lang),
        tone=row.risk,
        lines=tuple(line for line in _list_finding_lines(row, inputs) if line.text.strip()),
    )


def _list_finding_lines(row: OutsideRow, inputs: ReportInputs) -> Iterable[LabelledLine]:
    lang, finding = inputs.lang, row.finding
    _ = translator(lang)
    whole = finding.text.strip()
    is_cut = shorten_text(whole, _TITLE_CELLS[lang]) != whole
    yield LabelledLine(name=_("Found"), text=whole if is_cut else "")
    yield LabelledLine(name=_("Document"), text=_format_source_document(row, lang))
    yield LabelledLine(name=_("Item"), text=_item_text(row, inputs))
    yield LabelledLine(name=_("Risk"), text=translate_code(row.risk, lang))
    yield LabelledLine(name=_("To be mended by"), text=format_short_date(finding.due))
    titles = join_enumeration(list_evidence_titles(finding.evidence, inputs.register, lang), lang)
    yield LabelledLine(name=_("Evidence"), text=titles)
    yield LabelledLine(name=_("Remediation"), text=_plan_text(row, lang))
    yield LabelledLine(name=_("Closed off"), text=_closing_text(row, lang))


def _item_text(row: OutsideRow, inputs: ReportInputs) -> str:
    """Return the item that it is about, with its title where a sheet of the report has it."""
    finding = row.finding
    if finding.item is None:
        return ""
    for sheet in inputs.sheets:
        item = sheet.checklist.items().get(finding.item)
        if item is not None and finding.checklist in (None, sheet.name.checklist):
            return f"{finding.item} {item_label_and_title(item, inputs.lang)}"
    return finding.item


def _plan_text(row: OutsideRow, lang: Lang) -> str:
    _ = translator(lang)
    _n = plural_translator(lang)
    if row.finding.remediation is None:
        return "" if row.is_closed else _("no measure yet")
    day = format_short_date(row.plan.due)
    progress = (
        "" if row.is_closed else translate_code(row.plan.state, lang),
        _n("{days} day late", "{days} days late", row.days_late).format(days=row.days_late)
        if row.overdue
        else "",
    )
    return plan_text(
        row.plan, _("planned for {day}").format(day=day) if day else "", progress, lang
    )


def _closing_text(row: OutsideRow, lang: Lang) -> str:
    closed = row.finding.closed
    if closed is None:
        return ""
    return format_short_date(closed.on) + PUNCTUATION[lang]["gap"] + closed.proof.strip()


def make_outside_finding_line(row: OutsideRow, lang: Lang) -> LabelledLine:
    """Return a finding of others as a line: its source, and the beginning of what was found."""
    text = shorten_text(row.finding.text, _TITLE_CELLS[lang])
    return LabelledLine(name=outside_source_and_number(row.finding, lang), text=text)


def outside_findings_sentence(counts: OutsideCounts, lang: Lang) -> str:
    """Return how many findings of others there are, open, overdue and closed; '' for none."""
    if not counts.all:
        return ""
    _ = translator(lang)
    text = _(
        "Findings of others (circulars, assessments, tests, inspections): {count}, of these to be "
        "mended: {open}, overdue: {overdue}, closed off: {closed}."
    )
    return text.format(
        count=counts.all, open=counts.open, overdue=counts.overdue, closed=counts.closed
    )
