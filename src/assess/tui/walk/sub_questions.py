"""The sub-questions of a sheet as they are with the answers that are not written yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec

from assess.display.text.condition_words import ConditionWords
from assess.engine.scoring.assessment import count_results
from assess.engine.scoring.conditions import facts_of_scope
from assess.engine.scoring.states import build_assessment_context
from assess.engine.scoring.sub_questions import SubQuestionIndex
from assess.i18n import Lang, plural_translator, translator
from assess.model.answer import Answer
from assess.model.checklist import Checklist
from assess.model.results import ItemState, SectionState
from assess.tui.core.save_queue import AnswerSaver
from assess.tui.core.session import AssessedSheet
from assess.workspace import SheetName


class SubQuestionChange(NamedTuple):
    """What the answer to an item opened and closed."""

    item_id: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    uncounted: int
    """How many of the closed ones have an answer."""


class OpenSubQuestions:
    """The states of the items, with those that unwritten answers open and close.

    `read_again` comes first.
    """

    def __init__(self, name: SheetName, saver: AnswerSaver, lang: Lang) -> None:
        self._name = name
        self._saver = saver
        self._lang = lang
        self._checklist: Checklist | None = None
        self._last: SubQuestionChange | None = None

    def load_states_of_sheet(self, opened: AssessedSheet) -> None:
        """Take the states of the sheet as it is on disk, then follow the unwritten answers."""
        open_sheet = opened.open_sheet
        checklist, sheet = open_sheet.checklist, open_sheet.sheet
        if checklist is not self._checklist:
            self._checklist = checklist
            self._index = SubQuestionIndex(checklist)
            self.words = ConditionWords(checklist, self._lang)
        facts = facts_of_scope(open_sheet.config, sheet.scope.system)
        self._context = build_assessment_context(
            checklist.scoring, facts, sheet, open_sheet.register, self._saver.today
        )
        self.sections = opened.assessment.sections
        self.states = {state.item.id: state for state in opened.assessment.items}
        self._recompute_sub_questions_of(self._saver.pending_items(self._name))

    def open_and_close_sub_questions(self, item_id: str) -> SubQuestionChange | None:
        """Open and close what the answer to an item decides over; None where nothing changes."""
        changed = self._recompute_sub_questions_of(
            {*self._saver.pending_items(self._name), item_id}
        )
        if not changed:
            return None
        closed = tuple(name for name, state in changed.items() if state.applies == "no")
        opened = tuple(name for name in changed if name not in closed)
        uncounted = sum(changed[name].has_uncounted_answer for name in closed)
        self._last = SubQuestionChange(item_id, opened, closed, uncounted)
        return self._last

    def last_change_by(self, item_id: str) -> SubQuestionChange | None:
        """Return what the last answer opened and closed, if it was to this item."""
        change = self._last
        return change if change is not None and change.item_id == item_id else None

    def forget_last_change(self) -> None:
        """Forget what the last answer opened and closed."""
        self._last = None

    def _recompute_sub_questions_of(self, item_ids: Iterable[str]) -> Mapping[str, ItemState]:
        """Decide over what stands below items; return the states of what opened or closed."""
        parents = [item_id for item_id in item_ids if self._index.has_sub_questions(item_id)]
        if not parents:
            return {}
        changed = self._index.recompute_opened_and_closed_items(
            parents, self.states, self._answer_with_unwritten_changes, self._context
        )
        opened_or_closed = {
            item_id: state
            for item_id, state in changed.items()
            if state.applies != self.states[item_id].applies
        }
        if changed:
            self.states |= changed
            sections = {state.section for state in changed.values()}
            self.sections = tuple(
                self._section_with_new_states(section)
                if section.section.id in sections
                else section
                for section in self.sections
            )
        return opened_or_closed

    def _answer_with_unwritten_changes(self, item_id: str) -> Answer:
        stored = self.states[item_id].answer or Answer()
        return self._saver.pending_answer(self._name, item_id, stored)

    def list_states(self) -> Iterable[ItemState]:
        """Return the states in the order of the checklist."""
        return chain.from_iterable(section.items for section in self.sections)

    def _section_with_new_states(self, section: SectionState) -> SectionState:
        items = tuple(self.states[state.item.id] for state in section.items)
        return msgspec.structs.replace(section, items=items, counts=count_results(items))


def sub_question_message(change: SubQuestionChange, lang: Lang) -> str:
    """Return how many sub-questions an answer opened and closed, and what becomes of answers."""
    _ = translator(lang)
    _n = plural_translator(lang)
    parts = []
    if change.opened:
        parts.append(
            _n(
                "{count} sub-question opened", "{count} sub-questions opened", len(change.opened)
            ).format(count=len(change.opened))
        )
    if change.closed:
        parts.append(
            _n(
                "{count} sub-question closed", "{count} sub-questions closed", len(change.closed)
            ).format(count=len(change.closed))
        )
    if change.uncounted:
        parts.append(
            _n(
                "{count} answer of theirs is kept",
                "{count} answers of theirs are kept",
                change.uncounted,
            ).format(count=change.uncounted)
        )
    return _("; ").join(parts)
