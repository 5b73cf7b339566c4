"""Why a report is a draft: what is missing at its items, and what is not committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from assess.engine.draft_reasons import (
    list_items_lacking_demanded_proof,
    list_returned_items,
    list_unreviewed_items,
)
from assess.i18n import N_, Lang
from assess.model.provenance import DraftReason
from assess.report.content.inputs import BLANK_FORM, LETTERS, ReportInputs, SheetInputs
from assess.report.content.origins import find_template_origin


class AnswerReason(NamedTuple):
    """A reason that lies with answered items, and how it is worded."""

    list_item_ids: Callable[[SheetInputs], list[str]]
    """The items of a sheet that make the report a draft."""
    words: str
    """For all sheets together, with `{count}`."""
    words_of_sheet: str
    """For one sheet, with `{sheet}`, `{count}` and `{items}`."""


def find_draft_reasons(inputs: ReportInputs) -> list[DraftReason]:
    """Return the reasons why the report is a draft; empty if it is final.

    Unreviewed answers do not make a letter of the review a draft, because it is about them.
    """
    reasons: list[DraftReason] = []
    if inputs.template not in LETTERS:
        if any(sheet_inputs.assessment.counts.open for sheet_inputs in inputs.sheets):
            reasons.append("unanswered")
        reasons.extend(
            reason
            for reason, row in ANSWER_REASONS.items()
            if any(row.list_item_ids(sheet_inputs) for sheet_inputs in inputs.sheets)
        )
    if inputs.provenance.commit is None:
        reasons.append("uncommitted" if inputs.in_repository else "no_repository")
    return reasons


def find_draft_reasons_of_document(inputs: ReportInputs, lang: Lang) -> list[DraftReason]:
    """Return the same for what the document shows: the program's blank form shows no answers."""
    reasons = find_draft_reasons(inputs)
    if not is_blank_form_of_program(inputs, lang):
        return reasons
    return [reason for reason in reasons if reason in ("uncommitted", "no_repository")]


def is_blank_form_of_program(inputs: ReportInputs, lang: Lang) -> bool:
    """Return whether it is the program's blank form; an own page of that name may show anything."""
    origin = find_template_origin(inputs, lang)
    return inputs.template == BLANK_FORM and origin.source == "program"


def list_unanswered_items(sheet_inputs: SheetInputs) -> list[str]:
    """Return the items that apply, or may apply, and have no result."""
    states = sheet_inputs.assessment.items
    return [state.item.id for state in states if state.applies != "no" and not state.result]


def _list_items_awaiting_reviewer(sheet_inputs: SheetInputs) -> list[str]:
    """Return the answered items that the sheet's reviewer has neither accepted nor sent back."""
    if sheet_inputs.sheet.people.reviewer is None:
        return []
    return list_unreviewed_items(sheet_inputs.assessment)


ANSWER_REASONS: Final[Mapping[DraftReason, AnswerReason]] = MappingProxyType(
    {
        "returned": AnswerReason(
            lambda sheet_inputs: list_returned_items(sheet_inputs.assessment),
            N_("answers that were returned: {count}"),
            N_("{sheet}: answers that were returned: {count} ({items})"),
        ),
        "proof": AnswerReason(
            lambda sheet_inputs: list_items_lacking_demanded_proof(sheet_inputs.assessment),
            N_("items without evidence that a final report must have: {count}"),
            N_("{sheet}: items without evidence that a final report must have: {count} ({items})"),
        ),
        "unreviewed": AnswerReason(
            _list_items_awaiting_reviewer,
            N_("answers not accepted by the reviewer: {count}"),
            N_("{sheet}: answers not accepted by the reviewer: {count} ({items})"),
        ),
    }
)
"""The reasons that lie with answers, in the order in which they are named."""
