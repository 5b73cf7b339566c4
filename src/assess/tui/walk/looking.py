"""The part of the walk for search, filters, clauses, history and the last round."""

from __future__ import annotations

import asyncio

from assess.display.text.input_method import narrow_text
from assess.display.walk.filters import NAMES, FilterName
from assess.display.walk.risk_choice import clauses_text
from assess.tui.core.shell import ListRow
from assess.tui.search.searching import search_everything
from assess.tui.walk.deciding import Deciding
from assess.tui.walk.last_round import PastSheet, read_past
from assess.tui.walk.position import WalkState
from assess.workspace import SheetName

_FILTERS = tuple(NAMES)


class Looking(Deciding):
    """The part of the walk screen that shows something other than the next item."""

    async def read_past(self, walk_state: WalkState) -> None:
        """Read the answers of the last round, and show them once they are read."""
        past = await asyncio.to_thread(read_past, self.shell.session, walk_state.name)
        if isinstance(past, PastSheet):
            walk_state.past = past
            self.draw_all()
            if (open_ := walk_state.count_items("past")) and not self._message:
                text = self._("{count} items were open or not met last time: f shows them first")
                self.show_message(text.format(count=open_))
        elif past is not None:
            self.show_message(self._("the last round can't be read: {why}").format(why=past))

    async def action_search(self) -> None:
        """Search in the whole round, and open the chosen item."""
        walk_state = self.walk_state
        if walk_state is None:
            return

        def open_item(sheet: SheetName, item_id: str) -> None:
            if sheet != walk_state.name:
                self.leave_item()
                self.shell.show_sheet(sheet, item_id)
                return
            walk_state.filter = "all"
            self._move_to(lambda walk_state: walk_state.walk.go_to(item_id))

        await search_everything(self.shell, walk_state.name, open_item)

    def action_filter(self) -> None:
        """Pick a filter; each row counts its items."""
        walk_state = self.walk_state
        if walk_state is None:
            return
        rows = [
            ListRow(name, f"{number}  {self._(NAMES[name])}  {walk_state.count_items(name)}")
            for number, name in enumerate(_FILTERS, 1)
        ]

        def find_rows(words: str) -> list[ListRow]:
            wanted = narrow_text(words).lower()
            if wanted.isdigit():
                return [row for row in rows if row.words.startswith(f"{wanted}  ")]
            return [row for row in rows if wanted in row.words.lower()]

        def take_row(value: str | None) -> None:
            if value is not None:
                self.set_filter(walk_state, _filter_named(value))

        self.shell.pick_row(self._("Show only"), find_rows, take_row)

    def set_filter(self, walk_state: WalkState, wanted: FilterName) -> None:
        """Set the filter, or show that it has no items."""
        self.leave_item()
        if wanted != "all" and not walk_state.count_items(wanted):
            self.show_message(
                self._("there are none: {filter}").format(filter=self._(NAMES[wanted]))
            )
            wanted = "all"
        walk_state.set_filter(wanted)
        self.draw_all()

    def action_clauses(self) -> None:
        """Show the clauses of the item."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id:
            return
        text = clauses_text(walk_state.item, walk_state.opened.open_sheet.checklist, self.lang)
        title = self._("Clauses of {item}").format(item=walk_state.item_id)
        self.shell.read_text(title, text or self._("the item names none"))

    def action_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        self.leave_item()
        self.shell.show_conflicts()

    async def action_history(self) -> None:
        """Show the versions of the answer."""
        walk_state = self.walk_state
        if walk_state is not None and walk_state.item_id:
            self.leave_item()
            await self.shell.saver.wait_until_written()
            self.shell.show_history(walk_state.name, walk_state.item_id)


def _filter_named(value: str) -> FilterName:
    return next(name for name in _FILTERS if name == value)
