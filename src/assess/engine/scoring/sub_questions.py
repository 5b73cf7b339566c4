"""What one answer opens and closes: only the sub-questions below it are decided again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush

from assess.engine.scoring.applicability import StateLookup
from assess.engine.scoring.conditions import list_parent_item_ids
from assess.engine.scoring.states import AssessmentContext, compute_item_state
from assess.model.answer import Answer
from assess.model.checklist import Checklist
from assess.model.results import Applies, ItemState


class SubQuestionIndex:
    """The sub-questions of a checklist, by the items whose answers open them."""

    def __init__(self, checklist: Checklist) -> None:
        items = checklist.items()
        self._ids = tuple(items)
        self._places = {item_id: place for place, item_id in enumerate(items)}
        self._children: dict[str, list[int]] = {}
        for place, item in enumerate(items.values()):
            for parent in list_parent_item_ids(item.applies_when):
                if self._places.get(parent, place) < place:
                    self._children.setdefault(parent, []).append(place)

    def has_sub_questions(self, item_id: str) -> bool:
        """Return whether the answer to an item opens or closes others."""
        return item_id in self._children

    def recompute_opened_and_closed_items(
        self,
        changed: Iterable[str],
        states: Mapping[str, ItemState],
        answer_of: Callable[[str], Answer | None],
        context: AssessmentContext,
    ) -> dict[str, ItemState]:
        """Return the new states of items that open, close or are decided by changed answers.

        `states` are those before the changes, `answer_of` returns the answers after them. The work
        depends on the number of sub-questions below the changed items, not on the checklist.
        """
        roots = {self._places[item_id] for item_id in changed}
        waiting = sorted(roots)
        after: dict[str, ItemState] = {}
        while waiting:
            place = heappop(waiting)
            item_id = self._ids[place]
            before = states[item_id]
            state = compute_item_state(
                before.item,
                before.section,
                before.number,
                answer_of(item_id),
                context,
                self._make_lookup_of_earlier_states(place, after, states),
            )
            if place in roots or state != before:
                after[item_id] = state
                for child in self._children.get(item_id, ()):
                    if child not in waiting:
                        heappush(waiting, child)
        return {
            item_id: state
            for item_id, state in after.items()
            if _is_asked_as(state) != _is_asked_as(states[item_id])
        }

    def _make_lookup_of_earlier_states(
        self, place: int, after: Mapping[str, ItemState], states: Mapping[str, ItemState]
    ) -> StateLookup:
        """Return the function that gives the states of the items before a place."""

        def find_earlier_state(item_id: str) -> ItemState | None:
            if self._places.get(item_id, place) >= place:
                return None
            return after.get(item_id) or states.get(item_id)

        return find_earlier_state


def _is_asked_as(state: ItemState) -> tuple[Applies, bool, bool]:
    """Return whether an item is asked, and what keeps it closed."""
    return state.applies, state.closed, state.awaits_parent
