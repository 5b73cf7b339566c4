"""What frames the letters: the report, the notice of findings to remedy (整改通知书), the reply."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.values import answer_text, is_answered_by_status_only
from assess.engine.scoring.figures import (
    Figures,
    is_returned_by_last_review,
    is_returned_or_unanswered,
)
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.results import ItemState
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.view.items import list_evidence_titles
from assess.report.content.view.model import HeadView, LetterView, ReturnedView
from assess.report.content.view.narrative import write_notice_and_checklists_sentence
from assess.report.content.view.remarks import sheet_title
from assess.report.content.view.words import (
    format_long_date,
    format_short_date,
    result_name,
)

_YEAR = re.compile(r"(\d{4})(?:-(.+))?$")


def find_letterhead(inputs: ReportInputs, template: str) -> HeadView | None:
    """Return the red head that assess.yaml sets for a template."""
    settings = inputs.config.report.heads.get(template)
    if settings is None:
        return None
    lang = inputs.lang
    _ = translator(lang)
    contact = pick_text(settings.contact, lang)
    copies = "，" if lang == "zh" else "; "
    names = copies.join(pick_text(name, lang) for name in settings.copies)
    organ = pick_text(settings.organ, lang)
    return HeadView(
        organ=organ,
        number=settings.number or "",
        signer=pick_text(settings.signer, lang),
        contact=_("(Contact: {contact})").format(contact=contact) if contact else "",
        copies=_("Copies to: {names}.").format(names=names) if names else "",
        issuer=_remove_document_suffix(organ),
        issued=_("Printed on {day}").format(day=format_long_date(inputs.today, lang)),
    )


def make_report_letter(inputs: ReportInputs) -> LetterView:
    """Return what frames the narrative of the full report: a report to the addressee."""
    lang = inputs.lang
    _ = translator(lang)
    return LetterView(
        title=report_title(inputs),
        to=pick_text(inputs.config.report.addressee, lang),
        sender=pick_text(inputs.config.organization.name, lang),
        head=find_letterhead(inputs, "full"),
        opening=write_notice_and_checklists_sentence(inputs),
        closing=(_("This is our report."),),
    )


def report_title(inputs: ReportInputs) -> str:
    """Return the customary title, with the year where the round's id begins with a year."""
    _ = translator(inputs.lang)
    year_match = _YEAR.match(inputs.round_id)
    if year_match is None:
        return _("Report on the network-security self-check")
    title = _("Report on the network-security self-check of {year}").format(year=year_match[1])
    return _("{title} ({part})").format(title=title, part=year_match[2]) if year_match[2] else title


def make_notice_letter(inputs: ReportInputs, figures: Figures) -> LetterView:
    """Return what frames a notice: from who reviews, or the organ of its head, to who is assessed.

    Without a head it comes from the addressee of the report, who oversees the organization.
    `figures` are those of all sheets.
    """
    lang = inputs.lang
    _ = translator(lang)
    top = find_letterhead(inputs, "notice")
    due = inputs.round.due
    closing = [_write_notice_demand(figures, lang)]
    if due is not None:
        closing.append(_("The round ends on {day}.").format(day=format_long_date(due, lang)))
    return LetterView(
        title=_("Notice of remediation"),
        to=pick_text(inputs.config.organization.name, lang),
        sender=top.issuer if top else pick_text(inputs.config.report.addressee, lang),
        head=top,
        opening=_(
            "The answers to {round} were reviewed. Answers to be corrected: {waiting}; problems "
            "found{included}: {problems}, mended: {mended}, to be mended: {unmended}, of these of "
            "high risk: {high}. They are as follows."
        ).format(
            round=pick_text(inputs.round.title, lang),
            waiting=figures.returned_waiting,
            included=_(" (with the findings of others)") if figures.outside.all else "",
            problems=figures.remediation.problems,
            mended=figures.remediation.mended,
            unmended=figures.remediation.unmended,
            high=figures.remediation.high_unmended,
        ),
        closing=tuple(closing),
    )


