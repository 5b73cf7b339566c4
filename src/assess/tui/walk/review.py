"""The reviewer's walk: the answers that wait for a review, accepted or returned."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import Line
from assess.display.walk.pane import ShownItem
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.walk.position import WalkState
from assess.tui.walk.review_rules import (
    review_fields,
    review_refusal,
    review_warning,
    verdict_lines,
)
from assess.tui.walk.screen import WalkScreen
from assess.workspace import SheetName


class ReviewScreen(WalkScreen, inherit_bindings=False):
    """Walks through the answers of a sheet that wait for a review; changes none of them."""

    SCOPE: ClassVar[Scope] = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("review")]

    def __init__(self, name: SheetName) -> None:
        super().__init__(name, None, "review")

    def answer_lines(self, view: ShownItem, width: int) -> list[Line]:
        """Return the answer, and the reviewer's keys."""
        notice = "" if self.walk_state is None else self._review_hindrance(self.walk_state, view)
        return verdict_lines(view, notice, width)

    def _review_hindrance(self, walk_state: WalkState, view: ShownItem) -> str:
        """Return why the acting person may not review the answer, or else a warning."""
        open_sheet, person = walk_state.opened.open_sheet, self.shell.session.person
        if view.result is None:
            return ""
        why = review_refusal(open_sheet.config, open_sheet.sheet, person, view.answer, self.lang)
        return (
            f"! {why}" if why else review_warning(open_sheet.config, person, view.answer, self.lang)
        )

    async def action_accept(self) -> None:
        """Accept the answer and move on."""
        walk_state = self.walk_state
        if walk_state is None or not walk_state.item_id or not await self.may_review(walk_state):
            return
        session, answer = self.shell.session, walk_state.stored_answer(walk_state.item_id)
        values = {"state": "accepted", "comment": "", "due": ""}
        self._submit_fields(
            walk_state, review_fields(values, answer, session.person, session.now()), None
        )
        self.go_on_reviewed(walk_state)

    async def action_give_back(self) -> None:
        """Ask for a comment, return the answer and move on."""
        walk_state = self.walk_state
        if walk_state is not None and walk_state.item_id and await self.may_review(walk_state):
            self.ask_review(walk_state, returned=True)

    def go_on_reviewed(self, walk_state: WalkState) -> None:
        """Move to the next answer that waits, without the one just reviewed."""
        moved = walk_state.walk.next_unanswered(walk_state.waiting_items() - {walk_state.item_id})
        if moved is None:
            self.show_message(self._("everything is reviewed"))
        else:
            walk_state.walk = moved
        self.draw_all()

    @property
    def way_back(self) -> str:
        """The key back to the last reviewed item."""
        return self._("b goes back to it")

    def saved_text(self, walk_state: WalkState, item_id: str) -> str:
        """Return how the item was reviewed; after an undo, what was written."""
        review = walk_state.stored_answer(item_id).review
        if review is None:
            return super().saved_text(walk_state, item_id)
        accepted = review.state == "accepted"
        text = self._("accepted {item}") if accepted else self._("returned {item}")
        return text.format(item=item_id)
