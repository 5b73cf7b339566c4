"""What was answered in the last round, beside the item; read at its tag where it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assess.display.text.safe import one_line
from assess.display.walk.sides import person_name
from assess.engine.kinds.values import result, value_text
from assess.engine.kinds.wording import name
from assess.engine.punctuation import bracketed, colon
from assess.engine.rounds import suggestions
from assess.errors import AssessError
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.base import Text, pick
from assess.model.checklist import Checklist
from assess.model.config import Person
from assess.tui.core.session import Session
from assess.workspace import SheetName


class Past(NamedTuple):
    """A sheet of the round that this one comes from."""

    title: Text
    answers: Mapping[str, Answer]
    checklist: Checklist
    people: Mapping[str, Person]
    pressing: frozenset[str] = frozenset()
    """Items that it left with open remediation, not met or partly met."""


def read_past(session: Session, sheet: SheetName) -> Past | str | None:
    """Return a sheet of the round before, None where there is none; why it can't be read.

    Blocks: call it off the event loop.
    """
    here = session.workspace
    try:
        rounds = here.config().rounds
        this = rounds.get(session.round_id)
        if this is None or this.from_ is None or this.from_ not in rounds:
            return None
        if str(sheet) not in rounds[this.from_].sheets:
            return None
        desk = here.desk(sheet, this.from_)
        told = suggestions(desk.assess(session.today), here.checklist(sheet.checklist))
    except AssessError as error:
        return one_line(str(error))
    title = rounds[this.from_].title
    pressing = frozenset(one.item for one in told if one.urgency != "other")
    return Past(title, desk.sheet.answers, desk.checklist, desk.config.people, pressing)


def past_texts(past: Past | None, item_id: str, lang: Lang) -> list[str]:
    """Return what was answered to an item then: result, value, who and when; the note below."""
    answer = past.answers.get(item_id) if past else None
    item = past.checklist.items().get(item_id) if past else None
    if past is None or answer is None or item is None or not answer.given:
        return []
    found = result(item, answer, past.checklist.scoring)
    said = value_text(item, answer, lang)
    words = [name(found, lang)] if found and name(found, lang) != said else []
    who = person_name(answer.by, past.people)
    stamp = " ".join(part for part in (answer.at and answer.at.date().isoformat(), who) if part)
    head = "  ".join(part for part in (*words, said, bracketed(stamp, lang).strip()) if part)
    notes = [answer.note] if answer.note else []
    return [f"{pick(past.title, lang)}{colon(lang)}{head}", *notes]
