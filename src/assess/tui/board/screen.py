"""The remediation board: all findings of the round, changed one or many at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.board.lines import (
    ORDER_NAMES,
    ORDERS,
    Card,
    CardGroup,
    CardKey,
    Order,
    board_lines,
    bulk_form,
    card_lines,
    group_cards,
    make_cards,
    plan_values,
)
from assess.display.text.forms import Errors, Values
from assess.display.text.styled import Drawn
from assess.display.walk.remediation_form import (
    EXPLAINED,
    missing_parts,
    part_names,
    remediation_fields,
    remediation_form,
    state_hindrance,
)
from assess.engine.kinds.wording import display_name
from assess.model.answer import REMEDIATION_STATES
from assess.model.base import pick_text
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import AssessedSheet
from assess.workspace import SheetName


class BoardScreen(RowsScreen):
    """The findings in groups."""

    SCOPE: ClassVar[Scope] = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("board")]

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[SheetName, AssessedSheet] = {}
        self._order: Order = "due"
        self._groups: list[CardGroup] = []
        self._ticked: set[CardKey] = set()

    @property
    def ready(self) -> bool:
        """Whether the last changes are written: the next key depends on them."""
        saver = self.shell.saver
        return super().ready and (saver.error is not None or not saver.waiting)

    def load_data(self) -> None:
        """Read all sheets of the round."""
        self._opened = self.shell.session.read_all_sheets()

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk, at the same finding."""
        if sheet in self._opened:
            self._opened[sheet] = opened
            self.draw_all()

    def draw_all(self) -> None:
        """Group the findings again and draw the screen, at the same finding."""
        current_key = self._card.card_key if self._card else None
        sheets = {name_: sheet.assessment for name_, sheet in self._opened.items()}
        today = self.shell.session.today
        self._groups = group_cards(make_cards(sheets), self._order, today, self.lang)
        keys = [card.card_key for card in self._cards]
        if current_key in keys and not self._moved:
            self.cursor = keys.index(current_key)
        self._moved = False
        super().draw_all()

    _moved = False
    """Whether a key moved the cursor, so that it does not stay at its finding."""

    def _move_cursor(self, step: int) -> None:
        self.cursor = max(0, min(self.count_rows() - 1, self.cursor + step))
        self._moved = True
        self.draw_all()

    def action_next_row(self) -> None:
        """Move one row down."""
        self._move_cursor(1)

    def action_previous_row(self) -> None:
        """Move one row up."""
        self._move_cursor(-1)

    def action_scroll_down(self) -> None:
        """Move one page down."""
        self._move_cursor(max(1, self.view.size.height - 1))

    def action_scroll_up(self) -> None:
        """Move one page up."""
        self._move_cursor(-max(1, self.view.size.height - 1))

    def head_texts(self) -> tuple[str, str]:
        """Return the screen's name, the order of the cards, and the acting person."""
        late = sum(card.row.overdue for card in self._cards)
        parts = [self._("Remediation"), self._(ORDER_NAMES[self._order])]
        parts.append(
            self._("{count} findings, {late} overdue").format(count=self.count_rows(), late=late)
        )
        if self._ticked:
            parts.append(self._("{count} ticked").format(count=len(self._ticked)))
        return "  ".join(parts), self.shell.session.who

    @property
    def _cards(self) -> list[Card]:
        return [card for group in self._groups for card in group.cards]

    @property
    def _card(self) -> Card | None:
        cards = self._cards
        return cards[self.cursor] if 0 <= self.cursor < len(cards) else None

    @property
    def _targets(self) -> list[Card]:
        """The ticked cards, or else the chosen one."""
        ticked = [card for card in self._cards if card.card_key in self._ticked]
        return ticked or [card for card in (self._card,) if card is not None]

    def count_rows(self) -> int:
        """Return the number of findings."""
        return len(self._cards)

    def row_lines(self, width: int) -> Drawn:
        """Return the groups."""
        return board_lines(self._groups, self.cursor, self._ticked, self.lang, width)

    def detail_lines(self, width: int) -> Drawn:
        """Return the chosen finding in full."""
        titles = {
            name_: pick_text(sheet.assessment.title, self.lang)
            for name_, sheet in self._opened.items()
        }
        card = self._card
        people = self.shell.session.people
        return Drawn(card_lines(card, titles, people, self.lang, width) if card else ())

    # Choosing

    def action_order(self) -> None:
        """Switch to the next order: due date, state, owner, risk."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.draw_all()

    def action_tick(self) -> None:
        """Tick or untick the card, and move to the next one."""
        if self._card is not None:
            self._ticked ^= {self._card.card_key}
            self._move_cursor(1)

    def action_tick_all(self) -> None:
        """Tick all cards of the group, or untick them if all are ticked."""
        card = self._card
        group = next((candidate for candidate in self._groups if card in candidate.cards), None)
        if group is not None:
            keys = {member.card_key for member in group.cards}
            self._ticked = self._ticked - keys if keys <= self._ticked else self._ticked | keys
            self.draw_all()

    def action_go_to_item(self) -> None:
        """Open the item of the card."""
        if self._card is not None:
            self.shell.navigation.show_sheet(*self._card.card_key)

    # Changing

    def action_set_state(self, key: str) -> None:
        """Set a state; a form asks for what it lacks."""
        state = REMEDIATION_STATES[int(key) - 1]
        targets = self._targets
        if not targets:
            return
        hindered = self._hindered_text(targets, {"state": state})
        lacks = self._lacking_text(targets, {"state": state})
        if hindered or (lacks and self._ticked and state != "risk_accepted"):
            self.show_message(hindered or lacks)
            return
        if lacks or state in EXPLAINED:
            self._plan_targets(state)
            return
        for card in targets:
            self._submit_plan(card, plan_values(card.answer, {"state": state}))
        message = self._("{count} findings: {state}")
        self.show_message(message.format(count=len(targets), state=display_name(state, self.lang)))
        self._ticked.clear()

    def _hindered_text(self, targets: list[Card], typed: Values) -> str:
        """Return which finding can't have the state, and why; '' if all can."""
        person = self.shell.session.person
        for card in targets:
            if reason := state_hindrance(
                plan_values(card.answer, typed), card.answer, person, self.lang
            ):
                item = card.row.state.item.id
                return self._("{item}: {why}; nothing was changed").format(item=item, why=reason)
        return ""

    def _lacking_text(self, targets: list[Card], typed: Values) -> str:
        """Return which finding lacks what, for its state; '' if none does."""
        for card in targets:
            if parts := missing_parts(plan_values(card.answer, typed)):
                words = part_names(parts, self.lang)
                message = self._("{item} lacks: {parts}; nothing was changed")
                return message.format(item=card.row.state.item.id, parts=words)
        return ""

    def action_plan(self) -> None:
        """Change the remediation of the card, or of all ticked cards."""
        self._plan_targets("")

    def _plan_targets(self, state: str) -> None:
        if self._ticked:
            self._plan_many(state)
        elif self._card is not None:
            self._plan_one(self._card, state)

    def _plan_one(self, card: Card, state: str) -> None:
        session, item = self.shell.session, card.row.state.item
        form = remediation_form(item, card.answer, session.person, self.lang, state)
        # The draft is the one of the walk: the form and the item are the same.
        draft = DraftKey(session.round_id, str(card.sheet), item.id, "remediation")

        def submit_values(values: Values | None) -> None:
            if values is not None:
                self.shell.draft_writer.settle_draft(self._submit_plan(card, values), draft, values)

        self.shell.dialogs.ask_form(form, draft, submit_values)

    def _plan_many(self, state: str) -> None:
        targets = self._targets
        bulk = bulk_form(len(targets), self.lang, state)

        def check_values(values: Values) -> Errors:
            wrong = self._hindered_text(targets, values) or self._lacking_text(targets, values)
            return bulk.check(values) or ({"": wrong} if wrong else {})

        form = bulk._replace(check=check_values)

        def submit_values(values: Values | None) -> None:
            if values is not None:
                for card in targets:
                    self._submit_plan(card, plan_values(card.answer, values))
                self._ticked.clear()
                self.draw_all()

        self.shell.dialogs.ask_form(form, None, submit_values)

    def _submit_plan(self, card: Card, values: Values) -> AnswerChange:
        session = self.shell.session
        fields = remediation_fields(values, card.answer, session.person, session.today)
        change = AnswerChange(card.sheet, card.row.state.item.id, fields)
        self.shell.saver.submit(change)
        return change
