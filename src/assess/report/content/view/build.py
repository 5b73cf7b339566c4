"""Inputs to view: the one place where a report is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.item import Item
from assess.model.results import Assessment, Counts, shown
from assess.report.content.form_links import link
from assess.report.content.inputs import Inputs, SheetInputs, complete, draft_reasons
from assess.report.content.plain_text import printable
from assess.report.content.view.blank_form import form_sections
from assess.report.content.view.brief import brief
from assess.report.content.view.charts import (
    rounds,
    rounds_trend,
    section_chart,
    sheet_heat,
    sheet_radar,
    sheets_chart,
)
from assess.report.content.view.compare import compare
from assess.report.content.view.items import finding_view, ledger_view, section_view
from assess.report.content.view.letters import notice, receipt, returned
from assess.report.content.view.model import CountsRow, Line, Report, SheetView, Signature
from assess.report.content.view.narrative import chapters, opening, people_names
from assess.report.content.view.profile import basis, organization_facts, systems
from assess.report.content.view.remarks import lacking, sheet_title
from assess.report.content.view.score import counts_row, score_view, verdict
from assess.report.content.view.trust import evidence, trust
from assess.report.content.view.words import LABELS, day, joined, labels

UNCLASSIFIED = {
    "zh": "不涉密，不得填写国家秘密和工作秘密",
    "en": "Unclassified use only: never enter state or work secrets",
}
"""Tells who fills in what must not be entered; can't be switched off."""

CLASSIFICATION = {
    "zh": "不涉密，不含国家秘密和工作秘密",
    "en": "Unclassified: contains no state or work secrets",
}
"""Tells who reads what it is; stands on every page and can't be switched off."""

FOOT_DIGITS = 12
"""Digits of the digest at the foot of each page."""


_YEAR = re.compile(r"(\d{4})(?:-(.+))?$")


def build(inputs: Inputs) -> Report:
    """Return the view of a report, every text in it made visible."""
    view = _report(inputs)
    plain = printable(msgspec.to_builtins(view), inputs.lang)
    return msgspec.convert(plain, Report)


def _report(inputs: Inputs) -> Report:
    lang = inputs.lang
    _ = translator(lang)
    counts = total(sheet_inputs.assessment.counts for sheet_inputs in inputs.sheets)
    organization = pick(inputs.config.organization.name, lang)
    return Report(
        lang=lang,
        label=labels(lang, complete=complete(inputs)),
        title=_title(inputs),
        organization=organization,
        addressee=pick(inputs.config.report.addressee, lang),
        round=pick(inputs.round.title, lang),
        period=inputs.round_id,
        date=day(inputs.today, lang),
        marking=pick(inputs.config.report.marking, lang),
        unclassified=UNCLASSIFIED[lang],
        classification=CLASSIFICATION[lang],
        digest=inputs.provenance.digest[:FOOT_DIGITS],
        draft=bool(draft_reasons(inputs)),
        opening=opening(inputs),
        chapters=chapters(inputs, counts),
        annexes=_annexes(lang),
        total=_total_row(inputs, counts),
        profile=organization_facts(inputs),
        systems=systems(inputs),
        sheets=tuple(_sheet(sheet_inputs, inputs) for sheet_inputs in inputs.sheets),
        signatures=_signatures(inputs),
        seal_field=link("signature", "seal", translator(lang)(LABELS["seal"])),
        basis=basis(inputs),
        evidence=evidence(inputs),
        lacking=lacking(inputs),
        brief=brief(inputs, counts),
        notice=notice(inputs),
        receipt=receipt(inputs),
        returned=returned(inputs),
        compare=compare(inputs),
        rounds=rounds(inputs),
        trend=rounds_trend(inputs),
        chart=sheets_chart(inputs),
        bare=_bare(counts, lang),
        trust=trust(inputs),
    )


def total(parts: Iterable[Counts]) -> Counts:
    """Return the sums of the counts of several sheets."""
    fields = Counts.__struct_fields__
    rows = [[getattr(part, field) for field in fields] for part in parts]
    return Counts(**dict(zip(fields, map(sum, zip(*rows, strict=True)), strict=True)))


