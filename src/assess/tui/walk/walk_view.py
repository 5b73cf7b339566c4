"""What the walk shows: the section tree, the item, its answer, and what stands beside it."""

from __future__ import annotations

import functools
from collections.abc import Callable

from textual.containers import Horizontal, Vertical

from assess.display.text.marks import done_of_applicable_text, score_with_unit_text
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, styled_line
from assess.display.walk.answer_pane import (
    compute_answer_room,
    compute_answer_room_while_reading,
    count_lines_left_for_choices,
)
from assess.display.walk.aside import item_side_pane_lines
from assess.display.walk.filters import NAMES
from assess.display.walk.outline import current_section_number_and_text, outline_lines
from assess.display.walk.pane import (
    ShownItem,
    divider_line,
    item_head_lines,
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

_BETWEEN_TEXTS = 1
"""Lines of the item's pane between question and answer."""


class WalkView:
    """The widgets between head and footer."""

    def __init__(self, context: WalkContext, mode: WalkMode) -> None:
        self._context = context
        self._mode = mode
        self._shown_item = ""
        self._drawn_height = 0
        self._is_reading = False
        """Whether the question has the room of the choices, since PgDn was pressed at the item."""
        self._has_room_to_give = False
        """Whether the answer is longer than it is beside a question that is read."""
        self._drawn_parts: Callable[[], None] = lambda: None
        self._outline = LinesView(id="outline")
        self._divider = ColumnDivider(id="divider")
        self._item_head = LinesView(id="item-head", grows=True)
        self.question = LinesView(id="question")
        self.question.resized = self._redraw_if_height_changed
        self.question.scrolled = self.draw_hidden_lines_count
        self._more = LinesView(id="more")
        self._answer = LinesView(id="answer", grows=True)
        parts = (self._item_head, self.question, self._more, self._answer)
        self._pane = Vertical(*parts, id="item")
        self.proposal = LinesView(id="proposal")
        self._divider_right = ColumnDivider(id="divider-right")
        self._aside = LinesView(id="aside")

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {
            "scroll_up": self._scroll_up_or_shrink_question,
            "scroll_down": self._enlarge_question_or_scroll_down,
            "outline": self._toggle_outline,
        }

    def _enlarge_question_or_scroll_down(self) -> None:
        """Give the question the room of the choices; in that room, scroll it."""
        gains = self._has_room_to_give and not self._is_reading
        if gains and self.question.hidden_lines.below:
            self._is_reading = True
            self._drawn_parts()
        else:
            self.question.scroll_page_down(animate=False)

    def _scroll_up_or_shrink_question(self) -> None:
        """Scroll the question up; at its beginning show the choices whole again."""
        if self._is_reading and not self.question.hidden_lines.above:
            self._is_reading = False
            self._drawn_parts()
        else:
            self.question.scroll_page_up(animate=False)

    def _toggle_outline(self) -> None:
        """Hide or show the list of sections, here and in later sessions."""
        if self._is_narrow:
            _ = translator(self._context.lang)
            self._context.show_message(_("this terminal is too narrow for the list of sections"))
            return
        preferences = self._context.shell.preferences
        preferences.store_outline_hidden(hidden=not preferences.outline_hidden)
        self.apply_outline_preference()

    @property
    def _is_narrow(self) -> bool:
        """Whether the terminal is too narrow for the list of sections."""
        return self._outline.screen.has_class("-narrow")

    def _current_section_number_and_text(self) -> tuple[int, str]:
        walk_state = self._context.state
        if walk_state is None:
            return 0, ""
        sections = walk_state.sub_questions.sections
        current = walk_state.walk.current_section
        return current_section_number_and_text(sections, current, self._context.lang)

    def apply_outline_preference(self) -> None:
        """Hide the list of sections if the user chose so."""
        hidden = self._context.shell.preferences.outline_hidden
        self._outline.screen.set_class(hidden, "-no-outline")

    def make_widgets(self) -> Horizontal:
        """Return the widgets in their order."""
        return Horizontal(
            self._outline, self._divider, self._pane, self._divider_right, self._aside, id="body"
        )

    def draw_item(self, walk_state: WalkState, *, has_side_pane: bool) -> None:
        """Draw the tree and the current item; `has_side_pane`: there is a column beside it."""
        lang, sections = self._context.lang, walk_state.sub_questions.sections
        shown = walk_state.shown_items()
        self._outline.draw_lines(
            lambda width: outline_lines(
                sections,
                walk_state.item_id,
                walk_state.walk.current_section,
                walk_state.mark_of,
                lang,
                width,
                shown,
                walk_state.sub_questions.words.format_opening_condition,
            )
        )
        if not walk_state.item_id:
            _ = translator(lang)
            text = _("no item applies here")
            self._drawn_parts = lambda: None
            self.question.draw_lines(lambda _width: DrawnLines([styled_line(text)]))
            return
        view = walk_state.make_shown_item(_list_forms_with_draft(self._context.shell, walk_state))
        moved, self._shown_item = self._shown_item != walk_state.item_id, walk_state.item_id
        self._is_reading = self._is_reading and not moved
        self._draw_parts(view, moved=moved, has_side_pane=has_side_pane)

    def _draw_parts(self, view: ShownItem, *, moved: bool, has_side_pane: bool) -> None:
        self._item_head.draw_lines(lambda width: DrawnLines(item_head_lines(view, width)))
        self._drawn_parts = lambda: self._draw_question_and_answer(view, moved=False)
        self._draw_question_and_answer(view, moved=moved)
        if has_side_pane:
            self._aside.draw_lines(
                lambda width: DrawnLines(item_side_pane_lines(view, width)), scroll_to_top=moved
            )
        shows = self._mode.shows_proposal and view.proposal is not None
        self.proposal.set_class(shows, "-shown")
        if shows:
            self.proposal.draw_lines(lambda width: DrawnLines(proposal_lines(view, width)))

    def _draw_question_and_answer(self, view: ShownItem, *, moved: bool) -> None:
        """Draw both in the lines that the pane has: where the question is short, more of a note."""
        context, mode = self._context, self._mode
        self._drawn_height = self._pane.size.height
        head = len(item_head_lines(view, max(1, self._item_head.lines_width)))
        height = self._drawn_height - head - _BETWEEN_TEXTS

        def make_question(width: int) -> list[StyledLine]:
            choices = (
                count_lines_left_for_choices(view, width, compute_answer_room(height, height))
                if mode.shows_choices
                else 0
            )
            return question_lines(view, width, choices)

        made = functools.cache(make_question)

        def make_answer(width: int) -> DrawnLines:
            room = compute_answer_room(height, len(made(self.question.lines_width)))
            whole = mode.answer_lines(context, view, width, room)
            reading = compute_answer_room_while_reading(view)
            self._has_room_to_give = mode.shows_choices and len(whole) > reading.most
            if not (self._is_reading and self._has_room_to_give):
                return DrawnLines(whole)
            return DrawnLines(mode.answer_lines(context, view, width, reading))

        self._answer.draw_lines(make_answer, scroll_to_top=moved)
        self.question.draw_lines(lambda width: DrawnLines(made(width)), scroll_to_top=moved)

    def _redraw_if_height_changed(self) -> None:
        """Draw the item again where its pane has another height, as below a proposal."""
        if self._pane.size.height != self._drawn_height:
            self._drawn_parts()
        self.draw_hidden_lines_count()

    def draw_hidden_lines_count(self) -> None:
        """Draw how many lines of the question are hidden."""
        if not self._outline.is_attached:  # the screen was closed meanwhile
            return
        lang, hidden = self._context.lang, self.question.hidden_lines
        is_outline_shown = self._outline.display and not self._is_narrow
        number, name = self._current_section_number_and_text()
        # In a long section the list has scrolled its heading away.
        is_scrolled = is_outline_shown and 0 < number <= self._outline.hidden_lines.above
        section = name if is_scrolled or not is_outline_shown else ""

        def make_divider(width: int) -> DrawnLines:
            line = divider_line(
                lang,
                width,
                hidden,
                is_outline_shown=None if self._is_narrow or is_scrolled else is_outline_shown,
                is_reading=self._is_reading,
                section=section,
            )
            return DrawnLines([line])

        self._more.draw_lines(make_divider)


def head_crumbs_and_right_parts(
    context: WalkContext, walk_state: WalkState
) -> tuple[list[str], list[LinePart]]:
    """Return where one is, and what is done, for the head line."""
    lang, seen = context.lang, walk_state.opened.assessment
    crumbs = [seen.round, pick_text(seen.title, lang)]
    if seen.scope_is_system:
        crumbs.insert(1, pick_text(seen.scope_name, lang))
    if walk_state.filter != "all":
        crumbs.append(filter_and_position_text(context, walk_state))
    facts = (score_with_unit_text(seen, lang), done_of_applicable_text(seen.counts))
    return crumbs, [LinePart(fact, "dim") for fact in facts]


def filter_and_position_text(context: WalkContext, walk_state: WalkState) -> str:
    """Return the filter, and the place of the current item among those that it began with."""
    _ = translator(context.lang)
    text = _("only: {filter}").format(filter=_(NAMES[walk_state.filter]))
    items, tour = walk_state.filter_items, context.tour_if_its_filter_is_set(walk_state)
    if walk_state.item_id not in items:
        return text
    before, after = (
        (tour.item_count_in_earlier_sheets, tour.item_count_in_later_sheets) if tour else (0, 0)
    )
    place = before + items.index(walk_state.item_id) + 1
    return f"{text} {place}/{before + len(items) + after}"


def _list_forms_with_draft(shell: AppShell, walk_state: WalkState) -> tuple[str, ...]:
    """Return the forms of the current item that have a draft."""
    return shell.drafts.list_forms_with_draft(
        shell.session.round_id, walk_state.name, walk_state.item_id
    )
