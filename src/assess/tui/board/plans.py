"""Commands of the board that change remediations, of one finding or of all ticked ones."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.board.lines import FindingCard
from assess.display.board.plan_forms import bulk_plan_form, plan_form_values
from assess.display.text.forms import FieldErrors, FormValues
from assess.display.walk.remediation_form import (
    EXPLAINED,
    list_missing_plan_parts,
    plan_part_names_text,
    remediation_fields_from_form,
    remediation_form,
    state_refusal_reason,
)
from assess.engine.finding_name import label_and_problem_or_title
from assess.engine.kinds.wording import translate_code
from assess.i18n import translator
from assess.model.answer import REMEDIATION_STATES, Answer, RemediationState
from assess.tui.board.content import BoardContent
from assess.tui.core.answer_change import AnswerChange
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.plan_offering import offer_plan
from assess.tui.core.rows.context import RowsContext


class RemediationPlans:
    """Changes the remediation of the chosen finding, or of all ticked ones."""

    def __init__(self, context: RowsContext, content: BoardContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"set_state": self._set_state, "plan": lambda: self._ask_remediation_of_targets("")}

    def _set_state(self, key: str) -> None:
        """Set a state; a form asks for what it lacks."""
        state = REMEDIATION_STATES[int(key) - 1]
        content, targets = self._content, self._content.cards_to_change
        if not targets:
            return
        hindered = self._refused_state_text(targets, {"state": state})
        lacks = self._missing_parts_text(targets, {"state": state})
        if hindered or (lacks and content.ticked and state != "risk_accepted"):
            self._context.show_message(hindered or lacks)
            return
        if lacks or state in EXPLAINED:
            self._ask_remediation_of_targets(state)
            return
        if state == "done" and len(targets) > 1:
            self._confirm_state(targets, state)
        else:
            self._write_state(targets, state)

    def _confirm_state(self, targets: Sequence[FindingCard], state: RemediationState) -> None:
        """Write a state of several findings once the user agrees; their names are shown."""
        lang = self._context.lang
        _ = translator(lang)
        title = _("Set {count} findings to: {state}?")
        items = [card.row.state.item for card in targets]
        self._context.shell.dialogs.ask_confirmation(
            title.format(count=len(targets), state=translate_code(state, lang)),
            "\n".join(f"{item.id} {label_and_problem_or_title(item, lang)}" for item in items),
            lambda: self._write_state(targets, state),
        )

    def _write_state(self, targets: Sequence[FindingCard], state: RemediationState) -> None:
        self._submit_plans(targets, {"state": state})
        lang = self._context.lang
        _ = translator(lang)
        message = _("{count} findings: {state}   u undo")
        self._context.show_message(
            message.format(count=len(targets), state=translate_code(state, lang))
        )

    def _refused_state_text(self, targets: Sequence[FindingCard], typed: FormValues) -> str:
        """Return which finding can't have the state, and why; '' if all can."""
        person, lang = self._context.shell.session.person, self._context.lang
        _ = translator(lang)
        for card in targets:
            if reason := state_refusal_reason(
                plan_form_values(card.answer, typed), card.answer, person, lang
            ):
                item = card.row.state.item.id
                return _("{item}: {why}; nothing was changed").format(item=item, why=reason)
        return ""

    def _missing_parts_text(self, targets: Sequence[FindingCard], typed: FormValues) -> str:
        """Return which finding lacks what, for its state; '' if none does."""
        _ = translator(self._context.lang)
        for card in targets:
            if parts := list_missing_plan_parts(plan_form_values(card.answer, typed)):
                words = plan_part_names_text(parts, self._context.lang)
                message = _("{item} lacks: {parts}; nothing was changed")
                return message.format(item=card.row.state.item.id, parts=words)
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
        offers = offer_plan(session, item, self._list_answers())
        form = remediation_form(
            item, card.answer, session.person, self._context.lang, state, offers
        )
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
        targets = self._content.cards_to_change
        session = self._context.shell.session
        offers = offer_plan(session, None, self._list_answers())
        bulk = bulk_plan_form(len(targets), self._context.lang, state, offers)

        def check_values(values: FormValues) -> FieldErrors:
            wrong = self._refused_state_text(targets, values) or self._missing_parts_text(
                targets, values
            )
            return bulk.check(values) or ({"": wrong} if wrong else {})

        def submit_values(values: FormValues | None) -> None:
            if values is not None:
                session.last_used.remember_plan(values)
                self._submit_plans(targets, values)
                self._context.redraw.everything()

        self._context.shell.dialogs.ask_form(bulk._replace(check=check_values), None, submit_values)

    def _list_answers(self) -> list[Answer]:
        return [card.answer for card in self._content.cards]

    def _submit_plans(self, targets: Sequence[FindingCard], typed: FormValues) -> None:
        """Write what was typed into the remediation of each finding, as one step."""
        batch = self._context.shell.session.undo.new_batch()
        for card in targets:
            self._submit_plan(card, plan_form_values(card.answer, typed), batch)
        self._content.ticked.clear()

    def _submit_plan(self, card: FindingCard, values: FormValues, batch: int = 0) -> AnswerChange:
        shell = self._context.shell
        session = shell.session
        fields = remediation_fields_from_form(values, card.answer, session.person, session.today)
        change = AnswerChange(card.sheet, card.row.state.item.id, fields, batch=batch)
        shell.saver.add_job(change)
        return change