def _title(inputs: Inputs) -> str:
    """Return the customary title, with the year where the round's id begins with one."""
    _ = translator(inputs.lang)
    year_match = _YEAR.match(inputs.round_id)
    if year_match is None:
        return _("Report on the network-security self-check")
    title = _("Report on the network-security self-check of {year}").format(year=year_match[1])
    return _("{title} ({part})").format(title=title, part=year_match[2]) if year_match[2] else title


def _annexes(lang: Lang) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        _("Summary of results"),
        _("Problems found"),
        _("Remediation ledger"),
        _("Answers in full"),
        _("Evidence and basis"),
        _("Provenance"),
    )


def _sheet(sheet_inputs: SheetInputs, inputs: Inputs) -> SheetView:
    lang, assessment = inputs.lang, sheet_inputs.assessment
    checklist, register = sheet_inputs.checklist, inputs.register
    before = inputs.earlier.states.get(sheet_inputs.name) if inputs.earlier else None
    out = [state.item for state in assessment.items if state.applies == "no"]
    return SheetView(
        anchor=str(sheet_inputs.name),
        title=pick(assessment.title, lang),
        scope=pick(assessment.scope_name, lang),
        version=assessment.checklist_version,
        counts=_sheet_row(sheet_inputs, lang),
        score=score_view(assessment.score, assessment.counts, lang) if assessment.score else None,
        facts=tuple(_figures(assessment, lang)),
        sections=tuple(
            section_view(part, checklist, register, lang)
            for part in assessment.sections
            if part.counts.applicable
        ),
        chart=section_chart(assessment.sections, lang),
        findings=tuple(
            finding_view(number, finding, checklist, register, lang)
            for number, finding in enumerate(assessment.findings, 1)
        ),
        ledger=tuple(
            ledger_view(number, row, sheet_inputs, register, lang)
            for number, row in enumerate(assessment.ledger, 1)
        ),
        left_out=_left_out(out, lang),
        checklist=checklist.id,
        left_out_ids=tuple(item.id for item in out),
        radar=sheet_radar(assessment, before.assessment if before else None, inputs),
        heat=sheet_heat(assessment.sections, lang),
        form=form_sections(str(sheet_inputs.name), assessment.sections, lang),
    )


def _sheet_row(sheet_inputs: SheetInputs, lang: Lang) -> CountsRow:
    assessment = sheet_inputs.assessment
    score = assessment.score
    return counts_row(
        sheet_title(sheet_inputs, lang),
        assessment.counts,
        shown(score.value if score else None),
        lang,
        verdict(score, lang),
    )


def _total_row(inputs: Inputs, counts: Counts) -> CountsRow | None:
    if len(inputs.sheets) == 1:
        return None
    _ = translator(inputs.lang)
    return counts_row(_("Total"), counts, "", inputs.lang)


def _figures(assessment: Assessment, lang: Lang) -> Iterable[Line]:
    """Return the figures a leader asks for first."""
    _ = translator(lang)
    counts = assessment.counts
    rows = (
        (_("Items answered"), f"{counts.done} / {counts.applicable}"),
        (_("Problems"), str(len(assessment.findings))),
        (_("of high risk"), str(assessment.high_risks)),
        (_("Overdue measures"), str(assessment.overdue)),
        (_("Met without evidence"), str(counts.met_without_evidence)),
    )
    return (Line(name=name, text=text) for name, text in rows)


def _left_out(items: Sequence[Item], lang: Lang) -> str:
    if not items:
        return ""
    _ = translator(lang)
    names = joined([f"{item.id} {pick(item.title, lang)}" for item in items], lang)
    return _("In all: {count}. {items}").format(count=len(items), items=names)


def _signatures(inputs: Inputs) -> tuple[Signature, ...]:
    _ = translator(inputs.lang)
    roles = (
        ("filler", _("Filled in by")),
        ("reviewer", _("Reviewed by")),
        ("leader", _("Leader in charge")),
    )
    return tuple(
        Signature(
            role=role_words,
            name=joined(people_names(inputs, role), inputs.lang),
            field=link("signature", role, role_words),
        )
        for role, role_words in roles
    )


def _bare(counts: Counts, lang: Lang) -> str:
    _ = translator(lang)
    text = _("Items that are met: {met}, of these without any evidence: {bare}.")
    return text.format(met=counts.met, bare=counts.met_without_evidence)
