"""The answer of the last round, shown beside the item; read at its tag if it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.display.walk.sides import person_name
from assess.engine.kinds.values import answer_result, answer_text
from assess.engine.kinds.wording import display_name
from assess.engine.punctuation import colon_sign, format_bracketed_remark
from assess.engine.rounds import suggest_answers
from assess.errors import AssessError
from assess.harmless import one_line
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import Text, pick_text
from assess.model.checklist import Checklist
from assess.model.config import Person
from assess.tui.core.session import InterfaceSession
from assess.workspace import SheetName


class PastSheet(NamedTuple):
    """The same sheet in the round before."""

    title: Text
    answers: Mapping[str, Answer]
    checklist: Checklist
    people: Mapping[str, Person]
    pressing: frozenset[str] = frozenset()
    """Items that were partly met, not met, or had open remediation."""


def read_sheet_of_last_round(session: InterfaceSession, sheet: SheetName) -> PastSheet | str | None:
    """Return the sheet in the round before; None without one; the error if it can't be read.

    It blocks: call it off the event loop.
    """
    workspace = session.workspace
    try:
        rounds = workspace.read_config().rounds
        this = rounds.get(session.round_id)
        if this is None or this.from_ is None or this.from_ not in rounds:
            return None
        if str(sheet) not in rounds[this.from_].sheets:
            return None
        open_sheet = workspace.open_sheet(sheet, this.from_)
        suggested = suggest_answers(
            open_sheet.assess_on(session.today), workspace.read_checklist(sheet.checklist)
        )
    except AssessError as error:
        return one_line(str(error))
    title = rounds[this.from_].title
    pressing = frozenset(
        suggestion.item for suggestion in suggested if suggestion.urgency != "other"
    )
    return PastSheet(
        title, open_sheet.sheet.answers, open_sheet.checklist, open_sheet.config.people, pressing
    )


def last_round_answer_texts(past: PastSheet | None, item_id: str, lang: Lang) -> list[str]:
    """Return the answer to an item in the last round: result, value, person, date, note."""
    answer = past.answers.get(item_id) if past else None
    item = past.checklist.items().get(item_id) if past else None
    if past is None or answer is None or item is None or not answer.is_given:
        return []
    past_result = answer_result(item, answer, past.checklist.scoring)
    shown_value = answer_text(item, answer, lang)
    words = (
        [display_name(past_result, lang)]
        if past_result and display_name(past_result, lang) != shown_value
        else []
    )
    who = person_name(answer.by, past.people)
    stamp = " ".join(part for part in (answer.at and answer.at.date().isoformat(), who) if part)
    head = "  ".join(
        part for part in (*words, shown_value, format_bracketed_remark(stamp, lang).strip()) if part
    )
    notes = [answer.note] if answer.note else []
    return [f"{pick_text(past.title, lang)}{colon_sign(lang)}{head}", *notes]
