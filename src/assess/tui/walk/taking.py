"""Commands that take a proposal over, list all, and lead through the items that have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assess.display.walk.pane import make_proposal_view
from assess.display.walk.proposals import (
    list_proposed_change_texts,
    list_remark_texts,
    proposal_text,
)
from assess.engine.proposals.proposal import Proposal
from assess.engine.proposals.taking import make_taken_over_fields
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow
from assess.tui.walk.answers import AnswerCommands
from assess.tui.walk.context import WalkContext
from assess.tui.walk.item_forms import ItemForms
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState

GoOn = Callable[[WalkContext, WalkState], None]


class TakingCommands:
    """Takes proposals over; `go_on` follows in place of the next open item, where it is given."""

    def __init__(
        self,
        context: WalkContext,
        forms: ItemForms,
        moves: MoveCommands,
        answers: AnswerCommands,
        go_on: GoOn | None = None,
    ) -> None:
        self._context = context
        self._forms = forms
        self._moves = moves
        self._answers = answers
        self._go_on = go_on

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "take_over": self._take_over_default_proposal,
            "list_best_useful_proposals": self._pick_and_take_over_proposal,
            "take_each": self._open_walk_through_proposals,
        }

    async def _take_over_default_proposal(self) -> None:
        """Take the proposal that stands below the answer."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := self._answers.state_unless_paused()) is None:
            return
        await context.shell.saver.wait_until_written()
        proposal = walk_state.default_proposal(walk_state.item_id)
        if proposal is None:
            context.show_message(_("nothing is proposed for this item"))
        else:
            self._take_over_proposal(walk_state, proposal)
            self._answers.count_answer_and_pause_if_repeated()

    async def _pick_and_take_over_proposal(self) -> None:
        """List all proposals of the item, with what each would change; take the chosen one."""
        context, _ = self._context, translator(self._context.lang)
        if (walk_state := context.state_if_any_item_applies()) is None:
            return
        await context.shell.saver.wait_until_written()
        answer = walk_state.stored_answer(walk_state.item_id)
        proposals = walk_state.proposals.list_proposals_for_item(walk_state.item, answer)
        if not proposals:
            context.show_message(_("nothing is proposed for this item"))
            return
        view = make_proposal_view(walk_state.make_shown_item())
        rows = [
            ListRow(str(index), f"{index + 1}  {proposal_text(proposal, view)}")
            for index, proposal in enumerate(proposals)
        ]
        notes = [
            f"{index}. {text}"
            for index, proposal in enumerate(proposals, 1)
            for text in (
                *list_remark_texts(proposal, context.lang),
                *list_proposed_change_texts(proposal, view),
            )
        ]

        def take_row(value: str | None) -> None:
            if value is not None:
                self._take_over_proposal(walk_state, proposals[int(value)])

        title = _("Proposals for {item}").format(item=walk_state.item_id)
        context.shell.dialogs.pick_row(title, make_row_search(rows), take_row, notes)

    def _open_walk_through_proposals(self) -> None:
        """Go through the items of the sheet that have a proposal."""
        if (walk_state := self._context.state) is not None:
            self._moves.save_unsaved_ticks()
            self._context.shell.navigation.show_proposals(walk_state.name, walk_state.item_id)

    def _take_over_proposal(self, walk_state: WalkState, proposal: Proposal) -> None:
        """Write what is proposed; of a part of a value, ask for the rest."""
        walk_state.ticks.pop(walk_state.item_id, None)
        if proposal.incomplete:
            self._answers.ask_value(walk_state, Answer(value=proposal.value))
            return
        fields = make_taken_over_fields(proposal, walk_state.stored_answer(walk_state.item_id))
        change = self._forms.save_item_fields(walk_state, fields, None)
        self._context.draw_all()
        is_inapplicable_without_reason = "reason" in walk_state.gaps_of(walk_state.item_id)
        if proposal.needs_note_rereading or (
            proposal.proposes_complete_result and is_inapplicable_without_reason
        ):
            self._answers.ask_note(walk_state, change)
        elif self._go_on is not None:
            self._go_on(self._context, walk_state)
        elif proposal.proposes_complete_result:
            self._moves.go_to_next_if_checks_are_met(walk_state)
        else:
            self._context.show_message(_taken_without_result_text(fields, self._context.lang))


def _taken_without_result_text(fields: Mapping[str, Any], lang: Lang) -> str:
    """Return what was taken over of an item whose result is this round's own."""
    _ = translator(lang)
    if "evidence" not in fields:
        return _("the note is taken over; now the result")
    if "note" not in fields:
        return _("the evidence is taken over; now the result")
    return _("note and evidence are taken over; now the result")
