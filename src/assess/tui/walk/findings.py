"""Commands for a finding: its remediation, what lowers its risk, and a risk set by hand."""

from __future__ import annotations

from assess.display.walk.remediation_form import plan_form, remediation_fields_from_form
from assess.display.walk.risk_choice import (
    mitigation_fields_from_form,
    mitigation_form,
    risk_fields_from_form,
    risk_form,
)
from assess.i18n import translator
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.plan_offering import collect_plan_offers
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms, SubmittedForm
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import list_outside_rows_of_current_item


class FindingCommands:
    """Writes remediation, mitigation and risk of the current item."""

    def __init__(self, context: WalkContext, forms: ItemForms, moves: MoveCommands) -> None:
        self._context = context
        self._forms = forms
        self._moves = moves

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "remediation": self._plan_remediation,
            "mitigation": self._claim_mitigation,
            "risk": self._set_risk,
            "outside_finding": self._open_outside_finding,
        }

    def _plan_remediation(self) -> None:
        if (walk_state := self._context.state_if_any_item_applies()) is None:
            return
        session = self._context.shell.session
        answer = walk_state.answer_with_unwritten_changes(walk_state.item_id)

        def apply_typed(typed: SubmittedForm) -> None:
            fields = remediation_fields_from_form(
                typed.values, answer, session.person, session.today
            )
            session.last_used.remember_plan(typed.values)
            self._forms.save_item_fields(walk_state, fields, typed)
            self._moves.go_to_next_if_gap_is_filled(walk_state)

        answers = walk_state.opened.open_sheet.sheet.answers.values()
        form = plan_form(
            walk_state.item.id,
            answer,
            session.person,
            self._context.lang,
            offers=collect_plan_offers(session, walk_state.item, answers),
        )
        self._forms.ask_form(walk_state, "remediation", form, apply_typed)

    def _open_outside_finding(self) -> None:
        """Open the first finding of others about the item, on the board."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state) is None:
            return
        rows = list_outside_rows_of_current_item(walk_state)
        if rows:
            context.shell.navigation.show_board(rows[0].id)
        else:
            context.show_message(_("no finding of others is about this item"))

    def _claim_mitigation(self) -> None:
        """Claim what lowers a high risk."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        answer = walk_state.answer_with_unwritten_changes(walk_state.item_id)
        form = mitigation_form(walk_state.item, answer, context.lang)
        if form is None:
            context.show_message(_("no high-risk case here that anything lowers"))
            return

        def apply_typed(typed: SubmittedForm) -> None:
            self._forms.save_item_fields(
                walk_state, mitigation_fields_from_form(typed.values), typed
            )

        self._forms.ask_form(walk_state, "mitigation", form, apply_typed)

    def _set_risk(self) -> None:
        """Set the risk of a finding by hand."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        if walk_state.result_with_unwritten_changes(walk_state.item_id) not in ("partial", "unmet"):
            context.show_message(_("only a finding has a risk: partly met or not met"))
            return
        form = risk_form(
            walk_state.item,
            walk_state.answer_with_unwritten_changes(walk_state.item_id),
            context.lang,
        )

        def apply_typed(typed: SubmittedForm) -> None:
            self._forms.save_item_fields(walk_state, risk_fields_from_form(typed.values), typed)

        self._forms.ask_form(walk_state, "risk", form, apply_typed)
