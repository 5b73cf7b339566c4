"""The walk: the section tree on the left, the current item and its answer on the right."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from assess.display.text.styled import LinePart
from assess.display.walk.answer_pane import answer_lines
from assess.display.walk.filters import FilterName
from assess.han import is_han
from assess.tui.commands.registry import Scope, make_bindings
from assess.tui.core.drafts import DraftKey
from assess.tui.core.gap_tour import GapTour
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.frame import AppScreen
from assess.tui.walk.answers import AnswerCommands
from assess.tui.walk.assignment import AssignmentCommands
from assess.tui.walk.attachments import AttachmentCommands
from assess.tui.walk.context import WalkContext
from assess.tui.walk.evidence_view import EvidenceViewCommands
from assess.tui.walk.findings import FindingCommands
from assess.tui.walk.footer import (
    footer_notice,
    keys_back_to_answer_text,
    saved_text,
)
from assess.tui.walk.inapplicable import InapplicableCommands
from assess.tui.walk.item_forms import ItemForms
from assess.tui.walk.mode import WalkMode
from assess.tui.walk.moves import MoveCommands
from assess.tui.walk.position import WalkState
from assess.tui.walk.reviews import ReviewCommands
from assess.tui.walk.sheet_reader import SheetReader, WalkStart
from assess.tui.walk.taking import TakingCommands
from assess.tui.walk.undo_commands import UndoCommands
from assess.tui.walk.views import WalkViewCommands
from assess.tui.walk.walk_view import WalkView, head_crumbs_and_right_parts
from assess.tui.walk.way_out import LeaveCommands, chips_at_item, message_if_draft_changed_sheet
from assess.workspace import SheetName

FILLING = WalkMode(
    answer_lines=lambda _context, view, width, room: answer_lines(view, width, room),
    saved_text=saved_text,
    way_back=keys_back_to_answer_text,
    leads_to_gaps=True,
    shows_choices=True,
    shows_proposal=True,
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
        tour: GapTour | None = None,
        *,
        led_by_next: bool = False,
    ) -> None:
        super().__init__()
        self._form = form
        self._mode = mode
        self.key_chips = lambda: chips_at_item(self, self.context.state)
        self.context = WalkContext(self, self.draw_all)
        self.context.tour = tour
        self._view = WalkView(self.context, mode)
        forms = ItemForms(self.context)
        self._moves = MoveCommands(self.context, forms, leads_to_gaps=mode.leads_to_gaps)
        self.answers = AnswerCommands(self.context, forms, self._moves)
        views = WalkViewCommands(self.context, self._moves, mode.first_filter)
        taking = TakingCommands(self.context, forms, self._moves, self.answers, mode.after_taking)
        start = WalkStart(name, item_id, wanted, led_by_next)
        self._reader = SheetReader(self.context, views, start, self._draw_read_sheet_and_open_form)
        self.handlers = {
            **self.handlers,
            **self._moves.handlers(),
            **self.answers.handlers(),
            **InapplicableCommands(self.context, forms, self._moves).handlers(),
            **AttachmentCommands(self.context, forms, self._moves).handlers(),
            **EvidenceViewCommands(self.context).handlers(),
            **FindingCommands(self.context, forms, self._moves).handlers(),
            **AssignmentCommands(self.context).handlers(),
            **ReviewCommands(self.context, forms, self.answers, mode.after_review).handlers(),
            **UndoCommands(self.context, self._moves).handlers(),
            **taking.handlers(),
            **views.handlers(),
            **LeaveCommands(self, self._moves).handlers(),
            **self._view.handlers(),
            "reread": lambda: self._reader.start_reading(anew=True, message=self._("read again")),
        }

    @property
    def walk_state(self) -> WalkState | None:
        """The position in the sheet; None until it is read."""
        return self.context.state

    def compose(self) -> ComposeResult:
        """Lay out head, tree, item and footer."""
        yield self.head
        yield self._view.make_widgets()
        yield self._view.proposal
        yield self.foot

    def on_mount(self) -> None:
        """Read the sheet off the event loop."""
        self._view.apply_outline_preference()
        self.draw_footer()
        self._reader.start_reading()

    def _draw_read_sheet_and_open_form(self) -> None:
        form, self._form = self._form, ""
        if form:
            self.show_message(message_if_draft_changed_sheet(self, self.context.state))
            self.call_after_refresh(self._open_form, form)
        self.draw_all()
        self.call_after_refresh(self.mark_answerable_for_benchmark)

    @property
    def ready(self) -> bool:
        """Whether the sheet is read, and nothing else is: keys wait until then."""
        return self.context.state is not None and not self.context.keys_wait

    def mark_answerable_for_benchmark(self) -> None:
        """Do nothing; the benchmark waits for this call: the first item can be answered."""

    def read_again(self) -> None:
        """Read the sheet again, because another screen changed its data or the person."""
        if self.context.state is not None:
            # Keys before the end of reading use the person who acts now.
            self.context.state.person = self.shell.session.person
        self._reader.start_reading(anew=True)

    def show_saved_sheet(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show the sheet as it is now on disk."""
        if self.context.state is not None and sheet == self.context.state.name:
            self.context.state.replace_opened_sheet(opened)
            self.draw_all()

    def on_key(self, event: events.Key) -> None:
        """Take note of when the key arrived; begin an empty text with a Han character.

        Textual calls `AppScreen.on_key` too, which explains why such a character has no effect.
        """
        self.answers.held_key.record_key_and_end_pause(event.key, event.time)
        typed = event.character or ""
        if self._mode.shows_choices and is_han(typed) and self.answers.begin_empty_text(typed):
            event.stop()
            event.prevent_default()

    # Drawing

    def redraw_saving_state(self) -> None:
        """Show the progress of saving."""
        self.draw_all()

    def draw_all(self) -> None:
        """Draw the whole screen again."""
        walk_state = self.context.state
        if walk_state is None:
            return
        self.draw_head(*head_crumbs_and_right_parts(self.context, walk_state))
        self.draw_footer()
        self._view.draw_item(walk_state, has_side_pane=self.has_class("-vast"))
        # A layout that changes the number of lines in sight follows the first drawing.
        self._view.draw_hidden_lines_count()
        self.call_after_refresh(self._view.draw_hidden_lines_count)

    def on_screen_resume(self) -> None:
        """Hide the list of sections if it was hidden on another screen meanwhile."""
        self._view.apply_outline_preference()

    def on_resize(self) -> None:
        """Draw again: the number of hidden lines, and the columns of a wide terminal."""
        self.call_after_refresh(self.draw_all)

    def footer_notice(self) -> LinePart:
        """Return the last written item, its progress, and the keys that follow."""
        return footer_notice(self.context, self._mode)

    def save_unsaved_input(self) -> None:
        """Save the unsaved ticks, because the program ends."""
        self._moves.save_unsaved_ticks()

    # Drafts

    def open_draft(self, draft: DraftKey) -> None:
        """Open the form of a draft."""
        walk_state = self.context.state
        if walk_state is None or draft.sheet != str(walk_state.name):
            super().open_draft(draft)
            return
        self._moves.save_ticks_and_move(
            lambda walk_state: walk_state.walk.go_to_applicable_item(draft.item_id)
        )
        self.run_worker(self._open_form(draft.form), group="form")

    async def _open_form(self, form: str) -> None:
        """Open a form of the current item, by its name in drafts; a table for one of its rows."""
        if form.startswith("value") and self.context.state is not None:
            self.answers.ask_value(self.context.state)
        elif form in self.handlers:
            await self.action_command(form)
