"""The walk through the items that have a proposal: each is taken, or left as it is."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.bars import KeyChip, key_lines
from assess.display.text.styled import StyledLine, labelled_lines, styled_line
from assess.display.text.wrap import wrap_text
from assess.display.walk.answer_pane import AnswerRoom, answer_lines
from assess.display.walk.pane import ShownItem, make_proposal_view
from assess.display.walk.proposals import (
    list_proposed_change_texts,
    list_remark_texts,
    proposal_text,
)
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.walk.context import WalkContext
from assess.tui.walk.footer import saved_text
from assess.tui.walk.mode import WalkMode
from assess.tui.walk.position import WalkState
from assess.tui.walk.screen import WalkScreen
from assess.workspace import SheetName


class EachProposalScreen(WalkScreen, inherit_bindings=False):
    """Walks through the items of a sheet that have a proposal."""

    SCOPE: ClassVar[Scope] = "proposals"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("proposals")]

    def __init__(self, name: SheetName, item_id: str | None = None) -> None:
        super().__init__(name, item_id, mode=TAKING)
        self.handlers = {**self.handlers, "decline": self._decline_proposal}

    def _decline_proposal(self) -> None:
        """Leave the item as it is, and go on."""
        if (walk_state := self.context.state_if_any_item_applies()) is not None:
            walk_state.declined.add(walk_state.item_id)
            go_to_next_proposal(self.context, walk_state)


def go_to_next_proposal(context: WalkContext, walk_state: WalkState) -> None:
    """Move to the next item with a proposal, or show that there is none."""
    wanted = walk_state.find_items_in_filter("proposed") - {walk_state.item_id}
    moved = walk_state.walk.go_to_next_unanswered(wanted) if wanted else None
    if moved is None:
        _ = translator(context.lang)
        context.show_message(_("no more proposals here; q goes back"))
    else:
        walk_state.walk = moved
    context.draw_all()


def _lines_of_proposal(
    _context: WalkContext, view: ShownItem, width: int, room: AnswerRoom
) -> list[StyledLine]:
    """Return the proposal with all that it would change, and the keys; without one the answer."""
    _ = translator(view.lang)
    if view.proposal is None:
        return answer_lines(view, width, room, with_choices=False)
    proposal_view = make_proposal_view(view)
    statements = [proposal_text(view.proposal, proposal_view)]
    statements += list_remark_texts(view.proposal, view.lang)
    head = labelled_lines(_("Proposal"), statements, width)
    texts = [
        styled_line(piece)
        for text in list_proposed_change_texts(view.proposal, proposal_view)
        for piece in wrap_text(text, width)
    ]
    chips = (
        KeyChip("1", _("take over")),
        KeyChip("2", _("do not take")),
        KeyChip("L", _("all proposals")),
    )
    return [*head, *texts, *key_lines(chips, width)]


def _keys_back_to_item_text(lang: Lang) -> str:
    _ = translator(lang)
    return _("b goes back to it  u takes it back")


TAKING = WalkMode(
    answer_lines=_lines_of_proposal,
    saved_text=saved_text,
    way_back=_keys_back_to_item_text,
    leads_to_gaps=False,
    after_taking=go_to_next_proposal,
    first_filter="proposed",
)
"""The walk through proposals: it goes on to the next one after each."""
