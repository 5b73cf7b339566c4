"""Commands that show something beside the next item: search, filters, clauses, history."""

from __future__ import annotations

import asyncio

from assess.display.text.marks import count_or_dot_part
from assess.display.text.styled import LinePart
from assess.display.walk.filters import NAMES, OFFERED, FilterName
from assess.display.walk.risk_choice import guidance_and_clauses_text
from assess.engine.kinds.reading import fold_width_and_case
from assess.i18n import plural_translator, translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.proposal_reading import read_proposal_context
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow, list_row_in_columns
from assess.tui.search.searching import open_item_search
from assess.tui.walk.context import WalkContext
from assess.tui.walk.last_round import PastSheet, read_sheet_of_last_round
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState
from assess.workspace import SheetName

_COUNT = 5
"""Cells of a number of items."""


class WalkViewCommands:
    """Shows parts of the sheet, and what belongs to the current item."""

    def __init__(
        self, context: WalkContext, moves: MoveCommands, first_filter: FilterName = "all"
    ) -> None:
        """Make the commands; `first_filter` is set once the proposals are read."""
        self._context = context
        self._moves = moves
        self._first_filter = first_filter

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "search": self._search_items_of_round,
            "filter": self._pick_filter,
            "clauses": self._show_clauses,
            "conflicts": self._show_conflicts,
            "history": self._show_history,
        }

    async def load_last_round_and_proposals(self, walk_state: WalkState) -> None:
        """Read the answers of the last round, and show them once they are read."""
        context, _ = self._context, translator(self._context.lang)
        past = await asyncio.to_thread(
            read_sheet_of_last_round, context.shell.session, walk_state.name
        )
        if isinstance(past, PastSheet):
            walk_state.past = past
            context.draw_all()
            if self._first_filter == "all":
                self._show_count_open_last_round(walk_state)
        elif past is not None:
            context.show_message(_("the last round can't be read: {why}").format(why=past))
        earlier = past.earlier if isinstance(past, PastSheet) else None
        proposals = await asyncio.to_thread(
            read_proposal_context, context.shell.session, walk_state.name, earlier
        )
        walk_state.proposals.set_context(proposals, walk_state.opened.open_sheet.sheet.answers)
        if self._first_filter != "all":
            self.set_filter_or_show_it_is_empty(walk_state, self._first_filter)
        context.draw_all()

    def _show_count_open_last_round(self, walk_state: WalkState) -> None:
        """Say that the filter shows what was open or not met last time, unless a message stands."""
        context, _ = self._context, translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        if (
            open_items := len(walk_state.find_items_in_filter("past"))
        ) and not context.is_message_shown:
            text = _n(
                "{count} item was open or not met last time: f shows it first",
                "{count} items were open or not met last time: f shows them first",
                open_items,
            )
            context.show_message(text.format(count=open_items))

    async def _search_items_of_round(self) -> None:
        """Search in the whole round, and open the chosen item."""
        context = self._context
        if (walk_state := context.state) is None:
            return

        def open_item(sheet: SheetName, item_id: str) -> None:
            if sheet != walk_state.name:
                self._moves.save_unsaved_ticks()
                context.shell.navigation.show_sheet(sheet, item_id)
                return
            walk_state.filter = "all"
            self._moves.save_ticks_and_move(
                lambda walk_state: walk_state.walk.go_to_applicable_item(item_id)
            )

        await open_item_search(context.shell, walk_state.name, open_item)

    def _pick_filter(self) -> None:
        """Pick a filter; each row counts its items."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state) is None:
            return
        rows = [
            list_row_in_columns(
                name,
                LinePart(str(number), "key"),
                LinePart(_(NAMES[name])),
                count_or_dot_part(len(walk_state.find_items_in_filter(name)), _COUNT, "plain"),
            )
            for number, name in enumerate(OFFERED, 1)
        ]

        search = make_row_search(rows)

        def find_rows(words: str) -> list[ListRow]:
            wanted = fold_width_and_case(words).strip()
            if wanted.isdigit():
                return [row for row in rows if row.columns[0].text.strip() == wanted]
            return search(words)

        def take_row(value: str | None) -> None:
            if value is not None:
                context.tour = None
                self.set_filter_or_show_it_is_empty(walk_state, _parse_filter_name(value))

        context.shell.dialogs.pick_row(_("Show only"), find_rows, take_row)

    def set_filter_or_show_it_is_empty(self, walk_state: WalkState, wanted: FilterName) -> None:
        """Set the filter, or show that it has no items."""
        context, _ = self._context, translator(self._context.lang)
        self._moves.save_unsaved_ticks()
        if wanted != "all" and not walk_state.find_items_in_filter(wanted):
            context.show_message(_("there are none: {filter}").format(filter=_(NAMES[wanted])))
            wanted = "all"
        walk_state.set_filter_and_move_into_it(wanted)
        context.draw_all()

    def _show_clauses(self) -> None:
        """Show the guidance and the clauses of the item."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        item, checklist = walk_state.item, walk_state.opened.open_sheet.checklist
        text = guidance_and_clauses_text(item, checklist, context.lang)
        words = _("Guidance and clauses of {item}") if item.guidance else _("Clauses of {item}")
        title = words.format(item=walk_state.item_id)
        context.shell.dialogs.show_text(title, text or _("the item names none"))

    def _show_conflicts(self) -> None:
        """Show the conflicts left by a merge."""
        self._moves.save_unsaved_ticks()
        self._context.shell.navigation.show_conflicts()

    async def _show_history(self) -> None:
        """Show the versions of the answer."""
        shell = self._context.shell
        if (walk_state := self._context.state_if_any_item_applies()) is not None:
            self._moves.save_unsaved_ticks()
            await shell.saver.wait_until_written()
            shell.navigation.show_history(walk_state.name, walk_state.item_id)


def _parse_filter_name(value: str) -> FilterName:
    return next(name for name in OFFERED if name == value)
