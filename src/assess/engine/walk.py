"""The walk through the items as a pure state machine: each move returns a new walk.

Rules, the same everywhere:

- `go_to_next_unanswered` searches from the item after the current one to the end, then from the
  start to the current item. If no item is unanswered it returns None.
- `go_to_next_item` goes to the next item in the order, and from the last item to the first.
- `go_back` goes to the item that was current before. Without such an item it goes to the item
  before in the order; at the first item it returns None.
- A move that does not change the item returns None or the same walk, and is not remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

import msgspec

from assess.model.results import Assessment, ItemState

HISTORY = 200
"""So many steps back are remembered."""


class Walk(msgspec.Struct, frozen=True, kw_only=True):
    """Where one is among the applicable items.

    `order` holds their ids, `sections` the section of each at the same place; `position` counts
    from 0 and means nothing while the order is empty. `history` holds ids, the latest last.
    """

    order: tuple[str, ...]
    sections: tuple[str, ...]
    position: int = 0
    history: tuple[str, ...] = ()

    @property
    def current_item(self) -> str | None:
        """The id of the current item; None where no item applies."""
        return self.order[self.position] if self.order else None

    @property
    def current_section(self) -> str | None:
        """The id of the current item's section; None where no item applies."""
        return self.sections[self.position] if self.order else None

    def go_to_next_unanswered(self, unanswered: Container[str]) -> Walk | None:
        """Go to the next item in `unanswered`, once round; None where there is none."""
        count = len(self.order)
        for step in range(1, count + 1):
            place = (self.position + step) % count
            if self.order[place] in unanswered:
                return self._move_and_remember_position(place)
        return None

    def go_to_next_item(self) -> Walk:
        """Go to the next item in the order, from the last one to the first."""
        return (
            self._move_and_remember_position((self.position + 1) % len(self.order))
            if self.order
            else self
        )

    def go_back(self) -> Walk | None:
        """Go to where one came from, else to the item before; None at the first."""
        if self.history:
            place = self.order.index(self.history[-1])
            return msgspec.structs.replace(self, position=place, history=self.history[:-1])
        if self.position == 0:
            return None
        return msgspec.structs.replace(self, position=self.position - 1)

    def go_to_applicable_item(self, item_id: str) -> Walk | None:
        """Go to an item by id; None where it is unknown or doesn't apply."""
        return (
            self._move_and_remember_position(self.order.index(item_id))
            if item_id in self.order
            else None
        )

    def go_to_section(self, section_id: str, is_open: Callable[[str], bool]) -> Walk | None:
        """Go to a section: its first open item, else its first; None where it has none."""
        places = [place for place, section in enumerate(self.sections) if section == section_id]
        if not places:
            return None
        open_places = (place for place in places if is_open(self.order[place]))
        return self._move_and_remember_position(next(open_places, places[0]))

    def renew_for_assessment(self, assessment: Assessment) -> Walk:
        """Return the walk over the items of an assessment, as `renew_for_states` does."""
        return self.renew_for_states(assessment.items)

    def renew_for_states(self, states: Iterable[ItemState]) -> Walk:
        """Return the walk over the items that apply now, at the same item.

        Where that one no longer applies, at the next that does; history keeps what still applies.
        """
        fresh = _start_walk_over_applicable_states(states)
        order_set = set(fresh.order)
        rest = (item_id for item_id in self.order[self.position :] if item_id in order_set)
        current = next(rest, fresh.order[-1] if fresh.order else None)
        return msgspec.structs.replace(
            fresh,
            position=fresh.order.index(current) if current is not None else 0,
            history=tuple(item_id for item_id in self.history if item_id in order_set),
        )

    def _move_and_remember_position(self, position: int) -> Walk:
        if position == self.position:
            return self
        came_from = (*self.history, self.order[self.position])[-HISTORY:]
        return msgspec.structs.replace(self, position=position, history=came_from)


def start_walk_at_first_unanswered(assessment: Assessment) -> Walk:
    """Return a walk at the first unanswered item, at the first where all are answered."""
    return _start_walk_over_applicable_states(assessment.items)


def _start_walk_over_applicable_states(items: Iterable[ItemState]) -> Walk:
    states = [state for state in items if state.applies != "no"]
    still = (place for place, state in enumerate(states) if state.work == "unanswered")
    return Walk(
        order=tuple(state.item.id for state in states),
        sections=tuple(state.section for state in states),
        position=next(still, 0),
    )


def list_ids_of_unanswered_items(assessment: Assessment) -> frozenset[str]:
    """Return the ids of the applicable items that are to be answered, for `go_to_next_unanswered`.

    An item that is answered as not applicable is among them until it has a reason.
    """
    return frozenset(
        state.item.id
        for state in assessment.items
        if state.applies != "no" and state.work == "unanswered"
    )
