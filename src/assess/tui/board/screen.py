"""The remediation board: all findings of the round, changed in place, one or many at a time."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.board.lines import (
    ORDER_NAMES,
    ORDERS,
    Card,
    Group,
    Key,
    Order,
    board_lines,
    bulk_form,
    card_lines,
    cards_of,
    groups_of,
    plan_values,
)
from assess.display.text.forms import Errors, Values
from assess.display.text.styled import Drawn
from assess.display.walk.remediation_form import (
    EXPLAINED,
    hindrance,
    lacking,
    lacking_words,
    remediation_fields,
    remediation_form,
)
from assess.engine.kinds.wording import name
from assess.model.answer import REMEDIATION_STATES
from assess.model.base import pick
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.answer_change import Change
from assess.tui.core.drafts import DraftKey
from assess.tui.core.rows_screen import RowsScreen
from assess.tui.core.session import Opened
from assess.workspace import SheetName


class BoardScreen(RowsScreen):
    """Shows the findings in groups."""

    SCOPE: ClassVar[Scope] = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("board")]

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[SheetName, Opened] = {}
        self._order: Order = "due"
        self._groups: list[Group] = []
        self._ticked: set[Key] = set()

    @property
    def ready(self) -> bool:
        """Whether the findings are as they were changed last: what comes next goes by that."""
        saver = self.shell.saver
        return super().ready and (saver.error is not None or not saver.waiting)

    def load(self) -> None:
        """Read all sheets of the round."""
        self._opened = self.shell.session.everything()

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Show a sheet as it is now on disk; stay at the finding."""
        if sheet in self._opened:
            self._opened[sheet] = opened
            self.draw_all()

    def draw_all(self) -> None:
        """Group anew, stay at the finding, and show everything."""
        here = self._card.key if self._card else None
        sheets = {name_: seen.assessment for name_, seen in self._opened.items()}
        today = self.shell.session.today
        self._groups = groups_of(cards_of(sheets), self._order, today, self.lang)
        keys = [card.key for card in self._cards]
        if here in keys and not self._moved:
            self.cursor = keys.index(here)
        self._moved = False
        super().draw_all()

    _moved = False
    """Whether the cursor was moved on purpose, so that it does not stay at its finding."""

    def _step(self, step: int) -> None:
        self.cursor = max(0, min(self.count() - 1, self.cursor + step))
        self._moved = True
        self.draw_all()

    def action_next_row(self) -> None:
        """Go one row down."""
        self._step(1)

    def action_previous_row(self) -> None:
        """Go one row up."""
        self._step(-1)

    def action_scroll_down(self) -> None:
        """Go a screen down."""
        self._step(max(1, self.view.size.height - 1))

    def action_scroll_up(self) -> None:
        """Go a screen up."""
        self._step(-max(1, self.view.size.height - 1))

    def heading(self) -> tuple[str, str]:
        """Return the name of the screen, how the cards are ordered, and who acts."""
        late = sum(card.row.overdue for card in self._cards)
        parts = [self._("Remediation"), self._(ORDER_NAMES[self._order])]
        parts.append(
            self._("{count} findings, {late} overdue").format(count=self.count(), late=late)
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
        """The ticked cards, else the chosen one."""
        ticked = [card for card in self._cards if card.key in self._ticked]
        return ticked or [card for card in (self._card,) if card is not None]

    def count(self) -> int:
        """Return how many findings there are."""
        return len(self._cards)

    def rows(self, width: int) -> Drawn:
        """Return the groups."""
        return board_lines(self._groups, self.cursor, self._ticked, self.lang, width)

    def details(self, width: int) -> Drawn:
        """Return the chosen finding in full."""
        titles = {
            name_: pick(seen.assessment.title, self.lang) for name_, seen in self._opened.items()
        }
        card = self._card
        people = self.shell.session.people
        return Drawn(card_lines(card, titles, people, self.lang, width) if card else ())

    # Choosing

    def action_order(self) -> None:
        """Order by the next of due date, state, owner, risk."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.draw_all()

    def action_tick(self) -> None:
        """Tick the card or not, and go to the next."""
        if self._card is not None:
            self._ticked ^= {self._card.key}
            self._step(1)

    def action_tick_all(self) -> None:
        """Tick all cards of the group, or none where all are."""
        card = self._card
        group = next((one for one in self._groups if card in one.cards), None)
        if group is not None:
            keys = {one.key for one in group.cards}
            self._ticked = self._ticked - keys if keys <= self._ticked else self._ticked | keys
            self.draw_all()

    def action_go_to_item(self) -> None:
        """Go to the item of the card."""
        if self._card is not None:
            self.shell.show_sheet(*self._card.key)

    # Changing

    def action_set_state(self, key: str) -> None:
        """Set a state; what it needs and is not there is asked for by the form."""
        state = REMEDIATION_STATES[int(key) - 1]
        targets = self._targets
        if not targets:
            return
        hindered = self._hindered(targets, {"state": state})
        lacks = self._lacks(targets, {"state": state})
        if hindered or (lacks and self._ticked and state != "risk_accepted"):
            self.say(hindered or lacks)
            return
        if lacks or state in EXPLAINED:
            self._plan(state)
            return
        for card in targets:
            self._submit(card, plan_values(card.answer, {"state": state}))
        said = self._("{count} findings: {state}")
        self.say(said.format(count=len(targets), state=name(state, self.lang)))
        self._ticked.clear()

    def _hindered(self, targets: list[Card], typed: Values) -> str:
        """Return which finding can't have the state yet, and why; '' where all can."""
        person = self.shell.session.person
        for card in targets:
            if said := hindrance(plan_values(card.answer, typed), card.answer, person, self.lang):
                item = card.row.state.item.id
                return self._("{item}: {why}; nothing was changed").format(item=item, why=said)
        return ""

    def _lacks(self, targets: list[Card], typed: Values) -> str:
        """Return which finding lacks what its state needs, and what; '' where none does."""
        for card in targets:
            if parts := lacking(plan_values(card.answer, typed)):
                words = lacking_words(parts, self.lang)
                said = self._("{item} lacks: {parts}; nothing was changed")
                return said.format(item=card.row.state.item.id, parts=words)
        return ""

    def action_plan(self) -> None:
        """Change the remediation of the card, or of all ticked ones."""
        self._plan("")

    def _plan(self, state: str) -> None:
        if self._ticked:
            self._plan_many(state)
        elif self._card is not None:
            self._plan_one(self._card, state)

    def _plan_one(self, card: Card, state: str) -> None:
        session, item = self.shell.session, card.row.state.item
        form = remediation_form(item, card.answer, session.person, self.lang, state)
        # The same draft as in the walk: it is the same form of the same item.
        draft = DraftKey(session.round_id, str(card.sheet), item.id, "remediation")

        def done(values: Values | None) -> None:
            if values is not None:
                self.shell.settle(self._submit(card, values), draft, values)

        self.shell.ask(form, draft, done)

    def _plan_many(self, state: str) -> None:
        targets = self._targets
        bulk = bulk_form(len(targets), self.lang, state)

        def check(values: Values) -> Errors:
            wrong = self._hindered(targets, values) or self._lacks(targets, values)
            return bulk.check(values) or ({"": wrong} if wrong else {})

        form = bulk._replace(check=check)

        def done(values: Values | None) -> None:
            if values is not None:
                for card in targets:
                    self._submit(card, plan_values(card.answer, values))
                self._ticked.clear()
                self.draw_all()

        self.shell.ask(form, None, done)

    def _submit(self, card: Card, values: Values) -> Change:
        session = self.shell.session
        fields = remediation_fields(values, card.answer, session.person, session.today)
        change = Change(card.sheet, card.row.state.item.id, fields)
        self.shell.saver.submit(change)
        return change