def _write_notice_demand(figures: Figures, lang: Lang) -> str:
    _ = translator(lang)
    if not figures.remediation.unmended:
        return _(
            "Please correct the returned answers by the dates given, attach the evidence, and "
            "answer in writing."
        )
    return _(
        "Please mend these by the dates given, attach the evidence, and answer in writing. "
        "What can't be mended in time needs a reason and an interim measure."
    )


def _remove_document_suffix(organ: str) -> str:
    """Return the issuing organ: of the red head 某某文件 it is 某某."""
    return organ.removesuffix("文件")


def make_notice_reply_letter(inputs: ReportInputs, figures: Figures) -> LetterView:
    """Return what frames the answer to a notice: what is done, what is proved, what is open.

    `figures` are those of all sheets.
    """
    lang = inputs.lang
    _ = translator(lang)
    top = find_letterhead(inputs, "receipt")
    return LetterView(
        title=_("Answer to the notice of remediation"),
        to=pick_text(inputs.config.report.addressee, lang),
        sender=pick_text(inputs.config.organization.name, lang),
        head=top,
        opening=_(
            "The notice of remediation on {round} was received, and its points are worked through. "
            "State on {day}: of {returned} returned answers, corrected: {corrected}; of {problems} "
            "problems, mended: {mended} (verified and closed off: {verified}), open: {unmended}."
        ).format(
            round=pick_text(inputs.round.title, lang),
            day=format_long_date(inputs.today, lang),
            returned=figures.returned,
            corrected=figures.corrected,
            problems=figures.remediation.problems,
            mended=figures.remediation.mended,
            verified=figures.remediation.verified,
            unmended=figures.remediation.unmended,
        ),
        closing=tuple(_write_notice_reply_conclusion(figures, lang)),
    )


def _write_notice_reply_conclusion(figures: Figures, lang: Lang) -> Iterable[str]:
    """Yield what becomes of the open problems, if there are any."""
    _ = translator(lang)
    if not figures.remediation.unmended:
        return
    undated = figures.remediation.unmended_without_due
    if undated:
        text = _(
            "What is still open is pursued by the dates in the table; for problems without a date "
            "one will be set ({count}). Its end will be reported."
        )
        yield text.format(count=undated)
    else:
        yield _(
            "What is still open is pursued by the dates in the table; its end will be reported."
        )


def list_returned_answers(inputs: ReportInputs) -> tuple[ReturnedView, ...]:
    """Return the answers whose last review returned them, also those corrected since."""
    returned_pairs = [
        (sheet_inputs, state)
        for sheet_inputs in inputs.sheets
        for state in sheet_inputs.assessment.items
        if is_returned_by_last_review(state)
    ]
    return tuple(
        _returned_answer_view(number, sheet_inputs, state, inputs)
        for number, (sheet_inputs, state) in enumerate(returned_pairs, 1)
    )


def _returned_answer_view(
    number: int, sheet_inputs: SheetInputs, state: ItemState, inputs: ReportInputs
) -> ReturnedView:
    lang = inputs.lang
    _ = translator(lang)
    answer = state.answer or Answer()
    review = answer.review
    waits = is_returned_or_unanswered(state)
    person = review.by if review else None
    people = inputs.config.people
    return ReturnedView(
        number=str(number),
        id=state.item.id,
        title=item_label_and_title(state.item, lang),
        sheet=sheet_title(sheet_inputs, lang),
        comment=(review.comment if review else None) or "–",
        due=format_short_date(review.due if review else None) or "–",
        by=people[person].name if person in people else person or "–",
        state=_("to be corrected") if waits else _("corrected"),
        open=waits,
        answer="\n".join(_current_answer_texts(state, answer, lang)),
        evidence=tuple(list_evidence_titles(answer.evidence, inputs.register, lang)),
    )


def _current_answer_texts(state: ItemState, answer: Answer, lang: Lang) -> Iterable[str]:
    yield result_name(state.result or "unanswered", lang)
    if not is_answered_by_status_only(state.item) and answer.status is None:
        yield answer_text(state.item, answer, lang)
    if answer.note:
        yield answer.note
