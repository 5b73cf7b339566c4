"""Commands of the board that change no finding: order, ticks, the item of a finding."""

from __future__ import annotations

from assess.display.board.lines import ORDERS, CardKey, FindingCard
from assess.display.board.outside import OutsideCard
from assess.i18n import translator
from assess.tui.board.content import BoardContent
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.rows.context import RowsContext


class BoardCommands:
    """Orders and ticks the findings, and goes to their items."""

    def __init__(self, context: RowsContext, content: BoardContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "order": self._switch_order,
            "tick": self._toggle_tick_and_move_down,
            "tick_all": self._toggle_ticks_of_group,
            "go_to_item": self._go_to_item,
        }

    def _switch_order(self) -> None:
        """Switch to the next order: due date, state, owner, risk."""
        content = self._content
        content.order = ORDERS[(ORDERS.index(content.order) + 1) % len(ORDERS)]
        self._context.redraw.everything()

    def _toggle_tick_and_move_down(self) -> None:
        """Tick or untick the card, and move to the next one."""
        card = self._content.chosen_card
        if card is not None:
            self._content.ticked ^= {card.card_key}
            self._context.move_cursor_to(self._context.cursor + 1)

    def _toggle_ticks_of_group(self) -> None:
        """Tick all cards of the group, or untick them if all are ticked."""
        content, card = self._content, self._content.chosen_card
        group = next((candidate for candidate in content.groups if card in candidate.cards), None)
        if group is not None:
            keys: set[CardKey] = {member.card_key for member in group.cards}
            if keys <= content.ticked:
                content.ticked -= keys
            else:
                content.ticked |= keys
            self._context.redraw.rows()

    def _go_to_item(self) -> None:
        """Open the item of the card."""
        card = self._content.chosen_card
        if isinstance(card, FindingCard):
            self._context.shell.navigation.show_sheet(*card.card_key)
        elif card is not None:
            self._go_to_item_of_outside_finding(card)

    def _go_to_item_of_outside_finding(self, card: OutsideCard) -> None:
        """Open the item that a finding of others is about, in the first sheet that has it."""
        finding = card.row.finding
        for name, opened in self._content.opened.items():
            fits = finding.checklist in (None, name.checklist) and (
                finding.system in (None, name.system)
            )
            if fits and finding.item in opened.open_sheet.checklist.items():
                self._context.shell.navigation.show_sheet(name, finding.item)
                return
        _ = translator(self._context.lang)
        self._context.show_message(_("this finding is about no item of the round"))
