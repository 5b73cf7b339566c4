"""The base of screens and dialogs: head line, rules, footer and messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from assess.display.text.cells import width_of
from assess.display.text.styled import DrawnLines, LinePart, StyledLine, dash_line, styled_line
from assess.display.text.wrap import (
    drop_parts_beyond_width,
    fit_width,
    place_at_both_ends,
    wrap_text,
)
from assess.han import is_han
from assess.harmless import one_line
from assess.tui.commands.registry import Scope, footer_text
from assess.tui.core.drafts import DraftKey
from assess.tui.core.resume_drafts import draft_warning
from assess.tui.core.session import AssessedSheet
from assess.tui.core.widgets.general_commands import GeneralCommands
from assess.tui.core.widgets.lines import LinesView
from assess.tui.core.widgets.shell_screen import ResultType, ShellScreen
from assess.workspace import SheetName

_ENDS = 2
"""Number of parts of each side of the head line that are removed last."""
_EDGES = 4
"""Cells of a rule line around its words: two dashes, and a space on each side."""


_FRAME = 4
"""Lines of a dialog beside its rows: border, title and keys."""


def rows_that_fit(height: int) -> int:
    """Return how many rows a dialog can show on a screen of a height."""
    return max(1, height - _FRAME)


class AppModal(ModalScreen[ResultType], ShellScreen[ResultType]):
    """A dialog over a screen; it returns a result when it is dismissed."""

    _keys_text: str | None = None
    """The text of the keys; None until a message was shown."""

    _draft: DraftKey | None = None
    """The draft of the typed values; None without one."""

    def save_unsaved_input(self) -> None:
        """Save what is typed, because the program ends. By default there is nothing."""

    def draft_line(self) -> Static:
        """Return the widget that warns about a draft that is not on disk."""
        return Static("", id="draft-trouble", classes="error", markup=False)

    def show_draft_trouble(self) -> None:
        """Show the warning as long as the draft is not on disk."""
        error = self.shell.drafts.troubles.get(self._draft) if self._draft else None
        for label in self.query("#draft-trouble").results(Static):
            label.update(draft_warning(error, self.lang) if error else "")
            label.set_class(error is not None, "shown")

    def show_message(self, message: str) -> None:
        """Show a message above the keys; an empty one removes it."""
        for hints in self.query(".hints").results(Static):
            if self._keys_text is None:
                self._keys_text = str(hints.content)
            keys = Content(self._keys_text)
            warning = Content.styled(f"{message}\n", "$text-warning") if message else Content()
            hints.update(warning + keys)


class AppScreen(ShellScreen[None]):
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
        self.handlers = GeneralCommands(self, self.open_draft).handlers()

    def draw_head(self, left: Sequence[str], right: Sequence[str], notice: str = "") -> None:
        """Draw the head line, with a rule line below that may contain a notice."""
        self.head.draw_lines(
            lambda width: DrawnLines([_head_bar(left, right, width), dash_line(width, notice)])
        )

    def draw_footer(self) -> None:
        """Draw the commands, with a rule line above or a message in its place."""
        self.foot.draw_lines(lambda width: DrawnLines(self._foot_lines(width)))

    def footer_notice(self) -> str:
        """Return the notice in the rule line above the footer. By default it is ''."""
        return ""

    def _foot_lines(self, width: int) -> list[StyledLine]:
        above = dash_line(width, drop_parts_beyond_width(self.footer_notice(), width - _EDGES))
        keys = styled_line(fit_width(footer_text(self.SCOPE, self.lang, width), width), "bar")
        if not self.message:
            return [above, keys]
        first, *rest = wrap_text(self.message, width - 1)
        message_lines = [
            styled_line(fit_width(" " + piece, width), "warn")
            for piece in (first, " ".join(rest))
            if piece
        ]
        return [*message_lines, keys]

    def show_message(self, message: str) -> None:
        """Show a message until the next key."""
        self.message = message
        self.draw_footer()

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

    def on_key(self, event: events.Key) -> None:
        """Remove the message; explain why a Chinese character has no effect."""
        if event.character and is_han(event.character):
            event.stop()
            self.show_message(
                self._("Chinese input is on: use digits, arrows, Enter, F keys, or switch it off")
            )
        elif self.message:
            self.show_message("")


def _head_bar(left: Sequence[str], right: Sequence[str], width: int) -> StyledLine:
    """Return the head line without the parts that don't fit.

    First the third and later parts on the left are removed, then those between the ends on the
    right, then the second on the left.
    """
    names, facts = list(left), [fact for fact in right if fact]
    while True:
        at_left, at_right = " " + one_line(" / ".join(names)), "  " + one_line("  ".join(facts))
        if width_of(at_left + at_right) < width or (len(names) == 1 and len(facts) <= _ENDS):
            return (LinePart(place_at_both_ends(at_left, at_right + " ", width), "bar"),)
        if len(names) <= _ENDS < len(facts):
            del facts[1]
        else:
            names.pop()
