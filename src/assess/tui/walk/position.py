"""The position in a sheet, and the effect of keys at it; independent of screens.

It has the sheet as it was last read or written, the walk through it, and the unsaved ticks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from assess.display.text.marks import item_mark
from assess.display.walk.choices import list_offered_choices
from assess.display.walk.filters import (
    FILLED_IN_FORMS,
    FilteredItem,
    FilterName,
    passes_filter,
)
from assess.display.walk.kinds.kind import OfferedChoice, Ticks
from assess.display.walk.kinds.options import answer_ticks
from assess.display.walk.kinds.registry import walk_kind
from assess.display.walk.pane import ShownItem
from assess.engine.gaps import AnsweredItem, Gap, list_item_gaps_by_urgency
from assess.engine.kinds.values import answer_result
from assess.engine.outside_findings import OutsideRow, list_rows_of_item
from assess.engine.proposals.proposal import Proposal
from assess.engine.walk import Walk, start_walk_at_first_unanswered
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Item
from assess.model.results import ItemState, Result
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.save_queue import AnswerSaver
from assess.tui.core.session import AssessedSheet
from assess.tui.walk.assigning import find_assigned_person_id
from assess.tui.walk.last_round import PastSheet, last_round_answer_texts
from assess.tui.walk.sheet_checks import SheetChecks
from assess.tui.walk.sheet_proposals import SheetProposals
from assess.tui.walk.sub_questions import OpenSubQuestions, SubQuestionChange
from assess.workspace import SheetName

StepAfterChange = Literal["note", "next"]
"""The step after an answer: its reason, or the next unanswered item."""


def list_outside_rows_of_current_item(walk_state: WalkState) -> tuple[OutsideRow, ...]:
    """Return the findings of others that are about the current item."""
    name, item_id = walk_state.name, walk_state.item_id
    return list_rows_of_item(walk_state.opened.outside, name.checklist, name.system, item_id)


class WalkState:
    """The position of a person in one sheet."""

    def __init__(
        self,
        name: SheetName,
        opened: AssessedSheet,
        saver: AnswerSaver,
        lang: Lang,
        person: str | None = None,
    ) -> None:
        self.name = name
        self.lang = lang
        self.person = person
        self.filter: FilterName = "all"
        self.filter_items: tuple[str, ...] = ()
        """The items of the filter when it was set."""
        self.past: PastSheet | None = None
        self.proposals = SheetProposals()
        self._saver = saver
        self.ticks: dict[str, Ticks] = {}
        self.declined: set[str] = set()
        """The items whose proposal was left, in the walk through proposals."""
        self.checks = SheetChecks(self.answer_with_unwritten_changes, lang)
        self.walk: Walk = start_walk_at_first_unanswered(opened.assessment)
        self.sub_questions = OpenSubQuestions(name, saver, lang)
        self._set_opened_sheet(opened)
        returned = next(
            (item_id for item_id in self.walk.order if self._is_still_returned(item_id)), None
        )
        if returned is not None:
            self.walk = msgspec.structs.replace(self.walk, position=self.walk.order.index(returned))

    def _set_opened_sheet(self, opened: AssessedSheet) -> None:
        self.opened = opened
        self.sub_questions.load_states_of_sheet(opened)
        self._states = self.sub_questions.states
        self._conflicted_items = opened.conflicted_items
        self.checks.set_checks_and_states(opened.assessment.field_checks, self._states)

    def default_proposal(self, item_id: str) -> Proposal | None:
        """Return the proposal that one key takes at an item."""
        return self.proposals.default_proposal_for_item(
            self._states[item_id].item, self.answer_with_unwritten_changes(item_id)
        )

    def replace_opened_sheet(self, opened: AssessedSheet) -> None:
        """Use the sheet as it is now, at the same item."""
        self._set_opened_sheet(opened)
        self.proposals.replace_answers(opened.open_sheet.sheet.answers)
        self.walk = self.walk.renew_for_states(self.sub_questions.list_states())

    @property
    def item_id(self) -> str:
        """The id of the current item; '' if no item applies."""
        return self.walk.current_item or ""

    @property
    def item(self) -> Item:
        """The current item."""
        return self._states[self.item_id].item

    def state_of(self, item_id: str) -> ItemState:
        """Return the state of an item as it is on disk."""
        return self._states[item_id]

    def answer_with_unwritten_changes(self, item_id: str) -> Answer:
        """Return the answer to an item, including changes that are not written yet."""
        return self._saver.pending_answer(
            self.name, item_id, self._states[item_id].answer or Answer()
        )

    def stored_answer(self, item_id: str) -> Answer:
        """Return the answer to an item as it was last read or written."""
        return self._states[item_id].answer or Answer()

    def result_with_unwritten_changes(self, item_id: str) -> Result | None:
        """Return the result of an item, including changes that are not written yet."""
        state = self._states[item_id]
        if item_id not in self._saver.pending_items(self.name):
            return state.result
        return answer_result(
            state.item,
            self.answer_with_unwritten_changes(item_id),
            self.opened.open_sheet.checklist.scoring,
        )

    def mark_of(self, state: ItemState) -> str:
        """Return the mark of an item."""
        return item_mark(state, self.result_with_unwritten_changes(state.item.id))

    def _is_still_returned(self, item_id: str) -> bool:
        state = self._states[item_id]
        return (
            state.work == "returned" and self.answer_with_unwritten_changes(item_id) == state.answer
        )

    def items_still_open(self) -> frozenset[str]:
        """Return the open items: unanswered, returned, or not applicable without a reason.

        Changes that are not written yet count.
        """
        touched = self._saver.pending_items(self.name)
        return frozenset(
            item_id
            for item_id in self.walk.order
            if (
                self.is_open(item_id)
                if item_id in touched
                else self._states[item_id].work in ("unanswered", "returned")
            )
        )

    def is_open(self, item_id: str) -> bool:
        """Return whether an item is still open, including changes that are not written yet."""
        undone = self.result_with_unwritten_changes(item_id) is None or self._is_still_returned(
            item_id
        )
        return undone or self.is_inapplicable_without_reason(item_id)

    def is_inapplicable_without_reason(self, item_id: str) -> bool:
        """Return whether an item is not applicable and its reason is missing."""
        return self.answer_with_unwritten_changes(item_id).is_inapplicable_without_reason

    def shown_items(self) -> frozenset[str] | None:
        """Return the items of the filter and the current one; None: all items."""
        if self.filter == "all":
            return None
        return frozenset(
            item_id
            for item_id in self.walk.order
            if item_id == self.item_id or self.passes_filter(self.filter, item_id)
        )

    def find_items_in_filter(self, wanted: FilterName) -> frozenset[str]:
        """Return the items that a filter shows."""
        return frozenset(
            item_id for item_id in self.walk.order if self.passes_filter(wanted, item_id)
        )

    def passes_filter(self, wanted: FilterName, item_id: str) -> bool:
        """Return whether a filter shows an item."""
        state = self._states[item_id]
        who = find_assigned_person_id(state, self.opened.open_sheet.sheet.assigned)
        pressing = self.past is not None and item_id in self.past.pressing
        mine = bool(who) and who == self.person
        proposed = (
            wanted == "proposed"
            and item_id not in self.declined
            and self.default_proposal(item_id) is not None
        )
        result, unreasoned = (
            self.result_with_unwritten_changes(item_id),
            self.is_inapplicable_without_reason(item_id),
        )
        gaps = self.gaps_of(item_id)
        item = FilteredItem(state, result, mine, unreasoned, pressing, proposed, gaps)
        return passes_filter(wanted, item)

    def gaps_of(self, item_id: str) -> tuple[Gap, ...]:
        """Return the gaps of an item, including changes that are not written yet."""
        state, saver = self._states[item_id], self._saver
        if saver.pending_fields(self.name, item_id) & {"status", "value"}:
            state = msgspec.structs.replace(state, stale=False)
        attached = saver.pending_proofs(self.name, item_id)
        answer = self.answer_with_unwritten_changes(item_id)
        if attached:
            answer = msgspec.structs.replace(
                answer, evidence={**answer.evidence, **dict.fromkeys(attached, "")}
            )
        missing = tuple(proof for proof in state.missing_evidence if proof not in attached)
        conflicted = item_id in self._conflicted_items
        unfitting = bool(self.checks.list_broken_check_texts(item_id))
        return list_item_gaps_by_urgency(
            AnsweredItem(
                state,
                answer,
                self.result_with_unwritten_changes(item_id),
                missing,
                conflicted,
                unfitting,
            )
        )

    def items_to_visit(self) -> frozenset[str]:
        """Return the items that `n` visits: the open ones of the filter, else all of it.

        Where a form fills in what a filter shows, or a review does, it is all others of the filter.
        """
        shown = self.shown_items()
        if shown is None:
            return self.items_still_open()
        others = shown - {self.item_id}
        if self.filter in FILLED_IN_FORMS or self.filter == "review":
            return others
        return (shown & self.items_still_open()) or others

    def set_filter_and_move_into_it(self, wanted: FilterName) -> None:
        """Set the filter; move to its next item if the current one is not in it."""
        self.filter = wanted
        hits = self.find_items_in_filter(wanted)
        self.filter_items = tuple(item_id for item_id in self.walk.order if item_id in hits)
        if self.item_id not in hits:
            self.walk = self.walk.go_to_next_unanswered(hits) or self.walk

    def shown_item_at_distance(self, step: int) -> str | None:
        """Return the shown item at a distance of `step`; None past the ends."""
        shown, order = self.shown_items(), self.walk.order
        places = [index for index, item_id in enumerate(order) if shown is None or item_id in shown]
        target = places.index(self.walk.position) + step if order else -1
        return order[places[target]] if 0 <= target < len(places) else None

    def make_shown_item(self, drafts: tuple[str, ...] = ()) -> ShownItem:
        """Return the current item for display."""
        return ShownItem(
            self.state_of(self.item_id),
            self.answer_with_unwritten_changes(self.item_id),
            self.result_with_unwritten_changes(self.item_id),
            self.opened.open_sheet.checklist,
            self.opened.open_sheet.register.evidence,
            self.lang,
            self.ticks.get(self.item_id),
            drafts,
            tuple(last_round_answer_texts(self.past, self.item, self.lang)),
            self.opened.open_sheet.config.people,
            find_assigned_person_id(
                self.state_of(self.item_id), self.opened.open_sheet.sheet.assigned
            ),
            self.default_proposal(self.item_id),
            self.proposals.is_source_changed(
                self.item, self.answer_with_unwritten_changes(self.item_id)
            ),
            self.checks.list_broken_check_texts(self.item_id),
            list_outside_rows_of_current_item(self),
        )

    def choice_of_key(self, key: str) -> OfferedChoice | None:
        """Return the choice of a digit at the current item; None without one.

        At an item whose only choice is an input, every digit opens it.
        """
        first, *others = options = self.list_options()
        if not others and first.effect == "input":
            return first
        return next((option for option in options if option.key == key), None)

    def list_options(self) -> list[OfferedChoice]:
        """Return all choices of the current item."""
        answer, ticks = (
            self.answer_with_unwritten_changes(self.item_id),
            self.ticks.get(self.item_id),
        )
        return list_offered_choices(self.item, answer, self.lang, ticks)

    def make_change(self, fields: Mapping[str, Any]) -> AnswerChange:
        """Return the change of fields of the current item's answer."""
        return AnswerChange(self.name, self.item_id, fields)

    def step_after_change(self, change: AnswerChange) -> StepAfterChange:
        """Return the step that follows a change of the result."""
        outcome = self.result_with_unwritten_changes(change.item_id)
        return "note" if outcome in ("partial", "unmet", "not_applicable") else "next"

    def current_ticks(self) -> Ticks:
        """Return the ticks of the current item, unsaved ones first."""
        unsaved = self.ticks.get(self.item_id)
        return (
            answer_ticks(self.answer_with_unwritten_changes(self.item_id))
            if unsaved is None
            else unsaved
        )

    def toggle_tick(self, option_id: str) -> None:
        """Tick or untick an option of the current item, without saving."""
        rules = walk_kind(self.item).ticks
        if rules is not None:
            ticks = rules.toggle(self.item, self.current_ticks(), option_id)
            self.ticks[self.item_id] = ticks

    def pop_unsaved_tick_changes(self) -> list[AnswerChange]:
        """Return the changes for all unsaved ticks, and clear these.

        An item without ticks gives no change: an empty list is no answer.
        """
        changes = []
        for item_id, ticks in self.ticks.items():
            item = self._states[item_id].item
            rules = walk_kind(item).ticks
            if (
                rules is not None
                and ticks
                and ticks != answer_ticks(self.answer_with_unwritten_changes(item_id))
            ):
                value = list(rules.sort(item, ticks))
                changes.append(AnswerChange(self.name, item_id, {"value": value}))
        self.ticks.clear()
        return changes


def list_choice_keys(walk_state: WalkState) -> list[str]:
    """Return the digits that choose something at the current item, with 0 at the end."""
    options = walk_state.list_options()
    keys = [option.key for option in options if option.key.isdecimal() and not option.shown_key]
    return sorted(keys, key=lambda key: (key == "0", key))


def does_current_item_take_digits(walk_state: WalkState) -> bool:
    """Return whether a digit at the current item is the first one of its value."""
    return walk_kind(walk_state.item).takes_digits(walk_state.item)


def open_and_close_sub_questions(walk_state: WalkState, item_id: str) -> SubQuestionChange | None:
    """Open and close what the answer to an item decides over; None where it changes nothing."""
    change = walk_state.sub_questions.open_and_close_sub_questions(item_id)
    if change is not None:
        states = walk_state.sub_questions.list_states()
        walk_state.walk = walk_state.walk.renew_for_states(states)
    return change
