"""The base of screens and dialogs: head line, keys and messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from assess.display.text.bars import (
    MESSAGE_EDGE,
    KeyChip,
    foot_line,
    message_lines,
    screen_head_line,
)
from assess.display.text.styled import DrawnLines, LinePart, StyledLine
from assess.display.text.wrap import drop_parts_beyond_width
from assess.han import is_han
from assess.tui.commands.registry import Scope, footer_chips
from assess.tui.core.drafts import DraftKey
from assess.tui.core.resume_drafts import draft_warning
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.dialog_box import DialogBox
from assess.tui.core.widgets.general_commands import BasicCommands, GeneralCommands
from assess.tui.core.widgets.lines import LINE_STYLE_CLASSES, LinesView
from assess.tui.core.widgets.saving_state import saving_state
from assess.tui.core.widgets.shell_screen import ResultType, ShellScreen
from assess.workspace import SheetName


class AppModal(ModalScreen[ResultType], ShellScreen[ResultType]):
    """A dialog over a screen; it returns a result when it is dismissed."""

    # Textual looks for these classes along the first base only.
    COMPONENT_CLASSES: ClassVar[set[str]] = {*LINE_STYLE_CLASSES}
    _draft: DraftKey | None = None
    """The draft of the typed values; None without one."""

    def save_unsaved_input(self) -> None:
        """Save what is typed, because the program ends. By default there is nothing."""

    def make_draft_warning_widget(self) -> Static:
        """Return the widget that warns about a draft that is not on disk."""
        return Static("", id="draft-trouble", classes="error", markup=False)

    def show_or_hide_draft_warning(self) -> None:
        """Show the warning as long as the draft is not on disk."""
        error = self.shell.drafts.troubles.get(self._draft) if self._draft else None
        for label in self.query("#draft-trouble").results(Static):
            label.update(draft_warning(error, self.lang) if error else "")
            label.set_class(error is not None, "shown")

    def show_message(self, message: str) -> None:
        """Show a message above the keys; an empty one removes it."""
        for box in self.query(DialogBox):
            box.show_message(message)


def was_opened_from_screen(screen: Screen[Any]) -> bool:
    """Return whether the key that leaves goes back to a screen, and does not end the program."""
    stack = screen.app.screen_stack
    return screen in stack and stack.index(screen) > 1  # below the first one is the default screen


class FramedScreen(ShellScreen[None]):
    """A full screen: a head line, the content, and a footer of commands.

    A message stands above the keys until the next key.
    """

    AUTO_FOCUS = None
    SCOPE: ClassVar[Scope] = "overview"

    def __init__(self) -> None:
        super().__init__()
        self.head = LinesView(id="head")
        self.foot = LinesView(id="foot", grows=True)
        self.message = ""
        """The message above the keys; '' for none."""
        self.key_chips: Callable[[], list[KeyChip]] = lambda: footer_chips(self.SCOPE, self.lang)
        """Returns the keys of the footer."""
        self.handlers = BasicCommands(self).handlers()

    def draw_head(self, crumbs: Sequence[str], right_parts: Sequence[LinePart]) -> None:
        """Draw the head line: where one is; on the right the facts."""
        self.head.draw_lines(
            lambda width: DrawnLines([screen_head_line(crumbs, right_parts, width)])
        )

    def draw_footer(self) -> None:
        """Draw the keys, and above them the message or the notice."""
        self.foot.draw_lines(lambda width: DrawnLines(self._foot_lines(width)))

    def footer_notice(self) -> LinePart:
        """Return what stands above the keys while there is no message. By default it is empty."""
        return LinePart("")

    def _foot_lines(self, width: int) -> list[StyledLine]:
        chips = self.key_chips()
        if was_opened_from_screen(self):
            chips = [*chips[:-1], chips[-1]._replace(label=self._("leave"))]
        keys = foot_line(chips, width)
        if self.message:
            return [*message_lines(self.message, width), keys]
        notice = self.footer_notice()
        text = drop_parts_beyond_width(notice.text, width - MESSAGE_EDGE)
        above = message_lines(text, width, notice.style)[0] if text else ()
        return [above, keys]

    def show_message(self, message: str) -> None:
        """Show a message until the next key."""
        self.message = message
        self.draw_footer()

    def on_key(self, event: events.Key) -> None:
        """Remove the message; explain why a Chinese character has no effect."""
        if event.character and is_han(event.character):
            event.stop()
            self.show_message(
                self._("Chinese input is on: use digits, arrows, Enter, F keys, or switch it off")
            )
        elif self.message:
            self.message = ""
            # Drawn here, it would go out alone, and what the key changes a frame later.
            self.app.call_next(self.draw_footer)


class AppScreen(FramedScreen):
    """A full screen over a workspace: its head says who acts and what is saved."""

    def __init__(self) -> None:
        super().__init__()
        general = GeneralCommands(self, self.open_draft)
        self.handlers = {**self.handlers, **general.handlers()}

    def draw_head(self, crumbs: Sequence[str], right_parts: Sequence[LinePart]) -> None:
        """Draw the head line: where one is; on the right the facts, who acts, and what is saved."""
        super().draw_head(crumbs, [*right_parts, *self.person_and_saving()])

    def person_and_saving(self) -> list[LinePart]:
        """Return who acts, and the state of saving."""
        person = LinePart(self.shell.session.acting_person_name)
        return [person, saving_state(self.shell, self.lang)]

    def show_saved_sheet(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk. By default nothing changes."""

    def redraw_saving_state(self) -> None:
        """Show the progress of saving. By default nothing changes."""

    def read_again(self) -> None:
        """Read the sheets again, because another screen changed them. By default do nothing."""

    def save_unsaved_input(self) -> None:
        """Save what is unsaved, because the program ends. By default there is nothing."""

    def open_draft(self, draft: DraftKey) -> None:
        """Open the form of a draft."""
        shell = self.shell
        if draft.sheet:
            shell.navigation.show_sheet(
                SheetName.parse_name(draft.sheet), draft.item_id, form=draft.form
            )
            return
        screens = {
            "evidence": shell.navigation.show_evidence,
            "finish": shell.navigation.show_finish,
            "profile": shell.navigation.show_profile,
        }
        if (show := screens.get(draft.item_id)) is not None:
            show(draft.form)
