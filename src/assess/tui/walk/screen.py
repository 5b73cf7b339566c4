"""The walk: the section tree on the left, the current item and its answer on the right."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from assess.display.text.marks import scope_text, score_text, tally_text
from assess.display.text.styled import Drawn, LinePart, styled_line
from assess.display.walk.aside import aside_lines
from assess.display.walk.filters import NAMES, FilterName
from assess.display.walk.outline import outline_lines
from assess.display.walk.pane import answer_lines, divider_line, head_line, question_lines
from assess.errors import FilesError
from assess.model.base import pick
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.drafts import DraftKey
from assess.tui.core.handlers import Handlers
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.core.widgets.lines import LinesView
from assess.tui.walk.answers import Answers
from assess.tui.walk.assignment import Assignment
from assess.tui.walk.attachments import Attachments
from assess.tui.walk.context import WalkContext
from assess.tui.walk.findings import Findings
from assess.tui.walk.footer import footer_notice, saved_text, saving_text, way_back
from assess.tui.walk.item_forms import ItemForms
from assess.tui.walk.mode import WalkMode
from assess.tui.walk.moves import Moves
from assess.tui.walk.position import WalkState
from assess.tui.walk.reviews import Reviews
from assess.tui.walk.undo_commands import UndoCommands
from assess.tui.walk.views import Views
from assess.workspace import SheetName

FILLING = WalkMode(
    answer_lines=lambda _context, view, width: answer_lines(view, width),
    saved_text=saved_text,
    way_back=way_back,
    after_review=lambda _context, _walk_state: None,
)
"""The walk in which a sheet is filled in. It stays at an item after a review."""


class WalkScreen(AppScreen):
    """Walks through the items of one sheet."""

    SCOPE: ClassVar[Scope] = "walk"
    BINDINGS: ClassVar[list[BindingType]] = [*make_bindings("walk")]

    def __init__(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
        mode: WalkMode = FILLING,
    ) -> None:
        super().__init__()
        self._form = form
        self._sheet = name
        self._first = item_id
        self._wanted: FilterName = wanted
        self._mode = mode
        self._shown = ""
        self._make_views()
        self.context = WalkContext(self, self.draw_all)
        forms = ItemForms(self.context)
        self._moves = Moves(self.context, forms)
        self.answers = Answers(self.context, forms, self._moves)
        self._views = Views(self.context, self._moves)
        self.handlers = {
            **self.handlers,
            **self._moves.handlers(),
            **self.answers.handlers(),
            **Attachments(self.context, forms).handlers(),
            **Findings(self.context, forms).handlers(),
            **Assignment(self.context).handlers(),
            **Reviews(self.context, forms, mode.after_review).handlers(),
            **UndoCommands(self.context, self._moves).handlers(),
            **self._views.handlers(),
            **self._screen_handlers(),
        }

    def _make_views(self) -> None:
        self.outline = LinesView(id="outline")
        self.divider = LinesView(id="divider")
        self.item_head = LinesView(id="item-head")
        self.question = LinesView(id="question")
        self.question.resized = self._draw_more
        self.more = LinesView(id="more")
        self.answer = LinesView(id="answer", grows=True)
        self.divider_right = LinesView(id="divider-right")
        self.aside = LinesView(id="aside")

    def _screen_handlers(self) -> Handlers:
        return {
            "scroll_up": lambda: self.question.scroll_page_up(animate=False),
            "scroll_down": lambda: self.question.scroll_page_down(animate=False),
            "reread": lambda: self._read_anew(self._("read again")),
            "step_back": self._step_back,
            "overview": self._show_overview,
            "leave": self._leave_walk,
        }

    @property
    def walk_state(self) -> WalkState | None:
        """The position in the sheet; None until it is read."""
        return self.context.state

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
        if self.context.state is None:
            self._start_walk(opened)
            if self._form:
                self.call_after_refresh(self._open_form, self._form)
        else:
            self.context.state.follow_sheet(opened)
        if message:
            self.show_message(message)
        self.draw_all()
        self.call_after_refresh(self.answerable)

    def _start_walk(self, opened: AssessedSheet) -> None:
        person = self.shell.session.person
        walk_state = WalkState(self._sheet, opened, self.shell.saver, self.lang, person)
        self.context.state = walk_state
        if self._first is not None:
            walk_state.walk = walk_state.walk.go_to(self._first) or walk_state.walk
        if self._wanted != "all":
            first = self._first or next(iter(walk_state.walk.order), "")
            walk_state.walk = walk_state.walk.go_to(first) or walk_state.walk
            self._views.set_filter(walk_state, self._wanted)
        self.run_worker(self._views.show_past(walk_state), group="past")

    @property
    def ready(self) -> bool:
        """Whether the sheet is read: keys wait until then."""
        return self.context.state is not None

    def answerable(self) -> None:
        """Do nothing; the benchmark waits for this call: the first item can be answered."""

    def read_again(self) -> None:
        """Read the sheet again, because another screen changed its data or the person."""
        if self.context.state is not None:
            # Keys before the end of reading use the person who acts now.
            self.context.state.person = self.shell.session.person
        self._read_anew()

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show the sheet as it is now on disk."""
        if self.context.state is not None and sheet == self._sheet:
            self.context.state.follow_sheet(opened)
            self.draw_all()

    # Drawing

    def show_saving(self) -> None:
        """Show the progress of saving."""
        self.draw_all()

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        walk_state = self.context.state
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
        view = walk_state.make_view(self._draft_names(walk_state))
        moved, self._shown = self._shown != walk_state.item_id, walk_state.item_id
        self.item_head.draw_lines(lambda width: Drawn([head_line(view, width)]))
        self.answer.draw_lines(
            lambda width: Drawn(self._mode.answer_lines(self.context, view, width)), home=moved
        )
        if self.has_class("-vast"):
            self.aside.draw_lines(lambda width: Drawn(aside_lines(view, width)), home=moved)
        self.question.draw_lines(lambda width: Drawn(question_lines(view, width)), home=moved)
        self.call_after_refresh(self._draw_more)

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
        facts = [
            tally_text(seen.counts),
            score_text(seen, self.lang),
            saving_text(self.shell, self.lang),
        ]
        facts.append(self.shell.session.who)
        self.draw_head(names, facts)

    def _draft_names(self, walk_state: WalkState) -> tuple[str, ...]:
        """Return the forms of the current item that have a draft."""
        shell = self.shell
        return shell.drafts.list_forms(shell.session.round_id, walk_state.name, walk_state.item_id)

    def footer_notice(self) -> str:
        """Return the last written item, its progress, and the keys that follow."""
        return footer_notice(self.context, self._mode)

    def save_pending(self) -> None:
        """Save the unsaved ticks, because the program ends."""
        self._moves.leave_item()

    # Drafts

    def open_draft(self, draft: DraftKey) -> None:
        """Open the form of a draft."""
        walk_state = self.context.state
        if walk_state is None or draft.sheet != str(walk_state.name):
            super().open_draft(draft)
            return
        self._moves.move_to(lambda walk_state: walk_state.walk.go_to(draft.item_id))
        self.run_worker(self._open_form(draft.form), group="form")

    async def _open_form(self, form: str) -> None:
        """Open a form of the current item, by its name in drafts."""
        if form == "value" and self.context.state is not None:
            self.answers.ask_value(self.context.state)
        elif form:
            await self.action_command(form)

    # Leaving

    def _read_anew(self, message: str = "") -> None:
        self.run_worker(self._read_sheet(anew=True, message=message), group="read", exclusive=True)

    def _step_back(self) -> None:
        """Go back to the overview, but only if it is the screen below."""
        if self._came_from_overview:
            self._show_overview()
        else:
            self.show_message(self._("q or F10 quits, Home or F12 opens the overview"))

    def _show_overview(self) -> None:
        self._moves.leave_item()
        beneath = self._came_from_overview
        self.app.pop_screen()
        if not beneath:
            self.shell.show_overview()

    @property
    def _came_from_overview(self) -> bool:
        return len(self.app.screen_stack) > 2  # noqa: PLR2004  # the default screen and this one

    async def _leave_walk(self) -> None:
        """Go back to the overview if it is the screen below, else quit."""
        self._moves.leave_item()
        if self._came_from_overview:
            self.app.pop_screen()
        else:
            await self.shell.leave_app()
