"""Commands of the board for findings of others: entered, planned, closed, opened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from assess.display.board.outside import (
    OutsideCard,
    new_outside_finding_form,
    outside_finding_closing_form,
    outside_finding_fields_from_form,
    outside_finding_reopening_form,
)
from assess.display.board.plan_forms import typed_or_stored_plan_values
from assess.display.text.forms import FormValues
from assess.display.walk.remediation_form import (
    EXPLAINED,
    list_missing_plan_parts,
    plan_form,
    remediation_fields_from_form,
    state_refusal_reason,
)
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.kinds.wording import translate_code
from assess.engine.outside_findings import outside_source_and_number
from assess.errors import AssessError
from assess.i18n import translator
from assess.model.answer import REMEDIATION_STATES
from assess.tui.board.content import BoardContent
from assess.tui.board.outside_writing import write_outside_findings
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.plan_offering import collect_plan_offers
from assess.tui.core.rows.context import RowsContext
from assess.workspace import Workspace
from assess.workspace.core.outside_findings import (
    FindingAuthor,
    OutsideFindingChange,
    add_outside_finding,
    close_outside_findings,
    edit_outside_finding,
    find_checklist_of_item,
    reopen_outside_finding,
)


class OutsideFindingCommands:
    """Enters findings of others and changes the chosen one; what is of the round goes elsewhere."""

    def __init__(
        self, context: RowsContext, content: BoardContent, round_handlers: CommandHandlers
    ) -> None:
        """`round_handlers` are the handlers for findings of the round."""
        self._context = context
        self._content = content
        self._round_handlers = round_handlers

    def handlers(self) -> CommandHandlers:
        """Return what the commands do; for a finding of the round as before."""
        return {
            "set_state": self._set_state_or_ask_plan,
            "plan": self._ask_plan_unless_refused,
            "close_finding": self._ask_to_close_or_reopen,
            "add_finding": self._ask_and_add_finding,
        }

    @property
    def _outside_card_unless_ticked(self) -> OutsideCard | None:
        """The chosen finding of others; None where another is chosen, or some are ticked."""
        card = self._content.chosen_card
        return card if isinstance(card, OutsideCard) and not self._content.ticked else None

    def _set_state_or_ask_plan(self, digit: str) -> None:
        """Set a state of the remediation; a form asks for what it lacks."""
        if (card := self._outside_card_unless_ticked) is None:
            self._round_handlers["set_state"](digit)
            return
        if self._refuse_if_not_changeable(card):
            return
        session, lang = self._context.shell.session, self._context.lang
        state = REMEDIATION_STATES[int(digit) - 1]
        values = typed_or_stored_plan_values(card.answer, {"state": state})
        if hindered := state_refusal_reason(values, card.answer, session.person, lang):
            self._context.show_message(hindered)
        elif list_missing_plan_parts(values) or state in EXPLAINED:
            self._ask_plan(card, state)
        else:
            self._write_plan(card, values)

    def _ask_plan_unless_refused(self) -> None:
        if (card := self._outside_card_unless_ticked) is None:
            self._round_handlers["plan"]()
        elif not self._refuse_if_not_changeable(card):
            self._ask_plan(card, "")

    def _ask_plan(self, card: OutsideCard, state: str) -> None:
        lang, session = self._context.lang, self._context.shell.session
        answers = [other.answer for other in self._content.cards]
        offers = collect_plan_offers(session, None, answers)
        name = card.name_for_messages(lang)
        form = plan_form(name, card.answer, session.person, lang, state, offers)

        def write(values: FormValues, drop_draft: Callable[[], None]) -> None:
            session.last_used.remember_plan(values)
            self._write_plan(card, values, drop_draft)

        self._context.ask_form_with_draft(form, f"plan-{card.row.id}", write)

    def _write_plan(
        self, card: OutsideCard, values: FormValues, done: Callable[[], None] = lambda: None
    ) -> None:
        session, lang = self._context.shell.session, self._context.lang
        fields = remediation_fields_from_form(values, card.answer, session.person, session.today)
        _ = translator(lang)
        text = _("{finding}: {state}").format(
            finding=outside_source_and_number(card.row.finding, lang),
            state=translate_code(values["state"], lang),
        )
        write_outside_findings(
            self._context,
            lambda workspace, author: [
                edit_outside_finding(workspace, card.row.id, fields, author)
            ],
            text,
            done,
        )

    def _ask_to_close_or_reopen(self) -> None:
        """Ask for the proof and close what is ticked or chosen; open a closed one again."""
        _, content = translator(self._context.lang), self._content
        cards = content.cards_to_change
        others = [card for card in cards if isinstance(card, OutsideCard)]
        if not others or len(others) < len(cards):
            self._context.show_message(_("only findings of others are closed here: 4 verifies"))
        elif self._refuse_if_round_closed():
            return
        elif not content.ticked and others[0].row.is_closed:
            self._ask_reason_and_reopen(others[0])
        elif not any(map(self._refuse_if_not_changeable, others)):
            self._ask_proof_and_close(others)

    def _ask_proof_and_close(self, cards: Sequence[OutsideCard]) -> None:
        lang, keys = self._context.lang, [card.row.id for card in cards]
        _ = translator(lang)
        text = _("closed off: {finding}").format(finding=cards[0].name_for_messages(lang))
        if len(cards) > 1:
            text = _("{count} findings closed off").format(count=len(cards))

        def close(values: FormValues, drop_draft: Callable[[], None]) -> None:
            day, proof = date.fromisoformat(normalize_typed_date(values["on"])), values["proof"]
            self._content.ticked.clear()
            write_outside_findings(
                self._context,
                lambda workspace, author: close_outside_findings(
                    workspace, keys, day, proof, author
                ),
                text,
                drop_draft,
                self._context.shell.session.undo.new_batch_number(),
            )

        form = outside_finding_closing_form(cards, self._context.shell.session.today, lang)
        name = f"close-{keys[0]}" if len(keys) == 1 else "close-findings"
        self._context.ask_form_with_draft(form, name, close)

    def _ask_reason_and_reopen(self, card: OutsideCard) -> None:
        lang, key = self._context.lang, card.row.id
        _ = translator(lang)

        def reopen(values: FormValues, drop_draft: Callable[[], None]) -> None:
            write_outside_findings(
                self._context,
                lambda workspace, author: [
                    reopen_outside_finding(workspace, key, values["reason"], author)
                ],
                _("opened again: {finding}").format(
                    finding=outside_source_and_number(card.row.finding, lang)
                ),
                drop_draft,
            )

        self._context.ask_form_with_draft(
            outside_finding_reopening_form(card, lang), f"reopen-{key}", reopen
        )

    def _ask_and_add_finding(self) -> None:
        """Ask for a finding of others, and enter it."""
        config = self._content.config
        if config is None or self._refuse_if_round_closed():
            return
        workspace = self._context.shell.session.workspace

        def find_fault(item: str, system: str) -> str:
            try:
                find_checklist_of_item(workspace, item, None, system or None)
            except AssessError as error:
                return str(error)
            return ""

        def enter(values: FormValues, drop_draft: Callable[[], None]) -> None:
            _ = translator(self._context.lang)
            fields: dict[str, Any] = dict(outside_finding_fields_from_form(values))
            write_outside_findings(
                self._context,
                lambda workspace, author: [_add_finding_with_checklist(workspace, fields, author)],
                _("entered: {finding}").format(finding=fields.get("number") or fields["text"]),
                drop_draft,
            )

        form = new_outside_finding_form(config.systems, find_fault, self._context.lang)
        self._context.ask_form_with_draft(form, "new-finding", enter)

    def _refuse_if_not_changeable(self, card: OutsideCard) -> bool:
        """Tell why the remediation can't be changed; False where it can."""
        _ = translator(self._context.lang)
        if self._refuse_if_round_closed():
            return True
        if card.row.is_closed:
            self._context.show_message(_("this finding is closed off: C opens it again"))
        return card.row.is_closed

    def _refuse_if_round_closed(self) -> bool:
        """Tell that the round is closed; False where it is open."""
        if refusal := self._content.refusal_text_if_round_closed():
            self._context.show_message(refusal)
        return bool(refusal)


def _add_finding_with_checklist(
    workspace: Workspace, fields: Mapping[str, Any], author: FindingAuthor
) -> OutsideFindingChange:
    """Enter a finding with the checklist of its item."""
    item, system = fields.get("item"), fields.get("system")
    more = {"checklist": find_checklist_of_item(workspace, item, None, system)} if item else {}
    return add_outside_finding(workspace, {**fields, **more}, author)
