"""How the walk looks round: search, filters, clauses, history, the last round."""

from __future__ import annotations

import asyncio

from assess.display.text.input_method import narrow
from assess.display.walk.filters import NAMES, FilterName
from assess.display.walk.risk_choice import clauses_text
from assess.tui.core.shell import ListRow
from assess.tui.search.searching import search_everything
from assess.tui.walk.deciding import Deciding
from assess.tui.walk.last_round import Past, read_past
from assess.tui.walk.position import Place
from assess.workspace import SheetName

_FILTERS = tuple(NAMES)


class Looking(Deciding):
    """The part of the walk screen that shows something else than the next item."""

    async def read_past(self, place: Place) -> None:
        """Read what was answered in the last round; it is shown as soon as it is there."""
        past = await asyncio.to_thread(read_past, self.shell.session, place.name)
        if isinstance(past, Past):
            place.past = past
            self.draw_all()
            if (open_ := place.count("past")) and not self._message:
                said = self._("{count} items were open or not met last time: f shows them first")
                self.say(said.format(count=open_))
        elif past is not None:
            self.say(self._("the last round can't be read: {why}").format(why=past))

    async def action_search(self) -> None:
        """Search in everything; go to what is taken."""
        place = self.place
        if place is None:
            return

        def taken(sheet: SheetName, item_id: str) -> None:
            if sheet != place.name:
                self.leave_item()
                self.shell.show_sheet(sheet, item_id)
                return
            place.filter = "all"
            self._move(lambda place: place.walk.go_to(item_id))

        await search_everything(self.shell, place.name, taken)

    def action_filter(self) -> None:
        """Choose which items are shown; each says how many there are."""
        place = self.place
        if place is None:
            return
        rows = [
            ListRow(name, f"{number}  {self._(NAMES[name])}  {place.count(name)}")
            for number, name in enumerate(_FILTERS, 1)
        ]

        def found(words: str) -> list[ListRow]:
            wanted = narrow(words).lower()
            if wanted.isdigit():
                return [row for row in rows if row.words.startswith(f"{wanted}  ")]
            return [row for row in rows if wanted in row.words.lower()]

        def taken(value: str | None) -> None:
            if value is not None:
                self.look_for(place, _named(value))

        self.shell.pick(self._("Show only"), found, taken)

    def look_for(self, place: Place, wanted: FilterName) -> None:
        """Show only some items; say so where there are none."""
        self.leave_item()
        if wanted != "all" and not place.count(wanted):
            self.say(self._("there are none: {filter}").format(filter=self._(NAMES[wanted])))
            wanted = "all"
        place.look_for(wanted)
        self.draw_all()

    def action_clauses(self) -> None:
        """Open the clauses that the item stands on."""
        place = self.place
        if place is None or not place.item_id:
            return
        text = clauses_text(place.item, place.opened.desk.checklist, self.lang)
        title = self._("Clauses of {item}").format(item=place.item_id)
        self.shell.read_text(title, text or self._("the item names none"))

    def action_conflicts(self) -> None:
        """Settle what a merge left undecided."""
        self.leave_item()
        self.shell.show_conflicts()

    async def action_history(self) -> None:
        """Show the versions of the answer."""
        place = self.place
        if place is not None and place.item_id:
            self.leave_item()
            await self.shell.saver.finish()
            self.shell.show_history(place.name, place.item_id)


def _named(value: str) -> FilterName:
    return next(name for name in _FILTERS if name == value)
