"""The reviewer's walk: the answers that wait for a review, accepted or returned."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from assess.display.text.styled import StyledLine
from assess.display.walk.answer_pane import AnswerRoom
from assess.display.walk.lacks import list_gap_texts
from assess.display.walk.pane import ShownItem
from assess.i18n import Lang, translator
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.walk.context import WalkContext
from assess.tui.walk.footer import saved_text
from assess.tui.walk.mode import WalkMode, reviewed_checklist_text
from assess.tui.walk.position import WalkState
from assess.tui.walk.review_rules import (
    answer_lines_for_reviewer,
    review_refusal_text,
    review_warning_text,
)
from assess.tui.walk.screen import WalkScreen
from assess.workspace import SheetName


class ReviewScreen(WalkScreen, inherit_bindings=False):
    """Walks through the answers of a sheet that wait for a review; changes none of them."""

    SCOPE: ClassVar[Scope] = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("review")]

    def __init__(self, name: SheetName) -> None:
        super().__init__(name, None, "review", mode=REVIEWING)


def _lines_for_reviewer(
    context: WalkContext, view: ShownItem, width: int, _room: AnswerRoom
) -> list[StyledLine]:
    """Return the answer, and the reviewer's keys."""
    if (walk_state := context.state) is None:
        return answer_lines_for_reviewer(view, (), width)
    lacks = list_gap_texts(walk_state.gaps_of(view.state.item.id), view.state, context.lang)
    refusal = _review_refusal_or_warning_text(context, walk_state, view)
    notices = [
        *(f"! {text}" for text in (*lacks, *view.broken_checks)),
        *([refusal] if refusal else []),
    ]
    return answer_lines_for_reviewer(view, notices, width)


def _review_refusal_or_warning_text(
    context: WalkContext, walk_state: WalkState, view: ShownItem
) -> str:
    """Return why the acting person may not review the answer, or else a warning."""
    open_sheet, person = walk_state.opened.open_sheet, context.shell.session.person
    if view.result is None:
        return ""
    config, lang = open_sheet.config, context.lang
    why = review_refusal_text(config, open_sheet.sheet, person, view.answer, lang)
    return f"! {why}" if why else review_warning_text(config, person, view.answer, lang)


def _go_to_next_after_review(context: WalkContext, walk_state: WalkState) -> None:
    """Move to the next answer that waits, without the one just reviewed."""
    moved = walk_state.walk.go_to_next_unanswered(
        walk_state.items_to_visit() - {walk_state.item_id}
    )
    if moved is None:
        _ = translator(context.lang)
        context.show_message(reviewed_checklist_text(context.lang))
    else:
        walk_state.walk = moved
    context.draw_all()


def _keys_back_to_review_text(lang: Lang) -> str:
    _ = translator(lang)
    return _("b goes back to it")


def _reviewed_text(walk_state: WalkState, item_id: str, lang: Lang) -> str:
    """Return how the item was reviewed; after an undo, what was written."""
    review = walk_state.stored_answer(item_id).review
    if review is None:
        return saved_text(walk_state, item_id, lang)
    _ = translator(lang)
    text = _("accepted {item}") if review.state == "accepted" else _("returned {item}")
    return text.format(item=item_id)


REVIEWING = WalkMode(
    answer_lines=_lines_for_reviewer,
    saved_text=_reviewed_text,
    way_back=_keys_back_to_review_text,
    leads_to_gaps=False,
    after_review=_go_to_next_after_review,
)
"""The walk of a reviewer: it goes on to the next answer after a review."""
