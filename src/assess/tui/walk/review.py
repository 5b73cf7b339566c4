"""The reviewer's walk: what waits for a review, one after another, accepted or returned."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import Line
from assess.display.walk.pane import View
from assess.tui.commands.registry import Scope, bindings
from assess.tui.walk.position import Place
from assess.tui.walk.review_rules import refusal, review_fields, verdict_lines, warning
from assess.tui.walk.screen import WalkScreen
from assess.workspace import SheetName


class ReviewScreen(WalkScreen, inherit_bindings=False):
    """Goes through the answers of a sheet that wait for a review; answers none itself."""

    SCOPE: ClassVar[Scope] = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]

    def __init__(self, name: SheetName) -> None:
        super().__init__(name, None, "review")

    def answer_lines(self, view: View, width: int) -> list[Line]:
        """Return what is answered, and what a reviewer may do with it."""
        said = "" if self.place is None else self._hindrance(self.place, view)
        return verdict_lines(view, said, width)

    def _hindrance(self, place: Place, view: View) -> str:
        """Return why whoever acts may not review the answer, else what to think of first."""
        desk, person = place.opened.desk, self.shell.session.person
        if view.result is None:
            return ""
        why = refusal(desk.config, desk.sheet, person, view.answer, self.lang)
        return f"! {why}" if why else warning(desk.config, person, view.answer, self.lang)

    async def action_accept(self) -> None:
        """Accept the answer, go on."""
        place = self.place
        if place is None or not place.item_id or not await self.may_review(place):
            return
        session, answer = self.shell.session, place.on_disk(place.item_id)
        values = {"state": "accepted", "comment": "", "due": ""}
        self._submit(place, review_fields(values, answer, session.person, session.now()), None)
        self.reviewed(place)

    async def action_give_back(self) -> None:
        """Ask what is to be changed, return the answer, go on."""
        place = self.place
        if place is not None and place.item_id and await self.may_review(place):
            self.ask_review(place, returned=True)

    def reviewed(self, place: Place) -> None:
        """Go to the next answer that waits; the one just reviewed does so no more."""
        moved = place.walk.next_unanswered(place.waiting() - {place.item_id})
        if moved is None:
            self.say(self._("everything is reviewed"))
        else:
            place.walk = moved
        self.draw_all()

    @property
    def way_back(self) -> str:
        """The key back to what was reviewed last."""
        return self._("b goes back to it")

    def told_of(self, place: Place, item_id: str) -> str:
        """Return how the item was reviewed; a review that was taken back as any change."""
        review = place.on_disk(item_id).review
        if review is None:
            return super().told_of(place, item_id)
        accepted = review.state == "accepted"
        said = self._("accepted {item}") if accepted else self._("returned {item}")
        return said.format(item=item_id)
