"""The answer of the last round, shown beside the item; read at its tag if it is closed."""

from __future__ import annotations

from typing import NamedTuple

from assess.display.walk.sides import person_name
from assess.engine.kinds.values import answer_result, answer_text
from assess.engine.kinds.wording import translate_code
from assess.engine.proposals.last_round import find_earlier_answer
from assess.engine.proposals.proposal import EarlierSheet
from assess.engine.punctuation import colon_sign, format_bracketed_remark
from assess.engine.rounds import suggest_answers
from assess.errors import AssessError
from assess.harmless import escape_on_one_line
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.item import Item
from assess.tui.core.session import InterfaceSession
from assess.workspace import SheetName
from assess.workspace.answers.proposal_context import make_earlier_sheet, open_earlier_sheet


class PastSheet(NamedTuple):
    """The same sheet in the round before."""

    earlier: EarlierSheet
    pressing: frozenset[str] = frozenset()
    """Items that were partly met, not met, or had open remediation."""


def read_sheet_of_last_round(session: InterfaceSession, sheet: SheetName) -> PastSheet | str | None:
    """Return the sheet in the round before; None without one; the error if it can't be read.

    It blocks: call it off the event loop.
    """
    workspace = session.workspace
    try:
        open_sheet = open_earlier_sheet(workspace, sheet, session.round_id)
        if open_sheet is None:
            return None
        suggested = suggest_answers(
            open_sheet.assess_on(session.today), workspace.read_checklist(sheet.checklist)
        )
        earlier = make_earlier_sheet(workspace, open_sheet)
    except AssessError as error:
        return escape_on_one_line(str(error))
    pressing = frozenset(
        suggestion.item for suggestion in suggested if suggestion.urgency != "other"
    )
    return PastSheet(earlier, pressing)


def last_round_answer_texts(past: PastSheet | None, item: Item, lang: Lang) -> list[str]:
    """Return the answer to an item in the last round: result, value, person, date, note."""
    earlier = past.earlier if past else None
    answered = find_earlier_answer(item, earlier) if earlier else None
    if earlier is None or answered is None:
        return []
    earlier_item, answer = answered
    past_result = answer_result(earlier_item, answer, earlier.checklist.scoring)
    shown_value = answer_text(earlier_item, answer, lang)
    words = (
        [translate_code(past_result, lang)]
        if past_result and translate_code(past_result, lang) != shown_value
        else []
    )
    who = person_name(answer.by, earlier.people)
    stamp = " ".join(part for part in (answer.at and answer.at.date().isoformat(), who) if part)
    head = "  ".join(
        part for part in (*words, shown_value, format_bracketed_remark(stamp, lang).strip()) if part
    )
    notes = [answer.note] if answer.note else []
    return [f"{pick_text(earlier.title, lang)}{colon_sign(lang)}{head}", *notes]
