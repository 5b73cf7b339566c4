"""The walk: the section tree on the left, the current item and its answer on the right."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from assess.display.text.marks import scope_text, score_text, tally_text
from assess.display.text.styled import Drawn, Line, LinePart, styled_line
from assess.display.walk.aside import aside_lines
from assess.display.walk.filters import NAMES, FilterName
from assess.display.walk.outline import outline_lines
from assess.display.walk.pane import (
    ShownItem,
    answer_lines,
    divider_line,
    head_line,
    question_lines,
)
from assess.engine.walk import Walk
from assess.errors import FilesError
from assess.model.base import pick
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.lines import LinesView
from assess.tui.search.searching import ask_item_id
from assess.tui.walk.looking import Looking
from assess.tui.walk.position import WalkState
from assess.workspace import SheetName


class WalkScreen(Looking):
    """Walks through the items of one sheet."""

    SCOPE: ClassVar[Scope] = "walk"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("walk")]

    def __init__(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
    ) -> None:
        super().__init__()
        self._form = form
        self._sheet = name
        self._first = item_id
        self._wanted: FilterName = wanted
        self._shown = ""
        self.outline = LinesView(id="outline")
        self.divider = LinesView(id="divider")
        self.item_head = LinesView(id="item-head")
        self.question = LinesView(id="question")
        self.question.resized = self._draw_more
        self.more = LinesView(id="more")
        self.answer = LinesView(id="answer", grows=True)
        self.divider_right = LinesView(id="divider-right")
        self.aside = LinesView(id="aside")

    def compose(self) -> ComposeResult:
        """Lay out head, tree, item and footer."""
        yield self.head
        with Horizontal(id="body"):
            yield self.outline
            yield self.divider
            with Vertical(id="item"):
                yield self.item_head
                yield self.question
                yield self.more
                yield self.answer
            yield self.divider_right
            yield self.aside
        yield self.foot

    def on_mount(self) -> None:
        """Read the sheet off the event loop."""
        for divider in (self.divider, self.divider_right):
            divider.draw_lines(lambda _width: Drawn([(LinePart("| ", "dim", "│ "),)] * 200))
        self.draw_foot()
        self.run_worker(self._read_sheet(), group="read", exclusive=True)

    async def _read_sheet(self, *, anew: bool = False, message: str = "") -> None:
        session = self.shell.session
        read = session.reread_sheet if anew else session.read_sheet
        try:
            opened = await asyncio.to_thread(read, self._sheet)
        except FilesError as error:
            self.shell.show_problems(error)
            return
        if self.walk_state is None:
            self._start_walk(opened)
            if self._form:
                self.call_after_refresh(self.open_form, self._form)
        else:
            self.walk_state.follow_sheet(opened)
        if message:
            self.show_message(message)
        self.draw_all()
        self.call_after_refresh(self.answerable)

    def _start_walk(self, opened: AssessedSheet) -> None:
        person = self.shell.session.person
        self.walk_state = WalkState(self._sheet, opened, self.shell.saver, self.lang, person)
        if self._first is not None:
            self.walk_state.walk = self.walk_state.walk.go_to(self._first) or self.walk_state.walk
        if self._wanted != "all":
            first = self._first or next(iter(self.walk_state.walk.order), "")
            self.walk_state.walk = self.walk_state.walk.go_to(first) or self.walk_state.walk
            self.set_filter(self.walk_state, self._wanted)
        self.run_worker(self.read_past(self.walk_state), group="past")

    @property
    def ready(self) -> bool:
        """Whether the sheet is read: keys wait until then."""
        return self.walk_state is not None

    def answerable(self) -> None:
        """Do nothing; the benchmark waits for this call: the first item can be answered."""

    def read_again(self) -> None:
        """Read the sheet again, because another screen changed its data or the person."""
        if self.walk_state is not None:
            # Keys before the end of reading use the person who acts now.
            self.walk_state.person = self.shell.session.person
        self._read_anew()

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show the sheet as it is now on disk."""
        if self.walk_state is not None and sheet == self._sheet:
            self.walk_state.follow_sheet(opened)
            self.draw_all()

    # Drawing

    def show_saving(self) -> None:
        """Show the progress of saving."""
        self.draw_all()

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        walk_state = self.walk_state
        if walk_state is None:
            return
        self._draw_head(walk_state)
        self.draw_foot()
        sections = walk_state.opened.assessment.sections
        shown = walk_state.shown_items()
        self.outline.draw_lines(
            lambda width: outline_lines(
                sections, walk_state.item_id, walk_state.mark_of, self.lang, width, shown
            )
        )
        if not walk_state.item_id:
            self.question.draw_lines(
                lambda _width: Drawn([styled_line(self._("no item applies here"))])
            )
            return
        view = walk_state.make_view(self.drafts_of(walk_state))
        moved, self._shown = self._shown != walk_state.item_id, walk_state.item_id
        self.item_head.draw_lines(lambda width: Drawn([head_line(view, width)]))
        self.answer.draw_lines(lambda width: Drawn(self.answer_lines(view, width)), home=moved)
        if self.has_class("-vast"):
            self.aside.draw_lines(lambda width: Drawn(aside_lines(view, width)), home=moved)
        self.question.draw_lines(lambda width: Drawn(question_lines(view, width)), home=moved)
        self.call_after_refresh(self._draw_more)

    def answer_lines(self, view: ShownItem, width: int) -> list[Line]:
        """Return the answer, and the keys that change it."""
        return answer_lines(view, width)

    def on_resize(self) -> None:
        """Draw again: the number of hidden lines, and the columns of a wide terminal."""
        self.call_after_refresh(self.draw_all)

    def _draw_more(self) -> None:
        hidden = self.question.hidden
        self.more.draw_lines(lambda width: Drawn([divider_line(self.lang, width, hidden)]))

    def _draw_head(self, walk_state: WalkState) -> None:
        seen = walk_state.opened.assessment
        names = [pick(seen.title, self.lang), scope_text(seen, self.lang), seen.round]
        if walk_state.filter != "all":
            names.insert(
                0, self._("only: {filter}").format(filter=self._(NAMES[walk_state.filter]))
            )
        facts = [tally_text(seen.counts), score_text(seen, self.lang), self._saved_text()]
        facts.append(self.shell.session.who)
        self.draw_head(names, facts)

    def _saved_text(self) -> str:
        shell = self.shell
        if shell.saver.error is not None:
            return self._("! {count} not saved").format(count=shell.saver.waiting)
        if shell.saver.waiting:
            return self._("saving")
        if shell.drafts.troubles:
            return self._("! draft not stored")
        if shell.saved_at is None:
            return ""
        return self._("saved {time}").format(time=shell.saved_at.strftime("%H:%M"))

    # Moving

    def action_next_unanswered(self) -> None:
        """Move to the next unanswered item."""
        if self.walk_state is not None:
            self.leave_item()
            self.next_unanswered(self.walk_state)

    def action_back(self) -> None:
        """Move back to the item before in the history."""
        self._move_to(lambda walk_state: walk_state.walk.back())

    def action_skip(self) -> None:
        """Move to the next item in the order; after the last to the first."""
        self._move_to(_skip_item)

    def action_next_item(self) -> None:
        """Move to the item below."""
        self._move_step(1)

    def action_previous_item(self) -> None:
        """Move to the item above."""
        self._move_step(-1)

    def _move_step(self, step: int) -> None:
        if (
            self.walk_state is not None
            and (target := self.walk_state.item_beside(step)) is not None
        ):
            self._move_to(lambda walk_state: walk_state.walk.go_to(target))

    def action_next_section(self) -> None:
        """Move to the section after."""
        self._move_section(1)

    def action_previous_section(self) -> None:
        """Move to the section before."""
        self._move_section(-1)

    def _move_section(self, step: int) -> None:
        if self.walk_state is None or self.walk_state.walk.section is None:
            return
        walk, shown = self.walk_state.walk, self.walk_state.shown_items()
        pairs = zip(walk.order, walk.sections, strict=True)
        names = list(
            dict.fromkeys(
                section for item_id, section in pairs if shown is None or item_id in shown
            )
        )
        wanted = names[(names.index(self.walk_state.walk.section) + step) % len(names)]
        self._move_to(
            lambda walk_state: walk_state.walk.go_to_section(
                wanted, shown or walk_state.unanswered_items()
            )
        )

    def action_go_to(self) -> None:
        """Ask for an item's id and move to it."""
        if (walk_state := self.walk_state) is None:
            return
        known = {item_id: (walk_state.name, item_id) for item_id in walk_state.walk.order}

        def go_to_item(_sheet: SheetName, item_id: str) -> None:
            self._move_to(lambda walk_state: walk_state.walk.go_to(item_id))

        ask_item_id(self.shell, known, go_to_item)

    def action_scroll_up(self) -> None:
        """Scroll the text up."""
        self.question.scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the text down."""
        self.question.scroll_page_down(animate=False)

    # Other

    def action_reread(self) -> None:
        """Read the files again."""
        self._read_anew(self._("read again"))

    def _read_anew(self, message: str = "") -> None:
        self.run_worker(self._read_sheet(anew=True, message=message), group="read", exclusive=True)

    def action_step_back(self) -> None:
        """Go back to the overview, but only if it is the screen below."""
        if self._came_from_overview:
            self.action_overview()
        else:
            self.show_message(self._("q or F10 quits, Home or F12 opens the overview"))

    def action_overview(self) -> None:
        """Go to the overview."""
        self.leave_item()
        beneath = self._came_from_overview
        self.app.pop_screen()
        if not beneath:
            self.shell.show_overview()

    @property
    def _came_from_overview(self) -> bool:
        return len(self.app.screen_stack) > 2  # noqa: PLR2004  # the default screen and this one

    async def action_leave(self) -> None:
        """Go back to the overview if it is the screen below, else quit."""
        self.leave_item()
        if self._came_from_overview:
            self.app.pop_screen()
        else:
            await self.shell.leave_app()


def _skip_item(walk_state: WalkState) -> Walk | None:
    """Return the walk at the next item of the filter; after the last at the first."""
    shown = walk_state.shown_items()
    return walk_state.walk.skip() if shown is None else walk_state.walk.next_unanswered(shown)
