"""What the first page and the foot of every page say of reservations and origins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.engine.scoring.left_out import (
    MANY_INAPPLICABLE,
    MOST_LEFT_OUT,
    count_left_out_except_grade,
)
from assess.i18n import translator
from assess.report.content.inputs import BLANK_FORM, ReportInputs
from assess.report.content.origins import list_checklist_origins, list_non_library_origin_sentences
from assess.report.content.view.base import CautionView, ReservationView
from assess.report.content.view.inside import describe_pdf_without_data
from assess.report.content.view.remarks import (
    list_round_history_remarks,
    list_variant_remarks,
    sheet_title,
    summarize_similar_sentences,
)
from assess.report.content.view.reservation_kinds import (
    RESERVATIONS,
    format_left_out_sentence,
    list_reservations,
    merge_similar_reservations,
)
from assess.report.content.view.words import PUNCTUATION, join_enumeration

_MANY: Final = 3
"""Sentences about the closing and the reopenings of a round of which the first page has two."""


def make_caution_view(inputs: ReportInputs) -> CautionView:
    """Return the reservations of a report, what its foot says, and notes without doubt."""
    lang = inputs.lang
    _ = translator(lang)
    reservations = tuple(
        ReservationView(id=kind, short=_(RESERVATIONS[kind].short), text=text)
        for kind, text, _digests in merge_similar_reservations(
            list_reservations(inputs, lang), lang
        )
    )
    names = dict.fromkeys(reservation.short for reservation in reservations)
    text = _("Reservations (see the first page): {names}")
    doubts = text.format(names=join_enumeration(list(names), lang)) if names else ""
    return CautionView(
        title=_("Reservations about this document"),
        reservations=reservations,
        foot=PUNCTUATION[lang]["gap"].join(
            filter(None, [describe_pdf_without_data(inputs), doubts])
        ),
        notes=tuple(_list_origin_and_history_notes(inputs)),
    )


def _list_origin_and_history_notes(inputs: ReportInputs) -> Iterator[str]:
    lang = inputs.lang
    yield from list_variant_remarks(inputs)
    yield from list_non_library_origin_sentences(list_checklist_origins(inputs, lang), lang)
    if inputs.template != BLANK_FORM:
        history = list(list_round_history_remarks(inputs))
        yield from history if len(history) < _MANY else (history[0], history[-1])
        yield from summarize_similar_sentences(list(_list_inapplicable_share_notes(inputs)), lang)


def _list_inapplicable_share_notes(inputs: ReportInputs) -> Iterator[str]:
    """Yield the sheets of which many items were answered as not applicable, or left out."""
    _ = translator(inputs.lang)
    doubted = {reservation.kind for reservation in list_reservations(inputs, inputs.lang)}
    for sheet in inputs.sheets:
        left_out = count_left_out_except_grade(sheet.assessment)
        if MANY_INAPPLICABLE < left_out.gone / max(left_out.total, 1) <= MOST_LEFT_OUT:
            yield format_left_out_sentence(sheet, left_out, inputs.lang)
        counts = sheet.assessment.counts
        total = counts.met + counts.partial + counts.unmet + counts.not_applicable
        if "not-applicable" not in doubted and counts.not_applicable > MANY_INAPPLICABLE * total:
            text = _("{sheet}: {count} of {sum} items were answered as not applicable.")
            yield text.format(
                sheet=sheet_title(sheet, inputs.lang), count=counts.not_applicable, sum=total
            )
