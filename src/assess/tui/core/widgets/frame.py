"""The base of screens and dialogs: head line, rules, footer and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar, cast

from textual import events
from textual.screen import ModalScreen, Screen
from textual.visual import VisualType
from textual.widgets import Static

from assess.display.text.input_method import is_han
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, LinePart, rule_line, styled_line
from assess.display.text.wrap import drop_unfit_parts, fit_width, spread_texts, width_of, wrap_text
from assess.i18n import N_, Lang, Translator, translator
from assess.tui.commands.paste_hint import no_paste_text
from assess.tui.commands.registry import Command, Scope, footer_text, search_commands, shown_keys
from assess.tui.core.drafts import DraftKey
from assess.tui.core.pasting import MOST, Fate, Pasted
from assess.tui.core.resume_drafts import choose_draft, draft_warning
from assess.tui.core.session import AssessedSheet
from assess.tui.core.shell import ListRow, Shell
from assess.tui.core.widgets.lines import LinesView
from assess.workspace import SheetName

ResultType = TypeVar("ResultType")

_FATES: Mapping[Fate, str] = {
    "cut": N_("too long a paste: its first {most} characters are here"),
    "broken": N_("the paste broke off, and keys are text now: press Esc to go on"),
    "part": N_("this is the end of a paste: look whether its beginning is there"),
    "mixed_up": N_("not pasted: there are control characters in it"),
}
_ENDS = 2
"""Number of parts of each side of the head line that are removed last."""
_EDGES = 4
"""Cells of a rule line around its words: two dashes, and a space on each side."""


class ShellScreen(Screen[ResultType]):
    """The common base of screens and dialogs: the app, its language, its messages."""

    SCOPE: ClassVar[Scope]

    @property
    def shell(self) -> Shell:
        """The app, as screens see it."""
        return cast("Shell", self.app)

    @property
    def lang(self) -> Lang:
        """The language of the interface."""
        return self.shell.session.lang

    @property
    def _(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    def show_message(self, message: str) -> None:
        """Show a message; an empty one removes it."""
        raise NotImplementedError

    def pasted_text(self, text: str) -> str | None:  # overridden by screens with fields
        """Return a pasted text for the focused field; None if no field takes it."""
        return None

    def take_paste(self, pasted: Pasted) -> str | None:
        """Return the text of a paste for the focused field; show what is wrong with it."""
        if pasted.fate == "left":
            return None
        text = self.pasted_text(pasted.text)
        if text is None and pasted.fate != "broken":
            self.show_message(no_paste_text(self.SCOPE, self.lang))
        elif pasted.fate != "whole":
            self.show_message(self._(_FATES[pasted.fate]).format(most=MOST))
        return None if pasted.fate == "mixed_up" else text


class AppModal(ModalScreen[ResultType], ShellScreen[ResultType]):
    """A dialog over a screen; it returns a result when it is dismissed."""

    _keys_line: VisualType | None = None
    """The text of the keys while a message replaces it."""

    _draft: DraftKey | None = None
    """The draft of the typed values; None without one."""

    def save_pending(self) -> None:
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
        """Show a message in place of the keys; an empty one restores them."""
        for hints in self.query(".hints").results(Static):
            if self._keys_line is None:
                self._keys_line = hints.content
            hints.update(message or self._keys_line)
            hints.set_class(bool(message), "said")


class AppScreen(ShellScreen[None]):
    """A full screen: a head line, the content, and a footer of commands.

    A message replaces the footer until the next key.
    """

    AUTO_FOCUS = None
    SCOPE: ClassVar[Scope] = "overview"

    def __init__(self) -> None:
        super().__init__()
        self.head = LinesView(id="head")
        self.foot = LinesView(id="foot")
        self._message = ""

    def draw_head(self, left: Sequence[str], right: Sequence[str], notice: str = "") -> None:
        """Draw the head line, with a rule line below that may contain a notice."""
        self.head.draw_lines(
            lambda width: Drawn([_head_bar(left, right, width), rule_line(width, notice)])
        )

    def draw_foot(self) -> None:
        """Draw the commands or the message, with a rule line above."""
        self.foot.draw_lines(lambda width: Drawn(self._foot_lines(width)))

    def footer_notice(self) -> str:
        """Return the notice in the rule line above the footer. By default it is ''."""
        return ""

    def _foot_lines(self, width: int) -> list[Line]:
        above = rule_line(width, drop_unfit_parts(self.footer_notice(), width - _EDGES))
        if not self._message:
            return [
                above,
                styled_line(fit_width(footer_text(self.SCOPE, self.lang, width), width), "bar"),
            ]
        first, *rest = wrap_text(self._message, width - 1)
        message_lines = [
            styled_line(fit_width(" " + piece, width), "warn")
            for piece in (first, " ".join(rest))
            if piece
        ]
        return message_lines if rest else [above, *message_lines]

    def show_message(self, message: str) -> None:
        """Show a message until the next key."""
        self._message = message
        self.draw_foot()

    def show_saved(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk. By default nothing changes."""

    def show_saving(self) -> None:
        """Show the progress of saving. By default nothing changes."""

    def read_again(self) -> None:
        """Read the sheets again, because another screen changed them. By default do nothing."""

    def save_pending(self) -> None:
        """Save what is unsaved, because the program ends. By default there is nothing."""

    def action_help(self) -> None:
        """Show the keys."""
        self.shell.show_help(self.SCOPE)

    def _command_text(self, command: Command) -> str:
        keys = shown_keys(command, self.lang)
        return f"{self._(command.label)}  {keys}  {self._(command.help)}"

    def action_palette(self) -> None:
        """Search the commands of this screen in either language; run the chosen one."""

        def find_rows(words: str) -> list[ListRow]:
            commands = search_commands(words, self.SCOPE)
            return [
                ListRow(command.id, self._command_text(command))
                for command in commands
                if command.id != "palette"
            ]

        def run_taken(command: str | None) -> None:
            if command is not None:
                self.app.call_next(self.run_action, command)

        self.shell.pick_row(self._("Commands"), find_rows, run_taken)

    async def action_drafts(self) -> None:
        """Continue an unfinished draft."""
        if not await choose_draft(self.shell, self.open_draft):
            self.show_message(self._("no draft is waiting"))

    def open_draft(self, draft: DraftKey) -> None:
        """Open the form of a draft."""
        shell = self.shell
        if draft.sheet:
            shell.show_sheet(SheetName.parse(draft.sheet), draft.item_id, form=draft.form)
            return
        screens = {
            "evidence": shell.show_evidence,
            "finish": shell.show_finish,
            "profile": shell.show_profile,
        }
        if (show := screens.get(draft.item_id)) is not None:
            show(draft.form)

    def action_show_evidence(self) -> None:
        """Show the evidence register."""
        self.shell.show_evidence()

    def action_show_board(self) -> None:
        """Show the remediation board."""
        self.shell.show_board()

    def action_show_finish(self) -> None:
        """Show what is missing, and make the report."""
        self.shell.show_finish()

    def action_show_profile(self) -> None:
        """Show organization, systems, people, checklists and facts."""
        self.shell.show_profile()

    def action_settings(self) -> None:
        """Ask for language, theme, contrast and marks."""
        self.shell.ask_settings()

    async def action_who(self) -> None:
        """Ask which person acts."""
        await self.shell.ask_who()

    def on_key(self, event: events.Key) -> None:
        """Remove the message; explain why a Chinese character has no effect."""
        if is_han(event.character):
            event.stop()
            self.show_message(
                self._("Chinese input is on: use digits, arrows, Enter, F keys, or switch it off")
            )
        elif self._message:
            self.show_message("")


def _head_bar(left: Sequence[str], right: Sequence[str], width: int) -> Line:
    """Return the head line without the parts that don't fit.

    First the third and later parts on the left are removed, then those between the ends on the
    right, then the second on the left.
    """
    names, facts = list(left), [fact for fact in right if fact]
    while True:
        at_left, at_right = " " + one_line(" / ".join(names)), "  " + one_line("  ".join(facts))
        if width_of(at_left + at_right) < width or (len(names) == 1 and len(facts) <= _ENDS):
            return (LinePart(spread_texts(at_left, at_right + " ", width), "bar"),)
        if len(names) <= _ENDS < len(facts):
            del facts[1]
        else:
            names.pop()
