"""Commands of the overview that lead to an item: the next one, a review, an id, a search."""

from __future__ import annotations

from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.overview.context import OverviewContext
from assess.tui.overview.reading import RoundReader
from assess.tui.search.searching import ask_item_id, open_item_search
from assess.workspace import SheetName


class SheetCommands:
    """Opens sheets of the round at an item; those from the chosen sheet on come first."""

    def __init__(self, context: OverviewContext, reader: RoundReader) -> None:
        self._context = context
        self._reader = reader

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "next_unanswered": self._open_next_unanswered_sheet,
            "review": self._open_next_sheet_to_review,
            "take_each": self._open_proposals,
            "search": self._search_items_of_round,
            "go_to_applicable_item": self._ask_item_id_and_open,
        }

    async def _open_next_unanswered_sheet(self) -> None:
        """Open the next sheet that has an unanswered item, from the chosen one on."""
        context, state = self._context, self._context.state
        await context.shell.saver.wait_until_written()
        start = state.names.index(state.chosen_sheet) if state.chosen_sheet else 0
        await self._reader.read_chosen_sheet()
        for name in state.sheet_names_from_index_wrapped(start):
            opened = state.opened.get(name)
            if opened is None:
                context.show_counting_progress()
                return
            if opened.summary.counts.open:
                state.cursor = state.names.index(name)
                context.draw_all()
                context.shell.navigation.show_sheet(name, opened_by_next_key=True)
                return
        _ = translator(context.lang)
        context.show_message(_("everything is answered"))

    async def _open_next_sheet_to_review(self) -> None:
        """Review the chosen sheet, or else the next that has answers to review."""
        context, state = self._context, self._context.state
        await context.shell.saver.wait_until_written()
        await self._reader.read_chosen_sheet()
        for name in state.sheet_names_from_index_wrapped(state.cursor):
            opened = state.opened.get(name)
            if opened is None:
                context.show_counting_progress()
                return
            if opened.summary.to_review:
                context.shell.navigation.show_review(name)
                return
        _ = translator(context.lang)
        is_answered = any(sheet.summary.counts.done for sheet in state.opened.values())
        context.show_message(
            _("everything is reviewed")
            if is_answered
            else _("nothing waits for a review: nothing is filled in yet in this round")
        )

    async def _open_proposals(self) -> None:
        """Go through the items of the chosen sheet that have a proposal."""
        context = self._context
        await context.shell.saver.wait_until_written()
        if (chosen := context.state.chosen_sheet) is not None:
            context.shell.navigation.show_proposals(chosen)

    async def _search_items_of_round(self) -> None:
        """Search in the whole round, and open the chosen item."""
        if (chosen := self._context.state.chosen_sheet) is not None:
            shell = self._context.shell
            await open_item_search(shell, chosen, shell.navigation.show_sheet)

    def _ask_item_id_and_open(self) -> None:
        """Ask for an item's id and open it; items of the chosen sheet come first."""
        state, shell = self._context.state, self._context.shell
        if not state.are_all_sheets_read:
            self._context.show_counting_progress()
            return
        known: dict[str, tuple[SheetName, str]] = {}
        for name in sorted(state.opened, key=lambda name: name != state.chosen_sheet):
            for item_state in state.opened[name].assessment.items:
                if item_state.applies != "no":
                    known.setdefault(item_state.item.id, (name, item_state.item.id))
        ask_item_id(shell, known, shell.navigation.show_sheet)
