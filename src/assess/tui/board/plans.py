"""Commands of the board that change remediations, of one finding or of all ticked ones."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.board.lines import BoardCard, FindingCard
from assess.display.board.outside import OutsideCard
from assess.display.board.plan_forms import bulk_plan_form, typed_or_stored_plan_values
from assess.display.text.forms import FieldErrors, FormValues
from assess.display.walk.remediation_form import (
    EXPLAINED,
    list_missing_plan_parts,
    plan_form,
    plan_part_names_text,
    remediation_fields_from_form,
    state_refusal_reason,
)
from assess.engine.kinds.wording import translate_code
from assess.i18n import plural_translator, translator
from assess.model.answer import REMEDIATION_STATES, Answer, RemediationState
from assess.tui.board.content import BoardContent
from assess.tui.board.outside_writing import write_outside_findings
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.plan_offering import collect_plan_offers
from assess.tui.core.rows.context import RowsContext
from assess.workspace.core.outside_findings import edit_outside_findings


class RemediationPlans:
    """Changes the remediation of the chosen finding, or of all ticked ones."""

    def __init__(self, context: RowsContext, content: BoardContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "set_state": self._set_state_or_ask_remediation,
            "plan": lambda: self._ask_remediation_of_targets(""),
        }

    def _set_state_or_ask_remediation(self, digit: str) -> None:
        """Set a state; a form asks for what it lacks."""
        state = REMEDIATION_STATES[int(digit) - 1]
        content, targets = self._content, self._content.cards_to_change
        if not targets:
            return
        hindered = self._refused_state_text(targets, {"state": state})
        lacks = self._missing_plan_parts_text(targets, {"state": state})
        if hindered or (lacks and content.ticked and state != "risk_accepted"):
            self._context.show_message(hindered or lacks)
            return
        if lacks or state in EXPLAINED:
            self._ask_remediation_of_targets(state)
            return
        if state == "done" and len(targets) > 1:
            self._confirm_and_write_state(targets, state)
        else:
            self._write_state(targets, state)

    def _confirm_and_write_state(
        self, targets: Sequence[BoardCard], state: RemediationState
    ) -> None:
        """Write a state of several findings once the user agrees; their names are shown."""
        lang = self._context.lang
        _ = translator(lang)
        _n = plural_translator(lang)
        title = _n(
            "Set {count} finding to: {state}?", "Set {count} findings to: {state}?", len(targets)
        )
        self._context.shell.dialogs.ask_confirmation(
            title.format(count=len(targets), state=translate_code(state, lang)),
            "\n".join(f"{card.name_for_messages(lang)} {card.card_name(lang)}" for card in targets),
            lambda: self._write_state(targets, state),
        )

    def _write_state(self, targets: Sequence[BoardCard], state: RemediationState) -> None:
        lang = self._context.lang
        _ = translator(lang)
        _n = plural_translator(lang)
        text = _n("{count} finding: {state}", "{count} findings: {state}", len(targets)).format(
            count=len(targets), state=translate_code(state, lang)
        )
        self._submit_plans(targets, {"state": state}, text)

    def _refused_state_text(self, targets: Sequence[BoardCard], typed: FormValues) -> str:
        """Return which finding can't have the state, and why; '' if all can."""
        person, lang = self._context.shell.session.person, self._context.lang
        _ = translator(lang)
        for card in targets:
            values = typed_or_stored_plan_values(card.answer, typed)
            reason = state_refusal_reason(values, card.answer, person, lang)
            if isinstance(card, OutsideCard) and card.row.is_closed:
                reason = _("this finding is closed off: C opens it again")
            if reason:
                item = card.name_for_messages(lang)
                return _("{item}: {why}; nothing was changed").format(item=item, why=reason)
        if any(isinstance(card, OutsideCard) for card in targets):
            return self._content.refusal_text_if_round_closed()
        return ""

    def _missing_plan_parts_text(self, targets: Sequence[BoardCard], typed: FormValues) -> str:
        """Return which finding lacks what, for its state; '' if none does."""
        _ = translator(self._context.lang)
        for card in targets:
            if parts := list_missing_plan_parts(typed_or_stored_plan_values(card.answer, typed)):
                words = plan_part_names_text(parts, self._context.lang)
                message = _("{item} lacks: {parts}; nothing was changed")
                return message.format(item=card.name_for_messages(self._context.lang), parts=words)
        return ""

    def _ask_remediation_of_targets(self, state: str) -> None:
        """Change the remediation of the card, or of all ticked cards."""
        if self._content.ticked:
            self._ask_remediation_of_many(state)
        elif isinstance(card := self._content.chosen_card, FindingCard):
            self._ask_remediation_of_card(card, state)

    def _ask_remediation_of_card(self, card: FindingCard, state: str) -> None:
        shell, item = self._context.shell, card.row.state.item
        session = shell.session
        offers = collect_plan_offers(session, item, self._list_answers())
        form = plan_form(item.id, card.answer, session.person, self._context.lang, state, offers)
        # The draft is the one of the walk: the form and the item are the same.
        draft = DraftKey(session.round_id, str(card.sheet), item.id, "remediation")

        def submit_values(values: FormValues | None) -> None:
            if values is not None:
                session.last_used.remember_plan(values)
                shell.draft_writer.remove_draft_when_saved(
                    self._submit_plan(card, values), draft, values
                )

        shell.dialogs.ask_form(form, draft, submit_values)

    def _ask_remediation_of_many(self, state: str) -> None:
        targets, _ = self._content.cards_to_change, translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        session = self._context.shell.session
        offers = collect_plan_offers(session, None, self._list_answers())
        bulk = bulk_plan_form(len(targets), self._context.lang, state, offers)

        def check_values(values: FormValues) -> FieldErrors:
            wrong = self._refused_state_text(targets, values) or self._missing_plan_parts_text(
                targets, values
            )
            return bulk.check(values) or ({"": wrong} if wrong else {})

        def submit_values(values: FormValues | None) -> None:
            if values is not None:
                session.last_used.remember_plan(values)
                text = _n(
                    "{count} remediation changed", "{count} remediations changed", len(targets)
                ).format(count=len(targets))
                self._submit_plans(targets, values, text)
                self._context.redraw.everything()

        self._context.shell.dialogs.ask_form(bulk._replace(check=check_values), None, submit_values)

    def _list_answers(self) -> list[Answer]:
        return [card.answer for card in self._content.cards]

    def _submit_plans(
        self, targets: Sequence[BoardCard], typed: FormValues, done_message: str
    ) -> None:
        """Write what was typed into the remediation of each finding in one step; show a message."""
        session = self._context.shell.session
        batch = session.undo.new_batch_number()
        fields_by_id = {}
        for card in targets:
            values = typed_or_stored_plan_values(card.answer, typed)
            if isinstance(card, FindingCard):
                self._submit_plan(card, values, batch)
            else:
                fields_by_id[card.row.id] = remediation_fields_from_form(
                    values, card.answer, session.person, session.today
                )
        self._content.ticked.clear()
        if fields_by_id:
            write_outside_findings(
                self._context,
                lambda workspace, author: edit_outside_findings(workspace, fields_by_id, author),
                done_message,
                batch=batch,
            )
        else:
            _ = translator(self._context.lang)
            self._context.show_message(_("{done}   u undo").format(done=done_message))

    def _submit_plan(self, card: FindingCard, values: FormValues, batch: int = 0) -> AnswerChange:
        shell = self._context.shell
        session = shell.session
        fields = remediation_fields_from_form(values, card.answer, session.person, session.today)
        change = AnswerChange(card.sheet, card.row.state.item.id, fields, batch=batch)
        shell.saver.add_job(change)
        return change
