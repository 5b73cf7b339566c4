"""Where one is in a sheet, and what a key does there; knows no screen.

Holds the sheet as it was read or written last, the walk through it, and ticks not yet kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from assess.display.text.marks import mark
from assess.display.walk.choices import (
    Choosable,
    Ticks,
    choosables,
    in_item_order,
    own_ticks,
    toggled,
)
from assess.display.walk.filters import FilterName, Seen, holds
from assess.display.walk.pane import View
from assess.engine.kinds.values import result
from assess.engine.walk import Walk, begin
from assess.i18n import Lang
from assess.model.answer import Answer
from assess.model.item import Choices, Item
from assess.model.results import ItemState, Result
from assess.tui.core.answer_change import Change
from assess.tui.core.save_queue import Saver
from assess.tui.core.session import Opened
from assess.tui.walk.assigning import assigned_to
from assess.tui.walk.last_round import Past, past_texts
from assess.workspace import SheetName

After = Literal["note", "next"]
"""Where to go after an answer: to the reason that it needs, or to the next unanswered item."""


class Place:
    """A person's place in one sheet."""

    def __init__(
        self,
        name: SheetName,
        opened: Opened,
        saver: Saver,
        lang: Lang,
        person: str | None = None,
    ) -> None:
        self.name = name
        self.lang = lang
        self.person = person
        self.filter: FilterName = "all"
        self.past: Past | None = None
        self._saver = saver
        self.ticks: dict[str, Ticks] = {}
        self.walk: Walk = begin(opened.assessment)
        self._take(opened)
        returned = next((one for one in self.walk.order if self._returned(one)), None)
        if returned is not None:
            self.walk = msgspec.structs.replace(self.walk, position=self.walk.order.index(returned))

    def _take(self, opened: Opened) -> None:
        self.opened = opened
        self._states = {state.item.id: state for state in opened.assessment.items}

    def follow(self, opened: Opened) -> None:
        """Take the sheet as it is now; stay at the item."""
        self._take(opened)
        self.walk = self.walk.follow(opened.assessment)

    @property
    def item_id(self) -> str:
        """The id of the current item, '' where no item applies."""
        return self.walk.current or ""

    @property
    def item(self) -> Item:
        """The current item."""
        return self._states[self.item_id].item

    def state(self, item_id: str) -> ItemState:
        """Return the state of an item as it is on disk."""
        return self._states[item_id]

    def answer(self, item_id: str) -> Answer:
        """Return the answer to an item, those on their way to disk included."""
        return self._saver.answer(self.name, item_id, self._states[item_id].answer or Answer())

    def on_disk(self, item_id: str) -> Answer:
        """Return the answer to an item as it was read or written last."""
        return self._states[item_id].answer or Answer()

    def result(self, item_id: str) -> Result | None:
        """Return the result of an item, answers on their way to disk included."""
        state = self._states[item_id]
        if item_id not in self._saver.touched(self.name):
            return state.result
        return result(state.item, self.answer(item_id), self.opened.desk.checklist.scoring)

    def mark(self, state: ItemState) -> str:
        """Return the mark of an item."""
        return mark(state, self.result(state.item.id))

    def _returned(self, item_id: str) -> bool:
        state = self._states[item_id]
        return state.work == "returned" and self.answer(item_id) == state.answer

    def unanswered(self) -> frozenset[str]:
        """Return what is still to be done: no answer, returned, or not applicable without a reason.

        Answers on their way to disk count.
        """
        touched = self._saver.touched(self.name)
        return frozenset(
            item_id
            for item_id in self.walk.order
            if (
                self._open(item_id)
                if item_id in touched
                else self._states[item_id].work in ("unanswered", "returned")
            )
        )

    def _open(self, item_id: str) -> bool:
        """Whether an item whose answer is on its way to disk is still to be done after that."""
        undone = self.result(item_id) is None or self._returned(item_id)
        return undone or self.lacks_reason(item_id)

    def lacks_reason(self, item_id: str) -> bool:
        """Whether an item is said not to apply, and not why."""
        return self.answer(item_id).lacks_reason

    def shown(self) -> frozenset[str] | None:
        """Return the items that the filter shows, the current one too; None: it shows all."""
        if self.filter == "all":
            return None
        return frozenset(
            item_id
            for item_id in self.walk.order
            if item_id == self.item_id or holds(self.filter, self._seen(item_id))
        )

    def count(self, wanted: FilterName) -> int:
        """Return how many items a filter would show."""
        return sum(holds(wanted, self._seen(item_id)) for item_id in self.walk.order)

    def _seen(self, item_id: str) -> Seen:
        state = self._states[item_id]
        who = assigned_to(state, self.opened.desk.sheet.assigned)
        pressing = self.past is not None and item_id in self.past.pressing
        mine = bool(who) and who == self.person
        return Seen(state, self.result(item_id), mine, self.lacks_reason(item_id), pressing)

    def waiting(self) -> frozenset[str]:
        """Return where `n` goes: what is to be done among what is shown, else what is shown."""
        shown = self.shown()
        if shown is None:
            return self.unanswered()
        return (shown & self.unanswered()) or shown - {self.item_id}

    def look_for(self, wanted: FilterName) -> None:
        """Show only some items; go to the next one of them, where the current one is none."""
        self.filter = wanted
        hits = {one for one in self.walk.order if holds(wanted, self._seen(one))}
        if self.item_id not in hits:
            self.walk = self.walk.next_unanswered(hits) or self.walk

    def beside(self, step: int) -> str | None:
        """Return the item so many steps on among those shown, None past their ends."""
        shown, order = self.shown(), self.walk.order
        places = [at for at, one in enumerate(order) if shown is None or one in shown]
        at = places.index(self.walk.position) + step if order else -1
        return order[places[at]] if 0 <= at < len(places) else None

    def view(self, drafts: tuple[str, ...] = ()) -> View:
        """Return the current item as it is looked at now."""
        return View(
            self.state(self.item_id),
            self.answer(self.item_id),
            self.result(self.item_id),
            self.opened.desk.checklist,
            self.opened.desk.register.evidence,
            self.lang,
            self.ticks.get(self.item_id),
            drafts,
            tuple(past_texts(self.past, self.item_id, self.lang)),
            self.opened.desk.config.people,
            assigned_to(self.state(self.item_id), self.opened.desk.sheet.assigned),
        )

    def choosable(self, key: str) -> Choosable | None:
        """Return what a digit does at the current item, None where it does nothing.

        Where all there is to do is to type a value, every digit opens the field: whoever types `90`
        at once would otherwise say by the `0` that the item does not apply.
        """
        first, *others = options = self.options()
        if not others and first.effect == "input":
            return first
        return next((one for one in options if one.key == key), None)

    def options(self) -> list[Choosable]:
        """Return all choices of the current item."""
        answer, ticks = self.answer(self.item_id), self.ticks.get(self.item_id)
        return choosables(self.item, answer, self.lang, ticks)

    def change(self, fields: Mapping[str, Any]) -> Change:
        """Return the change of fields of the current item's answer."""
        return Change(self.name, self.item_id, fields)

    def after(self, change: Change) -> After:
        """Return where to go once a change of the result is on its way."""
        found = self.result(change.item_id)
        return "note" if found in ("partial", "unmet", "not_applicable") else "next"

    def current_ticks(self) -> Ticks:
        """Return the ticks of the current item, unsaved ones first."""
        kept = self.ticks.get(self.item_id)
        return own_ticks(self.answer(self.item_id)) if kept is None else kept

    def tick(self, option_id: str) -> None:
        """Tick or untick an option of the current item; not yet kept."""
        if isinstance(self.item, Choices):
            self.set_ticks(toggled(self.item, self.current_ticks(), option_id))

    def set_ticks(self, ticks: Ticks) -> None:
        """Set the ticks of the current item; not yet kept."""
        self.ticks[self.item_id] = ticks

    def kept_ticks(self) -> list[Change]:
        """Return changes for all ticks not yet kept, and count them as on their way.

        Where nothing is ticked nothing is written: an empty list is no answer.
        """
        changes = []
        for item_id, ticks in self.ticks.items():
            item = self._states[item_id].item
            if isinstance(item, Choices) and ticks and ticks != own_ticks(self.answer(item_id)):
                value = list(in_item_order(item, ticks))
                changes.append(Change(self.name, item_id, {"value": value}))
        self.ticks.clear()
        return changes
