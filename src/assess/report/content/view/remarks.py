"""What a reader of a report must know of how it came about, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from assess.china_time import find_day_in_china
from assess.engine.closings import format_closing_count_and_tag
from assess.engine.finding_name import item_label_and_title
from assess.i18n import Lang, plural_translator, translator
from assess.model.base import pick_text
from assess.model.config import Variant
from assess.model.results import ItemState
from assess.report.content.inputs import ReportInputs, SheetInputs
from assess.report.content.origins import list_checklist_origins
from assess.report.content.view.model import LackingView
from assess.report.content.view.words import PUNCTUATION, format_long_date, join_enumeration

SHOWN_NAMES = 12
"""The largest number of ids or paths that a sentence names; it counts the others."""


SAME_KIND = 3
"""Sentences of one kind up to which each is printed: of more the first, and how many more."""


def list_history_and_evidence_remarks(inputs: ReportInputs) -> tuple[str, ...]:
    """Return the remarks of the report, one sentence each; empty if there are none."""
    return tuple(
        remark
        for part in (
            list_round_history_remarks(inputs),
            list_variant_remarks(inputs),
            summarize_similar_sentences(list(_self_review_remarks(inputs)), inputs.lang),
            _evidence_file_remarks(inputs),
            summarize_similar_sentences(list(_missing_evidence_remarks(inputs)), inputs.lang),
        )
        for remark in part
    )


def summarize_similar_sentences(sentences: Sequence[str], lang: Lang) -> list[str]:
    """Return sentences that say the same of several sheets; of many the first, and a count."""
    if len(sentences) <= SAME_KIND:
        return list(sentences)
    _ = translator(lang)
    _n = plural_translator(lang)
    more = _n(
        "… and the same of {count} more checklist.",
        "… and the same of {count} more checklists.",
        len(sentences) - 1,
    ).format(count=len(sentences) - 1)
    return [sentences[0], more]


def list_answers_lacking_evidence(inputs: ReportInputs) -> tuple[LackingView, ...]:
    """Return the answered items whose required evidence is not all cited, and what lacks."""
    return tuple(
        LackingView(
            id=state.item.id,
            title=item_label_and_title(state.item, inputs.lang),
            sheet=pick_text(sheet_inputs.assessment.title, inputs.lang),
            proofs=join_enumeration(list_missing_proofs(state, inputs.lang), inputs.lang),
        )
        for sheet_inputs in inputs.sheets
        for state in sheet_inputs.assessment.items
        if state.missing_evidence
    )


def sheet_title(sheet_inputs: SheetInputs, lang: Lang) -> str:
    """Return the title of a sheet, with the system that it is about."""
    title = pick_text(sheet_inputs.assessment.title, lang)
    if sheet_inputs.assessment.scope_is_system:
        title += PUNCTUATION[lang]["colon"] + pick_text(sheet_inputs.assessment.scope_name, lang)
    return title


def list_missing_proofs(state: ItemState, lang: Lang) -> list[str]:
    """Return the required pieces of evidence that an item lacks."""
    wanted = state.missing_evidence
    return [pick_text(proof.text, lang) for proof in state.item.evidence if proof.id in wanted]


def is_accepted_by_author(state: ItemState) -> bool:
    """Return whether the author of the present answer also accepted it."""
    answer = state.answer
    if state.work != "accepted" or answer is None or answer.review is None:
        return False
    return answer.by is not None and answer.review.by == answer.by


def format_ids_sentence(text: str, ids: list[str], lang: Lang, **words: str) -> str:
    """Return a sentence that names some ids, and how many there are."""
    _ = translator(lang)
    names = join_enumeration(ids[:SHOWN_NAMES], lang)
    if len(ids) > SHOWN_NAMES:
        names = _("{names} …").format(names=names)
    return text.format(count=len(ids), items=names, **words)


def list_round_history_remarks(inputs: ReportInputs) -> Iterator[str]:
    """Yield how often the round was closed, and why it was reopened."""
    story, lang = inputs.story, inputs.lang
    if story is None:
        return
    _ = translator(lang)
    closed = format_closing_count_and_tag(story.tag, lang)
    if story.is_open:
        text = _("The round was {closed} and is open again: this report stands on no closing.")
    else:
        text = _("The round was {closed}; this report stands on that closing.")
    yield text.format(closed=closed)
    for reopening in story.reopened:
        text = _("It was reopened on {day} by {who}, because: {reason}.")
        yield text.format(
            day=format_long_date(find_day_in_china(reopening.at), lang),
            who=reopening.by,
            reason=reopening.reason.rstrip("。.；;"),
        )


def list_variant_remarks(inputs: ReportInputs) -> Iterator[str]:
    """Yield which pinned checklists were edited by hand and accepted as they are."""
    _ = translator(inputs.lang)
    for origin in list_checklist_origins(inputs, inputs.lang):
        if origin.variant is not None:
            text = _(
                "The checklist “{title}” is a local variant: its text was changed here and is not "
                "the published one. {why}"
            )
            yield text.format(title=origin.title, why=_variant_reason(inputs, origin.variant))


def _variant_reason(inputs: ReportInputs, variant: Variant) -> str:
    """Return why a variant was accepted, by whom and when."""
    _ = translator(inputs.lang)
    person = inputs.config.people.get(variant.by or "")
    who = person.name if person else variant.by
    when = format_long_date(find_day_in_china(variant.at), inputs.lang) if variant.at else None
    by = ", ".join(part for part in (who, when) if part)
    text = _("Accepted because: {reason} ({by}).") if by else _("Accepted because: {reason}.")
    return text.format(reason=variant.reason.rstrip("。.；;"), by=by)


def _self_review_remarks(inputs: ReportInputs) -> Iterator[str]:
    _ = translator(inputs.lang)
    for sheet_inputs, ids in _item_ids_by_sheet(inputs, is_accepted_by_author):
        text = _(
            "{sheet}: answers accepted by the person who gave them, and reviewed by nobody else: "
            "{count} ({items})."
        )
        yield format_ids_sentence(
            text, ids, inputs.lang, sheet=pick_text(sheet_inputs.assessment.title, inputs.lang)
        )


def _evidence_file_remarks(inputs: ReportInputs) -> Iterator[str]:
    _ = translator(inputs.lang)
    texts = {
        "changed": _("Files of evidence that are not the ones registered: {count} ({items})."),
        "missing": _("Files of evidence that are not there: {count} ({items})."),
    }
    for fault, text in texts.items():
        ids = [row_id for row_id, row_fault in inputs.faults.items() if row_fault == fault]
        if ids:
            yield format_ids_sentence(text, ids, inputs.lang)


def _missing_evidence_remarks(inputs: ReportInputs) -> Iterator[str]:
    _ = translator(inputs.lang)
    for sheet_inputs, ids in _item_ids_by_sheet(inputs, lambda state: bool(state.missing_evidence)):
        text = _("{sheet}: answers without evidence that their items require: {count}.")
        yield text.format(sheet=sheet_title(sheet_inputs, inputs.lang), count=len(ids))


def _item_ids_by_sheet(
    inputs: ReportInputs, condition: Callable[[ItemState], bool]
) -> Iterable[tuple[SheetInputs, list[str]]]:
    """Return the ids of applicable items that pass a test, by sheet that has any."""
    for sheet_inputs in inputs.sheets:
        states = (state for state in sheet_inputs.assessment.items if state.applies != "no")
        ids = [state.item.id for state in states if condition(state)]
        if ids:
            yield sheet_inputs, ids
