"""What the walk shows: the section tree, the item, its answer, and what stands beside it."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical

from assess.display.text.marks import done_of_applicable_text, score_text
from assess.display.text.styled import DrawnLines, LinePart, styled_line
from assess.display.walk.aside import item_side_pane_lines
from assess.display.walk.filters import NAMES
from assess.display.walk.outline import outline_lines
from assess.display.walk.pane import (
    ShownItem,
    divider_line,
    item_head_line,
    proposal_lines,
    question_lines,
)
from assess.i18n import translator
from assess.model.base import pick_text
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.shell import AppShell
from assess.tui.core.widgets.lines import ColumnDivider, LinesView
from assess.tui.walk.context import WalkContext
from assess.tui.walk.mode import WalkMode
from assess.tui.walk.position import WalkState


class WalkView:
    """The widgets between head and footer."""

    def __init__(self, context: WalkContext, mode: WalkMode) -> None:
        self._context = context
        self._mode = mode
        self._shown_item = ""
        self._outline = LinesView(id="outline")
        self._divider = ColumnDivider(id="divider")
        self._item_head = LinesView(id="item-head")
        self.question = LinesView(id="question")
        self.question.resized = self.draw_hidden_lines_count
        self._more = LinesView(id="more")
        self._answer = LinesView(id="answer", grows=True)
        self.proposal = LinesView(id="proposal")
        self._divider_right = ColumnDivider(id="divider-right")
        self._aside = LinesView(id="aside")

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "scroll_up": lambda: self.question.scroll_page_up(animate=False),
            "scroll_down": lambda: self.question.scroll_page_down(animate=False),
            "outline": self._toggle_outline,
        }

    def _toggle_outline(self) -> None:
        """Hide or show the list of sections."""
        self._outline.screen.toggle_class("-no-outline")

    def make_widgets(self) -> Horizontal:
        """Return the widgets in their order."""
        item = Vertical(self._item_head, self.question, self._more, self._answer, id="item")
        return Horizontal(
            self._outline, self._divider, item, self._divider_right, self._aside, id="body"
        )

    def draw_item(self, walk_state: WalkState, *, has_side_pane: bool) -> None:
        """Draw the tree and the current item; `has_side_pane`: there is a column beside it."""
        lang, sections = self._context.lang, walk_state.opened.assessment.sections
        shown = walk_state.shown_items()
        self._outline.draw_lines(
            lambda width: outline_lines(
                sections, walk_state.item_id, walk_state.mark_of, lang, width, shown
            )
        )
        if not walk_state.item_id:
            _ = translator(lang)
            text = _("no item applies here")
            self.question.draw_lines(lambda _width: DrawnLines([styled_line(text)]))
            return
        view = walk_state.make_shown_item(_list_forms_with_draft(self._context.shell, walk_state))
        moved, self._shown_item = self._shown_item != walk_state.item_id, walk_state.item_id
        self._draw_parts(view, moved=moved, has_side_pane=has_side_pane)

    def _draw_parts(self, view: ShownItem, *, moved: bool, has_side_pane: bool) -> None:
        context, mode = self._context, self._mode
        self._item_head.draw_lines(lambda width: DrawnLines([item_head_line(view, width)]))
        self._answer.draw_lines(
            lambda width: DrawnLines(mode.answer_lines(context, view, width)), home=moved
        )
        if has_side_pane:
            self._aside.draw_lines(
                lambda width: DrawnLines(item_side_pane_lines(view, width)), home=moved
            )
        self.question.draw_lines(lambda width: DrawnLines(question_lines(view, width)), home=moved)
        shows = mode.shows_proposal and view.proposal is not None
        self.proposal.set_class(shows, "-shown")
        if shows:
            self.proposal.draw_lines(lambda width: DrawnLines(proposal_lines(view, width)))

    def draw_hidden_lines_count(self) -> None:
        """Draw how many lines of the question are hidden."""
        lang, hidden = self._context.lang, self.question.hidden_line_count
        self._more.draw_lines(lambda width: DrawnLines([divider_line(lang, width, hidden)]))


def crumbs_and_facts(
    context: WalkContext, walk_state: WalkState
) -> tuple[list[str], list[LinePart]]:
    """Return where one is, and what is done, for the head line."""
    lang, seen = context.lang, walk_state.opened.assessment
    crumbs = [seen.round, pick_text(seen.title, lang)]
    if seen.scope_is_system:
        crumbs.insert(1, pick_text(seen.scope_name, lang))
    if walk_state.filter != "all":
        crumbs.append(filter_text(context, walk_state))
    facts = (score_text(seen, lang), done_of_applicable_text(seen.counts))
    return crumbs, [LinePart(fact, "dim") for fact in facts]


def filter_text(context: WalkContext, walk_state: WalkState) -> str:
    """Return the filter, and the place of the current item among those that it began with."""
    _ = translator(context.lang)
    text = _("only: {filter}").format(filter=_(NAMES[walk_state.filter]))
    items, tour = walk_state.filter_items, context.tour_of(walk_state)
    if walk_state.item_id not in items:
        return text
    before, after = (tour.items_before, tour.items_after) if tour else (0, 0)
    place = before + items.index(walk_state.item_id) + 1
    return f"{text} {place}/{before + len(items) + after}"


def _list_forms_with_draft(shell: AppShell, walk_state: WalkState) -> tuple[str, ...]:
    """Return the forms of the current item that have a draft."""
    return shell.drafts.list_forms_with_draft(
        shell.session.round_id, walk_state.name, walk_state.item_id
    )
